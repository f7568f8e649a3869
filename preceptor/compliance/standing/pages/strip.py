"""A requirement through time as a strip: rule, status and records, past and future, in per cent of the width."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from preceptor.compliance.standing.domain.explanation import RecordFindings, Segment, Timeline
from preceptor.compliance.standing.domain.tags import CODES, WORDS
from preceptor.compliance.standing.domain.verdicts import Status
from preceptor.ui.scales import Scale

_PAST: Final = 4
_FUTURE: Final = 2
_LABEL: Final = 7.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch on the strip."""

    x: float
    width: float
    code: str
    label: str


@dataclass(frozen=True, slots=True)
class Tick:
    """The first of January of a year."""

    x: float
    year: int


@dataclass(frozen=True, slots=True)
class Dot:
    """A record on its day."""

    x: float
    counts: bool


@dataclass(frozen=True, slots=True)
class Strip:
    """Everything drawn, with the message in words for those who do not see it."""

    ticks: tuple[Tick, ...]
    versions: tuple[Bar, ...]
    statuses: tuple[Bar, ...]
    dots: tuple[Dot, ...]
    shown: float
    codes: tuple[tuple[str, str], ...]


def strip_of(
    timeline: Timeline, versions: Iterable[tuple[date, date | None]], records: Iterable[RecordFindings], on: date
) -> Strip:
    """The strip of one engagement and one requirement: up to four years back and two ahead, whole years."""
    scale = Scale(date(_first_year(timeline, on), 1, 1), date(on.year + _FUTURE + 1, 1, 1))
    statuses = tuple(bar for one in timeline.segments if (bar := _status_bar(scale, one)) is not None)
    return Strip(
        ticks=tuple(Tick(x, year) for x, year in scale.years()),
        versions=tuple(
            Bar(*found, "needed", f"Version {number}" if found[1] > _LABEL else f"v{number}")
            for number, (starts_on, ends_on) in enumerate(versions, start=1)
            if (found := scale.bar(starts_on, ends_on)) is not None
        ),
        statuses=statuses,
        dots=tuple(
            Dot(scale.at(one.record.on), one.telling.days is not None)
            for one in records
            if scale.first <= one.record.on < scale.end
        ),
        shown=scale.at(on),
        codes=tuple(
            (CODES[status], WORDS[status]) for status in Status if any(bar.code == CODES[status] for bar in statuses)
        ),
    )


def _first_year(timeline: Timeline, on: date) -> int:
    """The year of the first day anything was needed, but at most four years back and at least one."""
    needed = [one.starts_on for one in timeline.segments if one.status is not Status.NOT_NEEDED and one.starts_on]
    return max(on.year - _PAST, min([on.year - 1, *(day.year for day in needed)]))


def _status_bar(scale: Scale, segment: Segment) -> Bar | None:
    if segment.status is Status.NOT_NEEDED:
        return None
    ends_on = segment.last_on + timedelta(days=1) if segment.last_on else None
    found = scale.bar(segment.starts_on, ends_on)
    if found is None:
        return None
    return Bar(*found, CODES[segment.status], WORDS[segment.status] if found[1] > _LABEL else "")
