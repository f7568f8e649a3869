"""An induction as it stands on a day: what is done, what was known before, what is next, and whom it waits for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Final, NewType
from uuid import UUID

from preceptor.compliance.standing.domain.verdicts import Verdict

from .programme import Item, ItemKind, Programme, Stage, Who
from .texts import TextVersion

InductionId = NewType("InductionId", UUID)

WHYS: Final[Mapping[str, str]] = {"starts": "New here", "role": "New role", "back": "Back again"}


class Outcome(StrEnum):
    """What happened to an item."""

    DONE = "done"
    ASIDE = "aside"
    UNDONE = "undone"


class Ending(StrEnum):
    """How an induction ended."""

    SIGNED = "signed"
    STOPPED = "stopped"


class State(StrEnum):
    """Where an item stands: done in this induction, done or known before it, still to do, or set aside."""

    DONE = "done"
    BEFORE = "before"
    TO_DO = "to-do"
    ASIDE = "aside"


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened to an item, with who showed it and when it stopped counting, if it did."""

    induction: UUID
    item: str
    about: str
    outcome: Outcome
    on: date
    at: datetime
    by_name: str
    shown_by: str
    note: str
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """Who helps, and when and where it begins. Times are those on the clock of the place."""

    buddy: UUID | None = None
    buddy_name: str = ""
    it: UUID | None = None
    it_name: str = ""
    log_in_on: date | None = None
    log_in_time: time | None = None
    session_on: date | None = None
    session_time: time | None = None
    room: str = ""


@dataclass(frozen=True, slots=True)
class Ended:
    """How an induction ended, when, by whom, and the text that was signed with its digest."""

    ending: Ending
    on: date
    at: datetime
    by_name: str
    statement: str
    content: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Begun:
    """An induction that somebody began: whose, where, since when, by which version of which programme.

    `secured_on` is the day they were shown what there is to know of data security.
    """

    id: InductionId
    person: UUID
    name: str
    engagement: str
    organisation: UUID
    place: str
    code: str
    role_name: str
    why: str
    first_on: date
    programme: Programme
    version: str
    plan: Plan
    started_at: datetime
    ended: Ended | None = None
    secured_on: date | None = None


@dataclass(frozen=True, slots=True)
class Brief:
    """An induction in a line: by which programme, since when, and how it ended if it has."""

    id: InductionId
    title: str
    first_on: date
    ended: Ended | None


@dataclass(frozen=True, slots=True)
class NotInducted:
    """Somebody whose induction does not go on, in one engagement; `starts_on` when that is still ahead."""

    engagement: str
    name: str
    role: str
    starts_on: date | None


@dataclass(frozen=True, slots=True)
class OpenLink:
    """A link that works: when it was made and by whom, and its last day."""

    made_on: date
    by_name: str
    expires_on: date


@dataclass(frozen=True, slots=True)
class Trained:
    """A requirement that an item of training asks here: its key, its name, and whether it is met."""

    key: str
    title: str
    is_met: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """An item as it stands, with what it was judged by and the last thing that happened to it.

    `older_on` is the day an older version of its text was accepted, here or in an induction before. `skills` are those
    it asks of this person, `skills_left` those that are not shown yet, of which they may say `to_say` themselves, and
    `trained` the requirements it asks of them.
    """

    item: Item
    state: State
    verdict: Verdict | None = None
    step: Step | None = None
    text: TextVersion | None = None
    skills: tuple[str, ...] = ()
    skills_left: tuple[str, ...] = ()
    to_say: tuple[str, ...] = ()
    skills_had: int = 0
    older_on: date | None = None
    trained: tuple[Trained, ...] = ()

    @property
    def is_left(self) -> bool:
        """Is it still to do?"""
        return self.state is State.TO_DO

    @property
    def is_by_hand(self) -> bool:
        """Is it ticked off by whoever showed it? Skills that are asked of somebody are signed for, one by one."""
        return self.item.kind is ItemKind.SHOWN or (self.item.kind is ItemKind.SKILLS and not self.skills)

    @property
    def skills_words(self) -> str:
        """What is left of its skills: what an assessor signs for, and what they say themselves."""
        signed = [one for one in self.skills_left if one not in self.to_say]
        parts = (("for an assessor to sign", signed), ("to say themselves", self.to_say))
        return ". ".join(f"{words[:1].upper()}{words[1:]}: {'; '.join(some)}" for words, some in parts if some)

    @property
    def counts(self) -> bool:
        """Is it one of those that this induction is about?"""
        return self.state in {State.DONE, State.TO_DO}


@dataclass(frozen=True, slots=True)
class Course:
    """An induction as it stands on a day. `unwritten` are the texts it asks for that the place has not written."""

    begun: Begun
    on: date
    entries: tuple[Entry, ...]
    unwritten: tuple[str, ...] = ()

    @property
    def done(self) -> int:
        """How many items are done."""
        return sum(one.state is State.DONE for one in self.entries)

    @property
    def of(self) -> int:
        """How many items there are to do and done."""
        return sum(one.counts for one in self.entries)

    @property
    def had(self) -> int:
        """How many items were done or known before."""
        return sum(one.state is State.BEFORE for one in self.entries)

    @property
    def left(self) -> tuple[Entry, ...]:
        """What is still to do, in order."""
        return tuple(one for one in self.entries if one.is_left)

    @property
    def next(self) -> Entry | None:
        """What comes next; None when everything is done."""
        return next(iter(self.left), None)

    @property
    def stage(self) -> Stage:
        """The stage of what comes next; the last one when everything is done."""
        return self.next.item.stage if self.next else Stage.MONTH

    @property
    def week(self) -> int:
        """The week of the induction, the first being 1; 0 before it."""
        return (self.on - self.begun.first_on).days // 7 + 1 if self.on >= self.begun.first_on else 0

    def since(self, today: date) -> str:
        """How long somebody has been in induction: first day today, week 2, or from a day on."""
        first = self.begun.first_on
        if first == today:
            return "first day today"
        return f"week {self.week}" if first < today else f"from {first.day} {first:%B}"

    @property
    def open(self) -> tuple[Entry, ...]:
        """What is still to do before the signature, in order."""
        return tuple(one for one in self.left if one.item.kind is not ItemKind.SIGN_OFF)

    @property
    def is_ready(self) -> bool:
        """Is only the signature missing?"""
        return bool(self.left) and not self.open

    def of_stage(self, stage: Stage) -> tuple[Entry, ...]:
        """What a stage holds, in order."""
        return tuple(one for one in self.entries if one.item.stage is stage)

    def entry(self, key: str) -> Entry | None:
        """The entry of an item; None when it is not asked here."""
        return next((one for one in self.entries if one.item.key == key), None)

    def tasks_of(self, person: UUID) -> tuple[Entry, ...]:
        """What is somebody's to do for the new person, as the buddy or for IT."""
        plan = self.begun.plan
        theirs = {who for who, helper in ((Who.BUDDY, plan.buddy), (Who.IT, plan.it)) if helper == person}
        return tuple(one for one in self.entries if one.item.who in theirs)
