"""Things a person could do to meet a criterion."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Achieve:
    """Have so many more records of a subject at the level, of one of the kinds (None: of any).

    They must be dated on or after a day (None: any day will do).
    """

    subject: str
    level: int
    kinds: tuple[str, ...] | None
    dated_from: date | None
    times: int = 1


@dataclass(frozen=True, slots=True)
class Spend:
    """Have so many more minutes of the subjects recorded, so many of them participatory."""

    subjects: tuple[str, ...]
    level: int
    minutes: int
    participatory_minutes: int
    dated_from: date | None


@dataclass(frozen=True, slots=True)
class Hold:
    """Hold a state."""

    state: str


Step: TypeAlias = Achieve | Spend | Hold
