"""Enough qualified people: what somebody at a practice must always be able to do, who can, and who is on when.

Owns the critical abilities a practice chose and its weekly rota, both in versions that are never rewritten. Promises
that gaps are shown before they happen and can be explained: who was on, who would have counted, and why the others did
not. Refuses to judge: whether somebody is able is what `standing` says of a requirement, a skill or a task.
"""
