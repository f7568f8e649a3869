"""Packs: requirements offered together, by nobody, a hub or a network, and what each place made of them.

Owns packs with their numbered, dated versions, what a place answered to each requirement of one, and the three-way
difference between what was offered, what is offered now, and what the place has. Promises that nothing changes at a
place before it says so, that what a law asks for is never dropped in silence, and that who offers a pack sees counts
and reasons, never people. Refuses to judge, and to write a rule otherwise than through requirements.
"""
