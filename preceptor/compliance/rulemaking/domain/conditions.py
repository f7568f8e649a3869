"""For whom, as conditions in a form: everyone, or those who fit all or any of a list.

A line asks one thing (is, or is not, one of these); a group is a list of its own, one level down, of lines that say
“is”. Every audience there can be is said so: “not all of” is “any that is not”, and “not not” is nothing at all.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from preceptor.compliance.requirements.domain.audience import (
    LEAVES,
    All,
    Any,
    Audience,
    Everyone,
    Leaf,
    Not,
    read_audience,
)
from preceptor.compliance.requirements.domain.audience import Node as Part
from preceptor.compliance.requirements.domain.reading import Json

from .trees import Node, Problem

AT: Final = "c"
EVERYONE: Final = "everyone"
IS_NOT: Final = "not"
JOINTS: Final = ("all", "any")
NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    EVERYONE: (),
    **dict.fromkeys(JOINTS, ()),
    **dict.fromkeys(LEAVES, ("is", "of")),
}


def tree_of(audience: Audience) -> Node:
    """An audience as the form shows it."""
    match audience:
        case Everyone():
            return Node(EVERYONE)
        case _:
            return _list_of(audience, holds=True)


def _list_of(part: Part, *, holds: bool) -> Node:
    match part:
        case Not(inner):
            return _list_of(inner, holds=not holds)
        case All(parts) | Any(parts):
            return Node(_joint(part, holds=holds), parts=tuple(_part_of(one, holds=holds) for one in parts))
        case _:
            return Node("all", parts=(_line(part, holds=holds),))


def _part_of(part: Part, *, holds: bool) -> Node:
    match part:
        case Not(inner):
            return _part_of(inner, holds=not holds)
        case All(parts) | Any(parts):
            inside = tuple(_part_of(one, holds=holds) for one in parts)
            return inside[0] if len(inside) == 1 else Node(_joint(part, holds=holds), parts=inside)
        case _:
            return _line(part, holds=holds)


def _joint(part: All | Any, *, holds: bool) -> str:
    return "all" if isinstance(part, All) is holds else "any"


def _line(leaf: Leaf, *, holds: bool) -> Node:
    return Node(leaf.key, {"is": ("is" if holds else IS_NOT,), "of": leaf.one_of})


def made(key: str) -> Node | None:
    """A new condition of a kind, still empty, or a new group."""
    if key in LEAVES:
        return Node(key, {"is": ("is",)})
    return Node(key) if key in JOINTS else None


def problems_in(tree: Node, at: str = AT) -> list[Problem]:
    """What must be put right before the conditions say anything."""
    if tree.key == EVERYONE:
        return []
    if tree.key in LEAVES:
        return [] if tree.values.get("of") else [Problem(f"{at}_of", "Choose at least one, or remove the condition")]
    inside = [found for number, part in enumerate(tree.parts) for found in problems_in(part, f"{at}-{number}")]
    if not tree.parts:
        where = "Add a condition, or choose everyone" if at == AT else "Add a condition to the group, or remove it"
        inside.append(Problem(f"{at}_add", where))
    if at != AT:
        inside += [
            Problem(f"{at}-{number}_is", "A condition in a group can only say “is”. Take it out of the group")
            for number, part in enumerate(tree.parts)
            if part.one("is") == IS_NOT
        ]
    return inside


def audience_in(tree: Node, original: Audience | None = None) -> Audience:
    """The audience of conditions without problems; the very one they began as, when they say nothing else."""
    if original is not None and tree.plain == tree_of(original).plain:
        return original
    return read_audience(_json(tree))


def _json(tree: Node) -> Json:
    if tree.key == EVERYONE:
        return "everyone"
    if tree.key in LEAVES:
        leaf: Json = {tree.key: list(tree.values["of"])}
        return {"not": leaf} if tree.one("is") == IS_NOT else leaf
    inside = [_json(part) for part in tree.parts]
    return inside[0] if len(inside) == 1 else {tree.key: inside}
