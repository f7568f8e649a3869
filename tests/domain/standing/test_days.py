"""Sets of days behave as sets."""

import itertools
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preceptor.compliance.standing.domain.days import (
    ALWAYS,
    BEGINNING,
    FOREVER,
    NEVER,
    Days,
    as_date,
    between,
    complement,
    contains,
    difference,
    first_day,
    intersection,
    join,
    join_sorted,
    last_date,
    period,
    run,
    run_holding,
    runs,
    union,
)

FIRST, LAST = 0, 40
WINDOW = frozenset(range(FIRST, LAST))
EDGES = st.one_of(st.integers(FIRST, LAST), st.sampled_from((BEGINNING, FOREVER)))
SPANS = st.lists(st.tuples(EDGES, EDGES), max_size=6)
SETS = SPANS.map(join)


def members(days: Days) -> frozenset[int]:
    """The days of the window that are in the set, found one by one, without the code under test."""
    pairs = list(zip(days[::2], days[1::2], strict=True))
    return frozenset(day for day in WINDOW if any(start <= day < end for start, end in pairs))


def is_plain(days: Days) -> bool:
    """Whether a set is in its only form: an even number of edges, strictly rising."""
    return len(days) % 2 == 0 and all(one < other for one, other in itertools.pairwise(days))


@given(SPANS)
def test_spans_join_to_the_days_in_any_of_them(spans: list[tuple[int, int]]) -> None:
    days = join(spans)

    assert is_plain(days)
    assert members(days) == {day for day in WINDOW if any(start <= day < end for start, end in spans)}
    assert join_sorted(sorted(spans)) == days


@given(SETS, SETS)
def test_sets_combine_as_sets(one: Days, other: Days) -> None:
    made = {
        "union": (union(one, other), members(one) | members(other)),
        "intersection": (intersection(one, other), members(one) & members(other)),
        "difference": (difference(one, other), members(one) - members(other)),
        "complement": (complement(one), WINDOW - members(one)),
    }

    assert {name: members(days) for name, (days, _) in made.items()} == {name: want for name, (_, want) in made.items()}
    assert all(is_plain(days) for days, _ in made.values())


@given(SETS, SETS)
def test_laws_hold_at_the_open_ends_too(one: Days, other: Days) -> None:
    assert complement(complement(one)) == one
    assert complement(union(one, other)) == intersection(complement(one), complement(other))
    assert union(one, complement(one)) == ALWAYS
    assert intersection(one, complement(one)) == NEVER
    assert union(difference(one, other), intersection(one, other)) == one


@given(SETS, st.integers(FIRST, LAST - 1))
def test_a_day_is_in_a_set_when_a_run_holds_it(days: Days, day: int) -> None:
    held = [pair for pair in runs(days) if pair[0] <= day < pair[1]]

    assert contains(days, day) is (day in members(days))
    assert run_holding(days, day) == (held[0] if held else None)


@given(SETS, EDGES, EDGES)
def test_days_between_are_those_of_the_stretch(days: Days, start: int, end: int) -> None:
    assert between(days, start, end) == intersection(days, run(start, end))


@given(SETS)
def test_the_first_day_is_the_start_of_the_first_run(days: Days) -> None:
    assert first_day(days) == min((start for start, _ in runs(days)), default=None)


def test_periods_leave_their_end_out_and_are_open_without_one() -> None:
    monday, friday = date(2026, 11, 16), date(2026, 11, 20)

    assert period(monday, friday) == (monday.toordinal(), friday.toordinal())
    assert period(None, friday) == (BEGINNING, friday.toordinal())
    assert period(monday, None) == (monday.toordinal(), FOREVER)
    assert period(None, None) == ALWAYS
    assert period(friday, monday) == NEVER


@pytest.mark.parametrize("day", [BEGINNING, FOREVER])
def test_an_open_end_has_no_date(day: int) -> None:
    assert as_date(day) is None


def test_the_last_date_of_a_run_is_the_day_before_its_end() -> None:
    assert last_date(date(2026, 11, 23).toordinal()) == date(2026, 11, 22)
    assert last_date(FOREVER) is None
