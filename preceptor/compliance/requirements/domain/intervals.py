"""How often sources ask for something, where they say so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from .criteria import Achieved, Criterion

_NUMBERS: Final = {word: number for number, word in enumerate(("one", "two", "three", "four", "five"), 1)}
_EVERY: Final = re.compile(
    r"\bevery (?:(?P<number>\d{1,3}|second|one|two|three|four|five) )?(?P<unit>year|month)s?\b"
    r"|\b(?P<yearly>yearly|annual|annually|each year|once a year)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Interval:
    """How often one source asks for something, in months."""

    source: str
    months: int


def interval_in(says: str) -> int | None:
    """The one interval, in months, that words such as “Every 2 years.” say; None when they say none, or several."""
    found = {_months(match) for match in _EVERY.finditer(says)}
    return found.pop() if len(found) == 1 else None


def _months(match: re.Match[str]) -> int:
    if match["yearly"]:
        return 12
    number = (match["number"] or "1").lower()
    times = 2 if number == "second" else _NUMBERS.get(number) or int(number)
    return times * (12 if match["unit"].lower() == "year" else 1)


def interval_of(met_by: Criterion) -> int | None:
    """How often a criterion asks for one course, in months; None for one that asks for something else, or only once."""
    return met_by.months if isinstance(met_by, Achieved) else None
