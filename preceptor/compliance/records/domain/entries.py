"""Records as they are read back: by the judge, and by people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from preceptor.register.organisations.domain import Period
from preceptor.register.people.domain import PersonId

from .achievements import HowKnown, RecordId, RecordKind


class Status(StrEnum):
    """Whether a record has been accepted. Only accepted ones count."""

    ACCEPTED = "accepted"
    PENDING = "pending"
    REFUSED = "refused"


def status_of(accepted: bool | None) -> Status:  # noqa: FBT001 - the decision itself, None while there is none
    """The status a decision gives; without one a record is waiting."""
    if accepted is None:
        return Status.PENDING
    return Status.ACCEPTED if accepted else Status.REFUSED


@dataclass(frozen=True, slots=True)
class KnownRecord:
    """A record as it was known at a moment, for the judge: everything that can change a verdict or explain one.

    `counts_from` is the moment it was accepted, None while it is not. What was decided or withdrawn later is not in it.
    """

    id: RecordId
    person: PersonId
    subject: str
    level: int
    on: date
    kind: RecordKind
    minutes: int
    participatory: bool
    expires_on: date | None
    status: Status
    recorded_at: datetime
    counts_from: datetime | None
    withdrawn_at: datetime | None
    how_known: HowKnown
    title: str
    provider: str


@dataclass(frozen=True, slots=True)
class Said:
    """Who did a thing to a record and when. The name is empty where it would tell one practice about another."""

    at: datetime
    by: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Certificate:
    """The file that came with a record."""

    name: str
    media_type: str
    size: int


@dataclass(frozen=True, slots=True)
class Entry:
    """A record with its whole history as the asker may see it."""

    id: RecordId
    person: PersonId
    person_name: str
    subject: str
    subject_name: str
    level: int
    level_name: str
    on: date
    kind: RecordKind
    minutes: int
    participatory: bool
    expires_on: date | None
    title: str
    provider: str
    note: str
    how_known: HowKnown
    certificate: Certificate | None
    status: Status
    recorded: Said
    decided: Said | None
    withdrawn: Said | None
    corrects: RecordId | None
    corrected_by: RecordId | None
    file_name: str
    added_elsewhere: bool

    @property
    def is_waiting(self) -> bool:
        """Does it still wait for someone to decide?"""
        return self.status is Status.PENDING and self.withdrawn is None

    @property
    def counts(self) -> bool:
        """Does it count towards what the person needs?"""
        return self.status is Status.ACCEPTED and self.withdrawn is None


@dataclass(frozen=True, slots=True)
class Owner:
    """Someone a file may name as whose record a row is, by everything a file may say of them.

    `periods` are the days they worked here; without one they do.
    """

    id: PersonId
    name: str
    given_name: str
    family_name: str
    email: str
    professional_number: str
    periods: tuple[Period, ...] = ()

    def is_ours(self, on: date, today: date) -> bool:
        """Is what they did on a day the place's to accept: do they work there, today or later, or did they that day?"""
        if not self.periods or any(one.ends_on is None or one.ends_on > today for one in self.periods):
            return True
        return any(one.meets(Period(on, on + timedelta(days=1))) for one in self.periods)


@dataclass(frozen=True, slots=True)
class Held:
    """What is already in the ledger about one person, as an import needs it."""

    person: PersonId
    subject: str
    level: int
    on: date
    kind: RecordKind
    withdrawn: bool
    corrected: bool
