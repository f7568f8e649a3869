"""The share of people trained that a toolkit asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class TrainingItem:
    """How many per cent of people must be trained in a subject within twelve months, from a day on, and who says so."""

    key: str
    starts_on: date
    percent: int
    subject: str
    item: str
    source: str
    verified: bool
    note: str = ""
