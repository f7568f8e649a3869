"""Who works where: the staff files as values, with real days in place of “so long ago”."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Final

from preceptor.register.people.domain import PersonDetails

from .spans import ago

FOLDER: Final = Path(__file__).parent / "staff"
_ADDRESSES: Final = {
    "A81001": "alder.example",
    "A81002": "birch.example",
    "A81003": "canalstreet.example",
    "A81004": "stannes.example",
    "A81005": "ferryroad.example",
    "A81006": "lockkeepers.example",
    "U81001": "riverside.example",
    "V81H": "valehub.example",
}


class Habit(StrEnum):
    """How someone keeps up with what they must renew."""

    PROMPT = "prompt"
    ORDINARY = "ordinary"
    SLOW = "slow"


@dataclass(frozen=True, slots=True)
class Dated:
    """A task or a state with the days it is held; None is as long as there is anything to hold it in."""

    code: str
    starts_on: date | None


@dataclass(frozen=True, slots=True)
class Member:
    """Someone of the demo world: who they are, and their work at the place they belong to."""

    home: str
    details: PersonDetails
    role: str
    kind: str
    starts_on: date
    ends_on: date | None
    hours: Decimal | None
    tasks: tuple[Dated, ...]
    states: tuple[Dated, ...]
    habit: Habit
    was: str
    changed_on: date | None

    @property
    def email(self) -> str:
        """Their address, by which everything here knows them."""
        return self.details.email or ""

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.details.given_name} {self.details.family_name}"

    @property
    def first_kind(self) -> str:
        """How they were engaged at first: whoever changed roles began as an employee."""
        return "employed" if self.was else self.kind


@dataclass(frozen=True, slots=True)
class Shared:
    """Someone who works at one more place, and whether they have said so, if they must be asked."""

    email: str
    at: str
    starts_on: date
    has_said_yes: bool


def members(code: str, today: date) -> list[Member]:
    """The staff of a place, in the order of its file."""
    return [_member(code, row, today) for row in _rows(code)]


def shared(everybody: Sequence[Member], today: date) -> list[Shared]:
    """Who works at more than one place."""
    by_name = {member.name: member.email for member in everybody}
    return [
        Shared(
            by_name[f"{row['first name']} {row['last name']}"],
            row["at"],
            ago(row["started"], today),
            row["answer"] == "yes",
        )
        for row in _rows("shared")
    ]


def _member(code: str, row: Mapping[str, str], today: date) -> Member:
    given, family = row["first name"], row["last name"]
    email = f"{given}.{family}@{_ADDRESSES[code]}".lower()
    return Member(
        home=code,
        details=PersonDetails(given, family, row["title"], email, row["number"]),
        role=row["role"],
        kind=row["kind"],
        starts_on=ago(row["started"], today),
        ends_on=ago(row["left"], today) if row["left"] else None,
        hours=Decimal(row["hours"]) if row["hours"] else None,
        tasks=tuple(_dated(row["tasks"], today)),
        states=tuple(_dated(row["states"], today)),
        habit=Habit(row["habit"] or Habit.ORDINARY),
        was=row["was"],
        changed_on=ago(row["changed"], today) if row["changed"] else None,
    )


def _dated(words: str, today: date) -> Iterator[Dated]:
    for word in words.split():
        code, _, since = word.partition("@")
        yield Dated(code, ago(since, today) if since else None)


def _rows(name: str) -> list[dict[str, str]]:
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
