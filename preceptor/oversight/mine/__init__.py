"""Mine: what a member of staff sees of themselves.

Owns the one list of what someone needs, most urgent first, with why and by when. Promises the strictest standing
where two engagements ask for the same. Refuses everybody else.
"""
