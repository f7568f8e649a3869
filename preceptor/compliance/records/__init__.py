"""Records: the ledger of what people have done.

Owns what was achieved, when it happened and when we learned of it, who said so and how it is known, the certificate,
and the files records were brought in by. Promises that nothing is edited or removed: acceptance, refusal, withdrawal
and correction are further rows, and that one practice learns nothing of another from them. Refuses, in the database
itself, UPDATE and DELETE.
"""
