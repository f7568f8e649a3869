"""Inductions: what somebody new, or back, is shown, reads and learns, from before the first log-in to the first month.

Owns programmes by version, the texts a practice gives people to read, and what was shown to whom by whom. Promises
that somebody who comes back does only what changed, that a text is acknowledged in a named version, and that the
programme in use when somebody began stays theirs. Refuses to judge: an item is a rule, and `standing` says how people
stand. Refuses a signature for oneself, and a programme without data security.
"""
