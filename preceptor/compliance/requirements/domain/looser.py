"""Where one version of a rule asks for less than another, as far as that can be decided from what they say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, combinations, product
from typing import Final, TypeAlias

from .audience import All, Any, Audience, Everyone, Kind, Leaf, Not, PersonIs, Role, StaffGroup, leaves
from .criteria import Achieved, AllOf, AnyOf, Count, Criterion, Expiry, FirstThen, Hours
from .versions import Version
from .words import Names, listed, plural, time_phrase

# An engagement has one of each of these, and any number of everything else.
_SINGLE: Final = (Role, StaffGroup, Kind, PersonIs)
# More different codes than this of a kind that someone can have many of are not tried out.
_MOST_TRIED: Final = 8
_SHORTEST_MONTH: Final = 28

_Facts: TypeAlias = "Mapping[type[Leaf], frozenset[str]]"


@dataclass(frozen=True, slots=True)
class Looser:
    """Where a version asks for less than the one it is measured by, in sentences, and where that one comes from."""

    origin: str
    reasons: tuple[str, ...]


def looser(ours: Version, theirs: Version, names: Names) -> tuple[str, ...]:
    """Where a version asks for less: fewer people, less to do, less often, later. What cannot be told is not said."""
    said = ["It is for fewer people."] if is_narrower(ours.audience, theirs.audience) else []
    return (*said, *_less(ours.met_by, theirs.met_by, names), *_later(ours.first_due_days, theirs.first_due_days))


def is_narrower(ours: Audience, theirs: Audience) -> bool:
    """Could there be someone theirs is for and ours is not? Nothing is taken to follow from anything else.

    Every way to have or not have what the two speak of is tried; where there are too many, the answer is no.
    """
    spoken = [leaf for leaf, _ in (*leaves(ours), *leaves(theirs))]
    kinds = list(dict.fromkeys(type(leaf) for leaf in spoken))
    choices = [_choices(kind, [leaf for leaf in spoken if type(leaf) is kind]) for kind in kinds]
    if any(found is None for found in choices):
        return False
    for chosen in product(*(found for found in choices if found is not None)):
        facts = dict(zip(kinds, chosen, strict=True))
        if _holds(theirs, facts) and not _holds(ours, facts):
            return True
    return False


def _choices(kind: type[Leaf], spoken: list[Leaf]) -> list[frozenset[str]] | None:
    """What someone can have of a kind. Codes that always stand together are tried as one."""
    together: dict[tuple[bool, ...], str] = {}
    for leaf in spoken:
        for code in leaf.one_of:
            together.setdefault(tuple(code in other.one_of for other in spoken), code)
    codes = list(together.values())
    if kind in _SINGLE:
        return [frozenset(), *(frozenset({code}) for code in codes)]
    if len(codes) > _MOST_TRIED:
        return None
    return [frozenset(some) for some in chain.from_iterable(combinations(codes, n) for n in range(len(codes) + 1))]


def _holds(audience: Audience, facts: _Facts) -> bool:
    match audience:
        case Everyone():
            return True
        case Leaf(one_of=one_of):
            return not facts[type(audience)].isdisjoint(one_of)
        case All(parts):
            return all(_holds(part, facts) for part in parts)
        case Any(parts):
            return any(_holds(part, facts) for part in parts)
        case Not(part):
            return not _holds(part, facts)


def _less(ours: Criterion, theirs: Criterion, names: Names) -> Iterator[str]:
    """Where less is enough, thing by thing; where each thing is as before, that there are more ways to meet it."""
    if _covers(ours, theirs):
        return
    mine = [leaf for _, leaf in ours.leaves()]
    found = [reason for _, leaf in theirs.leaves() for reason in _missing(leaf, mine, names)]
    yield from dict.fromkeys(found)
    if not found and any(isinstance(part, AnyOf | FirstThen) for part in _all_parts(ours)):
        yield "There are more ways to meet it."


def _all_parts(criterion: Criterion) -> Iterator[Criterion]:
    yield criterion
    for _, part in criterion.parts():
        yield from _all_parts(part)


def _covers(ours: Criterion, theirs: Criterion) -> bool:
    """Does whoever meets ours surely meet theirs?"""
    if isinstance(theirs, AllOf):
        return all(_covers(ours, part) for part in theirs.criteria)
    if isinstance(ours, AnyOf):
        return all(_covers(part, theirs) for part in ours.criteria)
    if isinstance(theirs, FirstThen):
        both = isinstance(ours, FirstThen) and _covers(ours.first, theirs.first) and _covers(ours.then, theirs.then)
        if both or _covers(ours, theirs.first):
            return True
    if isinstance(ours, FirstThen):
        return _covers(ours.first, theirs) and _covers(ours.then, theirs)
    if isinstance(ours, AllOf):
        return any(_covers(part, theirs) for part in ours.criteria)
    if isinstance(theirs, AnyOf):
        return any(_covers(ours, part) for part in theirs.criteria)
    return ours == theirs or (_is_alike(ours, theirs) and not any(_lesser(ours, theirs)))


def _is_alike(ours: Criterion, theirs: Criterion) -> bool:
    """Do two leaves ask for the same kind of thing, so that they can be measured?"""
    return ours.key == theirs.key and bool(ours.subjects()) and set(ours.subjects()) == set(theirs.subjects())


def _missing(leaf: Criterion, mine: Iterable[Criterion], names: Names) -> Iterator[str]:
    """What of one thing asked for there is less, or gone; nothing where it is asked for in a shape of another kind."""
    candidates = list(mine)
    alike = [one for one in candidates if one == leaf or _is_alike(one, leaf)]
    if alike:
        if not any(_covers(one, leaf) for one in alike):
            called = listed([names.subject(one) for one in leaf.subjects()])
            yield from (f"{called} {words}." for words in _lesser(alike[0], leaf))
        return
    if leaf.subjects() and not any(set(one.subjects()) & set(leaf.subjects()) for one in candidates):
        yield f"{listed([names.subject(one) for one in leaf.subjects()])} is no longer asked for."
    elif not leaf.subjects():
        yield f"It no longer asks that {leaf.words(names)}."


def _lesser(ours: Criterion, theirs: Criterion) -> Iterator[str]:
    """In what one leaf asks for less than another of its kind."""
    match ours, theirs:
        case Achieved(), Achieved():
            if _is_longer(ours.months, theirs.months):
                lasts = f"for {plural(ours.months, 'month')}" if ours.months else "for ever"
                yield f"counts {lasts} instead of {_lasting(theirs.months)}"
            elif _keeps_more(ours, theirs):
                yield f"may be renewed {plural(ours.early_days or 0, 'day')} early instead of {theirs.early_days or 0}"
            if ours.expiry is not theirs.expiry and ours.expiry is not Expiry.CAP:
                yield "may count beyond the last day on its certificate"
            yield from _kinds(ours.kinds, theirs.kinds)
            yield from _level(ours.level, theirs.level)
        case Count(), Count():
            if ours.at_least < theirs.at_least:
                yield f"is asked for {plural(ours.at_least, 'time')} instead of {theirs.at_least}"
            if _is_longer(ours.months, theirs.months):
                yield f"may be spread over {_lasting(ours.months)} instead of {_lasting(theirs.months)}"
            yield from _kinds(ours.kinds, theirs.kinds)
            yield from _level(ours.level, theirs.level)
        case Hours(), Hours():
            if ours.minutes < theirs.minutes:
                yield f"takes {time_phrase(ours.minutes)} instead of {time_phrase(theirs.minutes)}"
            if (ours.participatory_minutes or 0) < (theirs.participatory_minutes or 0):
                yield "asks for less time together with others"
            if _is_longer(ours.months, theirs.months):
                yield f"may be spread over {_lasting(ours.months)} instead of {_lasting(theirs.months)}"
            yield from _level(ours.level, theirs.level)


def _keeps_more(ours: Achieved, theirs: Achieved) -> bool:
    """Does renewing early gain more days than a shorter interval takes away?"""
    more = (ours.early_days or 0) - (theirs.early_days or 0)
    return more > 0 and theirs.months is not None and more > _SHORTEST_MONTH * (theirs.months - (ours.months or 0))


def _is_longer(ours: int | None, theirs: int | None) -> bool:
    return theirs is not None and (ours is None or ours > theirs)


def _lasting(months: int | None) -> str:
    return "any time" if months is None else plural(months, "month")


def _kinds(ours: tuple[str, ...] | None, theirs: tuple[str, ...] | None) -> Iterator[str]:
    if theirs is not None and (ours is None or not set(ours) <= set(theirs)):
        yield "may be recorded as more kinds"


def _level(ours: int, theirs: int) -> Iterator[str]:
    if ours < theirs:
        yield f"is enough at level {ours} instead of {theirs}"


def _later(ours: int | None, theirs: int | None) -> Iterator[str]:
    """More time for someone new."""
    if ours is not None and (theirs is None or ours > theirs):
        yield f"Someone new has {plural(ours, 'day')} instead of {theirs if theirs is not None else 'none'}."
