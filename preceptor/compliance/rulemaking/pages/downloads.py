"""A dry run as a file: what it is, the figures, and a line for everyone who would notice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from preceptor.compliance.standing.domain.figures import COLUMNS, lines_by, lines_of
from preceptor.foundation.sheets import sheet_of

from .running import FEW, DryRunPage, GroupRow

Line = tuple[str, ...]

_HEADS: Final = ("Person", "Role", "On the first day", "To be done by, now", "To be done by, then", "Sooner")
_WAYS: Final = ("Way to take over", "In plain words", "Overdue", "Sooner", "Hours in two years")
_QUARTERS: Final = ("Quarter", "Now", "Then")


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
    yield from lines_of(page.figures, page.first_day, page.later_day)
    if page.ways:
        yield ()
        yield _WAYS
        for way in page.ways:
            yield (way.title, way.words, way.overdue, str(way.figures.sooner), way.hours)


def _groups(name: str, rows: Iterable[GroupRow]) -> Iterator[Line]:
    return lines_by(name, ((one.name, one.figures, one.hours) for one in rows))


def as_xlsx(found: Iterable[Line]) -> bytes:
    """The lines as a workbook."""
    return sheet_of("Dry run", found, [_HEADS, _WAYS, _QUARTERS, *((name, *COLUMNS) for name in ("Role", "Practice"))])
