"""Who someone is and the terms they are engaged on, as values."""

from datetime import date
from decimal import Decimal

import pytest

from preceptor.register.organisations.domain import NotAllowedError
from preceptor.register.people.domain import PersonDetails, Terms, When, hours_of

DAY = date(2026, 3, 1)


@pytest.mark.parametrize(("given_name", "family_name"), [("", "Lee"), ("Ana", " ")])
def test_a_person_has_a_first_and_a_last_name(given_name: str, family_name: str) -> None:
    with pytest.raises(NotAllowedError, match="first name and a last name"):
        PersonDetails(given_name, family_name)


@pytest.mark.parametrize("hours", [Decimal(0), Decimal(-1), Decimal("80.5")])
def test_nobody_works_hours_there_are_not(hours: Decimal) -> None:
    with pytest.raises(NotAllowedError, match="Weekly hours"):
        Terms("receptionist", "admin", "employed", DAY, None, hours)


def test_an_engagement_does_not_end_before_it_starts() -> None:
    with pytest.raises(NotAllowedError, match="before the first"):
        Terms("receptionist", "admin", "employed", DAY, DAY)


def test_an_engagement_holds_from_its_first_day_to_its_last() -> None:
    terms = Terms("receptionist", "admin", "employed", DAY, date(2026, 4, 1))

    days = [date(2026, 2, 28), DAY, date(2026, 3, 31), date(2026, 4, 1)]

    assert [terms.when(day) for day in days] == [When.LATER, When.NOW, When.NOW, When.GONE]
    assert terms.last_on == date(2026, 3, 31)
    assert Terms("receptionist", "admin", "employed", DAY).last_on is None


@pytest.mark.parametrize(
    ("words", "hours"), [("", None), ("  ", None), ("22,5", Decimal("22.50")), ("80", Decimal("80.00"))]
)
def test_hours_are_read_as_people_write_them(words: str, hours: Decimal | None) -> None:
    assert hours_of(words) == hours


@pytest.mark.parametrize("words", ["lots", "0", "-3", "81", "nan", "inf"])
def test_what_is_no_hours_is_refused(words: str) -> None:
    with pytest.raises(NotAllowedError, match="a number of hours"):
        hours_of(words)
