"""How ready people are for a change: who has done what it asks, who can, and who is away."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from uuid import UUID

from preceptor.compliance.standing.domain.verdicts import Status, Verdict

from .notice import RolloutId
from .rules import Asked


class Where(StrEnum):
    """Where somebody is with a change."""

    READY = "ready"
    HERE = "here"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class Who:
    """Somebody touched by a change, as the pages name them."""

    person: UUID
    name: str
    sort_name: str
    role_name: str
    group_name: str
    group_position: int


@dataclass(frozen=True, slots=True)
class Touched:
    """Somebody touched by a change, and where they are with it."""

    who: Who
    where: Where
    is_overdue: bool = False
    away_until: date | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """How many of some people are ready."""

    name: str
    ready: int
    of: int


@dataclass(frozen=True, slots=True)
class Readiness:
    """Everybody touched by a change at a place, by name."""

    people: tuple[Touched, ...] = ()

    @property
    def ready(self) -> int:
        """How many are ready."""
        return len(self.some(Where.READY))

    @property
    def is_whole(self) -> bool:
        """Is everybody ready who is here?"""
        return bool(self.ready) and not self.some(Where.HERE)

    def some(self, where: Where) -> tuple[Touched, ...]:
        """Those who are somewhere with it."""
        return tuple(one for one in self.people if one.where is where)

    @property
    def groups(self) -> tuple[Share, ...]:
        """By staff group, in their order."""
        return _shares((one.who.group_position, one.who.group_name, one) for one in self.people)

    @property
    def roles(self) -> tuple[Share, ...]:
        """By role, in the order of their groups."""
        return _shares((one.who.group_position, one.who.role_name, one) for one in self.people)


@dataclass(frozen=True, slots=True)
class Live:
    """A rollout people at a place are asked to read, as its manager’s day begins."""

    id: RolloutId
    title: str
    goes_live_on: date
    ready: Readiness
    unanswered: int


def readiness(
    seats: Mapping[str, Who], verdicts: Iterable[Verdict], about: Mapping[str, Asked]
) -> dict[RolloutId, Readiness]:
    """How ready people are, by rollout. Somebody with two engagements is counted once, where more is left to do."""
    held: dict[RolloutId, dict[UUID, list[Verdict]]] = {}
    who = {one.person: one for one in seats.values()}
    for verdict in verdicts:
        asked = about.get(verdict.requirement)
        if asked is not None and verdict.status is not Status.NOT_NEEDED:
            person = seats[verdict.engagement].person
            held.setdefault(asked.rollout, {}).setdefault(person, []).append(verdict)
    return {rollout: _by_name(who, people) for rollout, people in held.items()}


def confirmed(seats: Mapping[str, Who], verdicts: Iterable[Verdict], heard: Collection[UUID]) -> Readiness:
    """Who has confirmed the yearly refresher, by name. Somebody with two engagements is counted once.

    Of those who have `heard` of everything only who has confirmed it is among them: nobody asks them.
    """
    held: dict[UUID, list[Verdict]] = {}
    for verdict in verdicts:
        person = seats[verdict.engagement].person
        if verdict.status is not Status.NOT_NEEDED and (is_done(verdict) or person not in heard):
            held.setdefault(person, []).append(verdict)
    return _by_name({one.person: one for one in seats.values()}, held)


def is_done(verdict: Verdict) -> bool:
    """Has it been done, whether they are here or away?"""
    return verdict.status in {Status.VALID, Status.DUE_SOON} or (verdict.status is Status.PAUSED and verdict.ever_met)


def _by_name(who: Mapping[UUID, Who], held: Mapping[UUID, list[Verdict]]) -> Readiness:
    people = (_touched(who[person], theirs) for person, theirs in held.items())
    return Readiness(tuple(sorted(people, key=lambda one: (one.who.sort_name, str(one.who.person)))))


def _touched(who: Who, verdicts: list[Verdict]) -> Touched:
    left = [one for one in verdicts if not is_done(one)]
    if not left:
        return Touched(who, Where.READY)
    here = [one for one in left if one.status is not Status.PAUSED]
    if here:
        return Touched(who, Where.HERE, any(one.status is Status.OVERDUE for one in here))
    returns = [one.next_change_on for one in left if one.next_change_on]
    return Touched(who, Where.AWAY, away_until=min(returns) - timedelta(days=1) if returns else None)


def _shares(rows: Iterable[tuple[int, str, Touched]]) -> tuple[Share, ...]:
    found: dict[tuple[int, str], list[Touched]] = {}
    for position, name, one in rows:
        found.setdefault((position, name), []).append(one)
    return tuple(
        Share(name, sum(one.where is Where.READY for one in some), len(some))
        for (_, name), some in sorted(found.items(), key=lambda each: each[0])
    )
