"""The gauge of `hours`."""

from __future__ import annotations

from preceptor.compliance.requirements.domain.criteria import Hours
from preceptor.foundation.dates import first_day_reaching

from ..days import BEGINNING, FOREVER, Days, as_date, join_sorted
from ..ledger import Entry, Ledger
from ..steps import Spend
from .count import windows
from .gauge import NOTHING_TO_DO, Equivalences, RecordGauge, Ways


class HoursGauge(RecordGauge):
    """Enough minutes within so many months, and enough of them participatory."""

    __slots__ = ("minutes", "months", "participatory_minutes")

    def __init__(self, criterion: Hours, equivalences: Equivalences) -> None:
        super().__init__(criterion.of, criterion.level, None, equivalences)
        self.minutes = criterion.minutes
        self.months = criterion.months
        self.participatory_minutes = criterion.participatory_minutes or 0

    def days(self, ledger: Ledger) -> Days:
        """The days on which the open windows add up to the minutes, and the participatory ones to theirs."""
        entries = self.entries(ledger)
        changes: dict[int, tuple[int, int]] = {}
        for one, (start, end) in zip(entries, self.spans(entries), strict=True):
            minutes, together = one.minutes, one.minutes if one.participatory else 0
            for day, sign in ((start, 1), (end, -1)):
                before = changes.get(day, (0, 0))
                changes[day] = (before[0] + sign * minutes, before[1] + sign * together)
        changes.setdefault(FOREVER, (0, 0))
        found: list[tuple[int, int]] = []
        total = participatory = 0
        since = BEGINNING
        for day in sorted(changes):
            if total >= self.minutes and participatory >= self.participatory_minutes:
                found.append((since, day))
            total += changes[day][0]
            participatory += changes[day][1]
            since = day
        return join_sorted(found)

    def spans(self, entries: list[Entry]) -> list[tuple[int, int]]:
        """The window of each record."""
        return windows(entries, self.months)

    def adds_up_to(self, ledger: Ledger, day: int) -> tuple[int, int]:
        """The minutes that count on a day, and the participatory ones among them."""
        entries = self.entries(ledger)
        open_ones = [one for one, (start, end) in zip(entries, self.spans(entries), strict=True) if start <= day < end]
        together = sum(one.minutes for one in open_ones if one.participatory)
        return sum(one.minutes for one in open_ones), together

    def ways(self, ledger: Ledger, day: int) -> Ways:
        """The minutes that are missing, recent enough to reach the day."""
        minutes, participatory = self.adds_up_to(ledger, day)
        together = max(0, self.participatory_minutes - participatory)
        missing = max(self.minutes - minutes, together)
        if missing <= 0:
            return NOTHING_TO_DO
        on = as_date(day)
        since = None if self.months is None or on is None else first_day_reaching(on, self.months)
        return ((Spend(self.subjects, self.level, missing, together, since),),)
