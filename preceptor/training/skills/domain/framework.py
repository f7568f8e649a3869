"""A framework of skills: frozen values that say which tasks there are, who should be able to do them, and how well."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum
from typing import Final

SUBJECT_PREFIX: Final = "skill-"


class Level(IntEnum):
    """How well somebody does a task. The numbers are the levels of the skill's subject."""

    AWARE = 1
    CAN = 2
    TEACH = 3


LEVEL_KEYS: Final[Mapping[str, Level]] = {"aware": Level.AWARE, "can": Level.CAN, "teach": Level.TEACH}


class Shown(StrEnum):
    """How a skill may be shown to an assessor."""

    OBSERVED = "observed"
    DISCUSSED = "discussed"
    EVIDENCE = "evidence"
    LOGGED = "logged"


SHOWN_WORDS: Final[Mapping[Shown, str]] = {
    Shown.OBSERVED: "Seen being done",
    Shown.DISCUSSED: "Talked through",
    Shown.EVIDENCE: "Shown by finished work",
    Shown.LOGGED: "Logged each time",
}


@dataclass(frozen=True, slots=True)
class LevelTerm:
    """What a level is called, what it means, and within how many days of a start it is first due."""

    level: Level
    name: str
    means: str
    first_due_days: int


@dataclass(frozen=True, slots=True)
class Family:
    """Roles of which a framework expects the same."""

    key: str
    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Module:
    """A group of skills. With a service or a system, only practices that have it need them."""

    key: str
    name: str
    content: str
    service: str | None
    system: str | None


@dataclass(frozen=True, slots=True)
class Variant:
    """What is different about a task in one system, or from one version of it on.

    `source` is the address of the supplier's page that says so, of which a copy was read on `read_on`; else our word.
    """

    system: str
    says: str
    from_version: str = ""
    source: str = ""
    read_on: date | None = None


@dataclass(frozen=True, slots=True)
class Review:
    """Who confirmed that a skill is described rightly, and when."""

    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Skill:
    """One observable task. Without `systems` it is done in any; a skill without a review is unverified.

    `first_due_days` is for newcomers, up to being able to do it; without it, and for teaching, the level's holds.
    """

    key: str
    title: str
    module: str
    expects: Mapping[str, Level]
    look_for: tuple[str, ...]
    shown: tuple[Shown, ...]
    minutes: int
    first_due_days: int | None = None
    times: int = 0
    lasts_months: int | None = None
    systems: tuple[str, ...] = ()
    variants: tuple[Variant, ...] = ()
    review: Review | None = None

    @property
    def subject(self) -> str:
        """The code of the subject that records of this skill are about."""
        return f"{SUBJECT_PREFIX}{self.key}"


@dataclass(frozen=True, slots=True)
class Framework:
    """Every skill of one version of a framework, with what it needs to be understood alone.

    `everywhere` are the national systems that each practice has, whether its list of systems names them or not.
    """

    key: str
    title: str
    note: str
    levels: tuple[LevelTerm, ...]
    families: tuple[Family, ...]
    modules: tuple[Module, ...]
    skills: tuple[Skill, ...]
    everywhere: tuple[str, ...] = ()

    def skill(self, key: str) -> Skill | None:
        """The skill of that key; None when there is none."""
        return next((one for one in self.skills if one.key == key), None)

    def of_module(self, key: str) -> tuple[Skill, ...]:
        """The skills of a module, in the framework's order."""
        return tuple(one for one in self.skills if one.module == key)

    def term(self, level: Level) -> LevelTerm:
        """What a level is called and means."""
        return next(one for one in self.levels if one.level is level)

    def first_due_days(self, skill: Skill, level: Level) -> int:
        """Within how many days somebody new first has to have a skill at a level."""
        if skill.first_due_days is None or level is Level.TEACH:
            return self.term(level).first_due_days
        return skill.first_due_days

    def family_of(self, role: str) -> Family | None:
        """The family a role belongs to; None when the framework expects nothing of it."""
        return next((one for one in self.families if role in one.roles), None)
