"""Forecasts: what lies ahead of a practice, and what it could spare.

Owns the page about training that nobody needed. Promises that each line says why, leads to the proof, and never speaks
of professional development. Refuses to count twice, and anyone who does not manage the practice.
"""
