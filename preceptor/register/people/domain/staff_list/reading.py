"""One row of a staff list as what it says. What a cell cannot mean is named with its column; blank says nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final, TypeVar

from preceptor.foundation.cells import Row, day_of
from preceptor.register.organisations.domain import NotAllowedError

from ..lists import RoleEntry
from ..terms import hours_of
from .known import Lists, UnknownWordError, number_in

T = TypeVar("T")

_TITLES: Final = frozenset({"dr", "mr", "mrs", "ms", "miss", "mx", "prof", "professor", "sister", "rev"})
_EMAIL: Final = re.compile(r"^[^\s@,;]+@[^\s@,;]+\.[^\s@,;.]+$")
_EARLIEST: Final = date(1950, 1, 1)


@dataclass(frozen=True, slots=True)
class CellProblem:
    """What is wrong with a cell, by the key of its column."""

    key: str
    message: str


class SeveralProblemsError(ValueError):
    """A row cannot be understood; each problem names the column where that would be put right."""

    def __init__(self, *problems: CellProblem) -> None:
        super().__init__("; ".join(one.message for one in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says of one person. None and empty say nothing."""

    row: Row
    title: str
    given_name: str
    family_name: str
    email: str
    professional_number: str
    role: RoleEntry | None
    staff_group: str | None
    kind: str | None
    starts_on: date | None
    last_on: date | None
    weekly_hours: Decimal | None
    tasks: tuple[str, ...]
    problems: tuple[CellProblem, ...]

    @property
    def name(self) -> str:
        """The name as the row gives it, or whatever else says who is meant."""
        return f"{self.given_name} {self.family_name}".strip() or self.email or self.professional_number


def said_in(row: Row, lists: Lists) -> Said:
    """What a row says, with every cell that cannot be read."""
    problems: list[CellProblem] = []

    def cell(key: str, read: Callable[[str], T]) -> T | None:
        words = row.text(key)
        try:
            return read(words) if words else None
        except (UnknownWordError, NotAllowedError, ValueError) as wrong:
            problems.append(CellProblem(key, str(wrong)))
            return None

    def day(key: str) -> date | None:
        return cell(key, lambda _: _sensible(day_of(row.value(key))))

    title, given_name, family_name = _name(row)
    if max(len(given_name), len(family_name)) > 100:
        problems.append(CellProblem("last name" if row.text("last name") else "name", "The name is too long"))
    tasks = []
    for words in re.split(r"[;,|]", row.text("tasks")):
        try:
            tasks += [lists.task(words.strip())] if words.strip() else []
        except UnknownWordError as wrong:
            problems.append(CellProblem("tasks", str(wrong)))
    return Said(
        row=row,
        title=cell("title", lambda words: _at_most(words, 20)) or title,
        given_name=given_name,
        family_name=family_name,
        email=cell("email", _email) or "",
        professional_number=cell("professional number", lambda words: _at_most(number_in(words), 20)) or "",
        role=cell("role", lists.role),
        staff_group=cell("staff group", lists.group),
        kind=cell("kind", lists.kind),
        starts_on=day("start date"),
        last_on=day("last day"),
        weekly_hours=cell("weekly hours", hours_of),
        tasks=tuple(dict.fromkeys(tasks)),
        problems=tuple(dict.fromkeys(problems)),
    )


def _name(row: Row) -> tuple[str, str, str]:
    """Title, first and last name: from their own columns, else from one column with the whole name."""
    given_name, family_name = row.text("first name"), row.text("last name")
    whole = row.text("name")
    if (given_name and family_name) or not whole:
        return "", given_name, family_name
    last, comma, first = whole.partition(",")
    words = (f"{first} {last}" if comma else whole).split()
    title = words[0].rstrip(".") if words and words[0].rstrip(".").lower() in _TITLES else ""
    words = words[1:] if title else words
    if comma:
        family = last.split()
        return title, given_name or " ".join(words[: -len(family)]), family_name or " ".join(family)
    return title, given_name or " ".join(words[:-1]), family_name or " ".join(words[-1:])


def _email(words: str) -> str:
    if not _EMAIL.match(words) or len(words) > 254:
        raise ValueError(f"“{words}” is not an email address. Write it like name@example.nhs.uk")
    return words


def _at_most(words: str, length: int) -> str:
    if len(words) > length:
        raise ValueError(f"“{words}” is too long: at most {length} letters")
    return words


def _sensible(day: date | None) -> date | None:
    if day and day < _EARLIEST:
        raise ValueError(f"{day.year} is too long ago")
    return day
