"""What would change about somebody, in words: from what, to what."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from ..lists import Entry, RoleEntry
from ..terms import PersonDetails, Terms
from .known import Lists


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that would change, in words: what, from what, to what."""

    what: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Wording:
    """Says changes with the names of the closed lists."""

    lists: Lists

    def details(self, old: PersonDetails, new: PersonDetails) -> Iterator[Change]:
        """What changes about who someone is."""
        for what, before, after in (
            ("Title", old.title, new.title),
            ("First name", old.given_name, new.given_name),
            ("Last name", old.family_name, new.family_name),
            ("Email address", old.email or "", new.email or ""),
            ("Professional number", old.professional_number, new.professional_number),
        ):
            if before != after:
                yield Change(what, before, after)

    def terms(self, old: Terms, corrected: Terms, moved: Terms | None) -> Iterator[Change]:
        """What changes about the terms of an engagement."""
        new = moved or corrected
        if moved:
            yield Change(
                "Role",
                _name(self.lists.roles, old.role),
                f"{_name(self.lists.roles, moved.role)} from {_day(moved.starts_on)}",
            )
        elif old.starts_on != new.starts_on:
            yield Change("First day", _day(old.starts_on), _day(new.starts_on))
        for what, before, after in (
            ("Staff group", _name(self.lists.groups, old.staff_group), _name(self.lists.groups, new.staff_group)),
            ("Engaged as", _name(self.lists.kinds, old.kind), _name(self.lists.kinds, new.kind)),
            ("Last day", "" if moved else _day(old.last_on), _day(new.last_on)),
            ("Hours a week", _hours(old.weekly_hours), _hours(new.weekly_hours)),
        ):
            if before != after:
                yield Change(what, before, after)

    def tasks(self, given: Sequence[str]) -> Iterator[Change]:
        """The tasks that are added."""
        for task in given:
            yield Change("Task", "", _name(self.lists.tasks, task))


def _name(entries: Sequence[Entry | RoleEntry], code: str) -> str:
    return next((one.name for one in entries if one.code == code), code)


def _day(day: date | None) -> str:
    return f"{day.day} {day:%B} {day.year}" if day else ""


def _hours(hours: Decimal | None) -> str:
    return f"{hours.normalize():f}" if hours is not None else ""
