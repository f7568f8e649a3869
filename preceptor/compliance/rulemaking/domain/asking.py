"""How a rule is met, as a tree in a form; and the parts of it that other questions ask about."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Final

from preceptor.compliance.requirements.domain.criteria import (
    Achieved,
    AllOf,
    AnyOf,
    Count,
    Criterion,
    FirstThen,
    Hours,
    State,
    read_criterion,
    written_criterion,
)
from preceptor.compliance.requirements.domain.reading import Json

from .trees import Node, Problem

AT: Final = "w"
LISTS: Final = ("all_of", "any_of")
FIRST_THEN: Final = "first_then"
COMBINED: Final = (*LISTS, FIRST_THEN)
MOST_COMBINED: Final = 2

# What each kind asks for in the form. `kept` is what other questions ask: how long it counts, and how it is renewed.
NAMES: Final[Mapping[str, tuple[str, ...]]] = {
    "achieved": ("subject", "level", "kinds", "kept"),
    "count": ("subject", "at_least", "level", "kinds", "kept"),
    "hours": ("subjects", "level", "minutes", "participatory_minutes", "kept"),
    "state": ("state",),
    **dict.fromkeys(COMBINED, ()),
}
_KEPT: Final = ("months", "expiry", "early_days")
_LISTED: Final = ("kinds", "subjects")
_NUMBERS: Final[Mapping[str, tuple[str, int]]] = {
    "level": ("Level", 1),
    "at_least": ("How many times", 1),
    "minutes": ("Minutes in all", 0),
    "participatory_minutes": ("Minutes with others", 0),
}
_NEEDED: Final[Mapping[str, str]] = {
    "subject": "Choose a subject",
    "subjects": "Choose at least one subject",
    "state": "Choose what they must hold",
    "level": "Enter a level",
    "at_least": "Enter how many times",
    "minutes": "Enter the minutes in all",
}


def tree_of(criterion: Criterion) -> Node:
    """A criterion as the form shows it."""
    inside = tuple(tree_of(part) for _, part in criterion.parts())
    if inside:
        return Node(criterion.key, parts=inside)
    said = _inner(criterion)
    values = {
        name: tuple(str(one) for one in value) if isinstance(value, list) else (str(value),)
        for name, value in said.items()
        if name not in _KEPT
    }
    if criterion.key != State.key:
        values["kept"] = (json.dumps({name: said[name] for name in _KEPT if name in said}),)
    return Node(criterion.key, values)


def _inner(criterion: Criterion) -> dict[str, Json]:
    written = written_criterion(criterion)
    inner = written[criterion.key] if isinstance(written, dict) else None
    return inner if isinstance(inner, dict) else {}


def made(key: str) -> Node | None:
    """A new part of a kind, still empty. What comes first and what comes after it are two."""
    if key == FIRST_THEN:
        achieved = Node(Achieved.key, {"level": ("1",)})
        return Node(key, parts=(achieved, achieved))
    return Node(key, {"level": ("1",)} if "level" in NAMES[key] else {}) if key in NAMES else None


def problems_in(tree: Node, at: str = AT, depth: int = 0) -> list[Problem]:
    """What must be put right before the tree says how a rule is met."""
    if tree.key in COMBINED:
        found = [
            one for number, part in enumerate(tree.parts) for one in problems_in(part, f"{at}-{number}", depth + 1)
        ]
        if depth >= MOST_COMBINED:
            found.append(Problem(f"{at}_key", "This is one list inside another too many. Take it out"))
        if not tree.parts or (tree.key == FIRST_THEN and len(tree.parts) != 2):
            found.append(Problem(f"{at}_add", "Add something to the list, or remove it"))
        return found
    needed = [
        Problem(f"{at}_{name}", message)
        for name, message in _NEEDED.items()
        if name in NAMES[tree.key] and not tree.values.get(name)
    ]
    return needed + [
        Problem(f"{at}_{name}", f"{label} must be a whole number, {least} or more")
        for name, (label, least) in _NUMBERS.items()
        if tree.values.get(name) and not _is_whole(tree.one(name), least)
    ]


def _is_whole(text: str, least: int) -> bool:
    return text.isdecimal() and text.isascii() and least <= int(text) <= 100_000


def criterion_in(tree: Node, original: Criterion | None = None) -> Criterion:
    """The criterion of a tree without problems; the very one it began as, when it says nothing else.

    What the form does not ask comes back as it went; a part that is new counts for ever until somebody says otherwise.
    """
    if original is not None and tree.plain == tree_of(original).plain:
        return original
    return read_criterion(_json(tree))


def _json(tree: Node) -> Json:
    inside = [_json(part) for part in tree.parts]
    if tree.key == FIRST_THEN:
        return {tree.key: {"first": inside[0], "then": inside[1]}}
    if tree.key in COMBINED:
        return {tree.key: inside}
    said: dict[str, Json] = {}
    for name, values in tree.values.items():
        if name in _LISTED:
            said[name] = list(values)
        elif name in _NUMBERS:
            said[name] = int(values[0])
        elif name != "kept":
            said[name] = values[0]
    if tree.key != State.key:
        said |= {"months": None} | {key: value for key, value in _kept(tree).items() if key in _KEPT}
    return {tree.key: said}


def _kept(tree: Node) -> dict[str, Json]:
    try:
        kept = json.loads(tree.one("kept", "{}"))
    except ValueError:
        return {}
    return kept if isinstance(kept, dict) else {}


def changed_leaves(criterion: Criterion, change: Callable[[int, Criterion], Criterion]) -> Criterion:
    """The criterion with each leaf changed, given its number in the order written."""
    numbers = iter(range(1_000_000))
    return _changed(criterion, lambda leaf: change(next(numbers), leaf))


def _changed(criterion: Criterion, change: Callable[[Criterion], Criterion]) -> Criterion:
    match criterion:
        case AllOf(parts):
            return AllOf(tuple(_changed(part, change) for part in parts))
        case AnyOf(parts):
            return AnyOf(tuple(_changed(part, change) for part in parts))
        case FirstThen(first, then):
            first = _changed(first, change)
            return FirstThen(first, _changed(then, change))
        case _:
            return change(criterion)


def months_of(leaf: Criterion) -> int | None:
    """For how many months what a leaf asks for counts; None is for ever."""
    return leaf.months if isinstance(leaf, Achieved | Count | Hours) else None


def lasting(leaf: Criterion, months: int | None) -> Criterion:
    """The leaf with what it asks for counting for so many months. What is for ever cannot be renewed early."""
    match leaf:
        case Achieved():
            return replace(leaf, months=months, early_days=leaf.early_days if months else None)
        case Count() | Hours():
            return replace(leaf, months=months)
        case _:
            return leaf


def lapses(criterion: Criterion) -> bool:
    """Does it ever stop holding for someone who does nothing more?"""
    match criterion:
        case Achieved() | Count() | Hours():
            return criterion.months is not None
        case AllOf(parts):
            return any(lapses(part) for part in parts)
        case AnyOf(parts):
            return all(lapses(part) for part in parts)
        case FirstThen(first, then):
            return lapses(first) and lapses(then)
        case _:
            return False
