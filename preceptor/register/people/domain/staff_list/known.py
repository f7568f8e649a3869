"""What a staff list is read against: who is known, who works here, and the closed lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from preceptor.foundation.cells import Sheet, near, plain, under_headings

from ..lists import Entry, RoleEntry
from ..terms import EngagementId, PersonDetails, PersonId, Terms
from .columns import HEADINGS


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Somebody the file may mean. Of those who do not work here nothing is shown. `shared`: engaged elsewhere too.

    `also` is the address and the number other places know them by, if this one typed others: found by, never shown.
    """

    id: PersonId
    details: PersonDetails
    is_here: bool
    is_shared: bool
    also: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class KnownEngagement:
    """An engagement here as it is believed now, with the tasks in it that have not ended."""

    id: EngagementId
    person: PersonId
    terms: Terms
    tasks: frozenset[str]


class UnknownWordError(ValueError):
    """A cell names nothing on its list; the message suggests what is near."""


@dataclass(frozen=True, slots=True)
class Lists:
    """The closed lists a cell may name a line of."""

    roles: tuple[RoleEntry, ...]
    groups: tuple[Entry, ...]
    kinds: tuple[Entry, ...]
    tasks: tuple[Entry, ...]

    def role(self, words: str) -> RoleEntry:
        """The role of this code, name or other name."""
        found = {plain(alias): one for one in self.roles for alias in one.aliases}
        found |= {plain(name): one for one in self.roles for name in (one.code, one.name)}
        if plain(words) in found:
            return found[plain(words)]
        raise UnknownWordError(_unknown(words, "role", [one.name for one in self.roles]))

    def group(self, words: str) -> str:
        """The code of the staff group of this code or name."""
        return _code(words, "staff group", self.groups)

    def kind(self, words: str) -> str:
        """The code of the kind of engagement of this code or name."""
        return _code(words, "kind of engagement", self.kinds)

    def usual_kind(self, role: RoleEntry) -> str | None:
        """The kind a role's own code names, such as partner or locum, else employed, if there is such a kind."""
        codes = {one.code for one in self.kinds}
        named = [word for word in role.code.split("-") if word in codes]
        return named[-1] if named else next(iter(codes & {"employed"}), None)

    def task(self, words: str) -> str:
        """The code of the task of this code or name."""
        return _code(words, "task", self.tasks)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """All a staff list is read against."""

    people: tuple[KnownPerson, ...]
    engagements: tuple[KnownEngagement, ...]
    lists: Lists
    today: date


@dataclass(frozen=True, slots=True)
class Mentioned:
    """The email addresses and professional numbers in a file, with which to look for people known elsewhere."""

    emails: frozenset[str]
    numbers: frozenset[str]


def mentioned_in(sheets: Iterable[Sheet]) -> Mentioned:
    """Whom a file mentions by address or number."""
    tables = [table for sheet in sheets if (table := under_headings(sheet, HEADINGS))]
    rows = [row for table in tables for row in table.rows]
    emails = {row.text("email").lower() for row in rows} - {""}
    numbers = {number_in(row.text("professional number")) for row in rows} - {""}
    return Mentioned(frozenset(emails), frozenset(numbers))


def number_in(words: str) -> str:
    """A professional number without spaces, in capitals."""
    return "".join(words.split()).upper()


def _code(words: str, what: str, entries: Sequence[Entry]) -> str:
    found = {plain(name): one.code for one in entries for name in (one.code, one.name)}
    if plain(words) in found:
        return found[plain(words)]
    raise UnknownWordError(_unknown(words, what, [one.name for one in entries]))


def _unknown(words: str, what: str, names: Sequence[str]) -> str:
    suggested = near(words, names)
    if suggested:
        return f"No {what} is called “{words}”. Did you mean {' or '.join(suggested)}?"
    return f"No {what} is called “{words}”. Use a name from the list in Preceptor"
