"""Trees in a form: what has parts inside parts, sent as flat fields and read back.

A node at `w` has its kind in `w_key`, its values in `w_<name>`, and its parts at `w-0`, `w-1` and so on. A button says
what to do to the tree: `add:w-1` puts a part of the kind in `w-1_add` last; `join:w` puts the node into one of the kind
in `w_join`; `remove:w-1` takes it out.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

Fields: TypeAlias = Mapping[str, Sequence[str]]

_MOST_PARTS = 60
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Node:
    """A part of a tree: its kind, what it says, and its own parts."""

    key: str
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    parts: tuple[Node, ...] = ()

    def one(self, name: str, default: str = "") -> str:
        """The single value of a name."""
        return next(iter(self.values.get(name, ())), default)

    @property
    def plain(self) -> Node:
        """The same with the values in order and each once, as boxes that are ticked say them."""
        values = {name: tuple(sorted(set(some))) for name, some in self.values.items() if some}
        return Node(self.key, values, tuple(part.plain for part in self.parts))


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a tree, and the field it is wrong in."""

    field: str
    message: str


def fields_of(node: Node, at: str) -> dict[str, tuple[str, ...]]:
    """The flat fields of a tree."""
    found = {f"{at}_key": (node.key,)} | {f"{at}_{name}": values for name, values in node.values.items()}
    for number, part in enumerate(node.parts):
        found |= fields_of(part, f"{at}-{number}")
    return found


def node_in(fields: Fields, at: str, names: Mapping[str, tuple[str, ...]]) -> Node | None:
    """The tree in flat fields, with the values each kind of node may have; None when there is none, or no such kind."""
    return _node_in(fields, at, names, 0)


def _node_in(fields: Fields, at: str, names: Mapping[str, tuple[str, ...]], depth: int) -> Node | None:
    key = next(iter(fields.get(f"{at}_key", ())), "")
    if key not in names or depth > _DEEPEST:
        return None
    values = {
        name: given
        for name in names[key]
        if (given := tuple(one.strip() for one in fields.get(f"{at}_{name}", ()) if one.strip()))
    }
    parts = (_node_in(fields, f"{at}-{number}", names, depth + 1) for number in range(_MOST_PARTS))
    return Node(key, values, tuple(part for part in parts if part is not None))


def changed(tree: Node, at: str, button: str, fields: Fields, make: Callable[[str], Node | None]) -> Node | None:
    """The tree after a button was pressed; None when the button is none of these. `make` makes a part of a kind."""
    verb, _, place = button.partition(":")
    path = _path(place, at)
    if verb not in {"add", "join", "remove"} or path is None or not _holds(tree, path):
        return None
    if verb == "remove":
        return _removed(tree, path) if path else tree
    made = make(next(iter(fields.get(f"{place}_{verb}", ())), ""))
    if made is None:
        return tree
    if verb == "add":
        return _replaced(tree, path, lambda node: replace(node, parts=(*node.parts, made)[:_MOST_PARTS]))
    return _replaced(tree, path, lambda node: replace(made, parts=(node, *made.parts[1:])))


def _path(place: str, at: str) -> tuple[int, ...] | None:
    if place != at and not place.startswith(f"{at}-"):
        return None
    steps = place[len(at) :].split("-")[1:]
    return tuple(int(step) for step in steps) if all(step.isdecimal() for step in steps) else None


def _holds(node: Node, path: tuple[int, ...]) -> bool:
    if not path:
        return True
    return path[0] < len(node.parts) and _holds(node.parts[path[0]], path[1:])


def _replaced(node: Node, path: tuple[int, ...], change: Callable[[Node], Node]) -> Node:
    if not path:
        return change(node)
    parts = list(node.parts)
    parts[path[0]] = _replaced(parts[path[0]], path[1:], change)
    return replace(node, parts=tuple(parts))


def _removed(node: Node, path: tuple[int, ...]) -> Node:
    if len(path) > 1:
        parts = list(node.parts)
        parts[path[0]] = _removed(parts[path[0]], path[1:])
        return replace(node, parts=tuple(parts))
    return replace(node, parts=tuple(part for number, part in enumerate(node.parts) if number != path[0]))
