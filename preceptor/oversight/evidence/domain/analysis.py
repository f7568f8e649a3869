"""What a training needs analysis holds.

These types are written to the ledger as JSON and read back for ever: a field may be added with a default, none may be
renamed, retyped or taken away.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from preceptor.foundation.disclosure import FEWEST


@dataclass(frozen=True, slots=True)
class Training:
    """Something the place requires of somebody, in words: what must be known, how it is learned, how often, and why.

    `allowed` is why the law allows the place to ask for less than what it took it over from, where it does.
    """

    key: str
    title: str
    area: str
    must: str
    why: str
    method: str
    frequency: str
    judged: str
    minutes: int | None
    is_estimate: bool
    basis: str
    source: str
    decided_by: str
    decided_on: date | None
    review_by: date | None
    allowed: str = ""


@dataclass(frozen=True, slots=True)
class RoleNeed:
    """A training that people in a role need, and how many of them do."""

    training: str
    people: int


@dataclass(frozen=True, slots=True)
class RolePart:
    """A role at the place: how many hold it, the data and systems it works with, and what it needs.

    `contract` is what the network contract asks, for the additional roles.
    """

    code: str
    name: str
    group: str
    people: int
    data: str
    systems: tuple[str, ...]
    contract: str
    needs: tuple[RoleNeed, ...]


@dataclass(frozen=True, slots=True)
class Specialist:
    """A duty for data and systems beyond a role: who holds it, and what it needs more than others."""

    code: str
    name: str
    count: int
    holders: tuple[str, ...]
    trainings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NotRequired:
    """Something a law asks for that the place does not require from a day on, and why the law does not ask it there.

    `reason` is the place's own, for itself.
    """

    key: str
    title: str
    legal_reason: str
    reason: str
    starts_on: date
    decided_by: str


@dataclass(frozen=True, slots=True)
class Measure:
    """The training item of the toolkit, measured on the day of publication, with the numbers behind it."""

    item: str
    subject: str
    subject_name: str
    needed: int
    published_on: date
    trained: int
    of: int
    is_verified: bool
    note: str

    @property
    def percent(self) -> int:
        """The share as a whole percentage, rounded down, so that what is shown is never more than there is."""
        return 100 * self.trained // self.of if self.of else 0

    @property
    def is_met(self) -> bool:
        """Is the share what the item asks for, or more?"""
        return self.of > 0 and 100 * self.trained >= self.needed * self.of

    @property
    def missing(self) -> int:
        """How many more people must be trained to reach it."""
        return max(0, -(-self.needed * self.of // 100) - self.trained)


@dataclass(frozen=True, slots=True)
class Endorsement:
    """Which leaders endorsed it, when, until when it stands, and what they said of effect and of telling staff."""

    by: str
    on: date
    review_by: date
    effect: str
    telling: str
    recorded_by: str


@dataclass(frozen=True, slots=True)
class Analysis:
    """The whole of it on a day. `in_date` of `of` is the share in date of everything the place requires.

    `not_required` is what a law asks for and the place declined; None in what was written before that was part of it.
    """

    code: str
    place: str
    on: date
    people: int
    roles: tuple[RolePart, ...]
    trainings: tuple[Training, ...]
    specialists: tuple[Specialist, ...]
    in_date: int
    of: int
    measure: Measure | None
    endorsement: Endorsement | None = None
    not_required: tuple[NotRequired, ...] | None = None

    @property
    def is_empty(self) -> bool:
        """Is nobody there, or nothing required?"""
        return not self.roles or not self.trainings

    def training(self, key: str) -> Training:
        """The training of that key; raises `KeyError` when there is none."""
        for one in self.trainings:
            if one.key == key:
                return one
        raise KeyError(key)

    def from_above(self) -> Analysis:
        """The analysis as whoever reads from above sees it: no names, and no share of so few that it points at one."""
        few = self.people < FEWEST
        return replace(
            self,
            specialists=tuple(replace(one, holders=()) for one in self.specialists),
            not_required=self.not_required
            and tuple(replace(one, reason="", decided_by="") for one in self.not_required),
            in_date=0 if few else self.in_date,
            of=0 if few else self.of,
            measure=self.measure if self.measure and self.measure.of >= FEWEST else None,
        )
