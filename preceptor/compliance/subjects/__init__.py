"""Subjects: what training is about, its levels, its other names, and what counts as what.

Owns subjects by area, their levels and aliases, and equivalences with approver and reason. Promises that an equivalence
is one step, never chained, and that what was believed before can still be asked for. Refuses to lose a name, and a name
that would mean two things.
"""
