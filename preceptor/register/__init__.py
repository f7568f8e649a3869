"""The register: who, where, in what role. Knows nothing of training.

Facts here are dated twice: the days they hold in the world (`starts_on`, `ends_on`), and the stretch during which we
believed them (`recorded_at`, `superseded_at`). A correction closes one row and opens another, so what was known before
stays known.
"""
