"""Which rules are looked at for training that nobody needed, and why the others are left alone."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum
from itertools import chain

from preceptor.compliance.requirements.domain.criteria import Achieved, AllOf, AnyOf, Count, Criterion, Hours, State


class Alone(StrEnum):
    """Why a rule is left alone."""

    DEVELOPMENT = "development"
    ONCE = "once"
    PARTS = "parts"
    COUNT = "count"
    HOURS = "hours"
    STATE = "state"


def left_alone(criterion: Criterion, development: Collection[str]) -> Alone | None:
    """Why a rule is not looked at; None for courses again and again, which are: one, all of several, or any of them."""
    if any(ask.subject in development for ask in criterion.asked()):
        return Alone.DEVELOPMENT
    if courses := _courses_of(criterion):
        return Alone.ONCE if all(one.months is None for one in courses) else None
    match criterion:
        case Count():
            return Alone.COUNT
        case Hours():
            return Alone.HOURS
        case State():
            return Alone.STATE
        case _:
            return Alone.PARTS


def _courses_of(criterion: Criterion) -> tuple[Achieved, ...]:
    """The courses of a criterion that is nothing else; none for any other."""
    match criterion:
        case Achieved():
            return (criterion,)
        case AllOf() | AnyOf():
            inside = [_courses_of(part) for _, part in criterion.parts()]
            return tuple(chain.from_iterable(inside)) if all(inside) else ()
        case _:
            return ()
