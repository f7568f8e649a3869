"""Short help given at the desk, and what it adds up to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, NewType
from uuid import UUID

from .register import Champion, minutes_agreed

HelpId = NewType("HelpId", UUID)

CHIPS: Final = (5, 10, 15, 30, 60)
SURE: Final = {1: "Not at all sure", 2: "A little sure", 3: "Fairly sure", 4: "Sure", 5: "Very sure"}


@dataclass(frozen=True, slots=True)
class Helping:
    """Somebody was helped for some minutes with a topic. Without a person it was someone. 1 to 5 says how sure."""

    topic: str
    minutes: int
    is_solved: bool
    person: UUID | None = None
    before: int | None = None
    after: int | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """Help as it was logged."""

    id: HelpId
    champion: UUID
    helping: Helping
    name: str
    on: date


@dataclass(frozen=True, slots=True)
class Sums:
    """What help adds up to: times, minutes, how often it was solved, the people known by name, and confidence."""

    times: int
    minutes: int
    solved: int
    people: int
    surer: Surer | None
    topics: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Surer:
    """How sure people felt before and after, on average, and how many times both were said."""

    before: float
    after: float
    times: int


@dataclass(frozen=True, slots=True)
class Hours:
    """Minutes a champion gave, of those agreed."""

    champion: Champion
    given: int
    agreed: int


def sums(given: Iterable[Given], *, counted: Collection[UUID] | None = None) -> Sums:
    """Adds help up. Of people, only those in `counted` are counted, where it is given: who works there today."""
    told = list(given)
    people = {one.helping.person for one in told if one.helping.person is not None}
    topics = Counter(one.helping.topic for one in told)
    return Sums(
        times=len(told),
        minutes=sum(one.helping.minutes for one in told),
        solved=sum(one.helping.is_solved for one in told),
        people=len(people if counted is None else people & set(counted)),
        surer=_surer(told),
        topics=tuple(sorted(topics.items(), key=lambda each: (-each[1], each[0]))),
    )


def hours(champions: Sequence[Champion], given: Iterable[Given], first: date, until: date) -> list[Hours]:
    """What each champion gave from `first` to before `until`, of what was agreed for those days."""
    minutes: Counter[UUID] = Counter()
    for one in given:
        if first <= one.on < until:
            minutes[one.champion] += one.helping.minutes
    return [Hours(one, minutes[one.id], minutes_agreed(one, first, until)) for one in champions]


def _surer(given: Sequence[Given]) -> Surer | None:
    both = [
        (one.helping.before, one.helping.after)
        for one in given
        if one.helping.before is not None and one.helping.after is not None
    ]
    if not both:
        return None
    before, after = (sum(side) / len(both) for side in zip(*both, strict=True))
    return Surer(round(before, 1), round(after, 1), len(both))
