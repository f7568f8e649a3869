"""The rules parents keep, as values."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preceptor.register.organisations.domain import (
    ALWAYS,
    Above,
    Kind,
    NewOrganisation,
    NotAllowedError,
    OrganisationId,
    Period,
    above,
    beneath,
    refuse_parent,
)

DAYS = st.dates(date(2020, 1, 1), date(2020, 3, 1))


def key(number: int) -> OrganisationId:
    return OrganisationId(UUID(int=number))


@st.composite
def periods(draw: st.DrawFn) -> Period:
    one, other = sorted([draw(DAYS), draw(DAYS)])
    start, end = draw(st.sampled_from([one, None])), draw(st.sampled_from([other, None]))
    return ALWAYS if start and end and start == end else Period(start, end)


@given(periods(), periods())
def test_two_periods_meet_if_they_share_a_day(one: Period, other: Period) -> None:
    def days(period: Period) -> set[int]:
        first = (period.starts_on or date(2019, 12, 1)).toordinal()
        return set(range(first, (period.ends_on or date(2020, 4, 1)).toordinal()))

    assert one.meets(other) == other.meets(one) == bool(days(one) & days(other))


@pytest.mark.parametrize(
    ("code", "name"),
    [("A8", "Short"), ("a81001", "Small"), ("A81 01", "Gap"), ("A8100100000", "Long"), ("A81001", " ")],
)
def test_an_organisation_that_cannot_be_is_refused(code: str, name: str) -> None:
    with pytest.raises(NotAllowedError):
        NewOrganisation(code, name, Kind.PRACTICE)


def test_a_period_does_not_end_before_it_starts() -> None:
    with pytest.raises(NotAllowedError):
        Period(date(2020, 1, 1), date(2020, 1, 1))


def test_above_and_beneath_follow_the_day() -> None:
    early, late = Period(None, date(2026, 4, 1)), Period(date(2026, 4, 1), None)
    known = [
        Above(key(1), key(2), Kind.PCN, ALWAYS),
        Above(key(2), key(3), Kind.SUB_ICB, ALWAYS),
        Above(key(3), key(4), Kind.ICB, early),
        Above(key(3), key(5), Kind.ICB, late),
    ]

    assert above(key(1), known, date(2026, 3, 31)) == {key(2), key(3), key(4)}
    assert above(key(1), known, date(2026, 4, 1)) == {key(2), key(3), key(5)}
    assert above(key(1), known) == {key(2), key(3), key(4), key(5)}
    assert beneath(key(4), known, date(2026, 3, 31)) == {key(1), key(2), key(3)}
    assert beneath(key(4), known, date(2026, 4, 1)) == frozenset()


def test_a_circle_of_parents_is_refused() -> None:
    known = [Above(key(1), key(2), Kind.HUB, ALWAYS)]

    with pytest.raises(NotAllowedError, match="above itself"):
        refuse_parent(Kind.PCN, Above(key(2), key(1), Kind.HUB, ALWAYS), known)


def test_one_kind_of_parent_at_a_time_but_another_later() -> None:
    known = [Above(key(1), key(2), Kind.PCN, Period(None, date(2026, 4, 1)))]

    refuse_parent(Kind.PRACTICE, Above(key(1), key(3), Kind.PCN, Period(date(2026, 4, 1))), known)
    refuse_parent(Kind.PRACTICE, Above(key(1), key(3), Kind.HUB, ALWAYS), known)
    with pytest.raises(NotAllowedError, match="already belongs to a primary care network"):
        refuse_parent(Kind.PRACTICE, Above(key(1), key(3), Kind.PCN, Period(date(2026, 3, 31))), known)
