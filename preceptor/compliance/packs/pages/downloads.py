"""Dry runs as files: of a pack version, a line for each practice; of what a place takes, a line for each person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from preceptor.compliance.standing.domain.figures import COLUMNS, lines_by, lines_of
from preceptor.foundation.sheets import sheet_of

from .offering import NextCheckPage
from .trying import EffectRow, Told, TryPage

Line = tuple[str, ...]

HEADS: Final = (
    *("Practice", "Changes", "Newly required", "No longer required", "Newly overdue", "Newly valid", "Sooner"),
    *("Training in two years", "Minutes now", "Minutes then"),
)
_PEOPLE: Final = ("Person", "Role or requirement", "On the first day", "To be done by, now", "Then", "Sooner")


def lines(place: str, today: str, page: NextCheckPage) -> Iterator[Line]:
    """The lines of the file of a pack version, as the page has them. Of few people it holds no figures either."""
    yield (page.title, place, today)
    yield (page.lead,)
    yield ("What changed", page.note)
    for one in page.differences:
        yield ("From the version before", one)
    yield ()
    yield HEADS
    for row in page.rows:
        some = row.figures
        if some is None:
            yield (row.name, row.meta, *("–",) * (len(HEADS) - 2))
            continue
        numbers = (some.required, some.not_required, some.overdue, some.valid, some.sooner)
        minutes = (some.minutes_before, some.minutes_after)
        yield (row.name, row.meta, *map(str, numbers), row.hours, *map(str, minutes))
    yield ()
    yield ("Figures of fewer than five people are not shown.",)


def lines_tried(place: str, today: str, page: TryPage, told: Told) -> Iterator[Line]:
    """The lines of the file of what a place takes, as the page has them."""
    yield (page.title, place, today)
    yield (page.lead,)
    yield from page.facts
    for warning in told.warnings:
        yield (warning,)
    yield ()
    yield from lines_of(told.figures, told.first_day, told.later_day) if told.is_shown else ()
    if told.people is not None:
        yield ()
        yield _PEOPLE
        for one in told.people:
            said = (one.name, one.about, one.first_day, ", ".join(one.before), ", ".join(one.after))
            yield (*said, "yes" if one.is_sooner else "no")
    yield from _groups("Requirement", told.requirements)
    yield from _groups("Role", told.roles)


def _groups(name: str, rows: Iterable[EffectRow]) -> Iterator[Line]:
    return lines_by(name, ((one.name, one.figures, one.hours) for one in rows))


def as_xlsx(found: Iterable[Line]) -> bytes:
    """The lines of what a place takes as a workbook."""
    return sheet_of("Dry run", found, [_PEOPLE, *((name, *COLUMNS) for name in ("Requirement", "Role"))])
