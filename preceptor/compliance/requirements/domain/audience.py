"""Who a rule is for: everyone, or a tree over a closed list of leaves.

Each node is written as an object with one key (`{"role": ["gp-partner"]}`); at most two combinators stand on any path.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Final, TypeAlias

from .reading import DocumentError, Json, one_key, shown, some, some_texts

MOST_COMBINATORS: Final = 2


@dataclass(frozen=True, slots=True)
class Everyone:
    """Whoever is engaged."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A test of one thing: is it one of these?"""

    key: ClassVar[str]
    one_of: tuple[str, ...]


class Role(Leaf):
    """The role of the engagement."""

    __slots__ = ()
    key: ClassVar[str] = "role"


class StaffGroup(Leaf):
    """The staff group of the engagement."""

    __slots__ = ()
    key: ClassVar[str] = "staff_group"


class Kind(Leaf):
    """The kind of the engagement: employed, partner, locum and so on."""

    __slots__ = ()
    key: ClassVar[str] = "kind"


class Task(Leaf):
    """A task held on the day."""

    __slots__ = ()
    key: ClassVar[str] = "task"


class PersonIs(Leaf):
    """The person, by name."""

    __slots__ = ()
    key: ClassVar[str] = "person"


class At(Leaf):
    """The organisation of the engagement, or one above it on the day."""

    __slots__ = ()
    key: ClassVar[str] = "at"


class System(Leaf):
    """A clinical system in use on the day at the engagement's own organisation."""

    __slots__ = ()
    key: ClassVar[str] = "system"


class Service(Leaf):
    """A service offered on the day by the engagement's own organisation."""

    __slots__ = ()
    key: ClassVar[str] = "service"


@dataclass(frozen=True, slots=True)
class All:
    """In every one of these."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """In at least one of these."""

    parts: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Not in this."""

    part: Node


Node: TypeAlias = "Leaf | All | Any | Not"
Audience: TypeAlias = "Everyone | Node"

LEAVES: Final[Mapping[str, type[Leaf]]] = {
    leaf.key: leaf for leaf in (Role, StaffGroup, Kind, Task, PersonIs, At, System, Service)
}
_KEYS: Final = frozenset({*LEAVES, "all", "any", "not"})


def read_audience(value: object, place: str = "audience") -> Audience:
    """The audience that a plain JSON value says; refuses anything else, naming the place."""
    if value == "everyone":
        return Everyone()
    if isinstance(value, str):
        raise DocumentError(place, f"must be “everyone” or an object with one key, not {shown(value)}")
    return _read(value, place, MOST_COMBINATORS)


def _read(value: object, place: str, combinators_left: int) -> Node:
    key, inner, where = one_key(value, place, _KEYS)
    if key in LEAVES:
        return LEAVES[key](some_texts(inner, where))
    if not combinators_left:
        raise DocumentError(where, f"is one combinator too many: at most {MOST_COMBINATORS} on any path")
    if key == "not":
        return Not(_read(inner, where, combinators_left - 1))
    parts = tuple(_read(part, at, combinators_left - 1) for part, at in some(inner, where))
    return All(parts) if key == "all" else Any(parts)


def written_audience(audience: Audience) -> Json:
    """The plain JSON value that `read_audience` reads as this audience."""
    match audience:
        case Everyone():
            return "everyone"
        case All(parts):
            return {"all": [written_audience(part) for part in parts]}
        case Any(parts):
            return {"any": [written_audience(part) for part in parts]}
        case Not(part):
            return {"not": written_audience(part)}
        case Leaf(one_of=one_of):
            return {audience.key: list(one_of)}


def leaves(audience: Audience, place: str = "audience") -> Iterator[tuple[Leaf, str]]:
    """Every leaf of the tree with its place, in the order written."""
    match audience:
        case Everyone():
            return
        case All(parts) | Any(parts):
            key = "all" if isinstance(audience, All) else "any"
            for index, part in enumerate(parts):
                yield from leaves(part, f"{place}.{key}[{index}]")
        case Not(part):
            yield from leaves(part, f"{place}.not")
        case Leaf():
            yield audience, f"{place}.{audience.key}"


def named(audience: Audience, kind: type[Leaf]) -> frozenset[str]:
    """Every value that leaves of one kind name: the organisations of `At`, the people of `PersonIs` and so on."""
    return frozenset(value for leaf, _ in leaves(audience) if isinstance(leaf, kind) for value in leaf.one_of)
