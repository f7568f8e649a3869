"""Months are added by the calendar, clipped at their end; a moment has one civil date in London."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preceptor.foundation.dates import (
    add_months,
    days_in_month,
    first_day_reaching,
    last_valid_day,
    london_date,
    months_later,
)

DAYS = st.dates(date(1900, 1, 1), date(2200, 12, 31))
MONTHS = st.integers(1, 1200)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2025, 1, 31), 1, date(2025, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2024, 2, 29), 48, date(2028, 2, 29)),
        (date(2024, 3, 15), 12, date(2025, 3, 15)),
        (date(2024, 12, 31), 2, date(2025, 2, 28)),
        (date(1900, 1, 31), 1, date(1900, 2, 28)),
        (date(2000, 1, 31), 1, date(2000, 2, 29)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
        (date(2024, 3, 31), 0, date(2024, 3, 31)),
    ],
)
def test_months_keep_the_day_of_the_month_clipped_to_its_last(day: date, months: int, later: date) -> None:
    assert add_months(day, months) == later
    assert last_valid_day(day, months) == later
    assert months_later(day.toordinal(), months) == later.toordinal()


@given(DAYS, MONTHS)
def test_months_later_falls_in_the_right_month_and_never_on_a_later_day_of_it(day: date, months: int) -> None:
    later = add_months(day, months)

    assert later.year * 12 + later.month == day.year * 12 + day.month + months
    assert later.day == min(day.day, days_in_month(later.year, later.month))


@given(DAYS)
def test_a_month_has_the_days_before_the_first_of_the_next(day: date) -> None:
    first = day.replace(day=1)

    assert (add_months(first, 1) - first).days == days_in_month(day.year, day.month)


@given(DAYS, DAYS, MONTHS)
def test_a_later_start_never_ends_sooner(one: date, other: date, months: int) -> None:
    early, late = sorted((one, other))

    assert add_months(early, months) <= add_months(late, months)


@given(DAYS, MONTHS)
def test_the_first_day_reaching_a_day_reaches_it_and_the_day_before_does_not(day: date, months: int) -> None:
    first = first_day_reaching(day, months)

    assert add_months(first, months) >= day
    assert add_months(first - timedelta(1), months) < day


def test_the_first_day_reaching_the_last_of_a_long_month_is_after_the_short_one() -> None:
    assert first_day_reaching(date(2025, 3, 31), 1) == date(2025, 3, 1)
    assert first_day_reaching(date(2025, 2, 28), 1) == date(2025, 1, 28)


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 3, 31, 22, 59, tzinfo=UTC), date(2026, 3, 31)),
        (datetime(2026, 3, 31, 23, 0, tzinfo=UTC), date(2026, 4, 1)),
        (datetime(2026, 1, 31, 23, 59, tzinfo=UTC), date(2026, 1, 31)),
        (datetime(2026, 7, 1, 4, 0, tzinfo=timezone(timedelta(hours=9))), date(2026, 6, 30)),
    ],
)
def test_a_moment_has_the_date_of_london_summer_time_and_all(moment: datetime, day: date) -> None:
    assert london_date(moment) == day


def test_a_moment_without_an_offset_has_no_date() -> None:
    with pytest.raises(ValueError, match="offset"):
        london_date(datetime(2026, 3, 31, 22, 59))  # noqa: DTZ001 -- that is the point
