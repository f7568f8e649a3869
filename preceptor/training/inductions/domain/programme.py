"""A programme of induction: what it holds, by when, and who does it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final, NewType
from uuid import UUID

ProgrammeId = NewType("ProgrammeId", UUID)


class Stage(StrEnum):
    """By when something is done, counted from the first day."""

    LOG_IN = "log-in"
    SESSION = "session"
    WEEK = "week"
    MONTH = "month"


STAGE_NAMES: Final[Mapping[Stage, str]] = {
    Stage.LOG_IN: "Before the first log-in",
    Stage.SESSION: "Before the first session",
    Stage.WEEK: "In the first week",
    Stage.MONTH: "In the first month",
}

DATA_SECURITY_ITEM: Final = "data-security-induction"  # in every programme: who was inducted is asked for

# The days after the first day within which something of a stage is to be done.
STAGE_DAYS: Final[Mapping[Stage, int]] = {Stage.LOG_IN: 0, Stage.SESSION: 0, Stage.WEEK: 6, Stage.MONTH: 30}


class Who(StrEnum):
    """Whose task something is."""

    PERSON = "person"
    MANAGER = "manager"
    IT = "it"
    BUDDY = "buddy"


WHO_NAMES: Final[Mapping[Who, str]] = {
    Who.PERSON: "The new person",
    Who.MANAGER: "The manager",
    Who.IT: "IT",
    Who.BUDDY: "The buddy",
}


class ItemKind(StrEnum):
    """How something is done: shown or tried, read, learned, shown in a clinical system, or signed at the end."""

    SHOWN = "shown"
    READ = "read"
    TRAINING = "training"
    SKILLS = "skills"
    SIGN_OFF = "sign-off"


KIND_NAMES: Final[Mapping[ItemKind, str]] = {
    ItemKind.SHOWN: "Show or do",
    ItemKind.READ: "Read and accept",
    ItemKind.TRAINING: "Training",
    ItemKind.SKILLS: "Clinical systems",
    ItemKind.SIGN_OFF: "Sign-off",
}


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of an induction.

    `text` names what is read, `requirements` the training that is asked here, `skills` what is shown in a system. With
    `subject`, doing it is also a record of that subject. `lasts_months` is for how long it need not be done again by
    who comes back. What `stays` cannot be dropped.
    """

    key: str
    title: str
    kind: ItemKind
    stage: Stage
    who: Who
    minutes: int
    says: str = ""
    text: str = ""
    requirements: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    subject: str = ""
    lasts_months: int | None = None
    stays: bool = False

    @property
    def fingerprint(self) -> str:
        """A short digest of what is asked: other words ask again of who comes back."""
        words = "\n".join((self.title, self.says, *self.skills))
        return hashlib.sha256(words.encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Programme:
    """Everything that people of some roles, or engaged in some way, go through when they begin.

    `completes` is the subject of the record that the sign-off makes.
    """

    key: str
    title: str
    note: str
    roles: tuple[str, ...]
    kinds: tuple[str, ...]
    completes: str
    items: tuple[Item, ...]

    def item(self, key: str) -> Item | None:
        """The item of that key; None when there is none."""
        return next((one for one in self.items if one.key == key), None)

    def of_stage(self, stage: Stage) -> tuple[Item, ...]:
        """The items of a stage, in the programme's order."""
        return tuple(one for one in self.items if one.stage is stage)

    def fits(self, role: str, kind: str) -> int:
        """How well it fits an engagement: 2 by how somebody is engaged, 1 by their role, 0 not at all."""
        if kind in self.kinds:
            return 2
        return int(role in self.roles)


def fitting(programmes: Iterable[Programme], role: str, kind: str) -> Programme | None:
    """The programme that fits an engagement best; None when none does."""
    found = sorted(programmes, key=lambda one: -one.fits(role, kind))
    return found[0] if found and found[0].fits(role, kind) else None
