"""The dry run of a pack version as a file: what it is, what changed, and a line for each practice."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from .offering import NextCheckPage

Line = tuple[str, ...]

HEADS: Final = (
    *("Practice", "Changes", "Newly required", "No longer required", "Newly overdue", "Newly valid", "Sooner"),
    *("Training in two years", "Minutes now", "Minutes then"),
)


def lines(place: str, today: str, page: NextCheckPage) -> Iterator[Line]:
    """The lines of the file, as the page has them. Of few people it holds no figures either."""
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
