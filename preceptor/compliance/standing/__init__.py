"""Standing: the one judge.

Owns the answer to “does this person, in this engagement, meet this requirement, on this day, and why?”. Promises that
verdict, timeline and explanation come from one computation, from facts alone. Refuses to store a status, to read a
clock, to do I/O.
"""
