"""Who is a champion of what and for how long; what nobody covers, and what is left uncovered when one leaves."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NewType
from uuid import UUID

ChampionId = NewType("ChampionId", UUID)
OfferId = NewType("OfferId", UUID)
CallId = NewType("CallId", UUID)

MOST_MINUTES: Final = 40 * 60  # a week


@dataclass(frozen=True, slots=True)
class Covering:
    """What a champion covers, how many minutes a week are agreed, and whether other practices may know their name."""

    topics: tuple[str, ...]
    minutes_a_week: int
    shares_name: bool


@dataclass(frozen=True, slots=True)
class Term:
    """What was agreed with a champion from a day on. `ends_on` is the first day on which it does not hold."""

    covering: Covering
    starts_on: date
    ends_on: date | None

    def holds(self, on: date) -> bool:
        """Does it hold on a day?"""
        return self.starts_on <= on and (self.ends_on is None or on < self.ends_on)


@dataclass(frozen=True, slots=True)
class Champion:
    """A champion of one place, with everything agreed so far, the earliest first."""

    id: ChampionId
    organisation: UUID
    code: str
    place: str
    person: UUID
    name: str
    terms: tuple[Term, ...]

    def term(self, on: date) -> Term | None:
        """What is agreed on a day; None before the first day and after the last."""
        return next((one for one in self.terms if one.holds(on)), None)

    @property
    def since(self) -> date:
        """The first day of all."""
        return self.terms[0].starts_on

    @property
    def ends_on(self) -> date | None:
        """The first day on which they are a champion no more; None when no end is agreed."""
        return self.terms[-1].ends_on

    def covers_since(self, topic: str) -> date | None:
        """The first day of all on which they cover a topic; None when they never do."""
        return min((one.starts_on for one in self.terms if topic in one.covering.topics), default=None)

    def covers(self, topic: str, on: date) -> bool:
        """Do they cover a topic on a day?"""
        term = self.term(on)
        return term is not None and topic in term.covering.topics


def of_topic(champions: Iterable[Champion], topic: str, organisation: UUID, on: date) -> list[Champion]:
    """Who answers a question of a place about a topic: champions there, and those elsewhere who share their name."""
    return [
        one for one in champions if one.covers(topic, on) and (one.organisation == organisation or _is_shared(one, on))
    ]


def uncovered(topics: Iterable[str], champions: Collection[Champion], on: date) -> tuple[str, ...]:
    """The topics that none of these champions covers on a day, in the order given."""
    return tuple(topic for topic in topics if not any(one.covers(topic, on) for one in champions))


@dataclass(frozen=True, slots=True)
class Leaving:
    """A champion who stops on a day to come, and what nobody covers from then on."""

    champion: Champion
    ends_on: date
    uncovered: tuple[str, ...]


def leaving(champions: Sequence[Champion], on: date) -> list[Leaving]:
    """Every champion of today who stops later, the first to stop first."""
    found = []
    for one in champions:
        term = one.term(on)
        if term is not None and one.ends_on is not None:
            lost = uncovered(one.terms[-1].covering.topics, champions, one.ends_on)
            found.append(Leaving(one, one.ends_on, lost))
    return sorted(found, key=lambda each: (each.ends_on, each.champion.name))


def minutes_agreed(champion: Champion, first: date, until: date) -> int:
    """The minutes agreed for the days from `first` to before `until`."""
    total = 0
    for term in champion.terms:
        begins = max(term.starts_on, first)
        ends = min(term.ends_on or until, until)
        total += max(0, (ends - begins).days) * term.covering.minutes_a_week
    return round(total / 7)


def by_group(topics: Mapping[str, str]) -> Mapping[str, tuple[str, ...]]:
    """Names of topics by key, as the keys of each kind in their order."""
    found: dict[str, tuple[str, ...]] = {}
    for key in topics:
        kind = key.partition(":")[0]
        found[kind] = (*found.get(kind, ()), key)
    return found


def _is_shared(champion: Champion, on: date) -> bool:
    term = champion.term(on)
    return term is not None and term.covering.shares_name
