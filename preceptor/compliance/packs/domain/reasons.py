"""Which reasons recur, told to whoever offers a pack so that no practice and nobody at one is pointed at.

A reason stays at its practice. What leaves it is how many practices answered how, and words that the reasons of several
practices have in common; names of people are no such words.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Final

from .packs import Answer

# A word is told when the reasons of so many practices have it.
FEWEST_PLACES: Final = 3
MOST_WORDS: Final = 8

_WORDS: Final = re.compile(r"[^\W\d_]+")
_TELLS_NOTHING: Final = frozenset(
    """
    a all an and are as at be been but by do does for from had has have here i if in is it its more no not of on or our
    so than that the their them there they this to too us was we were which will with would dr miss mr mrs ms prof
    """.split()  # noqa: SIM905 - words are read as words
)


@dataclass(frozen=True, slots=True)
class Given:
    """What a place answered about a requirement, and why."""

    place: str
    key: str
    title: str
    answer: Answer
    reason: str


@dataclass(frozen=True, slots=True)
class Recurring:
    """What places made of one requirement: how many keep theirs, how many declined it, and words they have in common.

    Each word stands with the number of places whose reasons have it, those of most places first.
    """

    key: str
    title: str
    left: int
    declined: int
    words: tuple[tuple[str, int], ...]


def recurring(given: Iterable[Given], names: Collection[str]) -> tuple[Recurring, ...]:
    """What was answered, requirement by requirement, most answers first. The order given is irrelevant.

    No word of a name is told, nor one that the reasons of fewer than three places have.
    """
    never = frozenset(_stem(word) for name in names for word in _words(name))
    by_key: dict[str, list[Given]] = defaultdict(list)
    for one in given:
        by_key[one.key].append(one)
    found = [_recurring(some, never) for some in by_key.values()]
    return tuple(sorted(found, key=lambda one: (-(one.left + one.declined), one.title, one.key)))


def telling(reason: str) -> frozenset[str]:
    """The words of a reason that say something, in one form."""
    return frozenset(_stem(word) for word in _words(reason) if len(word) > 1 and word not in _TELLS_NOTHING)


def _recurring(some: list[Given], never: frozenset[str]) -> Recurring:
    places: dict[str, set[str]] = defaultdict(set)
    for one in some:
        for word in telling(one.reason) - never:
            places[word].add(one.place)
    told = sorted((-len(held), word) for word, held in places.items() if len(held) >= FEWEST_PLACES)
    return Recurring(
        key=some[0].key,
        title=min(one.title for one in some),
        left=sum(one.answer is Answer.LEFT for one in some),
        declined=sum(one.answer is Answer.DECLINED for one in some),
        words=tuple((word, -number) for number, word in told[:MOST_WORDS]),
    )


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORDS.findall(text)]


def _stem(word: str) -> str:
    """A word without the ending that makes it one of many."""
    for ending in ("ies", "es", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word
