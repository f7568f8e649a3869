"""Time as a drawn strip: where a day lies, in per cent of the width."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

# A period is never drawn so narrow that nobody sees it.
LEAST: Final = 0.3


@dataclass(frozen=True, slots=True)
class Scale:
    """A strip from `first`, which is on it, to `end`, which is not."""

    first: date
    end: date

    def at(self, day: date) -> float:
        """Where a day begins, in per cent."""
        return round(100 * (day - self.first).days / (self.end - self.first).days, 2)

    def bar(self, starts_on: date | None, ends_on: date | None) -> tuple[float, float] | None:
        """Where a half-open period begins and how wide it is; None when nothing of it is on the strip."""
        start, end = max(starts_on or self.first, self.first), min(ends_on or self.end, self.end)
        return (self.at(start), max(round(self.at(end) - self.at(start), 2), LEAST)) if start < end else None

    def years(self) -> tuple[tuple[float, int], ...]:
        """Every first of January on the strip, with its year."""
        januaries = (date(year, 1, 1) for year in range(self.first.year, self.end.year + 1))
        return tuple((self.at(day), day.year) for day in januaries if self.first <= day < self.end)
