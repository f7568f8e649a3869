"""Two versions side by side, and when each requirement is to be looked at again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from preceptor.compliance.requirements.domain.decisions import Decision, Force, RequirementId
from preceptor.compliance.requirements.domain.held import HeldRequirement, HeldVersion
from preceptor.compliance.requirements.domain.reviews import NOTICE, ReviewState, review_state
from preceptor.compliance.requirements.domain.telling import Change, Difference
from preceptor.compliance.requirements.domain.versions import read_version
from preceptor.compliance.requirements.domain.words import Names
from preceptor.compliance.rulemaking.domain.history import compared, reviews

TODAY = date(2026, 11, 23)
TWO_YEARS = read_version(
    {
        "from": "2025-01-01",
        "audience": "everyone",
        "met_by": {"achieved": {"subject": "fire-safety", "months": 24}},
        "first_due_days": 14,
    }
)
DECISION = Decision(Force.GUIDANCE, "Most of our neighbours do.", "Partners", date(2024, 12, 9), minutes=30)


def _held(number: int, **decided: object) -> HeldVersion:
    at = datetime(2024, 12, 9, tzinfo=UTC)
    return HeldVersion(number, TWO_YEARS, replace(DECISION, **decided), at, "Ruth Okafor", None, "", (), ())  # type: ignore[arg-type]  # by name


def _requirement(title: str, review_by: date | None) -> HeldRequirement:
    versions = (_held(1, review_by=review_by),)
    return HeldRequirement(
        RequirementId(uuid4()),
        title,
        title,
        title,
        "safety",
        "Safety",
        core=False,
        origin="",
        is_law=False,
        versions=versions,
    )


def _words(one: Difference, change: Change) -> str:
    return "".join(piece.words for piece in one.pieces if piece.change is change).strip()


def test_the_rule_and_the_decision_are_told_apart_from_what_they_share() -> None:
    yearly = read_version(
        {
            "from": "2027-01-01",
            "audience": "everyone",
            "met_by": {"achieved": {"subject": "fire-safety", "months": 12}},
            "first_due_days": 14,
            "transition": {"at_renewal": {}},
        }
    )
    new = replace(
        _held(2, basis=Force.LOCAL, rationale="The fire risk assessment asks for it.", minutes=45), rule=yearly
    )
    found = {one.aspect: one for one in compared(_held(1), new, Names())}

    assert list(found) == ["How it is met", "Basis", "Why", "Takes"]
    assert (_words(found["How it is met"], Change.GONE), _words(found["How it is met"], Change.NEW)) == ("24", "12")
    assert (_words(found["Takes"], Change.GONE), _words(found["Takes"], Change.NEW)) == ("30 minutes.", "45 minutes.")


def test_a_later_review_and_a_legal_reason_are_differences_too() -> None:
    new = _held(2, review_by=date(2027, 12, 31), legal_reason="Nobody works alone here.")
    found = {one.aspect: _words(one, Change.NEW) for one in compared(_held(1), new, Names())}

    assert found == {"Why the law allows less": "Nobody works alone here.", "Review by": "31 December 2027."}


def test_versions_that_say_the_same_have_no_differences() -> None:
    assert compared(_held(1), _held(2), Names()) == ()


def test_the_longest_overdue_review_is_first_and_no_day_is_last() -> None:
    held = [
        _requirement("later", date(2027, 6, 1)),
        _requirement("unset", None),
        _requirement("late", date(2026, 1, 1)),
        _requirement("soon", date(2026, 12, 1)),
    ]

    assert [(one.requirement.title, one.state) for one in reviews(held, TODAY)] == [
        ("late", ReviewState.LATE),
        ("soon", ReviewState.SOON),
        ("later", ReviewState.LATER),
        ("unset", ReviewState.NEVER),
    ]


@given(st.dates(), st.dates())
def test_on_its_day_a_review_is_not_late_and_the_day_after_it_is(by: date, today: date) -> None:
    state = review_state(by, today)
    assert (state is ReviewState.LATE) is (today > by)
    assert (state is ReviewState.SOON) is (today <= by and (by - today) <= NOTICE)
