"""What every gauge can do: a gauge measures one criterion against a ledger."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import TypeAlias

from ..days import Days
from ..facts import Equivalence
from ..ledger import Entry, Ledger, Sources
from ..steps import Step

# A way is a list of steps, all of which are needed; a gauge offers alternatives.
Ways: TypeAlias = tuple[tuple[Step, ...], ...]

NOTHING_TO_DO: Ways = ((),)
MOST_WAYS = 6


class Gauge(ABC):
    """A criterion made ready: equivalences resolved, and the days it holds worked out from a ledger."""

    __slots__ = ()

    @abstractmethod
    def days(self, ledger: Ledger) -> Days:
        """The days on which the criterion holds."""

    @abstractmethod
    def ways(self, ledger: Ledger, day: int) -> Ways:
        """The shortest ways to make the criterion hold on a day; one empty way when it does."""


class RecordGauge(Gauge):
    """A gauge of a leaf that looks at records: each record that fits has its own days."""

    __slots__ = ("kinds", "level", "sources", "subjects")

    def __init__(
        self,
        subjects: tuple[str, ...],
        level: int,
        kinds: tuple[str, ...] | None,
        equivalences: Equivalences,
    ) -> None:
        self.subjects = subjects
        self.level = level
        self.kinds = kinds
        self.sources = equivalences.sources(subjects, level)

    def entries(self, ledger: Ledger) -> list[Entry]:
        """The records that fit, by day."""
        return ledger.entries(self.sources, self.kinds)

    @abstractmethod
    def spans(self, entries: list[Entry]) -> list[tuple[int, int]]:
        """The days of each record, in the order of the records and so by their start."""


class Equivalences:
    """What counts as what, by the subject counted as."""

    __slots__ = ("_by_subject",)

    def __init__(self, equivalences: tuple[Equivalence, ...]) -> None:
        self._by_subject: dict[str, list[Equivalence]] = {}
        for one in equivalences:
            self._by_subject.setdefault(one.counts_as, []).append(one)

    def sources(self, subjects: tuple[str, ...], level: int) -> Sources:
        """Each subject whose records count as one of these at the level, with the least level that does."""
        least: dict[str, int] = {}
        for subject in subjects:
            least[subject] = level
        for subject in subjects:
            for one in self._by_subject.get(subject, ()):
                if one.counts_as_level >= level:
                    least[one.subject] = min(one.level, least.get(one.subject, one.level))
        return tuple(least.items())

    def looked_at(self, subjects: tuple[str, ...]) -> Mapping[str, str]:
        """Each subject whose records are looked at, at whatever level, with the criterion's subject it stands for."""
        found = {subject: subject for subject in subjects}
        for subject in subjects:
            for one in self._by_subject.get(subject, ()):
                found.setdefault(one.subject, subject)
        return found
