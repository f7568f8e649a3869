"""Skills in clinical systems: frameworks of observable tasks, what each role should be able to do, and who can.

Owns frameworks by version. Promises that a published version never changes. Refuses to judge: what a framework expects
is a rule like any other, and `standing` says how people stand.
"""
