"""Practices: what a manager sees of a practice.

Owns the home page, the training matrix, the why page, a person's training and the downloads of exactly what is shown.
Promises that every figure leads to the people behind it, on any day. Refuses anyone who does not manage the practice.
"""
