"""Who someone is, and the terms they are engaged on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Final, NewType
from uuid import UUID

from preceptor.register.organisations.domain import NotAllowedError, Period

PersonId = NewType("PersonId", UUID)
EngagementId = NewType("EngagementId", UUID)

MOST_HOURS: Final = Decimal(80)


@dataclass(frozen=True, slots=True)
class PersonDetails:
    """Who someone is."""

    given_name: str
    family_name: str
    title: str = ""
    email: str | None = None
    professional_number: str = ""

    def __post_init__(self) -> None:
        """Refuses a person without a first and a last name."""
        if not self.given_name.strip() or not self.family_name.strip():
            message = "Enter a first name and a last name"
            raise NotAllowedError(message)

    @property
    def name(self) -> str:
        """The name as pages write it."""
        return " ".join(part for part in (self.title, self.given_name, self.family_name) if part)


class When(StrEnum):
    """How a period stands to a day."""

    NOW = "now"
    LATER = "later"
    GONE = "gone"


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms of an engagement: role, staff group, kind, first day, and the first day after the last."""

    role: str
    staff_group: str
    kind: str
    starts_on: date
    ends_on: date | None = None
    weekly_hours: Decimal | None = None

    def __post_init__(self) -> None:
        """Refuses an engagement that ends before it starts, and hours nobody works."""
        if self.ends_on and self.ends_on <= self.starts_on:
            message = "The last day must not be before the first"
            raise NotAllowedError(message)
        if self.weekly_hours is not None and not 0 < self.weekly_hours <= MOST_HOURS:
            message = f"Weekly hours must be more than 0 and at most {MOST_HOURS}"
            raise NotAllowedError(message)

    @property
    def period(self) -> Period:
        """The days the engagement holds."""
        return Period(self.starts_on, self.ends_on)

    @property
    def last_on(self) -> date | None:
        """The last day, as people say it."""
        return self.ends_on - timedelta(days=1) if self.ends_on else None

    def when(self, day: date) -> When:
        """Does the engagement hold on a day, later, or no more?"""
        if day < self.starts_on:
            return When.LATER
        return When.GONE if self.ends_on and self.ends_on <= day else When.NOW

    def repeats(self, other: Terms) -> bool:
        """Is this the same role on some of the same days?"""
        return self.role == other.role and self.period.meets(other.period)


def refuse_repeat(new: Terms, others: Iterable[Terms]) -> None:
    """Refuses terms that repeat another engagement of the same person at the same place: one role, one day, once."""
    if any(new.repeats(other) for other in others):
        message = "They already have this role here on some of those days"
        raise NotAllowedError(message)


def same_person(details: PersonDetails, family_name: str) -> bool:
    """May someone found by address or number be who was meant? The last name decides, however it is written."""
    return details.family_name.strip().casefold() == family_name.strip().casefold()


def same_email(one: str | None, other: str | None) -> bool:
    """Are these the same address, or both none?"""
    return (one or "").casefold() == (other or "").casefold()


def hours_of(words: str) -> Decimal | None:
    """Weekly hours as people write them, None for none. Refuses what is no number of hours in a week."""
    if not words.strip():
        return None
    try:
        hours = Decimal(words.strip().replace(",", "."))
    except InvalidOperation:
        hours = Decimal(0)
    if not hours.is_finite() or not 0 < hours <= MOST_HOURS:
        message = f"Weekly hours must be a number of hours, at most {MOST_HOURS}, like 22.5"
        raise NotAllowedError(message)
    return hours.quantize(Decimal("0.01"))
