"""Which national versions an organisation takes over, what may not change in the catalogue, and what an end cuts."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preceptor.compliance.requirements.domain.adoption import Offered, Taken, taken_over
from preceptor.compliance.requirements.domain.audience import Everyone
from preceptor.compliance.requirements.domain.criteria import State
from preceptor.compliance.requirements.domain.known import ended
from preceptor.compliance.requirements.domain.loading import problems_with
from preceptor.compliance.requirements.domain.versions import Requirement, Version

FIRST, SECOND, THIRD = date(2020, 1, 1), date(2024, 11, 1), date(2027, 1, 1)
OFFERED = (Offered(1, FIRST), Offered(2, SECOND), Offered(3, THIRD))
RULE = Version(FIRST, None, Everyone(), State("registered:nmc"), 30)


@pytest.mark.parametrize(
    ("on", "after", "taken"),
    [
        (date(2019, 1, 1), 0, [(1, FIRST), (2, SECOND), (3, THIRD)]),
        (date(2022, 4, 1), 0, [(1, date(2022, 4, 1)), (2, SECOND), (3, THIRD)]),
        (SECOND, 0, [(2, SECOND), (3, THIRD)]),
        (date(2028, 1, 1), 0, [(3, date(2028, 1, 1))]),
        (date(2022, 4, 1), 1, [(2, SECOND), (3, THIRD)]),
        (date(2026, 4, 1), 1, [(2, date(2026, 4, 1)), (3, THIRD)]),
        (date(2028, 1, 1), 3, []),
    ],
)
def test_the_version_in_force_starts_on_the_first_day_and_later_ones_on_their_own(
    on: date, after: int, taken: list[tuple[int, date]]
) -> None:
    assert taken_over(OFFERED, on, after=after) == tuple(Taken(number, day) for number, day in taken)


def test_a_version_that_has_ended_is_not_taken_over() -> None:
    offered = (Offered(1, FIRST, date(2023, 1, 1)), Offered(2, THIRD))

    assert taken_over(offered, date(2022, 12, 31)) == (Taken(1, date(2022, 12, 31)), Taken(2, THIRD))
    assert taken_over(offered, date(2023, 1, 1)) == (Taken(2, THIRD),)
    assert taken_over(offered[:1], date(2023, 1, 1)) == ()


@given(st.dates(date(2018, 1, 1), date(2030, 1, 1)), st.integers(0, 3))
def test_what_is_taken_over_starts_later_each_time_and_never_before_its_day(on: date, after: int) -> None:
    taken = taken_over(OFFERED, on, after=after)

    days = [one.starts_on for one in taken]
    assert days == sorted(set(days))
    assert all(one.number > after for one in taken)
    assert all(one.starts_on == max(on, OFFERED[one.number - 1].starts_on) for one in taken)


def test_a_catalogue_that_says_what_was_published_has_no_problem() -> None:
    later = replace(RULE, starts_on=SECOND)

    assert problems_with("nmc", [RULE], [RULE]) == []
    assert problems_with("nmc", [RULE], [RULE, later]) == []
    assert problems_with("nmc", [], [RULE, later]) == []


def test_each_version_that_differs_is_named() -> None:
    later = replace(RULE, starts_on=SECOND)

    assert problems_with("nmc", [RULE, later], [replace(RULE, notice_days=1), replace(later, ends_on=THIRD)]) == [
        (
            f"nmc: the version from {day} is published and says something else here. "
            "Put it back, and add a version with a later “from”"
        )
        for day in ("2020-01-01", "2024-11-01")
    ]


def test_an_end_cuts_what_is_in_force_and_drops_what_would_start_later() -> None:
    versions = (
        replace(RULE, ends_on=date(2021, 1, 1)),
        replace(RULE, starts_on=SECOND),
        replace(RULE, starts_on=THIRD),
    )
    rule = Requirement("nmc", versions, "Registration")

    assert ended(rule, None) == rule
    assert [(one.starts_on, one.ends_on) for one in ended(rule, date(2026, 1, 1)).versions] == [
        (FIRST, date(2021, 1, 1)),
        (SECOND, date(2026, 1, 1)),
    ]
    assert ended(rule, FIRST).versions == ()
