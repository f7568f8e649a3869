"""The gauge of `achieved`."""

from __future__ import annotations

from preceptor.compliance.requirements.domain.criteria import Achieved, Expiry
from preceptor.foundation.dates import first_day_reaching, months_later

from ..days import FOREVER, Days, as_date, contains, join_sorted
from ..ledger import Entry, Ledger
from ..steps import Achieve
from .gauge import NOTHING_TO_DO, Equivalences, RecordGauge, Ways


class AchievedGauge(RecordGauge):
    """Each record counts from its day until its last valid day."""

    __slots__ = ("early_days", "expiry", "months")

    def __init__(self, criterion: Achieved, equivalences: Equivalences) -> None:
        super().__init__((criterion.subject,), criterion.level, criterion.kinds, equivalences)
        self.months = criterion.months
        self.expiry = criterion.expiry
        self.early_days = criterion.early_days

    def days(self, ledger: Ledger) -> Days:
        """The union of the records' days."""
        entries = self.entries(ledger)
        return join_sorted(self.spans(entries)) if entries else ()

    def spans(self, entries: list[Entry]) -> list[tuple[int, int]]:
        """From each record's day to its last valid day."""
        if self.early_days is not None and len(entries) > 1:
            return self._spans_renewed_early(entries)
        months = self.months
        if months is None:
            return [(one.on, min(self._expired(FOREVER, one.expires) + 1, FOREVER)) for one in entries]
        return [(one.on, self._expired(months_later(one.on, months), one.expires) + 1) for one in entries]

    def _spans_renewed_early(self, entries: list[Entry]) -> list[tuple[int, int]]:
        """The same, where a record in the last days before an anniversary of an earlier one keeps the anniversary."""
        months, early = self.months or 0, self.early_days or 0
        found: list[tuple[int, int]] = []
        earlier: set[int] = set()
        today: list[int] = []
        day = entries[0].on
        for one in entries:
            if one.on > day:
                day = one.on
                earlier = {a for a in (*earlier, *today) if a >= day}
                today = []
            ends = [months_later(a, months) for a in earlier if a - early <= day]
            ends.append(months_later(day, months))
            if one.expires != FOREVER:
                ends = [self._expired(end, one.expires) for end in ends]
            today += ends
            found.append((day, max(ends) + 1))
        return found

    def _expired(self, last: int, expires: int) -> int:
        if expires == FOREVER or self.expiry is Expiry.IGNORE:
            return last
        return expires if self.expiry is Expiry.REPLACE or expires < last else last

    def keeps_date(self, on: int, last: int) -> bool:
        """Whether a last valid day is one kept by renewing early: later than the record's own day gives."""
        return bool(self.early_days) and self.months is not None and last > months_later(on, self.months)

    def ways(self, ledger: Ledger, day: int) -> Ways:
        """One record recent enough to reach the day."""
        if contains(self.days(ledger), day):
            return NOTHING_TO_DO
        on = as_date(day)
        since = None if self.months is None or on is None else first_day_reaching(on, self.months)
        return ((Achieve(self.subjects[0], self.level, self.kinds, since),),)
