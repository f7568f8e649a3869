"""Rules as sentences of plain English."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from .audience import (
    All,
    Any,
    At,
    Audience,
    Everyone,
    Kind,
    Leaf,
    Node,
    Not,
    PersonIs,
    Role,
    Service,
    StaffGroup,
    System,
    Task,
)
from .criteria import Criterion
from .transitions import AtOnce, AtRenewal, NewStarters, Transition
from .versions import Version
from .words import Names, as_words, listed, plural, sentence


class _Said(NamedTuple):
    """How a leaf is said of one person: when it holds, and when it does not; `{}` is the list of names."""

    holds: str
    does_not: str
    name: Callable[[Names, str], str]


def _by(field: str) -> Callable[[Names, str], str]:
    def name(names: Names, code: str) -> str:
        mapping: Mapping[str, str] = getattr(names, field)
        return mapping.get(code) or as_words(code)

    return name


def _organisation(names: Names, code: str) -> str:
    return names.organisations.get(code) or code


# How each kind of leaf is said: one line for each.
_LEAVES: Final[Mapping[type[Leaf], _Said]] = {
    Role: _Said("works as {}", "does not work as {}", _by("roles")),
    StaffGroup: _Said("is in the {} staff group", "is not in the {} staff group", _by("staff_groups")),
    Kind: _Said("is engaged as {}", "is not engaged as {}", _by("engagement_kinds")),
    Task: _Said("has the task {}", "does not have the task {}", _by("tasks")),
    PersonIs: _Said("is {}", "is not {}", lambda names, code: names.person(code)),
    At: _Said("works within {}", "does not work within {}", _organisation),
    System: _Said("works where {} is in use", "works where {} is not in use", _by("systems")),
    Service: _Said("works where {} is offered", "works where {} is not offered", _by("services")),
}


def leaf_phrase(
    leaf: Leaf, names: Names, *, holds: bool = True, values: tuple[str, ...] = (), most: int | None = None
) -> str:
    """A leaf as said of one person: “is in the nurse or GP staff group”; of all its values, or only of those given.

    With `most`, only so many are named of a longer list, and how many others there are.
    """
    said, all_of = _LEAVES[type(leaf)], values or leaf.one_of
    shown = all_of if most is None or len(all_of) <= most + 1 else all_of[:most]
    others = [f"one of {len(all_of) - len(shown)} others"] if len(shown) < len(all_of) else []
    chosen = listed([*(said.name(names, value) for value in shown), *others], "or")
    return (said.holds if holds else said.does_not).format(chosen)


def audience_phrase(audience: Audience, names: Names, *, most: int | None = None) -> str:
    """Who a rule is for, without a full stop: “everyone who works as practice nurse or has the task chaperone”.

    With `most`, only so many of each list are named.
    """
    return "everyone" if isinstance(audience, Everyone) else f"everyone who {_node(audience, names, most, holds=True)}"


def audience_sentence(audience: Audience, names: Names, *, most: int | None = None) -> str:
    """Who a rule is for."""
    return sentence(audience_phrase(audience, names, most=most))


def _node(node: Node, names: Names, most: int | None, *, holds: bool) -> str:
    match node:
        case Leaf():
            return leaf_phrase(node, names, holds=holds, most=most)
        case Not(part):
            return _node(part, names, most, holds=not holds)
        case All(parts) | Any(parts):
            # “Not all of” is “any not”, and “not any of” is “all not”: a sentence never needs a “not” before a bracket.
            together = isinstance(node, All) is holds
            said = [_inside(part, names, most, holds=holds, together=together) for part in parts]
            return (" and " if together else " or ").join(said)


def _inside(part: Node, names: Names, most: int | None, *, holds: bool, together: bool) -> str:
    said = _node(part, names, most, holds=holds)
    inner, inner_holds = part, holds
    while isinstance(inner, Not):
        inner, inner_holds = inner.part, not inner_holds
    if isinstance(inner, Leaf) or len(inner.parts) == 1:
        return said
    joined_alike = (isinstance(inner, All) is inner_holds) is together
    return said if joined_alike else f"({said})"


def criterion_sentence(criterion: Criterion, names: Names) -> str:
    """How a rule is met: “Basic life support, level 2 or above, every 12 months; renew up to 60 days early …”."""
    return sentence(criterion.words(names))


def transition_sentence(transition: Transition) -> str:
    """How a version takes over from the one before."""
    match transition:
        case AtOnce(0):
            return "Everyone follows this version from the day it starts."
        case AtOnce(days):
            return (
                "Everyone follows this version from the day it starts, and for the first "
                f"{plural(days, 'day')} the version before is enough too."
            )
        case AtRenewal():
            return "What people did before this version started goes on counting as it did, until it runs out."
        case NewStarters():
            return (
                "People who already had to follow the version before stay with it; "
                "this version is for those who start later."
            )


def first_due_sentence(first_due_days: int | None) -> str:
    """How long someone new has."""
    if first_due_days is None:
        return "It must be in place from the first day."
    return f"Someone new has {plural(first_due_days, 'day')} after their first day to meet it."


def version_sentences(version: Version, names: Names) -> tuple[str, ...]:
    """A version, read back: for whom, met how, due when."""
    return (
        audience_sentence(version.audience, names),
        criterion_sentence(version.met_by, names),
        first_due_sentence(version.first_due_days),
    )
