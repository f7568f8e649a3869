"""Leave, exemptions and extensions."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404

from preceptor.compliance.requirements.actions import (
    record_exemption,
    record_extension,
    record_leave,
    withdraw_adjustment,
)
from preceptor.compliance.requirements.domain.audience import Everyone, StaffGroup
from preceptor.compliance.requirements.domain.decisions import AdjustmentId, AdjustmentKind, Eased, RequirementId
from preceptor.compliance.requirements.queries import adjustments_known, live_adjustments
from preceptor.foundation.access import EVERYWHERE
from preceptor.foundation.actions import Refusal
from preceptor.register.people.domain import EngagementId
from tests.cast import Cast

from .conftest import take

AT = datetime(2026, 11, 9, 9, tzinfo=UTC)
TODAY = date(2026, 11, 23)
AWAY = Eased(date(2026, 12, 1), "Sickness", "Ruth Okafor", date(2027, 2, 1))


def leave(cast: Cast, eased: Eased = AWAY) -> AdjustmentId:
    """Ruth records that Aisha is away."""
    return record_leave(by=cast.ruth.viewer, at=AT, engagement=cast.aisha.engagement, eased=eased)


def test_leave_is_kept_with_reason_authority_and_who_recorded_it(loaded: Cast) -> None:
    adjustment = leave(loaded)

    (row,) = live_adjustments(EVERYWHERE, loaded.alder, TODAY)
    assert (row.id, row.kind, row.person, row.requirements) == (adjustment, AdjustmentKind.PAUSE, "Aisha Rahman", ())
    assert (row.starts_on, row.last_on) == (date(2026, 12, 1), date(2027, 1, 31))
    assert (row.reason, row.authority, row.recorded_by, row.recorded_at) == (
        "Sickness",
        "Ruth Okafor",
        "Ruth Okafor",
        AT,
    )


def test_an_exemption_is_of_one_engagement_from_one_requirement(loaded: Cast) -> None:
    fire = take(loaded, "fire-safety", "data-security")[0]

    adjustment = record_exemption(
        by=loaded.ruth.viewer,
        at=AT,
        engagement=loaded.mei.engagements["A81001"],
        requirement=fire.id,
        eased=Eased(date(2026, 11, 1), "Done where she mostly works", "Partners"),
    )

    (known,) = adjustments_known(EVERYWHERE, [loaded.alder, loaded.birch], None)
    assert (known.id, known.kind, known.organisation) == (adjustment, AdjustmentKind.EXEMPTION, loaded.alder)
    assert (known.engagement, known.requirements) == (loaded.mei.engagements["A81001"], (fire.id,))
    assert (known.starts_on, known.ends_on, known.until_on) == (date(2026, 11, 1), None, None)


def test_an_extension_names_its_requirements_and_its_scope(loaded: Cast) -> None:
    fire, data = take(loaded, "fire-safety", "data-security")

    for scope in ("everyone", {"staff_group": ["nurse"]}):
        record_extension(
            by=loaded.ruth.viewer,
            at=AT,
            organisation=loaded.alder,
            requirements=[fire.id, data.id],
            starts_on=date(2026, 12, 1),
            until_on=date(2027, 2, 28),
            reason="The provider has closed",
            authority="NHS England letter of 2 November 2026",
            scope=scope,  # type: ignore[arg-type] # mypy joins the two to object
        )

    known = adjustments_known(EVERYWHERE, [loaded.alder], None)
    assert {one.scope for one in known} == {Everyone(), StaffGroup(("nurse",))}
    assert {one.requirements for one in known} == {tuple(sorted((fire.id, data.id)))}
    assert {(one.starts_on, one.until_on, one.ends_on, one.engagement) for one in known} == {
        (date(2026, 12, 1), date(2027, 2, 28), None, None)
    }


@pytest.mark.parametrize(
    ("eased", "field"),
    [
        (Eased(date(2026, 12, 1), " ", "Ruth"), "reason"),
        (Eased(date(2026, 12, 1), "Sickness", " "), "authority"),
        (Eased(date(2026, 12, 1), "Sickness", "Ruth", date(2026, 12, 1)), "last_on"),
        (Eased(date(2022, 1, 1), "Sickness", "Ruth", date(2022, 9, 5)), "first_on"),
    ],
)
def test_leave_that_cannot_be_is_refused_at_its_question(loaded: Cast, eased: Eased, field: str) -> None:
    with pytest.raises(Refusal) as refused:
        leave(loaded, eased)

    assert refused.value.field == field
    assert adjustments_known(EVERYWHERE, [loaded.alder], None) == []


def test_the_same_days_are_recorded_once_until_they_are_withdrawn(loaded: Cast) -> None:
    first = leave(loaded)

    with pytest.raises(Refusal, match="recorded already"):
        leave(loaded)
    withdraw_adjustment(by=loaded.ruth.viewer, at=AT, adjustment=first, reason="Entered twice")
    second = leave(loaded)

    assert [row.id for row in live_adjustments(EVERYWHERE, loaded.alder, TODAY)] == [second]


def test_an_exemption_needs_a_requirement_of_that_place(loaded: Cast) -> None:
    fire = take(loaded, "fire-safety", place=loaded.birch)[0]

    for requirement in (fire.id, RequirementId(uuid4())):
        with pytest.raises(Refusal, match="Choose a requirement from the list"):
            record_exemption(
                by=loaded.ruth.viewer,
                at=AT,
                engagement=loaded.mei.engagements["A81001"],
                requirement=requirement,
                eased=AWAY,
            )


@pytest.mark.parametrize(
    ("until_on", "scope", "field"),
    [
        (date(2026, 12, 1), "everyone", "until_on"),
        (date(2027, 2, 28), {"planet": ["earth"]}, "scope"),
    ],
)
def test_an_extension_that_cannot_be_is_refused(loaded: Cast, until_on: date, scope: str, field: str) -> None:
    fire = take(loaded, "fire-safety")[0]

    with pytest.raises(Refusal) as refused:
        record_extension(
            by=loaded.ruth.viewer,
            at=AT,
            organisation=loaded.alder,
            requirements=[fire.id],
            starts_on=date(2026, 12, 1),
            until_on=until_on,
            reason="The provider has closed",
            authority="Partners",
            scope=scope,
        )

    assert refused.value.field == field


def test_an_extension_needs_requirements_of_that_place(loaded: Cast) -> None:
    fire = take(loaded, "fire-safety", place=loaded.birch)[0]

    for chosen in ([], [fire.id]):
        with pytest.raises(Refusal, match="Choose requirements from the list"):
            record_extension(
                by=loaded.ruth.viewer,
                at=AT,
                organisation=loaded.alder,
                requirements=chosen,
                starts_on=date(2026, 12, 1),
                until_on=date(2027, 2, 28),
                reason="The provider has closed",
                authority="Partners",
            )


def test_withdrawing_restores_and_what_was_known_before_can_still_be_asked(loaded: Cast) -> None:
    adjustment = leave(loaded)
    later = datetime(2026, 11, 16, 9, tzinfo=UTC)

    withdraw_adjustment(by=loaded.ruth.viewer, at=later, adjustment=adjustment, reason="Came back sooner")

    def known(at: datetime | None) -> list[tuple[AdjustmentId, datetime | None]]:
        return [(one.id, one.withdrawn_at) for one in adjustments_known(EVERYWHERE, [loaded.alder], at)]

    assert live_adjustments(EVERYWHERE, loaded.alder, TODAY) == []
    assert known(None) == [(adjustment, later)]
    assert known(datetime(2026, 11, 9, 8, 59, tzinfo=UTC)) == []
    assert known(AT) == [(adjustment, later)]
    assert known(datetime(2026, 11, 16, 8, 59, tzinfo=UTC)) == [(adjustment, later)]
    assert known(later) == []
    with pytest.raises(Refusal, match="withdrawn already"):
        withdraw_adjustment(by=loaded.ruth.viewer, at=later, adjustment=adjustment, reason="Again")


def test_withdrawing_needs_a_reason(loaded: Cast) -> None:
    adjustment = leave(loaded)

    with pytest.raises(Refusal) as refused:
        withdraw_adjustment(by=loaded.ruth.viewer, at=AT, adjustment=adjustment, reason=" ")

    assert refused.value.field == "reason"


def test_the_register_shows_what_holds_or_will_the_first_to_end_at_the_top(loaded: Cast) -> None:
    over = leave(loaded, Eased(date(2026, 10, 1), "Sickness", "Ruth", date(2026, 11, 23)))
    open_ended = leave(loaded, Eased(date(2026, 11, 1), "Other leave", "Ruth"))
    ahead = leave(loaded)
    last_day = leave(loaded, Eased(date(2026, 10, 1), "Sickness", "Ruth", date(2026, 11, 24)))

    rows = live_adjustments(EVERYWHERE, loaded.alder, TODAY)

    assert [row.id for row in rows] == [last_day, ahead, open_ended]
    assert over not in {row.id for row in rows}


def test_adjusting_is_for_who_manages_the_practice(loaded: Cast) -> None:
    adjustment = leave(loaded)

    for member, refusal in ((loaded.lorna, Http404), (loaded.owen, Http404), (loaded.aisha, PermissionDenied)):
        with pytest.raises(refusal):
            record_leave(by=member.viewer, at=AT, engagement=loaded.tomasz.engagement, eased=AWAY)
        with pytest.raises(refusal):
            withdraw_adjustment(by=member.viewer, at=AT, adjustment=adjustment, reason="Mine")
    with pytest.raises(Http404):
        record_leave(by=loaded.ruth.viewer, at=AT, engagement=EngagementId(uuid4()), eased=AWAY)

    assert [row.id for row in live_adjustments(EVERYWHERE, loaded.alder, TODAY)] == [adjustment]
