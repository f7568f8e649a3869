"""How often a source asks, read out of what it says."""

import pytest

from preceptor.compliance.requirements.domain.intervals import interval_in


@pytest.mark.parametrize(
    ("says", "months"),
    [
        ("Every 2 years.", 24),
        ("Every year, for clinical staff and anyone with direct care.", 12),
        ("Renewed every 18 months.", 18),
        ("Every three years; every 3 years for volunteers.", 36),
        ("Every second year.", 24),
        ("A yearly update.", 12),
        ("Annual update is recommended.", 12),
        ("Training is repeated periodically where appropriate.", None),
        ("Every 3 years, and every year for those who perform it.", None),
        ("Within 2 years of starting.", None),
        ("", None),
    ],
)
def test_one_interval_is_read_and_none_is_guessed(says: str, months: int | None) -> None:
    assert interval_in(says) == months
