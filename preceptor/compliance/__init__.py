"""Compliance: two ledgers and a judge.

What obliges is written in requirements, what happened in records; only standing judges, and everyone else reads it.
"""
