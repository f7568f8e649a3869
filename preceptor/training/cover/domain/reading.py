"""A rota as people keep it in a spreadsheet: a line for each person, a column for each session of the week."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from preceptor.foundation.cells import Headings, Problem, Row, Sheet, near, plain, under_headings

from .rota import WEEKDAYS, Session, Slot

DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
SLOTS: Final = tuple(Slot(weekday, session) for weekday in WEEKDAYS for session in Session)

_SHORT: Final = {
    Session.MORNING: ("am",),
    Session.AFTERNOON: ("pm",),
    Session.EVENING: ("eve", "late"),
}
_ON: Final = frozenset({"yes", "y", "x", "1", "true", "on", "in", "✓", "✔"})
_OFF: Final = frozenset({"", "no", "n", "0", "false", "off", "-", "–"})


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who may be put down."""

    engagement: str
    name: str
    role_name: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What a file would put down, or everything that is wrong with it."""

    turns: dict[Slot, frozenset[str]]
    names: tuple[str, ...]
    unread: tuple[str, ...]
    problems: tuple[Problem, ...] = ()

    @property
    def digest(self) -> str:
        """The same for the same turns: what somebody says yes to."""
        lines = sorted(f"{slot.weekday} {slot.session} {who}" for slot, some in self.turns.items() for who in some)
        return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def name_of(slot: Slot) -> str:
    """A session of the week as people say it: Monday morning."""
    return f"{DAYS[slot.weekday]} {slot.session.value}"


def refused(message: str) -> Plan:
    """The plan of a file that cannot be read at all."""
    return Plan({}, (), (), (Problem("", 0, "", message),))


def plan_of(sheet: Sheet, staff: Sequence[Member]) -> Plan:
    """What a sheet puts down for a week. A line that names nobody here, or two people, is a problem."""
    table = under_headings(sheet, _headings())
    if table is None or "name" not in table.columns:
        return refused(
            "There is no column “Name” beside columns such as “Monday morning”. Add them and choose it again"
        )
    turns: dict[Slot, set[str]] = {}
    problems = [
        Problem(sheet.name, 0, str(one), "Another column is for the same. Leave one of them out")
        for one in table.repeated
    ]
    seen: dict[str, int] = {}
    for row in table.rows:
        who = _member(row, staff, problems)
        if who is None:
            continue
        if who.engagement in seen:
            problems.append(_wrong(row, "name", f"{who.name} is on line {seen[who.engagement]} too. Leave one out"))
            continue
        seen[who.engagement] = row.line
        for slot in SLOTS:
            if _is_on(row, slot, problems):
                turns.setdefault(slot, set()).add(who.engagement)
    if not turns and not problems:
        return refused("Nobody is put down for any session. Write “yes” where somebody is on")
    names = tuple(one.name for one in staff if one.engagement in seen)
    found = {slot: frozenset(some) for slot, some in turns.items()}
    return Plan(found, names, tuple(str(one) for one in table.unknown), tuple(problems))


def _headings() -> Headings:
    found: dict[str, list[str]] = {"name": ["person", "full name", "staff", "who"], "role": ["job", "job title"]}
    for slot in SLOTS:
        day = DAYS[slot.weekday]
        parts = (slot.session.value, *_SHORT[slot.session])
        found[_key(slot)] = [f"{name} {part}" for name in (day, day[:3]) for part in parts]
    return found


def _key(slot: Slot) -> str:
    return f"{slot.weekday}-{slot.session.value}"


def _member(row: Row, staff: Sequence[Member], problems: list[Problem]) -> Member | None:
    written = row.text("name")
    if not written:
        problems.append(_wrong(row, "name", "There is no name. Say who this is, or leave the line out"))
        return None
    found = [one for one in staff if plain(one.name) == plain(written)]
    bare = found or [one for one in staff if plain(one.name).endswith(plain(written))]
    if len(bare) > 1 and row.text("role"):
        bare = [one for one in bare if plain(one.role_name) == plain(row.text("role"))] or bare
    if len(bare) == 1:
        return bare[0]
    if bare:
        roles = " or ".join(f"“{one.role_name}”" for one in bare)
        do = f"Say which in a column “Role”: {roles}" if found else "Write the whole name"
        problems.append(_wrong(row, "name", f"“{written}” is {len(bare)} people or jobs here. {do}"))
        return None
    like = near(written, [one.name for one in staff])
    hint = f". Did you mean {like[0]}?" if like else ""
    problems.append(_wrong(row, "name", f"Nobody called “{written}” works here in that week{hint}"))
    return None


def _is_on(row: Row, slot: Slot, problems: list[Problem]) -> bool:
    written = row.text(_key(slot)).strip().casefold()
    if written not in _ON and written not in _OFF:
        message = f"“{row.text(_key(slot))}” does not say whether they are on. Write yes or no"
        problems.append(_wrong(row, _key(slot), message))
    return written in _ON


def _wrong(row: Row, key: str, message: str) -> Problem:
    return Problem(row.sheet, row.line, row.place(key), message)
