"""A weekly rota by session: weeks that repeat, the later recorded before the earlier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

MOST_WEEKS: Final = 8
WEEKDAYS: Final = range(7)  # Monday is 0
WEEK: Final = timedelta(weeks=1)
FURTHEST: Final = timedelta(days=366)  # from today to the Monday of a rota


class Session(StrEnum):
    """A part of a day."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


@dataclass(frozen=True, slots=True, order=True)
class Slot:
    """A session of the week; the week begins with Monday, 0."""

    weekday: int
    session: Session


# When every practice is open: from Monday to Friday, but for evenings.
CORE: Final = tuple(
    Slot(weekday, session) for weekday in WEEKDAYS[:5] for session in (Session.MORNING, Session.AFTERNOON)
)

Turns = Mapping[Slot, frozenset[str]]  # who is on, by engagement


@dataclass(frozen=True, slots=True)
class NewRota:
    """A week as somebody wrote it down, from a Monday on; for one week only when `once`."""

    starts_on: date
    every: int
    once: bool
    turns: Turns
    source: str = ""

    @property
    def ends_on(self) -> date | None:
        """The Monday it no longer holds, if it is for one week."""
        return self.starts_on + WEEK if self.once else None


@dataclass(frozen=True, slots=True)
class Rota:
    """A week that repeats from a Monday on, as it was recorded."""

    id: UUID
    starts_on: date
    ends_on: date | None
    every: int
    turns: Turns
    recorded_at: datetime
    by_name: str
    source: str = ""

    def covers(self, day: date) -> bool:
        """Does it say who is on that day?"""
        if day < self.starts_on or (self.ends_on is not None and day >= self.ends_on):
            return False
        return (monday_of(day) - self.starts_on).days // 7 % self.every == 0


def monday_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def rota_on(rotas: Sequence[Rota], day: date) -> Rota | None:
    """What says who is on that day: of those that cover it the last recorded."""
    return max((one for one in rotas if one.covers(day)), key=lambda one: (one.recorded_at, str(one.id)), default=None)


def replaced_alone(rotas: Sequence[Rota], new: NewRota) -> list[date]:
    """The Mondays of weeks that were written for that week alone, and in whose place a rota that repeats comes."""
    if new.once:
        return []
    weeks = {one.starts_on for one in rotas if one.ends_on == one.starts_on + WEEK and one.starts_on >= new.starts_on}
    return sorted(
        one
        for one in weeks
        if (one - new.starts_on).days // 7 % new.every == 0
        and (held := rota_on(rotas, one)) is not None
        and held.ends_on is not None
    )


def turns_on(rotas: Sequence[Rota], day: date) -> Mapping[Session, frozenset[str]]:
    """Who is on that day by session, the sessions nobody is put down for left out."""
    rota = rota_on(rotas, day)
    if rota is None:
        return {}
    found = {session: rota.turns.get(Slot(day.weekday(), session), frozenset()) for session in Session}
    return {session: who for session, who in found.items() if who}
