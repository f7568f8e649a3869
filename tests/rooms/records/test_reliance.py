"""What one practice accepted, another cannot take away."""

from __future__ import annotations

from datetime import date

import pytest

from preceptor.compliance.records.actions import accept_record, withdraw_record
from preceptor.foundation.actions import Refusal
from tests.cast import NOW
from tests.rooms.workplace import Workplace

pytestmark = pytest.mark.django_db


def test_a_practice_cannot_withdraw_what_another_accepted_and_relies_on(work: Workplace) -> None:
    mei, ruth, lorna = work.cast.mei, work.cast.ruth, work.cast.lorna
    record = work.did(mei, "fire-safety", date(2026, 3, 1), by=mei.viewer)
    accept_record(by=ruth.viewer, at=NOW, record=record)

    with pytest.raises(Refusal, match="relies on it"):
        withdraw_record(by=lorna.viewer, at=NOW, record=record, reason="Not ours")

    withdraw_record(by=ruth.viewer, at=NOW, record=record, reason="The wrong certificate")
