"""Which rules are looked at for training that nobody needed, and why the others are left alone."""

from __future__ import annotations

from collections.abc import Collection
from enum import StrEnum

from preceptor.compliance.requirements.domain.criteria import Achieved, Count, Criterion, Hours, State


class Alone(StrEnum):
    """Why a rule is left alone."""

    DEVELOPMENT = "development"
    ONCE = "once"
    PARTS = "parts"
    COUNT = "count"
    HOURS = "hours"
    STATE = "state"


def left_alone(criterion: Criterion, development: Collection[str]) -> Alone | None:
    """Why a rule is not looked at; None for one course again and again, which is."""
    if any(ask.subject in development for ask in criterion.asked()):
        return Alone.DEVELOPMENT
    match criterion:
        case Achieved(months=None):
            return Alone.ONCE
        case Achieved():
            return None
        case Count():
            return Alone.COUNT
        case Hours():
            return Alone.HOURS
        case State():
            return Alone.STATE
        case _:
            return Alone.PARTS
