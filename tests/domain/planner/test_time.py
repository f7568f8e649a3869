"""When time is demanded, what became of it, and which dates repeat."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preceptor.compliance.standing.domain.days import NEVER, Days, period
from preceptor.compliance.standing.domain.verdicts import Case
from preceptor.training.planner.domain.demand import Demand, Opening, Person, Report, each_once, opening, tally
from preceptor.training.planner.domain.times import Done, clock, minutes_between, monthly

FIRST, END = date(2026, 1, 1), date(2027, 1, 1)
NOTICE = ((period(None, None)[0], 60),)


def case(*, met: Days = NEVER, grace: Days = NEVER, required: Days | None = None, paused: Days = NEVER) -> Case:
    return Case("e", "r", required or period(date(2020, 1, 1), None), paused, met, grace, NOTICE)


def test_what_runs_out_is_demanded_by_its_last_day() -> None:
    met = period(date(2025, 6, 2), date(2026, 6, 2))

    assert opening(case(met=met), FIRST, END) == Opening(date(2026, 4, 2), date(2026, 6, 1))


def test_what_is_overdue_when_a_period_begins_is_demanded_at_once() -> None:
    assert opening(case(), FIRST, END) == Opening(FIRST, FIRST)


def test_what_has_grace_is_demanded_by_its_last_day_or_not_yet() -> None:
    starts, ends = date(2026, 12, 10), date(2026, 12, 25)
    required = period(starts, None)

    assert opening(case(required=required, grace=period(starts, ends)), FIRST, END) == Opening(
        starts, ends - timedelta(days=1)
    )
    assert opening(case(required=required, grace=period(starts, date(2027, 2, 1))), FIRST, END) == Opening(starts, None)


def test_what_stays_in_date_or_is_not_needed_demands_nothing() -> None:
    assert opening(case(met=period(FIRST, None)), FIRST, END) is None
    assert opening(case(required=period(date(2020, 1, 1), FIRST)), FIRST, END) is None
    assert opening(case(paused=period(FIRST, END)), FIRST, END) is None


def test_what_runs_out_soon_after_a_period_may_be_done_in_it() -> None:
    met = period(date(2025, 6, 2), date(2027, 1, 20))

    assert opening(case(met=met), FIRST, END) == Opening(date(2026, 11, 20), None)


@given(
    minutes=st.lists(st.integers(1, 600), max_size=8),
    done=st.lists(st.sampled_from([None, *Done]), min_size=8, max_size=8),
)
def test_the_parts_add_up_to_what_was_demanded(minutes: list[int], done: list[Done | None]) -> None:
    found = tally(Demand("e", "r", FIRST, one, how) for one, how in zip(minutes, done, strict=False))

    parts = found.protected + found.work + found.home + found.unsaid + found.not_done
    assert parts == found.demanded == sum(minutes)
    assert found.given == found.protected + found.work


def test_what_is_done_once_is_counted_once() -> None:
    march = date(2026, 3, 1)
    course = [Demand("a", "r1", FIRST, 60, Done.WORK, "x"), Demand("a", "r2", march, 90, Done.WORK, "x")]
    two_jobs = [Demand("a", "r3", march, 30), Demand("b", "r3", FIRST, 30)]
    other = [Demand("a", "r4", march, 30, Done.WORK, "y")]

    assert each_once([*course, *two_jobs, *other]) == (course[1], two_jobs[1], other[0])


def test_a_report_adds_up_by_person_by_role_and_by_month() -> None:
    march = date(2026, 3, 1)
    skill = Demand("a", "s", march, 20, Done.HOME)
    one = Person("1", "Ana", "Ana", "GP", (Demand("a", "r", march, 60, Done.WORK),), 180, (skill,))
    two = Person("2", "Ben", "Ben", "GP", (Demand("b", "r", FIRST, 30),), 0)
    report = Report(FIRST, date(2026, 4, 2), (one, two), {march: 180})

    assert (report.tally.demanded, report.skills.demanded, report.skills.home) == (90, 20, 20)
    assert [(name, number, part.demanded, apart.home) for name, number, part, apart in report.by_role()] == [
        ("GP", 2, 90, 20)
    ]
    assert [(month.month, part.demanded, part.offered, apart.demanded) for month, part, apart in report.by_month()] == [
        (1, 30, 0, 0),
        (2, 0, 0, 0),
        (3, 60, 180, 20),
        (4, 0, 0, 0),
    ]


def test_dates_repeat_on_the_same_weekday_of_the_month() -> None:
    assert monthly(date(2026, 12, 3), 3) == [date(2026, 12, 3), date(2027, 1, 7), date(2027, 2, 4)]
    assert monthly(date(2026, 12, 31), 3) == [date(2026, 12, 31), date(2027, 1, 28), date(2027, 2, 25)]


@given(first=st.dates(date(2020, 1, 1), date(2030, 1, 1)), times=st.integers(1, 24))
def test_each_month_has_one_date_and_each_is_of_the_same_weekday(first: date, times: int) -> None:
    found = monthly(first, times)

    assert found[0] == first
    assert {one.weekday() for one in found} == {first.weekday()}
    assert [(one.year * 12 + one.month) for one in found] == [first.year * 12 + first.month + at for at in range(times)]


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (time(13, 30), "1:30pm"),
        (time(9), "9am"),
        (time(12), "midday"),
        (time(0, 5), "12:05am"),
        (time(12, 5), "12:05pm"),
    ],
)
def test_times_are_said_as_people_do(at: time, words: str) -> None:
    assert clock(at) == words
    assert minutes_between(time(13, 30), time(16, 30)) == 180
