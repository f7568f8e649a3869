"""The skills matrix as a value: people, modules or the skills of one, and how many have what is expected of them.

The page, the list view and the download all show this one value, so they cannot disagree.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from preceptor.compliance.standing.domain.verdicts import Status, Verdict

from .framework import Framework, Level, Skill

IN_DATE: Final = frozenset({Status.VALID, Status.DUE_SOON})
COUNTED: Final = frozenset({Status.VALID, Status.DUE_SOON, Status.OVERDUE})

_URGENCY: Final[Mapping[Status, int]] = {
    Status.OVERDUE: 0,
    Status.DUE: 1,
    Status.DUE_SOON: 2,
    Status.VALID: 3,
    Status.PAUSED: 4,
    Status.NOT_NEEDED: 5,
}


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


@dataclass(frozen=True, slots=True)
class Held:
    """How one engagement stands in one skill, and the level expected of it."""

    skill: Skill
    level: Level
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class Picture:
    """A practice's skills on a day. Without a framework it follows none yet."""

    on: date
    framework: Framework | None
    people: tuple[Who, ...] = ()
    held: Mapping[tuple[str, str], Held] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """What someone asked of the matrix. Empty means any."""

    module: str = ""
    system: str = ""
    role: str = ""
    name: str = ""
    status: Status | None = None

    @property
    def is_filtered(self) -> bool:
        """Does it leave anything out, beside opening a module?"""
        return any((self.system, self.role, self.name, self.status))


EVERYTHING: Final = Question()


@dataclass(frozen=True, slots=True)
class Count:
    """How many of those who should be in date are."""

    in_date: int = 0
    of: int = 0


@dataclass(frozen=True, slots=True)
class Meeting:
    """A person and a column: what they hold there, the most urgent first. Empty: nothing is expected of them."""

    held: tuple[Held, ...]

    @property
    def status(self) -> Status:
        """The most urgent standing."""
        return self.held[0].verdict.status if self.held else Status.NOT_NEEDED

    @property
    def able(self) -> int:
        """How many are valid or due soon."""
        return sum(one.verdict.status in IN_DATE for one in self.held)


@dataclass(frozen=True, slots=True)
class Column:
    """A module, or one skill of the module that is open."""

    key: str
    title: str
    skills: tuple[Skill, ...]
    count: Count


@dataclass(frozen=True, slots=True)
class Row:
    """One person's meetings, in the order of the columns."""

    who: Who
    meetings: tuple[Meeting, ...]
    tally: Mapping[Status, int]


@dataclass(frozen=True, slots=True)
class Section:
    """People of one staff group."""

    title: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """People down; across the modules, or the skills of one."""

    columns: tuple[Column, ...]
    sections: tuple[Section, ...]
    tally: Mapping[Status, int]
    count: Count
    people_of_all: int
    skills_shown: int

    @property
    def rows(self) -> tuple[Row, ...]:
        """Every row, in the order shown."""
        return tuple(row for section in self.sections for row in section.rows)


def matrix(picture: Picture, question: Question = EVERYTHING) -> Matrix:
    """The matrix that answers a question. Skills that nobody here is expected to have are no part of it.

    Asked for a status, only people and columns with it somewhere remain, with all their cells.
    """
    skills = _skills(picture, question)
    groups = _groups(picture.framework, skills, question)
    people = [who for who in picture.people if _wanted(who, question)]
    met = {who.engagement: [_meeting(who, some, picture.held) for _, _, some in groups] for who in people}
    if question.status:
        has = {who: [_has(one, question.status) for one in meetings] for who, meetings in met.items()}
        kept = [at for at in range(len(groups)) if any(row[at] for row in has.values())]
        people = [who for who in people if any(has[who.engagement])]
        groups = [groups[at] for at in kept]
        met = {who.engagement: [met[who.engagement][at] for at in kept] for who in people}
    rows = [Row(who, tuple(met[who.engagement]), _tally(met[who.engagement])) for who in people]
    return Matrix(
        columns=tuple(
            Column(key, title, some, count_of(row.meetings[at] for row in rows))
            for at, (key, title, some) in enumerate(groups)
        ),
        sections=_sections(rows),
        tally=_tally(meeting for row in rows for meeting in row.meetings),
        count=count_of(meeting for row in rows for meeting in row.meetings),
        people_of_all=len(picture.people),
        skills_shown=sum(len(some) for _, _, some in groups),
    )


def held_by(picture: Picture, engagement: str) -> tuple[Held, ...]:
    """What one engagement is expected to have, in the order of the framework."""
    if picture.framework is None:
        return ()
    found = (picture.held.get((engagement, skill.key)) for skill in picture.framework.skills)
    return tuple(one for one in found if one is not None)


def is_in(skill: Skill, system: str) -> bool:
    """Is a skill about one system: done only there, or differently there?"""
    return system in skill.systems or any(one.system == system for one in skill.variants)


def urgency(held: Held) -> tuple[int, date]:
    """What to put first: overdue longest, then to do soonest, then what runs out soonest."""
    verdict = held.verdict
    return _URGENCY[verdict.status], verdict.overdue_since or verdict.due_on or verdict.until or date.max


def count_of(meetings: Iterable[Meeting]) -> Count:
    """The share in date: valid or due soon, of those valid, due soon or overdue."""
    found = _tally(meetings)
    return Count(sum(found.get(one, 0) for one in IN_DATE), sum(found.get(one, 0) for one in COUNTED))


def _skills(picture: Picture, question: Question) -> list[Skill]:
    """The skills that somebody here is expected to have and that were asked for."""
    needed = {skill for _, skill in picture.held}
    return [
        one
        for one in (picture.framework.skills if picture.framework else ())
        if one.key in needed
        and question.module in {"", one.module}
        and (not question.system or is_in(one, question.system))
    ]


def _groups(
    framework: Framework | None, skills: list[Skill], question: Question
) -> list[tuple[str, str, tuple[Skill, ...]]]:
    if framework is None:
        return []
    if question.module:
        return [(one.key, one.title, (one,)) for one in skills]
    by_module = [
        (module.key, module.name, tuple(one for one in skills if one.module == module.key))
        for module in framework.modules
    ]
    return [group for group in by_module if group[2]]


def _wanted(who: Who, question: Question) -> bool:
    words = question.name.casefold().split()
    return question.role in {"", who.role} and all(word in who.name.casefold() for word in words)


def _meeting(who: Who, skills: Iterable[Skill], held: Mapping[tuple[str, str], Held]) -> Meeting:
    found = [held[who.engagement, one.key] for one in skills if (who.engagement, one.key) in held]
    return Meeting(tuple(sorted(found, key=urgency)))


def _has(meeting: Meeting, status: Status) -> bool:
    return any(one.verdict.status is status for one in meeting.held)


def _tally(meetings: Iterable[Meeting]) -> Mapping[Status, int]:
    return dict(Counter(one.verdict.status for meeting in meetings for one in meeting.held))


def _sections(rows: list[Row]) -> tuple[Section, ...]:
    ordered = sorted(rows, key=lambda row: (row.who.group_position, row.who.group, row.who.sort_name.casefold()))
    titles = dict.fromkeys(row.who.group_name for row in ordered)
    return tuple(Section(title, tuple(row for row in ordered if row.who.group_name == title)) for title in titles)
