"""Nobody eases their own requirements."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TypeVar

import pytest

from preceptor.compliance.requirements.actions import (
    record_exemption,
    record_extension,
    record_leave,
)
from preceptor.compliance.requirements.domain.decisions import Eased
from preceptor.compliance.requirements.models import Adjustment
from preceptor.compliance.requirements.queries import requirement_by_key
from preceptor.foundation.access import EVERYWHERE
from preceptor.foundation.actions import Refusal
from preceptor.foundation.journal import JournalLine
from tests.cast import Cast

from .conftest import take

AT = datetime(2026, 11, 9, 9, tzinfo=UTC)
AWAY = Eased(date(2026, 12, 1), "Sickness", "Senior partner", date(2027, 2, 1))
T = TypeVar("T")


def test_nobody_eases_their_own_requirements_not_even_the_only_manager(loaded: Cast) -> None:
    (fire,) = take(loaded, "fire-safety")
    by, own = loaded.ruth.viewer, loaded.ruth.engagement

    with pytest.raises(Refusal, match="cannot record your own leave"):
        record_leave(by=by, at=AT, engagement=own, eased=AWAY)
    with pytest.raises(Refusal, match="cannot excuse yourself"):
        record_exemption(by=by, at=AT, engagement=own, requirement=fire.id, eased=AWAY)
    with pytest.raises(Refusal, match="cannot extend anything for yourself"):
        extend(loaded, {"any": [{"role": ["receptionist"]}, {"person": [str(loaded.ruth.person)]}]})

    assert Adjustment.objects.count() == 0


def extend(cast: Cast, scope: object) -> object:
    fire = requirement_by_key(EVERYWHERE, cast.alder, "fire-safety")
    return record_extension(
        by=cast.ruth.viewer,
        at=AT,
        organisation=cast.alder,
        requirements=[fire.id],
        starts_on=date(2026, 11, 1),
        until_on=date(2026, 12, 1),
        reason="No trainer",
        authority="Senior partner",
        scope=scope,  # type: ignore[arg-type] # plain JSON
    )


def test_a_whole_group_is_extended_and_an_administrator_eases_a_manager(loaded: Cast) -> None:
    take(loaded, "fire-safety")

    extend(loaded, "everyone")
    extend(loaded, {"not": {"person": [str(loaded.ruth.person)]}})
    record_leave(by=loaded.priya.viewer, at=AT, engagement=loaded.ruth.engagement, eased=AWAY)

    assert Adjustment.objects.count() == 3
    lines = JournalLine.objects.filter(verb__in=["leave.recorded", "extension.recorded"])
    assert {line.organisation for line in lines} == {loaded.alder}
