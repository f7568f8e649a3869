"""The gauges of `all_of`, `any_of` and `first_then`."""

from __future__ import annotations

from itertools import product

from ..days import ALWAYS, FOREVER, NEVER, Days, between, contains, intersection, union
from ..ledger import Ledger
from ..steps import Step
from .gauge import MOST_WAYS, NOTHING_TO_DO, Gauge, Ways


def shortest(ways: list[tuple[Step, ...]]) -> Ways:
    """The few shortest of many ways, each once, in a lasting order."""
    each = dict.fromkeys(ways)
    return tuple(sorted(each, key=len)[:MOST_WAYS])


class AllOfGauge(Gauge):
    """Every part holds."""

    __slots__ = ("parts",)

    def __init__(self, parts: tuple[Gauge, ...]) -> None:
        self.parts = parts

    def days(self, ledger: Ledger) -> Days:
        """The intersection of the parts."""
        days = ALWAYS
        for part in self.parts:
            days = intersection(days, part.days(ledger))
            if not days:
                return NEVER
        return days

    def ways(self, ledger: Ledger, day: int) -> Ways:
        """A way for each part, together; a step that serves two parts is taken once."""
        ways: Ways = NOTHING_TO_DO
        for part in self.parts:
            ways = shortest(
                [tuple(dict.fromkeys((*one, *more))) for one, more in product(ways, part.ways(ledger, day))]
            )
        return ways


class AnyOfGauge(Gauge):
    """At least one part holds."""

    __slots__ = ("parts",)

    def __init__(self, parts: tuple[Gauge, ...]) -> None:
        self.parts = parts

    def days(self, ledger: Ledger) -> Days:
        """The union of the parts."""
        days = NEVER
        for part in self.parts:
            days = union(days, part.days(ledger))
        return days

    def ways(self, ledger: Ledger, day: int) -> Ways:
        """Every way of every part."""
        if contains(self.days(ledger), day):
            return NOTHING_TO_DO
        return shortest([way for part in self.parts for way in part.ways(ledger, day)])


class FirstThenGauge(Gauge):
    """The first holds, or the second holds and the first has held."""

    __slots__ = ("first", "then")

    def __init__(self, first: Gauge, then: Gauge) -> None:
        self.first = first
        self.then = then

    def days(self, ledger: Ledger) -> Days:
        """The first's days, and the second's from the first of them on."""
        first = self.first.days(ledger)
        if not first:
            return NEVER
        return union(first, between(self.then.days(ledger), first[0], FOREVER))

    def ways(self, ledger: Ledger, day: int) -> Ways:
        """The first's ways; the second's too once the first has held by the day."""
        if contains(self.days(ledger), day):
            return NOTHING_TO_DO
        first = self.first.days(ledger)
        begun = bool(first) and first[0] <= day
        return shortest([*(self.then.ways(ledger, day) if begun else ()), *self.first.ways(ledger, day)])
