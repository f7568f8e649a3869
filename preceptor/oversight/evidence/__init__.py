"""Evidence: what a place can hand to whoever asks how it decides what its people must know.

Owns the training needs analysis: a living report made out of the decision records, and the versions of it that leaders
endorsed. Promises that an endorsed version opens for ever as it was, with a digest anybody can check, and says what
differs from it now. Refuses names to whoever reads from above, and endorsement to anyone but the place's own managers.
"""
