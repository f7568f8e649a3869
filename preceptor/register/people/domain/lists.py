"""The closed lists people and engagements draw on, as they are loaded."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list: a code and its name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class StaffGroupEntry:
    """A staff group and its place in the matrix."""

    code: str
    name: str
    position: int = 0


@dataclass(frozen=True, slots=True)
class RoleEntry:
    """A role, the staff group it usually belongs to, and the other names it goes by in staff lists."""

    code: str
    name: str
    staff_group: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class StaffLists:
    """All five lists. What is absent here is left as it is."""

    staff_groups: tuple[StaffGroupEntry, ...] = ()
    roles: tuple[RoleEntry, ...] = ()
    kinds: tuple[Entry, ...] = ()
    tasks: tuple[Entry, ...] = ()
    states: tuple[Entry, ...] = ()
