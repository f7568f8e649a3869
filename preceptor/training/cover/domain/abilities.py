"""What somebody at a practice must always be able to do, and what that takes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final
from uuid import UUID

from .rota import Session

MOST_PEOPLE: Final = 5


class NeedKind(StrEnum):
    """What an ability can take."""

    REQUIREMENT = "requirement"  # in date in one of these requirements of the practice
    SKILL = "skill"  # signed for at this level, in date
    TASK = "task"  # holding one of these tasks


@dataclass(frozen=True, slots=True)
class Need:
    """One thing an ability takes. `level` is of a skill."""

    kind: NeedKind
    one_of: tuple[str, ...]
    level: int = 0


@dataclass(frozen=True, slots=True)
class NewAbility:
    """An ability as somebody chooses it: everything it takes, and the sessions in which so many must have it.

    Without sessions it only matters that somebody here has it.
    """

    title: str
    needs: tuple[Need, ...]
    during: tuple[Session, ...]
    least: int
    reason: str
    starts_on: date


@dataclass(frozen=True, slots=True)
class Ability:
    """An ability that a practice counts as critical, from a day on."""

    id: UUID
    title: str
    needs: tuple[Need, ...]
    during: tuple[Session, ...]
    least: int
    reason: str
    starts_on: date
    ends_on: date | None
    by_name: str
    why_ended: str = ""

    def holds_on(self, day: date) -> bool:
        """Does it count on this day?"""
        return self.starts_on <= day and (self.ends_on is None or day < self.ends_on)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An ability that most practices count as critical, with where that comes from."""

    key: str
    title: str
    needs: tuple[Need, ...]
    during: tuple[Session, ...]
    why: str
    source: str
    verified: bool
