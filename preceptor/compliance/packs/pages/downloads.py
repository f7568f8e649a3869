"""Dry runs as files: of a pack version, a line for each practice; of what a place takes, a line for each person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from preceptor.foundation.sheets import sheet_of

from ..domain.effects import Figures
from .offering import NextCheckPage
from .trying import EffectRow, Told, TryPage

Line = tuple[str, ...]

HEADS: Final = (
    *("Practice", "Changes", "Newly required", "No longer required", "Newly overdue", "Newly valid", "Sooner"),
    *("Training in two years", "Minutes now", "Minutes then"),
)
_PEOPLE: Final = ("Person", "Role or requirement", "On the first day", "To be done by, now", "Then", "Sooner")
_GROUP: Final = (
    *("People", "Newly required", "No longer required", "Newly overdue", "Newly valid", "Sooner"),
    "Training in two years",
)


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
    yield from _figures(told.figures, told) if told.is_shown else ()
    if told.people is not None:
        yield ()
        yield _PEOPLE
        for one in told.people:
            said = (one.name, one.about, one.first_day, ", ".join(one.before), ", ".join(one.after))
            yield (*said, "yes" if one.is_sooner else "no")
    yield from _groups("Requirement", told.requirements)
    yield from _groups("Role", told.roles)


def _figures(found: Figures, told: Told) -> Iterator[Line]:
    yield (f"Newly overdue on {told.first_day}", str(found.overdue))
    if told.later_day:
        yield (f"Newly overdue on {told.later_day}", str(found.overdue_later))
    yield ("Newly required", str(found.required))
    yield ("No longer required", str(found.not_required))
    yield ("Newly valid", str(found.valid))
    yield ("Would do it sooner, in two years", str(found.sooner))
    yield ("Minutes of training in two years, now", str(found.minutes_before))
    yield ("Minutes of training in two years, then", str(found.minutes_after))


def _groups(name: str, rows: Iterable[EffectRow]) -> Iterator[Line]:
    listed = tuple(rows)
    if not listed:
        return
    yield ()
    yield (name, *_GROUP)
    for row in listed:
        some = row.figures
        numbers = (some.people, some.required, some.not_required, some.overdue, some.valid, some.sooner)
        yield (row.name, *map(str, numbers), row.hours)


def as_xlsx(found: Iterable[Line]) -> bytes:
    """The lines of what a place takes as a workbook."""
    return sheet_of("Dry run", found, [_PEOPLE, *((name, *_GROUP) for name in ("Requirement", "Role"))])
