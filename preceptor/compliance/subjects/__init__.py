"""Subjects: what training is about, its levels, its other names, and what counts as what.

Owns subjects by area, their levels and aliases, and equivalences with approver and source. Promises that an equivalence is one
step, never chained. Refuses to lose a name once records use it.
"""
