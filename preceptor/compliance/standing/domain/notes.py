"""What the ledgers say of a rule and of records beside the facts that are judged: for the page that explains."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class CitationNote:
    """What a source the version follows says, and when it was last checked."""

    publisher: str
    source: str
    says: str
    checked_on: date | None
    verified: bool


@dataclass(frozen=True, slots=True)
class RuleNotes:
    """The version of a requirement in force on a day: its number, basis, decision and sources."""

    title: str
    key: str
    number: int
    starts_on: date
    basis: str
    decided_by: str
    decided_on: date | None
    citations: tuple[CitationNote, ...]
    other_answers: int
    periods: tuple[tuple[date, date | None], ...]


@dataclass(frozen=True, slots=True)
class RecordNote:
    """A record's own title, how it is known and when it was recorded."""

    title: str
    how_known: str
    recorded_at: datetime
