"""The facts the judge is given. Order means nothing; ids are text.

The register here is as it is known at the moment asked about; records, versions and adjustments carry their own stamps.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import TypeAlias

import msgspec

from preceptor.compliance.requirements.domain.audience import Audience, Everyone
from preceptor.compliance.requirements.domain.versions import Requirement


@dataclass(frozen=True, slots=True)
class Dated:
    """A value that holds on the days from `starts_on` to the day before `ends_on`; None is open."""

    value: str
    starts_on: date | None = None
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """A place where people are engaged, or one above it."""

    id: str
    kind: str | None = None
    parents: tuple[Dated, ...] = ()
    systems: tuple[Dated, ...] = ()
    services: tuple[Dated, ...] = ()
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Person:
    """Someone, with the states they hold."""

    id: str
    states: tuple[Dated, ...] = ()
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Engagement:
    """A person at an organisation in a role for a time."""

    id: str
    person: str
    organisation: str
    starts_on: date
    ends_on: date | None = None
    role: str | None = None
    staff_group: str | None = None
    kind: str | None = None
    tasks: tuple[Dated, ...] = ()


class RecordStatus(StrEnum):
    """Whether a record has been accepted; only accepted ones count."""

    ACCEPTED = "accepted"
    PENDING = "pending"
    REFUSED = "refused"


class Record(msgspec.Struct, frozen=True, gc=False):
    """Something a person did, with the day it happened and the moment it became known.

    Made by the thousand for one page: a struct, because making a dataclass takes ten times as long.
    """

    id: str
    person: str
    subject: str
    on: date
    level: int = 1
    kind: str | None = None
    minutes: int = 0
    participatory: bool = False
    expires_on: date | None = None
    status: RecordStatus = RecordStatus.ACCEPTED
    recorded_at: datetime | None = None
    withdrawn_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Equivalence:
    """A record of `subject` at `level` or above also counts as `counts_as` at `counts_as_level`; never chained."""

    subject: str
    level: int
    counts_as: str
    counts_as_level: int


@dataclass(frozen=True, slots=True)
class Exemption:
    """An engagement is not required to meet one requirement on these days."""

    id: str
    requirement: str
    engagement: str
    starts_on: date
    ends_on: date | None = None
    recorded_at: datetime | None = None
    withdrawn_at: datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Pause:
    """An engagement is on leave on these days."""

    id: str
    engagement: str
    starts_on: date
    ends_on: date | None = None
    recorded_at: datetime | None = None
    withdrawn_at: datetime | None = None
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Extension:
    """What is met on a day from `starts_on` and before `until` stays met until the end of `until`."""

    id: str
    requirements: tuple[str, ...]
    starts_on: date
    until: date
    scope: Audience = field(default_factory=Everyone)
    recorded_at: datetime | None = None
    withdrawn_at: datetime | None = None
    reason: str | None = None


Adjustment: TypeAlias = Exemption | Pause | Extension


@dataclass(frozen=True, slots=True)
class World:
    """Everything the judge knows."""

    organisations: tuple[Organisation, ...] = ()
    people: tuple[Person, ...] = ()
    engagements: tuple[Engagement, ...] = ()
    records: tuple[Record, ...] = ()
    equivalences: tuple[Equivalence, ...] = ()
    requirements: tuple[Requirement, ...] = ()
    adjustments: tuple[Adjustment, ...] = ()


def known(recorded_at: datetime | None, withdrawn_at: datetime | None, known_at: datetime | None) -> bool:
    """Whether a fact with these stamps is seen at a moment; with no moment, a withdrawn fact is absent."""
    if known_at is None:
        return withdrawn_at is None
    if withdrawn_at is not None and withdrawn_at <= known_at:
        return False
    return recorded_at is None or recorded_at <= known_at
