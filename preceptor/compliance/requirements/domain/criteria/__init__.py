"""The kinds of criterion: one module each, and one line each in the registry here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ..reading import DocumentError, Json, one_key
from .achieved import Achieved, Expiry
from .combined import AllOf, AnyOf, FirstThen
from .count import Count
from .hours import Hours
from .kind import Ask, Criterion
from .state import State

__all__ = [
    "CRITERIA",
    "Achieved",
    "AllOf",
    "AnyOf",
    "Ask",
    "Count",
    "Criterion",
    "Expiry",
    "FirstThen",
    "Hours",
    "State",
    "read_criterion",
    "written_criterion",
]

CRITERIA: Final[Mapping[str, type[Criterion]]] = {
    kind.key: kind for kind in (Achieved, Count, Hours, State, AllOf, AnyOf, FirstThen)
}
_COMBINATORS: Final = frozenset({AllOf.key, AnyOf.key, FirstThen.key})
_MOST_COMBINATORS: Final = 2


def read_criterion(value: object, place: str = "met_by") -> Criterion:
    """The criterion that a plain JSON value says; refuses anything else, naming the place."""
    return _read(value, place, _MOST_COMBINATORS)


def _read(value: object, place: str, combinators_left: int) -> Criterion:
    key, inner, where = one_key(value, place, CRITERIA)
    if key in _COMBINATORS:
        if not combinators_left:
            raise DocumentError(where, f"is one combinator too many: at most {_MOST_COMBINATORS} on any path")
        combinators_left -= 1
    return CRITERIA[key].read(inner, where, lambda part, at: _read(part, at, combinators_left))


def written_criterion(criterion: Criterion) -> Json:
    """The plain JSON value that `read_criterion` reads as this criterion."""
    return criterion.written()
