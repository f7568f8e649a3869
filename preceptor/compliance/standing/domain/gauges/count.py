"""The gauge of `count`."""

from __future__ import annotations

from preceptor.compliance.requirements.domain.criteria import Count
from preceptor.foundation.dates import first_day_reaching, months_later

from ..days import FOREVER, Days, as_date, join_sorted
from ..ledger import Entry, Ledger
from ..steps import Achieve
from .gauge import NOTHING_TO_DO, Equivalences, RecordGauge, Ways


def windows(entries: list[Entry], months: int | None) -> list[tuple[int, int]]:
    """The days on which each record is within so many months."""
    if months is None:
        return [(one.on, FOREVER) for one in entries]
    return [(one.on, months_later(one.on, months) + 1) for one in entries]


class CountGauge(RecordGauge):
    """Enough records within so many months."""

    __slots__ = ("at_least", "months")

    def __init__(self, criterion: Count, equivalences: Equivalences) -> None:
        super().__init__((criterion.subject,), criterion.level, criterion.kinds, equivalences)
        self.at_least = criterion.at_least
        self.months = criterion.months

    def days(self, ledger: Ledger) -> Days:
        """The days on which enough windows are open at once.

        Windows are by start, and so by end too: of n in a row the last is the last to open and the first the first to
        close.
        """
        found = self.spans(self.entries(ledger))
        more = self.at_least - 1
        return join_sorted((found[i + more][0], found[i][1]) for i in range(len(found) - more))

    def spans(self, entries: list[Entry]) -> list[tuple[int, int]]:
        """The window of each record."""
        return windows(entries, self.months)

    def adds_up_to(self, ledger: Ledger, day: int) -> int:
        """The number of records that count on a day."""
        return sum(start <= day < end for start, end in self.spans(self.entries(ledger)))

    def ways(self, ledger: Ledger, day: int) -> Ways:
        """The records that are missing, recent enough to reach the day."""
        missing = self.at_least - self.adds_up_to(ledger, day)
        if missing <= 0:
            return NOTHING_TO_DO
        on = as_date(day)
        since = None if self.months is None or on is None else first_day_reaching(on, self.months)
        return ((Achieve(self.subjects[0], self.level, self.kinds, since, missing),),)
