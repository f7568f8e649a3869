"""Subjects, their levels and other names, and what counts as what."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NewType
from uuid import UUID

SubjectCode = NewType("SubjectCode", str)

# Skills are subjects that are shown and signed for: nobody picks one from a list, and no file brings one.
SKILLS_AREA: Final = "skills"


class NotAllowedError(ValueError):
    """The subject or equivalence cannot be like that; the message says why, in words for the person who asked."""


@dataclass(frozen=True, slots=True)
class Area:
    """A group of subjects, in the order the matrix shows them."""

    code: str
    name: str
    position: int


@dataclass(frozen=True, slots=True)
class Level:
    """A level of a subject, what it is called, and the names under which imports bring it."""

    number: int
    name: str
    aliases: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuses a level below 1."""
        if self.number < 1:
            message = f"Level {self.number} must be 1 or more"
            raise NotAllowedError(message)


@dataclass(frozen=True, slots=True)
class Subject:
    """What training is about. Without levels, a record of it has level 1.

    `development` marks what people do to grow in their profession, of which there is never too much.
    """

    code: SubjectCode
    name: str
    area: str
    levels: tuple[Level, ...] = ()
    aliases: tuple[str, ...] = ()
    development: bool = False

    def __post_init__(self) -> None:
        """Refuses a subject without a code or a name, and one level twice."""
        if not self.code.strip() or not self.name.strip():
            message = "A subject needs a code and a name"
            raise NotAllowedError(message)
        if len({level.number for level in self.levels}) != len(self.levels):
            message = f"{self.name} has one level twice"
            raise NotAllowedError(message)

    @property
    def lowest(self) -> int:
        """The level its plain name means."""
        return min((level.number for level in self.levels), default=1)

    def has(self, level: int) -> bool:
        """Can a record of it be of this level?"""
        return level in {one.number for one in self.levels} if self.levels else level == 1

    def level_name(self, level: int) -> str:
        """What a level is called; nothing for a subject without levels."""
        return next((one.name for one in self.levels if one.number == level), "")


def title_of(subject_name: str, level_name: str) -> str:
    """A subject with its level as people read it: Safeguarding adults, level 3."""
    if not level_name:
        return subject_name
    lowered = level_name[:1].lower() + level_name[1:]
    plain = level_name.startswith(("Level ", "Tier "))
    return f"{subject_name}, {lowered if plain else level_name}"


@dataclass(frozen=True, slots=True)
class Equivalence:
    """A record of `subject` at `level` or above also counts as `counts_as` at `counts_as_level`. Never chained."""

    subject: SubjectCode
    level: int
    counts_as: SubjectCode
    counts_as_level: int

    def __post_init__(self) -> None:
        """Refuses levels below 1, and a subject that would count as itself."""
        if self.level < 1 or self.counts_as_level < 1:
            message = "Levels must be 1 or more"
            raise NotAllowedError(message)
        if self.subject == self.counts_as:
            message = "A subject already counts as itself"
            raise NotAllowedError(message)


@dataclass(frozen=True, slots=True)
class Approval:
    """An equivalence with who approved it and why."""

    equivalence: Equivalence
    approved_by: str = ""
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Approved:
    """An equivalence that holds now: where, who approved it, when, and why. Without an owner it holds everywhere."""

    id: int
    equivalence: Equivalence
    owner: UUID | None
    approved_by: str
    reason: str
    since: datetime


def level_choices(subjects: Iterable[Subject]) -> list[tuple[str, str]]:
    """Every subject at every level it has, as lines to choose from: `code:level`, and what people call it."""
    return [
        (f"{one.code}:{level.number}", title_of(one.name, level.name))
        for one in subjects
        for level in one.levels or (Level(1, ""),)
    ]
