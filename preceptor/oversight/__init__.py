"""Oversight: readers with no rules of their own. Each room answers one kind of person's question out of standing.

What somebody endorsed is kept as it was; nothing is worked out from it.
"""
