"""What a person and an engagement are as values, and the rules they keep."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NewType
from uuid import UUID

from preceptor.register.organisations.domain import NotAllowedError

PersonId = NewType("PersonId", UUID)
EngagementId = NewType("EngagementId", UUID)


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
        """Refuses an engagement that ends before it starts."""
        if self.ends_on and self.ends_on <= self.starts_on:
            message = "The last day must not be before the first"
            raise NotAllowedError(message)
