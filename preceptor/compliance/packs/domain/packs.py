"""Packs, what a place has, and what it answered."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from typing import Final, NewType
from uuid import UUID

from preceptor.compliance.requirements.domain.decisions import Force, RequirementId
from preceptor.compliance.requirements.domain.versions import Version

from .differences import State, state_of

PackId = NewType("PackId", UUID)


class Answer(StrEnum):
    """What a place said to a requirement of a pack."""

    TAKEN = "taken"
    NOT_CHOSEN = "not-chosen"
    LEFT = "left"
    DECLINED = "declined"
    LATER = "later"


ANSWER_NAMES: Final[Mapping[Answer, str]] = {
    Answer.TAKEN: "Taken as it is",
    Answer.NOT_CHOSEN: "Not chosen",
    Answer.LEFT: "Left as it was here",
    Answer.DECLINED: "Declined",
    Answer.LATER: "Put off",
}

STATE_NAMES: Final[Mapping[State, str]] = {
    State.UNCHANGED: "As in the pack",
    State.THEIRS: "Only the pack changed",
    State.OURS: "Only you changed",
    State.BOTH: "Both changed",
    State.ADDED: "Added to the pack",
    State.WITHDRAWN: "Withdrawn from the pack",
}


@dataclass(frozen=True, slots=True)
class PackNamed:
    """A pack by its name and whose it is; nobody's is the national one."""

    id: PackId
    name: str
    owner: UUID | None
    owner_code: str
    owner_name: str

    @property
    def is_national(self) -> bool:
        """Does it belong to nobody?"""
        return self.owner is None


@dataclass(frozen=True, slots=True)
class Item:
    """A requirement version as a pack offers it."""

    version: int
    number: int
    requirement: RequirementId
    key: str
    title: str
    area: str
    area_name: str
    order: tuple[int, int, str]
    core: bool
    basis: Force
    rule: Version
    note: str
    rationale: str
    minutes: int | None
    # What it asks, whenever it starts and however it takes over.
    terms: Version = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "terms", terms_of(self.rule))


@dataclass(frozen=True, slots=True)
class Ours:
    """A requirement as a place has it: every version, and which version of which requirement the last one copies.

    `legal_reason` is why a law that asks for it does not apply, if it was ended; `is_from_organisation` says that what
    it copies is offered by an organisation, and not the national one.
    """

    id: RequirementId
    key: str
    title: str
    area_name: str
    versions: tuple[Version, ...]
    is_law: bool
    copies: int | None
    copied: RequirementId | None
    is_from_organisation: bool
    minutes: int | None
    ends_on: date | None
    legal_reason: str = ""

    @property
    def terms(self) -> Version | None:
        """What it asks by its latest version; None once an end is set."""
        return terms_of(self.versions[-1]) if self.ends_on is None and self.versions else None


@dataclass(frozen=True, slots=True)
class Answered:
    """What a place said to one requirement of a pack's version, and why."""

    answer: Answer
    number: int
    reason: str
    legal_reason: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Declined:
    """Something a law asks for that a place does not require from a day on, why not, and why the law does not ask it.

    The law's reason is for everybody who reads the list, a pack or the analysis; the other is the place's own.
    """

    key: str
    title: str
    starts_on: date
    reason: str
    legal_reason: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement three ways, with what the place said last. `old` is what it settled on, if it ever did."""

    key: str
    state: State
    old: Item | None
    new: Item | None
    ours: Ours | None
    answered: Answered | None
    is_settled: bool
    is_meant: bool

    @property
    def title(self) -> str:
        """What it is called."""
        named = self.new or self.ours or self.old
        return named.title if named else self.key

    @property
    def area_name(self) -> str:
        """The area it stands in."""
        named = self.new or self.ours or self.old
        return named.area_name if named else ""

    @property
    def is_law(self) -> bool:
        """Does a law ask for it, here or in the pack?"""
        return bool((self.new and self.new.basis is Force.LAW) or (self.ours and self.ours.is_law))

    @property
    def versions(self) -> int:
        """How many versions of it the place has."""
        return len(self.ours.versions) if self.ours else 0

    @property
    def is_on_list(self) -> bool:
        """Does the place require it?"""
        return self.ours is not None and self.ours.ends_on is None

    @property
    def is_declined(self) -> bool:
        """Did the place say that it does not require it, to the pack or by ending what a law asks for?"""
        if self.is_on_list:
            return False
        return bool(self.legal_reason) or (self.answered is not None and self.answered.answer is Answer.DECLINED)

    @property
    def legal_reason(self) -> str:
        """Why a law that asks for it does not apply at the place; empty unless it said so."""
        if self.is_on_list:
            return ""
        if self.ours is not None and self.ours.legal_reason:
            return self.ours.legal_reason
        declined = self.answered is not None and self.answered.answer is Answer.DECLINED
        return self.answered.legal_reason if self.answered is not None and declined else ""

    @property
    def differs(self) -> bool:
        """Does the place have something else than the pack says, or what the pack no longer has?"""
        return self.new is None or self.state is not State.UNCHANGED

    @property
    def can_be_taken(self) -> bool:
        """Is there anything to take: what the pack says, or an end of what it no longer has?

        What has ended is not taken again, and what a law asks for does not end in this way.
        """
        if self.ours is not None and not self.is_on_list:
            return False
        if self.new is None:
            return self.is_on_list and not self.is_law
        return True

    @property
    def follows_another(self) -> bool:
        """Is what the place has taken from another organisation's pack than this one?"""
        offered = {one.requirement for one in (self.old, self.new) if one}
        return self.ours is not None and self.ours.is_from_organisation and self.ours.copied not in offered

    @property
    def waits(self) -> bool:
        """Is it a change the place has not answered?"""
        if self.state is State.ADDED:
            return self.is_meant and not self.is_settled and self.ours is None
        changed = self.state in {State.THEIRS, State.BOTH, State.WITHDRAWN}
        return changed and self.is_on_list and not self.follows_another

    @property
    def is_open_law(self) -> bool:
        """Does a law ask for it, while the place neither requires it nor said why not?"""
        if self.new is None or self.new.basis is not Force.LAW or self.is_on_list or self.is_declined:
            return False
        return not self.waits and self.ours is None

    @property
    def may_be_nobodys(self) -> bool:
        """Is it asked about only because a law asks for it, so that it need not be where it is for nobody?"""
        if self.new is None or self.new.basis is not Force.LAW:
            return False
        return self.is_open_law or (self.waits and self.state is State.ADDED and not self.new.core)


@dataclass(frozen=True, slots=True)
class PackAt:
    """A pack as one place sees it: its latest version, and every requirement three ways.

    `nobodys` are the requirements a law asks of people there are none of here today.
    """

    pack: PackNamed
    version: int
    number: int
    note: str
    published_at: datetime
    adopted: int | None
    lines: tuple[Line, ...]
    nobodys: frozenset[str] = frozenset()

    @property
    def waiting(self) -> tuple[Line, ...]:
        """The changes not answered; none before the pack was adopted."""
        return tuple(one for one in self._open if one.waits and one.key not in self.nobodys)

    @property
    def open_by_law(self) -> tuple[Line, ...]:
        """What a law asks of somebody here that is neither required nor declined; none before the pack was adopted."""
        return tuple(one for one in self._open if one.is_open_law and one.key not in self.nobodys)

    @property
    def for_nobody(self) -> tuple[Line, ...]:
        """What a law asks for that would be open, if it were for anybody here: it is shown, and not asked about."""
        return tuple(one for one in self._open if one.may_be_nobodys and one.key in self.nobodys)

    @property
    def _open(self) -> tuple[Line, ...]:
        return self.lines if self.adopted is not None else ()

    @property
    def declined(self) -> tuple[Line, ...]:
        """What the place declined."""
        return tuple(one for one in self.lines if one.is_declined)

    @property
    def on_version(self) -> int | None:
        """The version whose changes are all answered; None before the pack was adopted."""
        if self.adopted is None or not self.waiting:
            return self.number if self.adopted is not None else None
        settled = [one.answered.number for one in self.waiting if one.answered and one.old]
        return min([self.number - 1, *settled])

    def stale(self, number: int) -> str:
        """Why nothing is saved of an answer to another version than the latest; nothing to an answer to that."""
        if number == self.number:
            return ""
        return f"{self.pack.name} is now at version {self.number}. Nothing was saved. Look at what it says now"

    def line(self, key: str) -> Line | None:
        """The line of a requirement."""
        return next((one for one in self.lines if one.key == key), None)


def terms_of(version: Version) -> Version:
    """What a version asks, without when it starts, when it was published, and how it takes over."""
    return replace(version, starts_on=date.min, transition=None, published_at=None, source=None)


def lines_of(
    offered: Mapping[str, Item],
    settled: Mapping[str, Item | None],
    ours: Mapping[str, Ours],
    answers: Mapping[str, Answered],
    *,
    everything_is_meant: bool,
) -> tuple[Line, ...]:
    """Every requirement that is offered or was, three ways, in the order of the pack.

    `settled` is what the place saw when it last answered, by key; None is that there was nothing.
    """
    found = []
    for key in {*offered, *settled}:
        old, new, own = settled.get(key), offered.get(key), ours.get(key)
        state = state_of(old.terms if old else None, new.terms if new else None, own.terms if own else None)
        meant = new is not None and (everything_is_meant or new.core or new.basis is Force.LAW)
        found.append(Line(key, state, old, new, own, answers.get(key), key in settled, meant))
    return tuple(sorted(found, key=_order))


def _order(line: Line) -> tuple[int, int, str]:
    named = line.new or line.old
    return named.order if named else (0, 0, line.key)
