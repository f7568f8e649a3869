"""For whom an induction is due to begin: who has just started or will soon, changed roles, or came back."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

_BACK: Final = timedelta(weeks=8)
_AHEAD: Final = timedelta(weeks=12)
_LONG: Final = timedelta(days=90)  # leave after which much has changed
_APART: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Stay:
    """One engagement of somebody at a place."""

    engagement: str
    person: UUID
    name: str
    role: str
    role_name: str
    kind: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Somebody for whom an induction may begin, from which day, and why."""

    stay: Stay
    first_on: date
    why: str


Away = tuple[str, date, date | None]


def suggestions(
    stays: Sequence[Stay], away: Iterable[Away], taken: Mapping[str, Collection[date]], today: date
) -> list[Suggestion]:
    """Who begins about this day and has no induction for it, the earliest first. Leave counts when it was long."""
    found = [
        Suggestion(one, one.starts_on, _why(one, stays))
        for one in stays
        if today - _BACK <= one.starts_on <= today + _AHEAD and not (one.ends_on and one.ends_on <= today)
    ]
    by_engagement = {one.engagement: one for one in stays}
    for engagement, starts_on, ends_on in away:
        stay = by_engagement.get(engagement)
        if stay is None or ends_on is None or ends_on - starts_on < _LONG:
            continue
        if today - _BACK <= ends_on <= today + _AHEAD:
            found.append(Suggestion(stay, ends_on, "back"))
    free = [one for one in found if not any(day >= one.first_on for day in taken.get(one.stay.engagement, ()))]
    return sorted(free, key=lambda one: (one.first_on, one.stay.name))


def _why(stay: Stay, stays: Iterable[Stay]) -> str:
    """New here; in a new role without a day between; or back after a while."""
    before = [
        one
        for one in stays
        if one.person == stay.person and one.engagement != stay.engagement and one.starts_on < stay.starts_on
    ]
    if not before:
        return "starts"
    last = max(one.ends_on or date.max for one in before)
    return "back" if last < stay.starts_on - _APART else "role"
