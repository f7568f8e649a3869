"""Where days lie on a strip."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from preceptor.ui.scales import LEAST, Scale

TWO_YEARS = Scale(date(2026, 1, 1), date(2028, 1, 1))
DAYS = st.dates(date(2020, 1, 1), date(2032, 1, 1))


def test_a_year_of_two_is_half_the_width() -> None:
    assert (TWO_YEARS.at(date(2026, 1, 1)), TWO_YEARS.at(date(2027, 1, 1))) == (0, 50)
    assert TWO_YEARS.bar(date(2027, 1, 1), None) == (50, 50)
    assert TWO_YEARS.years() == ((0, 2026), (50, 2027))


@given(DAYS, DAYS)
def test_a_bar_is_on_the_strip_and_wide_enough_to_see_or_there_is_none(starts_on: date, ends_on: date) -> None:
    found = TWO_YEARS.bar(starts_on, ends_on)

    touches = max(starts_on, TWO_YEARS.first) < min(ends_on, TWO_YEARS.end)
    assert (found is not None) is touches
    if found:
        x, width = found
        assert 0 <= x < 100
        assert width >= LEAST
        assert x + width <= 100 + LEAST
