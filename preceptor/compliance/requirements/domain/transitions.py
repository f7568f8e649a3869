"""How a later version takes over from the one before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, TypeAlias

from .reading import MOST_DAYS, Fields, Json, one_key


@dataclass(frozen=True, slots=True)
class AtOnce:
    """The new criterion from the first day; for so many days the old one is enough too."""

    grace_days: int = 0


@dataclass(frozen=True, slots=True)
class AtRenewal:
    """What was done before the version started goes on counting by the old criterion."""


@dataclass(frozen=True, slots=True)
class NewStarters:
    """Whoever was required on both sides of the start stays with the old version to the end of that run."""


Transition: TypeAlias = AtOnce | AtRenewal | NewStarters

_KEYS: Final = frozenset({"at_once", "at_renewal", "new_starters"})


def read_transition(value: object, place: str = "transition") -> Transition:
    """The transition that a plain JSON value says; refuses anything else, naming the place."""
    key, inner, where = one_key(value, place, _KEYS)
    if key == "at_once":
        return AtOnce(Fields(inner, where, frozenset({"grace_days"})).whole("grace_days", 0, MOST_DAYS, default=0))
    Fields(inner, where, frozenset())
    return AtRenewal() if key == "at_renewal" else NewStarters()


def written_transition(transition: Transition) -> Json:
    """The plain JSON value that `read_transition` reads as this transition."""
    match transition:
        case AtOnce(grace_days):
            return {"at_once": {"grace_days": grace_days}}
        case AtRenewal():
            return {"at_renewal": {}}
        case NewStarters():
            return {"new_starters": {}}
