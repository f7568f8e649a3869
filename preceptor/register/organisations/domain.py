"""What an organisation is, and the rules its parents, systems and services keep."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NewType
from uuid import UUID

OrganisationId = NewType("OrganisationId", UUID)

_CODE: Final = re.compile(r"^[A-Z0-9]{3,10}$")


class Kind(StrEnum):
    """The kinds of organisation, from the smallest."""

    PRACTICE = "practice"
    PCN = "pcn"
    SUB_ICB = "sub-icb"
    ICB = "icb"
    HUB = "hub"


KIND_NAMES: Final[Mapping[Kind, str]] = {
    Kind.PRACTICE: "GP practice",
    Kind.PCN: "Primary care network",
    Kind.SUB_ICB: "Sub-ICB location",
    Kind.ICB: "Integrated care board",
    Kind.HUB: "Training hub",
}

# What may stand directly above what.
PARENT_KINDS: Final[Mapping[Kind, frozenset[Kind]]] = {
    Kind.PRACTICE: frozenset({Kind.PCN, Kind.SUB_ICB, Kind.HUB}),
    Kind.PCN: frozenset({Kind.SUB_ICB, Kind.HUB}),
    Kind.SUB_ICB: frozenset({Kind.ICB}),
    Kind.ICB: frozenset(),
    Kind.HUB: frozenset({Kind.ICB}),
}


class NotAllowedError(ValueError):
    """The organisation cannot be like that; the message says why, in words for the person who asked."""


@dataclass(frozen=True, slots=True)
class NewOrganisation:
    """An organisation as it is first entered."""

    code: str
    name: str
    kind: Kind
    opened_on: date | None = None
    closed_on: date | None = None

    def __post_init__(self) -> None:
        """Refuses a code that no ODS code looks like, and an empty name."""
        if not _CODE.match(self.code):
            message = "ODS code must be 3 to 10 capital letters and digits, like A81001"
            raise NotAllowedError(message)
        if not self.name.strip():
            message = "Enter the organisation’s name"
            raise NotAllowedError(message)


@dataclass(frozen=True, slots=True)
class Period:
    """Civil days from `starts_on`, included, to `ends_on`, not included; None is open."""

    starts_on: date | None = None
    ends_on: date | None = None

    def __post_init__(self) -> None:
        """Refuses a period that ends before it starts."""
        if self.starts_on and self.ends_on and self.starts_on >= self.ends_on:
            message = "The last day must not be before the first"
            raise NotAllowedError(message)

    def meets(self, other: Period) -> bool:
        """Do the two share a day?"""
        return (not self.ends_on or not other.starts_on or other.starts_on < self.ends_on) and (
            not other.ends_on or not self.starts_on or self.starts_on < other.ends_on
        )


ALWAYS: Final = Period()


@dataclass(frozen=True, slots=True)
class Above:
    """One organisation standing directly above another for a while."""

    child: OrganisationId
    parent: OrganisationId
    parent_kind: Kind
    period: Period


def refuse_parent(child_kind: Kind, new: Above, existing: Iterable[Above]) -> None:
    """Refuses a parent of the wrong kind, a second of one kind on one day, and a circle.

    Says nothing if all is well.
    """
    if new.parent_kind not in PARENT_KINDS[child_kind]:
        message = f"A {KIND_NAMES[child_kind].lower()} cannot belong directly to this kind of organisation"
        raise NotAllowedError(message)
    known = list(existing)
    for other in known:
        if other.child == new.child and other.parent_kind is new.parent_kind and other.period.meets(new.period):
            message = f"It already belongs to a {KIND_NAMES[new.parent_kind].lower()} on some of those days"
            raise NotAllowedError(message)
    if new.child in above(new.parent, known) | {new.parent}:
        message = "An organisation cannot stand above itself"
        raise NotAllowedError(message)


def above(start: OrganisationId, relations: Iterable[Above], on: date | None = None) -> frozenset[OrganisationId]:
    """Everything standing above an organisation, on a day or ever, itself not included."""
    return _reach(start, relations, on, upwards=True)


def beneath(start: OrganisationId, relations: Iterable[Above], on: date | None = None) -> frozenset[OrganisationId]:
    """Everything standing beneath an organisation, on a day or ever, itself not included."""
    return _reach(start, relations, on, upwards=False)


def _reach(
    start: OrganisationId, relations: Iterable[Above], on: date | None, *, upwards: bool
) -> frozenset[OrganisationId]:
    steps: dict[OrganisationId, list[OrganisationId]] = {}
    for one in relations:
        if on is None or _holds(one.period, on):
            here, there = (one.child, one.parent) if upwards else (one.parent, one.child)
            steps.setdefault(here, []).append(there)
    found: set[OrganisationId] = set()
    waiting = [start]
    while waiting:
        for there in steps.get(waiting.pop(), ()):
            if there not in found:
                found.add(there)
                waiting.append(there)
    return frozenset(found)


def _holds(period: Period, on: date) -> bool:
    return (period.starts_on is None or period.starts_on <= on) and (period.ends_on is None or on < period.ends_on)
