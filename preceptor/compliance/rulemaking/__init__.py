"""Rule making: a requirement’s story so far, and its next version, from a first thought to publishing.

Owns drafts, the editor of eight questions that changes them, and the dry run that says what publishing would do; and
the page of one requirement, as it stands today.
Promises that a draft leaves no trace on anyone's standing, that a rule it cannot show is kept as it is, and that the
figures before publishing are those after it: one function, the judge's own. Refuses to publish by itself: a version
comes into being in requirements alone.
"""
