"""The training matrix as a value: who, what, and the status where they meet, filtered, ordered and counted.

The page, the list view and the downloads all show this one value, so they cannot disagree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from preceptor.compliance.requirements.domain.beside import Beside
from preceptor.compliance.requirements.domain.items import TrainingItem
from preceptor.compliance.standing.domain.verdicts import Status, Verdict
from preceptor.training.cover.domain.covering import Gap
from preceptor.training.inductions.domain import Course
from preceptor.training.planner.domain.times import Next
from preceptor.training.rollouts.domain.readiness import Live

IN_DATE: Final = frozenset({Status.VALID, Status.DUE_SOON})
COUNTED: Final = frozenset({Status.VALID, Status.DUE_SOON, Status.OVERDUE})
NEW_FOR: Final = timedelta(weeks=8)
TO_DO: Final = frozenset({Status.OVERDUE, Status.DUE, Status.DUE_SOON})

# A status as said of something: “something overdue”.
_SAID: Final[Mapping[Status, str]] = {
    Status.OVERDUE: "overdue",
    Status.DUE: "to do for the first time",
    Status.DUE_SOON: "due soon",
    Status.VALID: "valid",
    Status.PAUSED: "paused",
    Status.NOT_NEEDED: "not needed",
}

# Most urgent first; what stands outside the order comes last.
URGENCY: Final[Mapping[Status, int]] = {
    Status.OVERDUE: 0,
    Status.DUE: 1,
    Status.DUE_SOON: 2,
    Status.VALID: 3,
    Status.PAUSED: 4,
    Status.NOT_NEEDED: 5,
}


class Order(StrEnum):
    """How the people of a matrix are ordered."""

    GROUP = "group"
    URGENT = "urgent"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Question:
    """What someone asked of the matrix. Empty means any."""

    name: str = ""
    role: str = ""
    group: str = ""
    requirement: str = ""
    area: str = ""
    status: Status | None = None
    order: Order = Order.GROUP

    @property
    def is_filtered(self) -> bool:
        """Does it leave anything out?"""
        return any((self.name, self.role, self.group, self.requirement, self.area, self.status))


EVERYTHING: Final = Question()


@dataclass(frozen=True, slots=True)
class Asked:
    """A day and a question."""

    on: date
    question: Question


@dataclass(frozen=True, slots=True)
class Who:
    """Someone in the matrix, in one engagement."""

    engagement: str
    person: str
    name: str
    sort_name: str
    role: str
    role_name: str
    group: str
    group_name: str
    group_position: int
    starts_on: date


@dataclass(frozen=True, slots=True)
class What:
    """A requirement in the matrix. Those that share a `column` are one column: nobody needs two of them."""

    id: str
    key: str
    title: str
    short: str
    column: str
    area: str
    area_name: str
    area_position: int
    position: int
    review_by: date | None = None


@dataclass(frozen=True, slots=True)
class Column:
    """One or more requirements that stand in one column."""

    key: str
    short: str
    parts: tuple[What, ...]

    @property
    def title(self) -> str:
        """What the column is, in full."""
        return self.parts[0].title if len(self.parts) == 1 else self.short


@dataclass(frozen=True, slots=True)
class Share:
    """How many of those who should be in date are. Always shown with both numbers."""

    in_date: int = 0
    of: int = 0

    @property
    def percent(self) -> int:
        """The share as a whole percentage, rounded down so that 100 means all."""
        return 100 * self.in_date // self.of if self.of else 0

    def __add__(self, other: Share) -> Share:
        """Two shares as one."""
        return Share(self.in_date + other.in_date, self.of + other.of)


@dataclass(frozen=True, slots=True)
class Row:
    """One engagement's verdicts, in the order of the matrix's columns, with how many there are of each status."""

    who: Who
    verdicts: tuple[Verdict, ...]
    tally: Mapping[Status, int]


@dataclass(frozen=True, slots=True)
class Section:
    """Rows under one heading."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """People down, requirements across."""

    columns: tuple[Column, ...]
    shares: tuple[Share, ...]
    sections: tuple[Section, ...]
    tally: Mapping[Status, int]
    people_of_all: int
    columns_of_all: int
    nobody_here: tuple[What, ...]
    status: Status | None = None

    @property
    def only(self) -> str:
        """What asking for a status leaves, in words; empty when none was asked for."""
        if self.status is None:
            return ""
        return f"Only people and requirements with something {_SAID[self.status]}, with all their cells."

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every row, in the order shown."""
        return tuple(row for section in self.sections for row in section.rows)

    @property
    def share(self) -> Share:
        """The share in date of everything shown."""
        return sum(self.shares, Share())


Verdicts = Mapping[tuple[str, str], Verdict]


@dataclass(frozen=True, slots=True)
class Spared:
    """How much training could be spared, and how many minutes of it a year."""

    count: int = 0
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Picture:
    """A practice on a day: who is there, what is asked, how each stands, and what waits."""

    on: date
    people: tuple[Who, ...]
    requirements: tuple[What, ...]
    verdicts: Verdicts
    waiting: Mapping[tuple[str, str], int]
    item: TrainingItem | None = None
    trained: Share = Share()
    unknown_roles: tuple[tuple[str, int], ...] = ()
    cannot_be_met: tuple[str, ...] = ()
    spared: Spared = Spared()
    was_overdue: int = 0
    gaps: tuple[Gap, ...] = ()
    inductions: tuple[Course, ...] = ()
    live: tuple[Live, ...] = ()
    next_time: Next | None = None
    notices: tuple[Beside, ...] = ()


def matrix(picture: Picture, question: Question = EVERYTHING) -> Matrix:
    """The matrix that answers a question about a practice.

    A requirement that nobody here needs is no column but is named in `nobody_here`. Asked for a status, only people
    and columns with it somewhere remain; what else these people have in these columns stays.
    """
    everyone, verdicts = picture.people, picture.verdicts
    everything = sorted(picture.requirements, key=lambda one: (one.area_position, one.area, one.position, one.key))
    here = {who.engagement for who in everyone}
    wanted = {requirement for engagement, requirement in verdicts if engagement in here}
    needed = [one for one in everything if one.id in wanted]
    columns = columns_of(one for one in needed if _requirement_wanted(one, question))
    rows = [_row(who, columns, verdicts) for who in everyone if _person_wanted(who, question)]
    if question.status:
        columns, rows = _with_status(question.status, columns, rows)
    elif question.requirement or question.area:
        rows = [row for row in rows if len(row.verdicts) > row.tally.get(Status.NOT_NEEDED, 0)]
    return Matrix(
        columns=columns,
        shares=tuple(share(row.verdicts[at] for row in rows) for at in range(len(columns))),
        sections=_sections(rows, question.order),
        tally=_tally(verdict for row in rows for verdict in row.verdicts),
        people_of_all=len(everyone),
        columns_of_all=len(columns_of(needed)),
        nobody_here=tuple(one for one in everything if one.id not in wanted),
        status=question.status,
    )


def _with_status(status: Status, columns: tuple[Column, ...], rows: list[Row]) -> tuple[tuple[Column, ...], list[Row]]:
    """Only the columns and the rows in which somebody has a status somewhere."""
    kept = [at for at in range(len(columns)) if any(row.verdicts[at].status is status for row in rows)]
    cut = [(row.who, tuple(row.verdicts[at] for at in kept)) for row in rows if row.tally.get(status)]
    return tuple(columns[at] for at in kept), [Row(who, found, _tally(found)) for who, found in cut]


def columns_of(requirements: Iterable[What]) -> tuple[Column, ...]:
    """Requirements as columns: those that share one stand together, where the first of them stands."""
    found: dict[tuple[str, str], list[What]] = {}
    for one in requirements:
        found.setdefault((one.area, one.column), []).append(one)
    return tuple(Column(key, _short(key, parts), tuple(parts)) for (_, key), parts in found.items())


def _short(key: str, parts: list[What]) -> str:
    shorts = {one.short for one in parts}
    return shorts.pop() if len(shorts) == 1 else key.replace("-", " ").capitalize()


def share(verdicts: Iterable[Verdict]) -> Share:
    """The share in date: valid or due soon, of those valid, due soon or overdue (standing.md, section 8)."""
    found = Counter(verdict.status for verdict in verdicts)
    return Share(sum(found[one] for one in IN_DATE), sum(found[one] for one in COUNTED))


def overdue_count(requirements: Iterable[What], verdicts: Verdicts) -> int:
    """How many cells of the whole matrix are overdue, without making it: nothing in a cell is more urgent than that."""
    cell = {one.id: (one.area, one.column) for one in requirements}
    overdue = (one for one in verdicts.values() if one.status is Status.OVERDUE)
    return len({(one.engagement, *cell[one.requirement]) for one in overdue})


def still_to_train(share: Share, percent: int) -> int:
    """How many more people must be trained for the share to reach a percentage."""
    return max(0, -(-share.of * percent // 100) - share.in_date)


def new_people(picture: Picture) -> tuple[Who, ...]:
    """Those whose engagement began within eight weeks up to the day, the newest first."""
    found = [who for who in picture.people if picture.on - NEW_FOR < who.starts_on <= picture.on]
    return tuple(sorted(found, key=lambda who: (who.starts_on, who.sort_name), reverse=True))


def urgency(verdict: Verdict) -> tuple[int, date]:
    """What to put first: overdue longest, then to do soonest, then what runs out soonest."""
    when = verdict.overdue_since or verdict.due_on or verdict.until or date.max
    return URGENCY[verdict.status], when


def _requirement_wanted(what: What, question: Question) -> bool:
    return question.requirement in {"", what.key} and question.area in {"", what.area}


def _person_wanted(who: Who, question: Question) -> bool:
    words = question.name.casefold().split()
    return (
        question.role in {"", who.role}
        and question.group in {"", who.group}
        and all(word in who.name.casefold() for word in words)
    )


def _row(who: Who, columns: Iterable[Column], verdicts: Verdicts) -> Row:
    found = tuple(_meeting(who, column, verdicts) for column in columns)
    return Row(who, found, _tally(found))


def _meeting(who: Who, column: Column, verdicts: Verdicts) -> Verdict:
    """The most urgent verdict of a person in a column; not needed when there is none."""
    if len(column.parts) == 1:
        return verdicts.get((who.engagement, column.parts[0].id)) or _not_needed(who, column.parts[0])
    found = [verdicts[who.engagement, one.id] for one in column.parts if (who.engagement, one.id) in verdicts]
    return min(found, key=urgency) if found else _not_needed(who, column.parts[0])


def _not_needed(who: Who, what: What) -> Verdict:
    return Verdict(who.engagement, what.id, Status.NOT_NEEDED, None, None, None, None, ever_met=False)


def _tally(verdicts: Iterable[Verdict]) -> Mapping[Status, int]:
    return dict(Counter(verdict.status for verdict in verdicts))


def _sections(rows: list[Row], order: Order) -> tuple[Section, ...]:
    if not rows:
        return ()
    if order is Order.GROUP:
        rows = sorted(rows, key=lambda row: (row.who.group_position, row.who.group, *_by_name(row)))
        titles = dict.fromkeys(row.who.group_name for row in rows)
        return tuple(Section(title, tuple(row for row in rows if row.who.group_name == title)) for title in titles)
    if order is Order.URGENT:
        rows = sorted(rows, key=lambda row: (min(map(urgency, row.verdicts), default=(9, date.max)), *_by_name(row)))
        return (Section("Most urgent first", tuple(rows)),)
    return (Section("By name", tuple(sorted(rows, key=_by_name))),)


def _by_name(row: Row) -> tuple[str, str]:
    return row.who.sort_name.casefold(), row.who.engagement
