"""Which reasons recur: grouped by requirement, and by the words they have in common."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

_WORDS: Final = re.compile(r"[^\W\d_]+")
_ALIKE: Final = 0.4
_TELLS_NOTHING: Final = frozenset(
    """
    a all an and are as at be been but by do does for from had has have here i if in is it its more no not of on or our
    so than that the their them there they this to too us was we were which will with would
    """.split()  # noqa: SIM905 - words are read as words
)


@dataclass(frozen=True, slots=True)
class Given:
    """A reason that a place gave about a requirement."""

    place: str
    key: str
    title: str
    reason: str


@dataclass(frozen=True, slots=True)
class Recurring:
    """Reasons alike about one requirement: how many places gave one, the words they share, and how one put it."""

    key: str
    title: str
    places: int
    words: tuple[str, ...]
    example: str


def telling(reason: str) -> frozenset[str]:
    """The words of a reason that say something, in one form."""
    words = (word.casefold() for word in _WORDS.findall(reason))
    return frozenset(_stem(word) for word in words if word not in _TELLS_NOTHING)


def are_alike(one: str, other: str) -> bool:
    """Do two reasons have most of the shorter one's words in common?"""
    mine, theirs = telling(one), telling(other)
    fewest = min(len(mine), len(theirs))
    return bool(fewest) and len(mine & theirs) / fewest > _ALIKE


def recurring(given: Iterable[Given]) -> tuple[Recurring, ...]:
    """Reasons grouped by requirement and by like words, those of most places first. The order given is irrelevant."""
    groups: list[list[Given]] = []
    for one in sorted(given, key=lambda one: (one.key, one.reason, one.place)):
        like = next((some for some in groups if some[0].key == one.key and are_alike(some[0].reason, one.reason)), None)
        if like is None:
            groups.append([one])
        else:
            like.append(one)
    found = [_recurring(some) for some in groups]
    return tuple(sorted(found, key=lambda one: (-one.places, one.title, one.example)))


def _recurring(some: list[Given]) -> Recurring:
    shared = frozenset.intersection(*(telling(one.reason) for one in some))
    shortest = min((one.reason for one in some), key=lambda reason: (len(reason), reason))
    return Recurring(some[0].key, some[0].title, len({one.place for one in some}), tuple(sorted(shared)), shortest)


def _stem(word: str) -> str:
    """A word without the ending that makes it one of many."""
    for ending in ("ies", "es", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word
