"""What came of a place's word that someone works there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .terms import PersonDetails, PersonId


@dataclass(frozen=True, slots=True)
class Denial:
    """Someone's no to a place: who, as the place typed them, which place by name and code, and the day."""

    person: PersonId
    typed: PersonDetails
    place: str
    code: str
    on: date
