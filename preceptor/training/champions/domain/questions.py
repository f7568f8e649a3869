"""Questions to a champion: who reads them, and where they stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final, NewType
from uuid import UUID

QuestionId = NewType("QuestionId", UUID)

LONGEST: Final = 4000


class ReplyKind(StrEnum):
    """What was said to a question."""

    ANSWER = "answer"
    FOLLOW_UP = "follow-up"
    SOLVED = "solved"


class State(StrEnum):
    """Where a question stands."""

    WAITING = "waiting"
    ANSWERED = "answered"
    SOLVED = "solved"


STATE_WORDS: Final = {
    State.WAITING: "Waiting for an answer",
    State.ANSWERED: "Answered",
    State.SOLVED: "Solved",
}


class Reader(StrEnum):
    """As what somebody reads a question."""

    ASKER = "asker"
    CHAMPION = "champion"
    COLLEAGUE = "colleague"


@dataclass(frozen=True, slots=True)
class Reply:
    """One thing said to a question, by whom and where."""

    kind: ReplyKind
    words: str
    author: UUID
    name: str
    place: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with everything said to it, the earliest first."""

    id: QuestionId
    organisation: UUID
    place: str
    asker: UUID
    asker_name: str
    topic: str
    words: str
    is_shared: bool
    at: datetime
    replies: tuple[Reply, ...] = ()

    @property
    def state(self) -> State:
        """Where it stands: a follow-up makes it wait again."""
        return state_of([one.kind for one in self.replies])

    @property
    def is_in_library(self) -> bool:
        """May colleagues find it? Shared, and answered at least once."""
        return self.is_shared and any(one.kind is ReplyKind.ANSWER for one in self.replies)


def state_of(kinds: Sequence[ReplyKind]) -> State:
    """Where a question stands after these replies, the earliest first."""
    if not kinds:
        return State.WAITING
    return {
        ReplyKind.ANSWER: State.ANSWERED,
        ReplyKind.FOLLOW_UP: State.WAITING,
        ReplyKind.SOLVED: State.SOLVED,
    }[kinds[-1]]


def reader_of(asked: Asked, person: UUID, *, is_champion: bool, is_near: bool) -> Reader | None:
    """As what somebody reads a question; None: for them there is none. Being near is working in the same network."""
    if asked.asker == person:
        return Reader.ASKER
    if is_champion:
        return Reader.CHAMPION
    return Reader.COLLEAGUE if is_near and asked.is_in_library else None
