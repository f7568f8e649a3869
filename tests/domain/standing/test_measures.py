"""Many verdicts in one: the strictest standing, shares, the training item, and what nothing answers."""

from datetime import date
from typing import Any, TypeAlias

import pytest

from preceptor.compliance.requirements.domain.audience import Everyone, StaffGroup
from preceptor.compliance.standing.domain.judge import Judge
from preceptor.compliance.standing.domain.measures import Share, one_list, share_in_date, strictest
from preceptor.compliance.standing.domain.scopes import BlindSpots
from preceptor.compliance.standing.domain.verdicts import Status, Verdict
from preceptor.compliance.standing.domain.world import read_world

from .small import achieved, engagement, record, small_world, version

Json: TypeAlias = dict[str, Any]

TODAY = date(2026, 11, 22)


def verdict(status: Status, engagement_id: str = "e1", requirement: str = "bls", **dates: date) -> Verdict:
    """A verdict with a status and its date."""
    return Verdict(
        engagement_id,
        requirement,
        status,
        dates.get("until"),
        dates.get("due_on"),
        dates.get("overdue_since"),
        None,
        ever_met=False,
    )


ORDER = [Status.OVERDUE, Status.DUE, Status.DUE_SOON, Status.VALID, Status.PAUSED, Status.NOT_NEEDED]


@pytest.mark.parametrize("number", range(len(ORDER)))
def test_the_strictest_is_overdue_then_due_due_soon_valid_and_the_rest_only_alone(number: int) -> None:
    verdicts = [verdict(status, f"e{place}") for place, status in enumerate(ORDER[number:])]

    assert strictest(reversed(verdicts)) == verdicts[0]


def test_of_two_alike_the_longer_overdue_or_the_sooner_lapsing_is_taken() -> None:
    long, short = (
        verdict(Status.OVERDUE, "e2", overdue_since=date(2020, 1, 1)),
        verdict(Status.OVERDUE, overdue_since=TODAY),
    )
    soon, open_ended = verdict(Status.VALID, "e2", until=TODAY), verdict(Status.VALID)

    assert strictest([short, long]) == long
    assert strictest([open_ended, soon]) == soon
    assert strictest([]) is None


def test_one_list_has_one_verdict_for_each_person_and_requirement() -> None:
    here, there = verdict(Status.VALID, "e1"), verdict(Status.OVERDUE, "e2")
    other, fire = verdict(Status.DUE, "e3"), verdict(Status.PAUSED, "e1", "fire")

    found = one_list([here, there, other, fire], {"e1": "p1", "e2": "p1", "e3": "p2"})

    assert found == {("p1", "bls"): there, ("p2", "bls"): other, ("p1", "fire"): fire}


def test_a_share_leaves_out_what_is_due_paused_or_not_needed_and_keeps_its_numbers() -> None:
    share = share_in_date(verdict(status) for status in [*ORDER, Status.VALID])

    assert share == Share(part=3, whole=4)
    assert share.percent == 75
    assert share_in_date([verdict(Status.DUE)]) == Share(0, 0)
    assert share_in_date([]).percent is None


def people_world(**more: object) -> Json:
    """Four people: trained in time, trained too long ago, away but trained by an equal course, and one who left."""
    names = ("p1", "p2", "p3", "p4")
    engagements = [engagement(id=f"e{name}", person=name) for name in names]
    engagements[3]["to"] = "2026-01-01"
    return small_world(
        [version(achieved(), audience={"role": ["practice-nurse"]})],
        [
            {**record("2025-11-22", "x1"), "person": "p1", "expires_on": "2026-01-01"},
            {**record("2025-11-21", "x2"), "person": "p2"},
            {**record("2026-06-01", "x3", subject="ils"), "person": "p3"},
            {**record("2026-06-01", "x4"), "person": "p4"},
        ],
        people=[{"id": name} for name in names],
        engagements=engagements,
        equivalences=[{"subject": "ils", "counts_as": "bls"}],
        adjustments=[{"kind": "pause", "engagement": "ep3", "from": "2026-01-01"}],
        **more,
    )


def test_the_training_item_counts_people_with_a_record_in_the_last_twelve_months() -> None:
    judge = Judge(read_world(people_world()))

    assert judge.training_item(Everyone(), TODAY, subject="bls") == Share(2, 3)
    assert judge.training_item(Everyone(), TODAY, subject="bls", level=2) == Share(0, 3)
    assert judge.training_item(StaffGroup(("gp",)), TODAY, subject="bls") == Share(0, 0)


def test_what_no_rule_and_nobody_answers_is_counted() -> None:
    rules = [
        {"id": "bls", "versions": [version(achieved(), audience={"role": ["practice-nurse"]})]},
        {"id": "ended", "versions": [version(achieved(), to="2020-01-01")]},
        {"id": "gps", "versions": [version(achieved(), audience={"role": ["gp"]})]},
        {"id": "magic", "versions": [version({"achieved": {"subject": "magic", "months": None}})]},
        {"id": "nurses", "versions": [version({"state": {"state": "registered:nmc"}})]},
        {"id": "parts", "versions": [version({"all_of": [achieved(), {"state": {"state": "registered:xyz"}}]})]},
        {"id": "either", "versions": [version({"any_of": [achieved(), {"state": {"state": "registered:xyz"}}]})]},
        {
            "id": "then",
            "versions": [version({"first_then": {"first": {"state": {"state": "x"}}, "then": achieved()}})],
        },
    ]
    people = [engagement(id=f"ep{number}", person=f"p{number}") for number in (1, 2, 3)]
    people += [engagement(id="ep4", person="p4", role="link-worker", staff_group="dpc")]
    world = people_world() | {"requirements": rules, "engagements": people}

    spots = Judge(read_world(world)).blind_spots(TODAY, subjects={"bls"}, states={"registered:nmc"})

    assert spots == BlindSpots(
        cannot_be_met=("magic", "parts", "then"),
        met_by_nobody=("magic", "nurses", "parts", "then"),
        for_nobody=("gps",),
        unknown_roles=(("link-worker", 1),),
    )


def test_a_role_whose_staff_group_a_rule_names_is_known() -> None:
    world = people_world() | {
        "requirements": [{"id": "bls", "versions": [version(achieved(), audience={"staff_group": ["nursing"]})]}]
    }

    spots = Judge(read_world(world)).blind_spots(TODAY, subjects={"ils"}, states=())

    assert spots == BlindSpots((), (), (), ())
