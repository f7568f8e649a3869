"""Skills in clinical systems: frameworks of observable tasks, what each role should be able to do, and who can.

Owns frameworks by version, what people say of their own skills, and the signatures of assessors. Promises that a
published version never changes, that a signature is under exactly what was said and seen, and that a later word does
not carry it along. Refuses to judge: what a framework expects is a rule like any other, and `standing` says how people
stand. Refuses a signature for oneself, and one in a circle.
"""
