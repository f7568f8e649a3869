"""Who is able, who is there, and where nobody able is: on any day, and what changes if one person is away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from preceptor.compliance.standing.domain.days import NEVER, Days, contains, run_holding
from preceptor.ui.words import full_day, listed

from .abilities import Ability
from .rota import CORE, WEEK, WEEKDAYS, Rota, Session, Slot, monday_of, turns_on

AHEAD: Final = timedelta(weeks=12)


@dataclass(frozen=True, slots=True)
class Worker:
    """Somebody in an engagement: the days they are engaged, and those they are away on leave."""

    engagement: str
    person: str
    name: str
    sort_name: str
    role: str
    role_name: str
    engaged: Days
    away: Days

    def away_until(self, day: date) -> date | None:
        """The last day of the leave that holds on a day; None where there is no such leave, or it has no end."""
        found = run_holding(self.away, day.toordinal())
        return date.fromordinal(found[1] - 1) if found and found[1] <= date.max.toordinal() else None

    def is_here(self, day: date) -> bool:
        """Do they work here that day, and are they not on leave?"""
        at = day.toordinal()
        return contains(self.engaged, at) and not contains(self.away, at)


@dataclass(frozen=True, slots=True)
class Near:
    """Somebody who is not able yet, and how near they are: the smaller the nearer."""

    worker: Worker
    distance: int
    words: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A session in which fewer are able than must be."""

    ability: Ability
    day: date
    session: Session
    able: int


@dataclass(frozen=True, slots=True)
class DayGap:
    """The sessions of one day in which too few are able."""

    ability: Ability
    day: date
    sessions: tuple[Session, ...]
    able: int

    @property
    def when(self) -> str:
        """The day and its sessions: Monday 14 December 2026, morning."""
        return f"{full_day(self.day)}, {listed([one.value for one in self.sessions])}"


@dataclass(frozen=True, slots=True)
class AbilityGaps:
    """Every session in which too few have one ability, day by day, the first day first."""

    ability: Ability
    days: tuple[DayGap, ...]

    @property
    def sessions(self) -> int:
        """How many sessions these are."""
        return sum(len(one.sessions) for one in self.days)

    @property
    def words(self) -> str:
        """What is missing, in words."""
        if any(one.able for one in self.days):
            return f"fewer than {self.ability.least} able"
        return "nobody able"


def day_gaps(gaps: Iterable[Gap]) -> list[DayGap]:
    """Gaps with those of one day and one ability together, the first day first."""
    found: dict[tuple[date, str, int], list[Gap]] = {}
    for one in gaps:
        found.setdefault((one.day, one.ability.title, one.able), []).append(one)
    return [
        DayGap(same[0].ability, day, tuple(one for one in Session if one in {gap.session for gap in same}), able)
        for (day, _, able), same in sorted(found.items())
    ]


def ability_gaps(gaps: Iterable[Gap]) -> list[AbilityGaps]:
    """Gaps with those of one ability together, what is missing first before what is missing later."""
    found: dict[UUID, list[DayGap]] = {}
    for one in day_gaps(gaps):
        found.setdefault(one.ability.id, []).append(one)
    return [AbilityGaps(days[0].ability, tuple(days)) for days in found.values()]


@dataclass(frozen=True, slots=True)
class Covering:
    """A practice with what it counts as critical, its people, who is able when, and its rota."""

    on: date
    abilities: tuple[Ability, ...] = ()
    workers: tuple[Worker, ...] = ()
    rotas: tuple[Rota, ...] = ()
    able: Mapping[tuple[UUID, str], Days] = field(default_factory=dict)
    near: Mapping[UUID, tuple[Near, ...]] = field(default_factory=dict)

    def ability(self, key: UUID) -> Ability | None:
        """The ability with an identifier."""
        return next((one for one in self.abilities if one.id == key), None)

    def is_able(self, ability: Ability, engagement: str, day: date) -> bool:
        """Is somebody able on a day, away or not?"""
        return contains(self.able.get((ability.id, engagement), NEVER), day.toordinal())

    def able_until(self, ability: Ability, engagement: str, day: date) -> date | None:
        """The last day of the run in which somebody is able without more; None when it does not run out."""
        found = run_holding(self.able.get((ability.id, engagement), NEVER), day.toordinal())
        return date.fromordinal(found[1] - 1) if found and found[1] <= date.max.toordinal() else None

    def holders(self, ability: Ability, day: date) -> list[Worker]:
        """Who is able and works here on a day, leave or not, each person once, by name."""
        found: dict[str, Worker] = {}
        for one in self.workers:
            if contains(one.engaged, day.toordinal()) and self.is_able(ability, one.engagement, day):
                found.setdefault(one.person, one)
        return sorted(found.values(), key=lambda one: (one.sort_name, one.engagement))

    def present(self, ability: Ability, day: date) -> list[Worker]:
        """Who is able and not on leave on a day, each person once, by name."""
        return [one for one in self.holders(ability, day) if one.is_here(day)]

    def on_in(self, day: date, session: Session) -> list[Worker]:
        """Who is on in a session and really there, by name."""
        put_down = turns_on(self.rotas, day).get(session, frozenset())
        found = [one for one in self.workers if one.engagement in put_down and one.is_here(day)]
        return sorted(found, key=lambda one: (one.sort_name, one.engagement))

    def gaps(self, first: date, last: date, *, without: str = "") -> Iterator[Gap]:
        """Every session from one day to another in which too few are able, as if one person were away.

        A session nobody is put down for is closed, and so has no gap.
        """
        workers = {one.engagement: one for one in self.workers if one.person != without}
        asked = [one for one in self.abilities if one.during]
        for day in (first + timedelta(days=number) for number in range((last - first).days + 1)):
            for session, put_down in turns_on(self.rotas, day).items():
                here = [workers[one] for one in put_down if one in workers and workers[one].is_here(day)]
                for ability in asked:
                    if session in ability.during and ability.holds_on(day):
                        able = len({one.person for one in here if self.is_able(ability, one.engagement, day)})
                        if able < ability.least:
                            yield Gap(ability, day, session, able)

    def never_on(self) -> tuple[Slot, ...]:
        """The sessions from Monday to Friday for which nobody is put down on any day of the weeks ahead.

        They count as closed, so nothing is checked in them.
        """
        on = {
            Slot(day.weekday(), session)
            for day in (self.on + timedelta(days=number) for number in range(AHEAD.days))
            for session in turns_on(self.rotas, day)
        }
        return tuple(one for one in CORE if one not in on)

    def empty_weeks(self) -> tuple[date, ...]:
        """The Mondays of the weeks ahead in which nobody is put down at all."""
        first = monday_of(self.on)
        weeks = (first + WEEK * number for number in range(AHEAD // WEEK))
        return tuple(one for one in weeks if not any(turns_on(self.rotas, one + timedelta(days=at)) for at in WEEKDAYS))

    def is_planned(self) -> bool:
        """Is there a rota for any day of the weeks ahead?"""
        return any(turns_on(self.rotas, self.on + timedelta(days=number)) for number in range(AHEAD.days))


@dataclass(frozen=True, slots=True)
class Beneath:
    """How a place beneath is covered, in counts. None is withheld: too few people work there."""

    organisation: UUID
    code: str
    name: str
    abilities: int | None = None
    nobody: int | None = None
    only_one: int | None = None
    gaps: int | None = None
    has_rota: bool = False
