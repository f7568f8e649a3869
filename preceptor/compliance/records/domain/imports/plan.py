"""What a file of past training would add: rows in, a plan out. Nothing is saved here, and nothing is guessed."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from preceptor.compliance.subjects.domain import SubjectIndex, plain_name, title_of
from preceptor.foundation.cells import Problem, Row, Sheet, Table, under_headings
from preceptor.register.people.domain import PersonId

from ..achievements import Achievement, RecordKind
from ..entries import Held, Owner
from .names import NameSaid, Pick, Unknown
from .owners import NobodyError, Owners
from .profiles import PROFILES, Profile
from .reading import CellError, RowError, achievement_in

_Key = tuple[PersonId, str, int, date, RecordKind]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a file is read against: who is here, what the ledger holds of them, every subject, and today.

    `importer` is who brings it. `names` is what was said here before of names that no subject goes by.
    """

    owners: tuple[Owner, ...]
    held: tuple[Held, ...]
    subjects: SubjectIndex
    today: date
    importer: PersonId | None = None
    names: Mapping[str, NameSaid] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Options:
    """What was said about a file besides what is in it: the one person it is about, and whether to skip the unknown."""

    about: PersonId | None = None
    leave_out_unknown: bool = False


NO_OPTIONS: Final = Options()


@dataclass(frozen=True, slots=True)
class NewRecord:
    """One record the file would add. `is_own`: the importer's. `again`: it was withdrawn before.

    `has_left`: its person has left, and it was not done while they worked here.
    """

    line: int
    person: PersonId
    person_name: str
    achievement: Achievement
    title: str
    is_own: bool
    has_left: bool
    again: bool

    @property
    def waits(self) -> bool:
        """Must someone else accept it?"""
        return self.is_own or self.has_left


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that is not imported, and why."""

    sheet: str
    line: int
    reason: str

    def __str__(self) -> str:
        return f"Sheet “{self.sheet}”, line {self.line}" if self.sheet else f"Line {self.line}"


@dataclass(frozen=True, slots=True)
class Reading:
    """How a name in the file was understood, and how often it stands there."""

    words: str
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would do: what is new, what is there already, what is left out and why, and everything wrong."""

    profile: str = ""
    new: tuple[NewRecord, ...] = ()
    already_count: int = 0
    left_out: tuple[LeftOut, ...] = ()
    readings: tuple[Reading, ...] = ()
    problems: tuple[Problem, ...] = ()
    unread: tuple[str, ...] = ()
    unknown: tuple[Unknown, ...] = ()

    @property
    def digest(self) -> str:
        """A short name for exactly these additions: two plans that add the same have the same."""
        added = "\n".join(f"{one.person} {one.achievement!r} {one.waits}" for one in self.new)
        return hashlib.sha256(added.encode()).hexdigest()


def plan_of(sheets: Sequence[Sheet], surroundings: Surroundings, options: Options) -> Plan:
    """Reads a file as the first kind it fits and says what it would add. Every problem is named, not only the first."""
    profile, tables, unread = _recognised(sheets)
    if profile is None:
        wanted = "“subject”, “completed on” and “email” (or “first name” and “last name”)"
        return Plan(problems=(Problem("", 1, "", f"The first line must name the columns, at least {wanted}"),))
    planner = _Planner(profile, surroundings, options)
    if missing := planner.missing(tables):
        return Plan(profile.title, problems=missing, unread=unread)
    for table in tables:
        for row in table.rows:
            planner.read(row)
    return planner.plan(unread)


def _recognised(sheets: Sequence[Sheet]) -> tuple[Profile | None, list[Table], tuple[str, ...]]:
    for profile in PROFILES:
        found = {sheet.name: under_headings(sheet, profile.headings) for sheet in sheets}
        tables = [table for table in found.values() if table and profile.fits(table)]
        if tables:
            read = {table.sheet for table in tables}
            return profile, tables, tuple(name for name in found if name not in read)
    return None, [], ()


_LEFT_OUT: Final[Mapping[Pick, str]] = {
    Pick.LEAVE_OUT: "“{words}” is left out, as said before",
    Pick.ASK: "“{words}” waits for the hub’s answer",
}
_WHO: Final = frozenset({"email", "professional number", "name"})


@dataclass(slots=True)
class _Planner:
    """Reads row after row, and remembers what it has seen."""

    profile: Profile
    around: Surroundings
    options: Options
    owners: Owners = field(init=False)
    standing: Counter[_Key] = field(init=False)
    withdrawn: frozenset[_Key] = field(init=False)
    new: list[NewRecord] = field(default_factory=list)
    already: int = 0
    left_out: list[LeftOut] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    readings: Counter[tuple[str, str]] = field(default_factory=Counter)
    rows: dict[tuple[PersonId, Achievement], Row] = field(default_factory=dict)
    unknown: dict[str, tuple[str, int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.owners = Owners(self.around.owners)
        held = self.around.held
        # What was withdrawn for a correction is not missing: its correction stands for it.
        self.standing = Counter(_key_of(one) for one in held if not one.withdrawn or one.corrected)
        self.withdrawn = frozenset(_key_of(one) for one in held if one.withdrawn and not one.corrected)

    def missing(self, tables: Iterable[Table]) -> tuple[Problem, ...]:
        """The columns without which nothing can be read."""
        return tuple(problem for table in tables for problem in self._missing(table))

    def _missing(self, table: Table) -> list[Problem]:
        columns, problems = table.columns.keys(), []
        if not self.options.about and not columns & _WHO and not {"first name", "last name"} <= columns:
            problems.append(
                "The file does not say whose records they are. Add a column “email”, or say which person it is about"
            )
        if not columns & set(self.profile.done):
            problems.append("The file does not say when it was done. Add a column “completed on”")
        if self.profile.strict:
            problems += [
                f"Two columns mean the same: {column} is one of them. Remove or rename it" for column in table.repeated
            ]
        return [Problem(table.sheet, 0, "", message) for message in problems]

    def read(self, row: Row) -> None:
        """Takes one row into the plan."""
        if reason := self.profile.left_out(row):
            self.left_out.append(LeftOut(row.sheet, row.line, reason))
            return
        words = self.profile.words(row)
        said = self.around.names.get(plain_name(words))
        if said is not None and said.means is None:
            self.left_out.append(LeftOut(row.sheet, row.line, _LEFT_OUT[said.pick].format(words=words)))
            return
        achievement = None
        wrong: tuple[CellError, ...] = ()
        try:
            achievement = achievement_in(row, self.profile, self.around.subjects, self.around.today, self.around.names)
        except RowError as refused:
            if refused.is_unknown:
                first, count = self.unknown.get(plain_name(words), (words, 0))
                self.unknown[plain_name(words)] = (first, count + 1)
            if refused.is_unknown and self.options.leave_out_unknown:
                self.left_out.append(LeftOut(row.sheet, row.line, f"“{words}” is no subject here"))
                return
            wrong = refused.problems
        owner = self._owner(row)
        for problem in wrong:
            self._problem(row, problem.key, str(problem))
        if owner and achievement:
            self._take(row, owner, achievement)

    def _owner(self, row: Row) -> Owner | None:
        whose = self.profile.whose(row)
        try:
            if self.options.about:
                return self._about(self.options.about, row)
            if whose.is_empty:
                raise NobodyError("Say whose record it is: an email address, or a first and a last name", "email")
            return self.owners.find(whose)
        except NobodyError as nobody:
            self._problem(row, nobody.key, str(nobody))
            return None

    def _about(self, person: PersonId, row: Row) -> Owner:
        """The person the file is about. A row that names someone else is a mistake."""
        owner = self.owners.by_id(person)
        if owner is None:
            raise NobodyError("The person the file is about does not work here", "")
        whose = self.profile.whose(row)
        if not whose.is_empty and self.owners.find(whose) != owner:
            raise NobodyError(f"This row is about {whose}, but the file is about {owner.name}", "name")
        return owner

    def _take(self, row: Row, owner: Owner, achievement: Achievement) -> None:
        subject = self.around.subjects.subject(achievement.subject)
        title = title_of(subject.name, subject.level_name(achievement.level)) if subject else achievement.subject
        self.readings[self.profile.words(row), title] += 1
        earlier = self.rows.setdefault((owner.id, achievement), row)
        if earlier is not row and achievement.kind is not RecordKind.LOG:
            self.left_out.append(LeftOut(row.sheet, row.line, f"It says the same as line {earlier.line}"))
            return
        key = (owner.id, *achievement.key)
        if self.standing[key]:
            self.standing[key] -= 1
            self.already += 1
            return
        is_own = owner.id == self.around.importer
        has_left = not owner.is_ours(achievement.on, self.around.today)
        again = key in self.withdrawn
        self.new.append(NewRecord(row.line, owner.id, owner.name, achievement, title, is_own, has_left, again))

    def _problem(self, row: Row, key: str, message: str) -> None:
        keys = ("name", "first name", "last name", "email") if key == "name" else (key,)
        column = next((row.place(one) for one in keys if row.place(one)), "")
        self.problems.append(Problem(row.sheet, row.line, column, message))

    def plan(self, unread: tuple[str, ...]) -> Plan:
        """What all the rows come to."""
        readings = [Reading(words, title, count) for (words, title), count in self.readings.items()]
        return Plan(
            profile=self.profile.title,
            new=tuple(self.new),
            already_count=self.already,
            left_out=tuple(self.left_out),
            readings=tuple(sorted(readings, key=lambda one: (one.title, one.words))),
            problems=tuple(self.problems),
            unread=unread,
            unknown=tuple(
                Unknown(words, count, self.around.subjects.likely(words)) for words, count in self.unknown.values()
            ),
        )


def _key_of(held: Held) -> _Key:
    return (held.person, held.subject, held.level, held.on, held.kind)
