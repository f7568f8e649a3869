"""How people go about a criterion: what they repeat, what they do once, and what they gather little by little."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TypeAlias

from preceptor.compliance.requirements.domain.criteria import (
    Achieved,
    AllOf,
    AnyOf,
    Count,
    Criterion,
    FirstThen,
    Hours,
    State,
)


@dataclass(frozen=True, slots=True)
class Repeated:
    """Done together, and again before it runs out: every `months`, or once if None.

    After the first time `then` is enough, if there is such a thing.
    """

    leaves: tuple[Achieved, ...]
    months: int | None
    early_days: int
    then: Achieved | None = None


@dataclass(frozen=True, slots=True)
class Gathered:
    """Added up out of many: so many records, or so much time, within so many months or ever."""

    leaf: Count | Hours


Way: TypeAlias = Repeated | Gathered


def ways_of(criterion: Criterion, *, long_way: bool = False) -> list[Way]:
    """What somebody does to meet a criterion. Where there is a choice it is the shorter way, or the longer if asked.

    A state is nothing anyone does here: the register says who holds it.
    """
    match criterion:
        case Achieved():
            return [Repeated((criterion,), criterion.months, criterion.early_days or 0)]
        case Count() | Hours():
            return [Gathered(criterion)]
        case AllOf(criteria=parts):
            return _together([way for part in parts for way in ways_of(part, long_way=long_way)])
        case AnyOf(criteria=parts):
            open_to_all = [part for part in parts if not isinstance(part, State)]
            choices = [ways_of(part, long_way=long_way) for part in open_to_all]
            return (max(choices[::-1], key=_length) if long_way else min(choices, key=_length)) if choices else []
        case FirstThen(first=first, then=then):
            return _first_then(ways_of(first, long_way=long_way), then)
    return []


def _first_then(first: list[Way], then: Criterion) -> list[Way]:
    if not isinstance(then, Achieved):
        return first
    return [
        Repeated(way.leaves, then.months, then.early_days or 0, then) if isinstance(way, Repeated) else way
        for way in first
    ]


def _together(ways: list[Way]) -> list[Way]:
    """What lasts equally long is done together."""
    groups: dict[tuple[int | None, int], list[Achieved]] = defaultdict(list)
    for way in ways:
        if isinstance(way, Repeated):
            groups[way.months, way.early_days] += way.leaves
    repeated: list[Way] = [Repeated(tuple(leaves), *key) for key, leaves in groups.items()]
    return [*repeated, *(way for way in ways if isinstance(way, Gathered))]


def _length(ways: list[Way]) -> int:
    return sum(len(way.leaves) if isinstance(way, Repeated) else 1 for way in ways)
