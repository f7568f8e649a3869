"""Sets of days.

A set is a flat tuple of ordinals `(start, end, start, end, …)`, strictly rising: each pair is a half-open run of
consecutive days, and two runs never touch, so that equal sets are equal tuples. A run open at either side begins at
BEGINNING or ends at FOREVER.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Final, TypeAlias

Days: TypeAlias = tuple[int, ...]

BEGINNING: Final = -10_000_000
FOREVER: Final = 10_000_000
NEVER: Final[Days] = ()
ALWAYS: Final[Days] = (BEGINNING, FOREVER)


def run(start: int, end: int) -> Days:
    """The days from `start` to the day before `end`; none when `end` is not later."""
    return (start, end) if start < end else NEVER


def period(starts_on: date | None, ends_on: date | None) -> Days:
    """The days of a stored half-open period; None is open."""
    return run(start_of(starts_on), end_of(ends_on))


def start_of(starts_on: date | None) -> int:
    """The first ordinal of a period that starts on this day, or is open."""
    return BEGINNING if starts_on is None else starts_on.toordinal()


def end_of(ends_on: date | None) -> int:
    """The ordinal after the last of a period that ends on (and without) this day, or is open."""
    return FOREVER if ends_on is None else ends_on.toordinal()


@lru_cache(maxsize=1 << 16)
def as_date(day: int) -> date | None:
    """The date of an ordinal, or None when it is one of the open ends."""
    return date.fromordinal(day) if BEGINNING < day < FOREVER else None


def last_date(end: int) -> date | None:
    """The date of the last day before `end`, or None when the run is open."""
    return None if end == FOREVER else as_date(end - 1)


def contains(days: Days, day: int) -> bool:
    """Whether the day is in the set."""
    return bool(bisect_right(days, day) & 1)


def runs(days: Days) -> Iterator[tuple[int, int]]:
    """The runs of the set in order, as (start, end) with `end` excluded."""
    for i in range(0, len(days), 2):
        yield days[i], days[i + 1]


def run_holding(days: Days, day: int) -> tuple[int, int] | None:
    """The run that holds the day, if any."""
    i = bisect_right(days, day)
    return (days[i - 1], days[i]) if i & 1 else None


def first_day(days: Days) -> int | None:
    """The earliest day of the set, BEGINNING when it is open, None when it is empty."""
    return days[0] if days else None


def join_sorted(spans: Iterable[tuple[int, int]]) -> Days:
    """The union of spans given in order of their start."""
    flat: list[int] = []
    last = BEGINNING - 1
    for start, end in spans:
        if start >= end:
            continue
        if start <= last:
            if end > last:
                flat[-1] = last = end
        else:
            flat += (start, end)
            last = end
    return tuple(flat)


def join(spans: Iterable[tuple[int, int]]) -> Days:
    """The union of spans given in any order."""
    return join_sorted(sorted(spans))


def union(one: Days, other: Days) -> Days:
    """The days in either set."""
    if not one or other == ALWAYS:
        return other
    if not other or one == ALWAYS:
        return one
    return join([*runs(one), *runs(other)])


def intersection(one: Days, other: Days) -> Days:
    """The days in both sets."""
    if not one or not other:
        return NEVER
    if other == ALWAYS:
        return one
    if one == ALWAYS:
        return other
    flat: list[int] = []
    i = j = 0
    while i < len(one) and j < len(other):
        start = max(one[i], other[j])
        end = min(one[i + 1], other[j + 1])
        if start < end:
            flat += (start, end)
        if one[i + 1] < other[j + 1]:
            i += 2
        else:
            j += 2
    return tuple(flat)


def complement(days: Days) -> Days:
    """The days not in the set."""
    if not days:
        return ALWAYS
    # What ended a run begins a gap: the flat tuple only gains or loses its two outer edges.
    head = (BEGINNING, *days) if days[0] > BEGINNING else days[1:]
    return (*head, FOREVER) if days[-1] < FOREVER else head[:-1]


def difference(one: Days, other: Days) -> Days:
    """The days in the first set and not in the second."""
    if not one or not other:
        return one
    return intersection(one, complement(other))


def between(days: Days, start: int, end: int) -> Days:
    """The days of the set from `start` to the day before `end`."""
    if len(days) == 2:
        first, last = days
        start = max(first, start)
        end = min(last, end)
        return (start, end) if start < end else NEVER
    return intersection(days, run(start, end))
