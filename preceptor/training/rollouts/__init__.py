"""Rollouts: what changes in a system, told to whom it touches before the day, and read by all of them.

Owns change notices by version, which places take them over, what people read, answered and asked, and the yearly
refresher. Promises that a published notice never changes, that a reading is of exactly what was read, and that nobody
who is away is chased. Refuses to judge: what a notice asks is a rule like any other, and `standing` says who is ready.
"""
