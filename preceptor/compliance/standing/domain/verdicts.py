"""Status on a day: what the sets of days of one case say, as a verdict or as a timeline."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date
from enum import StrEnum
from typing import NamedTuple, TypeAlias

from .days import BEGINNING, FOREVER, Days, as_date, last_date

# The notice of the governing version, from each day on; the first entry begins at BEGINNING.
Notices: TypeAlias = tuple[tuple[int, int], ...]


class Status(StrEnum):
    """The six standings."""

    NOT_NEEDED = "not_needed"
    PAUSED = "paused"
    VALID = "valid"
    DUE_SOON = "due_soon"
    DUE = "due"
    OVERDUE = "overdue"


class Verdict(NamedTuple):
    """The standing of one engagement in one requirement on one day.

    A named tuple, not a dataclass: hundreds of thousands are made in a second, at a quarter of the cost.
    """

    engagement: str
    requirement: str
    status: Status
    until: date | None
    due_on: date | None
    overdue_since: date | None
    next_change_on: date | None
    ever_met: bool


class Case(NamedTuple):
    """The sets of days of one engagement and one requirement, from which everything is read."""

    engagement: str
    requirement: str
    required: Days
    paused: Days
    met: Days
    grace: Days
    notices: Notices


_NOT_NEEDED, _PAUSED, _VALID, _DUE_SOON, _DUE, _OVERDUE = Status


def status_on(case: Case, day: int) -> tuple[Status, int]:
    """The status on a day, and a later day up to which it cannot change (FOREVER when it never does)."""
    required = case.required
    i = bisect_right(required, day)
    edge = required[i] if i < len(required) else FOREVER
    if not i & 1:
        return _NOT_NEEDED, edge
    paused = case.paused
    if paused:
        i = bisect_right(paused, day)
        if i < len(paused) and paused[i] < edge:
            edge = paused[i]
        if i & 1:
            return _PAUSED, edge
    met = case.met
    i = bisect_right(met, day)
    if i & 1:
        return _status_when_met(case, day, met[i], edge)
    if i < len(met) and met[i] < edge:
        edge = met[i]
    grace = case.grace
    i = bisect_right(grace, day)
    if i < len(grace) and grace[i] < edge:
        edge = grace[i]
    return (_DUE if i & 1 else _OVERDUE), edge


def _status_when_met(case: Case, day: int, end: int, edge: int) -> tuple[Status, int]:
    """Valid or due soon, on a day of a run of Met that ends before `end`."""
    edge = min(edge, end)
    if end == FOREVER:
        return _VALID, edge
    notices = case.notices
    if len(notices) == 1:
        notice = notices[0][1]
    else:
        i = bisect_right(notices, (day, FOREVER))
        notice = notices[i - 1][1]
        if i < len(notices):
            edge = min(edge, notices[i][0])
    soon = end - 1 - notice
    return (_DUE_SOON, edge) if day >= soon else (_VALID, min(edge, soon))


def next_change(case: Case, day: int) -> int:
    """The first later day with another status; FOREVER when there is none."""
    status, edge = status_on(case, day)
    return _change_after(case, status, edge)


def _change_after(case: Case, status: Status, edge: int) -> int:
    while edge < FOREVER:
        other, further = status_on(case, edge)
        if other is not status:
            return edge
        edge = further
    return FOREVER


def verdict_on(case: Case, day: int) -> Verdict:
    """The verdict of a case on a day."""
    status, edge = status_on(case, day)
    met = case.met
    i = bisect_right(met, day)
    until = last_date(met[i]) if i & 1 else None
    due_on = overdue_since = None
    if status is _DUE:
        due_on = as_date(case.grace[bisect_right(case.grace, day)] - 1)
    elif status is _OVERDUE:
        overdue_since = as_date(_overdue_since(case, day))
    return Verdict(
        case.engagement,
        case.requirement,
        status,
        until,
        due_on,
        overdue_since,
        as_date(_change_after(case, status, edge)),
        i > 0,
    )


def _overdue_since(case: Case, day: int) -> int:
    """The first day of the run of overdue days: the latest edge, up to the day, of any set that plays a part."""
    since = BEGINNING
    for days in (case.required, case.paused, case.met, case.grace):
        i = bisect_right(days, day)
        if i and days[i - 1] > since:
            since = days[i - 1]
    return since


def segments(case: Case) -> list[tuple[Status, int, int]]:
    """The whole of time as stretches of one status: (status, first day, day after the last)."""
    found: list[tuple[Status, int, int]] = []
    day = BEGINNING
    while day < FOREVER:
        status, edge = status_on(case, day)
        end = _change_after(case, status, edge)
        found.append((status, day, end))
        day = end
    return found
