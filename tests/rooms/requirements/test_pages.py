"""What the pages say of a requirement, day by day."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from preceptor.compliance.requirements import pages
from preceptor.compliance.requirements.domain.audience import Everyone
from preceptor.compliance.requirements.domain.criteria import Achieved
from preceptor.compliance.requirements.domain.decisions import Decision, Force, RequirementId
from preceptor.compliance.requirements.domain.held import Ending, HeldRequirement, HeldVersion, OtherAnswer
from preceptor.compliance.requirements.domain.reviews import review_tag
from preceptor.compliance.requirements.domain.story import ending_of, whole_of
from preceptor.compliance.requirements.domain.transitions import AtRenewal
from preceptor.compliance.requirements.domain.versions import Version
from preceptor.compliance.requirements.domain.words import Names
from preceptor.ui.pages import StatusTag
from tests.cast import BUILT_AT

NAMES = Names(subjects={"fire-safety": "Fire safety"})
TODAY = date(2026, 11, 23)
DECISION = Decision(Force.LAW, "The law asks.", "Partners", date(2024, 12, 9), minutes=30)
FIRST = HeldVersion(
    1,
    Version(date(2022, 4, 1), None, Everyone(), Achieved("fire-safety", 24), 28),
    DECISION,
    BUILT_AT,
    "Ruth Okafor",
    1,
    "",
    (),
    (OtherAnswer(None, "Every year.", verified=False, met_by=Achieved("fire-safety", 12)),),
)
SECOND = replace(
    FIRST,
    number=2,
    copied=None,
    rule=replace(FIRST.rule, starts_on=date(2027, 1, 1), first_due_days=14, transition=AtRenewal()),
)
FIRE = HeldRequirement(
    RequirementId(UUID(int=1)),
    "fire-safety",
    "Fire safety",
    "Fire safety",
    "safety",
    "Safety at work",
    core=True,
    origin="National catalogue",
    is_law=True,
    versions=(FIRST, SECOND),
)


@pytest.mark.parametrize(
    ("review_by", "tag"),
    [
        (None, None),
        (date(2027, 1, 23), None),
        (date(2027, 1, 22), StatusTag("soon", "Due soon", "review by 22 January 2027")),
        (TODAY, StatusTag("soon", "Due soon", "review by 23 November 2026")),
        (date(2026, 11, 22), StatusTag("overdue", "Overdue", "review by 22 November 2026")),
    ],
)
def test_a_review_is_marked_when_it_is_near_or_late(review_by: date | None, tag: StatusTag | None) -> None:
    assert review_tag(review_by, TODAY) == tag


def test_versions_are_told_newest_first_against_the_one_before() -> None:
    newest, oldest = whole_of(FIRE, NAMES, TODAY).versions

    assert (newest.heading, newest.is_now, newest.period) == ("Version 2, to come", False, "From 1 January 2027")
    assert [difference.aspect for difference in newest.changes] == ["First time"]
    assert newest.takes_over.startswith("What people did before this version started goes on counting")
    assert (oldest.heading, oldest.is_now, oldest.period) == (
        "Version 1, in force",
        True,
        "1 April 2022 to 31 December 2026",
    )
    assert oldest.sentence == "Everyone: Fire safety, every 24 months; first within 28 days of starting."


def test_facts_say_what_is_an_estimate_and_where_it_came_from() -> None:
    facts = {fact.name: fact.words for fact in whole_of(FIRE, NAMES, TODAY).facts}
    changed = {fact.name: fact.words for fact in whole_of(FIRE, NAMES, date(2027, 1, 1)).facts}

    assert facts == {
        "Basis": "Law",
        "Why": "The law asks.",
        "Decided": "Partners, 9 December 2024. Recorded by Ruth Okafor",
        "In force": "1 April 2022 to 31 December 2026",
        "Takes": "About 30 minutes. This is an estimate, not verified",
        "From": "National catalogue, version 1, kept as it is",
    }
    assert changed["From"] == "National catalogue, changed here"


def test_another_answer_is_told_as_the_rule_it_would_mean() -> None:
    whole = whole_of(FIRE, NAMES, TODAY)

    (row,) = whole.sources
    assert (row.title, row.says, row.rule, row.followed, row.verified) == (
        "No source",
        "Every year.",
        "Fire safety, every 12 months.",
        False,
        False,
    )
    assert whole.differ


@pytest.mark.parametrize(
    ("ends_on", "remark", "ending"),
    [
        (date(2026, 11, 23), "Ended, last day 22 November 2026", "22 November 2026 was the last day it is required."),
        (
            date(2026, 11, 24),
            "Ends, last day 23 November 2026",
            "23 November 2026 will be the last day it is required.",
        ),
    ],
)
def test_an_end_is_told_before_and_after(ends_on: date, remark: str, ending: str) -> None:
    one = replace(FIRE, ending=Ending(ends_on, "The landlord does it.", "Ruth Okafor"))

    assert pages.row_of(one, NAMES, TODAY).remark == remark
    assert ending_of(one, TODAY, sees_reason=True) == f"{ending} Ruth Okafor recorded why: The landlord does it."
    assert ending_of(one, TODAY, sees_reason=False) == ending
    assert whole_of(one, NAMES, TODAY).versions[0].period == "Never: it ended before 1 January 2027"


def test_a_requirement_still_to_come_says_when() -> None:
    assert pages.row_of(FIRE, NAMES, date(2022, 3, 31)).remark == "Starts 1 April 2022"
    assert pages.row_of(FIRE, NAMES, TODAY).remark == ""
