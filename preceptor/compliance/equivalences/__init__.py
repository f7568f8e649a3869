"""Equivalences: what counts as what, for people to read, and to approve or end with their eyes open.

Owns the table anyone may read, the forms of whoever approves, and the questions practices ask about unknown names.
Promises that nobody approves or ends anything before seeing whom it changes, by the judge's own answer, and that a lead
sees figures of a practice and never its people. Refuses to approve for a place the approver does not answer for.
"""
