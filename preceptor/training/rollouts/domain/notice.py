"""A change notice as a value: what is different, for whom, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Final, NewType
from uuid import UUID

import msgspec

from preceptor.compliance.requirements.domain.audience import Audience, read_audience

RolloutId = NewType("RolloutId", UUID)
NoticeId = NewType("NoticeId", UUID)

MOST_OF_A_TITLE: Final = 80  # characters
MOST_WORDS: Final = 200  # what is read in about 60 seconds
MOST_QUESTIONS: Final = 5
MOST_OPTIONS: Final = 5
MOST_TASKS: Final = 3

READ: Final = "read"
CHECK: Final = "check"


class Part(StrEnum):
    """The parts of a notice, in the order they are written."""

    CHANGE = "change"
    WHOM = "whom"
    DO = "do"
    MATERIAL = "material"


class TaskKind(StrEnum):
    """What a notice can ask beyond reading."""

    PRACTISE = "practise"
    COURSE = "course"
    SESSION = "session"


@dataclass(frozen=True, slots=True)
class Check:
    """A question of the check of understanding: the answers to choose from, which one is right, and why."""

    words: str
    options: tuple[str, ...]
    right: int
    why: str


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do and to confirm, for everyone touched or only for some staff groups of them."""

    key: str
    kind: TaskKind
    words: str
    minutes: int
    link: str = ""
    groups: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A stored file with its words: what a picture shows, or what a document is called."""

    file: UUID
    words: str
    is_picture: bool


@dataclass(frozen=True, slots=True)
class Material:
    """A link to the supplier's own material."""

    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Notice:
    """What a version of a notice says. `audience` is in the shape of standing.md, None while nobody said for whom.

    `product` is what it is about where that is no system on the list; there is no `system` then.
    """

    title: str
    system: str
    goes_live_on: date
    different: tuple[str, ...] = ()
    system_version: str = ""
    audience: Any = None
    checks: tuple[Check, ...] = ()
    tasks: tuple[Task, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    links: tuple[Material, ...] = ()
    product: str = ""

    @property
    def whom(self) -> Audience | None:
        """Who is touched."""
        return None if self.audience is None else read_audience(self.audience)

    @property
    def word_count(self) -> int:
        """How many words say what is different."""
        return sum(len(one.split()) for one in self.different)

    @property
    def in_one(self) -> str:
        """What is different as one text, each step a sentence."""
        return " ".join(one if one.endswith((".", "?", "!", ":")) else f"{one}." for one in self.different)

    @property
    def asked(self) -> tuple[str, ...]:
        """The keys of what is to be done, in order."""
        return (READ, *((CHECK,) if self.checks else ()), *(one.key for one in self.tasks))

    @property
    def missing(self) -> tuple[tuple[Part, str], ...]:
        """What must be said before it can be published, each with the part it belongs to."""
        found = []
        if not self.different:
            found.append((Part.CHANGE, "Say what is different"))
        if self.word_count > MOST_WORDS:
            found.append((Part.CHANGE, f"Say what is different in {MOST_WORDS} words or fewer"))
        if self.audience is None:
            found.append((Part.WHOM, "Choose who it is for"))
        return tuple(found)

    def task(self, key: str) -> Task | None:
        """One thing to do by its key."""
        return next((one for one in self.tasks if one.key == key), None)

    def asks_the_same(self, other: Notice) -> bool:
        """Does another version ask for the same to be done, so that who has done it can leave it at that?"""
        return (self.checks, self.tasks) == (other.checks, other.tasks)


def lines_of(text: str) -> tuple[str, ...]:
    """The lines of a text, without what marks them as a list."""
    stripped = (line.strip().lstrip("-•*").strip() for line in text.splitlines())
    return tuple(line for line in stripped if line)


def read_notice(text: str) -> Notice:
    """The notice that was written as this text."""
    return msgspec.json.decode(text.encode(), type=Notice)


def written_notice(notice: Notice) -> str:
    """The one text of a notice, of which its digest is."""
    return msgspec.json.encode(notice, order="deterministic").decode()


def marked(checks: Sequence[Check], given: Sequence[int]) -> tuple[bool, ...]:
    """Which answers are right, question by question."""
    return tuple(answer == check.right for check, answer in zip(checks, given, strict=True))
