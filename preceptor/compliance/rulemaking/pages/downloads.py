"""A dry run as a file: what it is, the figures, and a line for everyone who would notice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from preceptor.foundation.sheets import sheet_of

from .running import FEW, DryRunPage, GroupRow

Line = tuple[str, ...]

_HEADS: Final = ("Person", "Role", "On the first day", "To be done by, now", "To be done by, then", "Sooner")
_WAYS: Final = ("Way to take over", "In plain words", "Overdue", "Sooner", "Hours in two years")
_QUARTERS: Final = ("Quarter", "Now", "Then")
_GROUP: Final = (
    *("People", "Newly required", "No longer required", "Newly overdue", "Newly valid", "Sooner"),
    "Training in two years",
)


def lines(place: str, page: DryRunPage) -> Iterator[Line]:
    """The lines of the file, as the page has them."""
    yield (page.title, page.caption, place)
    yield (page.lead,)
    for warning in page.warnings:
        yield (warning,)
    yield ()
    yield from _figures(page) if page.is_shown else [(FEW,)]
    if page.people is not None:
        yield ()
        yield _HEADS
        for row in page.people:
            said = (row.name, row.about, row.first_day, ", ".join(row.before), ", ".join(row.after))
            yield (*said, "yes" if row.is_sooner else "no")
    yield from _groups("Role", page.roles)
    yield from _groups("Practice", page.practices)
    if page.is_shown:
        yield ()
        yield _QUARTERS
        for quarter in page.quarters:
            yield (quarter.name, str(quarter.before), str(quarter.after))


def _figures(page: DryRunPage) -> Iterator[Line]:
    """The figures of everyone, and of each way to take over."""
    found = page.figures
    yield (f"Newly overdue on {page.first_day}", str(found.overdue))
    if page.later_day:
        yield (f"Newly overdue on {page.later_day}", str(found.overdue_later))
    yield ("Newly required", str(found.required))
    yield ("No longer required", str(found.not_required))
    yield ("Newly valid", str(found.valid))
    yield ("Would do it sooner, in two years", str(found.sooner))
    yield ("Minutes of training in two years, now", str(found.minutes_before))
    yield ("Minutes of training in two years, then", str(found.minutes_after))
    if page.ways:
        yield ()
        yield _WAYS
        for way in page.ways:
            yield (way.title, way.words, way.overdue, str(way.figures.sooner), way.hours)


def _groups(name: str, rows: Iterable[GroupRow]) -> Iterator[Line]:
    listed = tuple(rows)
    if not listed:
        return
    yield ()
    yield (name, *_GROUP)
    for row in listed:
        some = row.figures
        if some is None:
            yield (row.name, *("–",) * len(_GROUP))
            continue
        numbers = (some.people, some.required, some.not_required, some.overdue, some.valid, some.sooner)
        yield (row.name, *(str(one) for one in numbers), row.hours)


def as_xlsx(found: Iterable[Line]) -> bytes:
    """The lines as a workbook."""
    return sheet_of("Dry run", found, [_HEADS, _WAYS, _QUARTERS, *((name, *_GROUP) for name in ("Role", "Practice"))])
