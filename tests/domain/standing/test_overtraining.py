"""Training that nobody needed, one kind after the other, and what must always hold of it."""

import random
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preceptor.compliance.requirements.domain.criteria import (
    Achieved,
    AllOf,
    AnyOf,
    Count,
    Criterion,
    FirstThen,
    Hours,
    State,
)
from preceptor.compliance.requirements.domain.intervals import Interval
from preceptor.compliance.standing.domain.judge import Judge
from preceptor.compliance.standing.domain.overtraining import Costs, Excess, Kind, excesses
from preceptor.compliance.standing.domain.spared import Alone, left_alone
from preceptor.compliance.standing.domain.verdicts import Status
from preceptor.compliance.standing.domain.world import read_world

from .small import achieved, engagement, record, small_world, version
from .worlds import days, worlds

Json: TypeAlias = dict[str, Any]

TODAY = date(2026, 11, 23)
COSTS = Costs({"bls": 60, "fire": 30}, {}, frozenset())
YEARLY = version(achieved(), notice_days=60)


def found(world: Json, costs: Costs = COSTS, on: date = TODAY) -> tuple[Excess, ...]:
    """What is too much in a world on a day."""
    return excesses(Judge(read_world(world)).prepared, on, costs)


def bls(*on: str, **more: object) -> list[Json]:
    """Records of basic life support on these days."""
    return [record(day, f"x{number}", **more) for number, day in enumerate(on)]


def two(second: Json, records: list[Json], **more: object) -> Json:
    """A nurse who is asked for basic life support every year, and for something else."""
    world = small_world([YEARLY], records, **more)
    world["requirements"].append({"id": "fire", "versions": [second]})
    return world


def test_again_long_before_the_last_ran_out_says_how_long_before() -> None:
    (one,) = found(small_world([YEARLY], bls("2026-03-01", "2026-06-01")))

    assert (one.kind, one.requirement, one.engagement, one.people, one.minutes) == (
        Kind.EARLY,
        "bls",
        "e1",
        ("p1",),
        60,
    )
    assert (one.again_on, one.until, one.days) == (date(2026, 6, 1), date(2027, 3, 1), 273)


@pytest.mark.parametrize(
    ("criterion", "why"),
    [
        (Achieved("bls", 12), None),
        (Achieved("bls", None), Alone.ONCE),
        (Achieved("appraisal", 12), Alone.DEVELOPMENT),
        (AllOf((Achieved("bls", 12), Achieved("fire", 24))), None),
        (AnyOf((Achieved("bls", 12), AllOf((Achieved("fire", 24), Achieved("fire", None))))), None),
        (AllOf((Achieved("bls", None), Achieved("fire", None))), Alone.ONCE),
        (AllOf((Achieved("bls", 12), State("registered:nmc"))), Alone.PARTS),
        (AnyOf((Achieved("bls", 12), Hours(("appraisal",), 60, 12))), Alone.DEVELOPMENT),
        (FirstThen(Achieved("bls", 12), Achieved("fire", 24)), Alone.PARTS),
        (Count("bls", 3, 12), Alone.COUNT),
        (Hours(("bls",), 60, 12), Alone.HOURS),
        (State("registered:nmc"), Alone.STATE),
    ],
)
def test_each_rule_is_looked_at_or_left_alone_for_a_reason(criterion: Criterion, why: Alone | None) -> None:
    assert left_alone(criterion, {"appraisal"}) is why


@pytest.mark.parametrize(
    ("rule", "first", "again"),
    [
        (YEARLY, "2025-06-01", "2026-05-01"),  # within the notice
        (version(achieved(early_days=90), notice_days=10), "2025-06-01", "2026-03-04"),  # within early renewal
        (YEARLY, "2025-06-01", "2026-06-02"),  # after it ran out
        (YEARLY, "2024-03-01", "2024-06-01"),  # more than a year ago
        (YEARLY, "2026-03-01", "2026-03-01"),  # one course, written down twice
        (version(achieved(None), notice_days=60), "2026-03-01", "2026-06-01"),  # does not run out
    ],
)
def test_what_was_done_in_good_time_is_not_too_early(rule: Json, first: str, again: str) -> None:
    assert found(small_world([rule], bls(first, again))) == ()


def test_one_day_more_than_the_notice_is_too_early() -> None:
    days_before = [
        [one.days for one in found(small_world([YEARLY], bls("2025-06-30", f"2026-05-{day}")))] for day in ("01", "02")
    ]

    assert days_before == [[], []]
    assert [one.days for one in found(small_world([YEARLY], bls("2025-06-30", "2026-04-30")))] == [61]


def test_a_record_is_not_too_early_when_something_else_needed_it() -> None:
    records = bls("2026-03-01", "2026-06-01")
    assessed = version(achieved(24, kinds=["assessment"]))

    assert found(two(assessed, [*records[:1], {**records[1], "kind": "assessment"}])) == ()
    assert [one.kind for one in found(two(assessed, records))] == [Kind.EARLY]


def test_a_higher_level_and_a_logged_procedure_are_no_repetition() -> None:
    first, again = bls("2026-03-01", "2026-06-01")

    assert found(small_world([YEARLY], [first, {**again, "level": 2}])) == ()
    assert found(small_world([YEARLY], [first, {**again, "kind": "log"}])) == ()


def test_what_a_rule_gathers_is_never_too_much() -> None:
    gathered = version({"count": {"subject": "bls", "at_least": 2, "months": 12}})

    assert found(two(gathered, bls("2026-03-01", "2026-06-01"))) == ()


def test_somebody_new_is_asked_again_although_what_they_brought_counted() -> None:
    world = small_world([YEARLY], bls("2026-03-01", "2026-06-01"), engagements=[engagement(**{"from": "2026-05-01"})])
    long_here = {**world, "engagements": [engagement(**{"from": "2024-05-01"})]}

    assert [(one.kind, one.days) for one in found(world)] == [(Kind.ELSEWHERE, 273)]
    assert [one.kind for one in found(long_here)] == [Kind.EARLY]


def test_more_often_than_every_source_that_says_how_often() -> None:
    costs = replace(COSTS, intervals={"bls": (Interval("The framework", 24), Interval("A guide", 36))})
    (one,) = found(small_world([YEARLY], bls("2026-03-01")), costs)

    assert (one.kind, one.months, one.source, one.people) == (Kind.OFTENER, 12, Interval("The framework", 24), ("p1",))
    assert one.minutes == 30


@pytest.mark.parametrize("intervals", [(), (Interval("It", 12),), (Interval("It", 36), Interval("Another", 6))])
def test_a_rule_that_some_source_bears_out_is_not_too_often(intervals: tuple[Interval, ...]) -> None:
    costs = replace(COSTS, intervals={"bls": intervals})

    assert found(small_world([YEARLY], bls("2026-03-01")), costs) == ()


def parts(key: str, *months: int | None, **more: object) -> Json:
    """A rule of basic life support and fire safety together, or either of them, each for its months."""
    inside = [
        {"achieved": {"subject": subject, "months": each}}
        for subject, each in zip(("bls", "fire"), months, strict=True)
    ]
    return {**version(achieved(), notice_days=60), "met_by": {key: inside}, **more}


def test_a_part_done_again_while_all_of_them_hold_costs_its_share() -> None:
    both, again = parts("all_of", 12, 24), bls("2026-03-01", "2026-06-01")
    (one,) = found(small_world([both], [*again, record("2025-06-01", "f", subject="fire")]))

    assert (one.kind, one.until, one.days, one.minutes) == (Kind.EARLY, date(2027, 3, 1), 273, 30)


@pytest.mark.parametrize(
    "fire",
    [
        [],  # the other part was never done
        [record("2024-07-15", "f", subject="fire")],  # it runs out soon, and one goes for both
        [record("2023-06-01", "f", subject="fire")],  # it ran out
    ],
)
def test_a_part_is_not_too_early_unless_all_of_them_hold(fire: list[Json]) -> None:
    assert found(small_world([parts("all_of", 12, 24)], [*bls("2026-03-01", "2026-06-01"), *fire])) == ()


def test_a_course_that_renews_two_parts_is_right_as_soon_as_one_needs_it() -> None:
    both = parts("all_of", 12, 24)
    again = [record("2026-06-01", "x2", subject="all-ages")]
    held = [*bls("2026-03-01"), record("2026-02-01", "f", subject="fire"), *again]
    ending = [*bls("2026-03-01"), record("2024-06-15", "f", subject="fire"), *again]

    assert [one.minutes for one in found(small_world([both], held, equivalences=ALL_AGES))] == [60]
    assert found(small_world([both], ending, equivalences=ALL_AGES)) == ()


def test_either_of_two_is_too_early_when_it_is_done_again_and_not_when_the_other_way_is_new() -> None:
    either = parts("any_of", 12, 24)
    other = [*bls("2026-03-01"), record("2026-06-01", "f", subject="fire")]

    assert [(one.days, one.minutes) for one in found(small_world([either], bls("2026-03-01", "2026-06-01")))] == [
        (273, 60)
    ]
    assert found(small_world([either], other)) == ()


def test_what_a_rule_of_several_asks_for_once_is_never_too_early() -> None:
    again = [*bls("2026-03-01", "2026-06-01"), record("2026-01-01", "f", subject="fire")]

    assert found(small_world([parts("all_of", None, 24)], again)) == ()
    assert len(found(small_world([parts("all_of", 12, 24)], again))) == 1


ALL_AGES = [
    {"subject": "all-ages", "level": 1, "counts_as": "bls", "counts_as_level": 1},
    {"subject": "all-ages", "level": 1, "counts_as": "fire", "counts_as_level": 1},
]
FIRE = {**version(achieved(24)), "met_by": {"achieved": {"subject": "fire", "months": 24}}}


def test_two_courses_where_one_counts_for_both() -> None:
    records = [record("2026-03-01"), record("2026-04-01", "x2", subject="fire")]
    (one,) = found(two(FIRE, records, equivalences=ALL_AGES))

    assert (one.kind, one.requirement, one.other, one.course) == (Kind.TOGETHER, "bls", "fire", ("all-ages", 1))
    assert (one.people, one.minutes) == (("p1",), 15)
    assert found(two(FIRE, records)) == ()
    assert found(two(FIRE, [record("2026-03-01", subject="all-ages")], equivalences=ALL_AGES)) == ()


def test_the_same_subject_for_two_requirements_is_one_course() -> None:
    higher = version(achieved(12, level=2, kinds=["session"]), notice_days=60)
    sessions = [record("2026-03-01", kind="session"), record("2026-04-01", "x2", level=2, kind="session")]
    courses = version(achieved(12, kinds=["course"]), notice_days=60)

    assert found(two(higher, sessions)) == ()  # the second counts for both
    world = small_world([courses], sessions)
    world["requirements"].append({"id": "fire", "versions": [higher]})
    assert found(world) == ()  # no record is of both kinds


def test_professional_development_is_never_touched() -> None:
    growing = Costs(COSTS.minutes, {"bls": (Interval("It", 24),)}, frozenset({"bls"}))
    records = [*bls("2026-03-01", "2026-06-01"), record("2026-04-01", "x9", subject="fire")]

    assert found(two(FIRE, records, equivalences=ALL_AGES), growing) == ()
    assert found(two(FIRE, records, equivalences=ALL_AGES), replace(growing, development=frozenset())) != ()


# What must always hold -----------------------------------------------------------------------------------------------

EVERY_COST = Costs(
    {f"r{number}": 30 for number in range(9)},
    {f"r{number}": (Interval("It", 30),) for number in range(9)},
    frozenset(),
)


def _asked(world: Json, on: date, costs: Costs = EVERY_COST) -> list[Excess]:
    return list(excesses(Judge(read_world(world)).prepared, on, costs))


def _records_of(world: Json, one: Excess) -> Iterable[Json]:
    return (each for each in world["records"] if each["person"] == one.people[0] and each["on"] == str(one.again_on))


@given(worlds(), days())
def test_without_what_was_too_early_everyone_was_valid_all_the_same(world: Json, on: date) -> None:
    for one in _asked(world, on):
        if one.kind in {Kind.EARLY, Kind.ELSEWHERE} and one.again_on:
            dropped = {each["id"] for each in _records_of(world, one)}
            fewer = {**world, "records": [each for each in world["records"] if each["id"] not in dropped]}
            verdict = Judge(read_world(fewer)).verdict(one.engagement, one.requirement, one.again_on)

            assert verdict.status in {Status.VALID, Status.PAUSED}
            assert verdict.until is None or (one.until and verdict.until >= one.until)
            assert one.until == one.again_on + timedelta(one.days)


@given(worlds(), days(), st.integers(0, 2**16))
def test_the_order_of_facts_makes_no_difference(world: Json, on: date, seed: int) -> None:
    shuffled = {
        name: random.Random(seed).sample(items, len(items)) if name in {"records", "people", "engagements"} else items
        for name, items in world.items()
    }

    assert _asked(shuffled, on) == _asked(world, on)


@given(worlds(), days())
def test_nothing_is_too_much_of_what_is_development(world: Json, on: date) -> None:
    assert _asked(world, on, replace(EVERY_COST, development=frozenset({"bls", "fire", "ipc"}))) == []


@given(worlds(), days())
def test_who_works_beside_somebody_makes_no_difference_to_what_they_repeated(world: Json, on: date) -> None:
    alone = {**world, "records": [each for each in world["records"] if each["person"] == "p1"]}

    def repeated(of: Json) -> list[Excess]:
        return [one for one in _asked(of, on) if one.people == ("p1",) and one.again_on]

    assert repeated(alone) == repeated(world)
