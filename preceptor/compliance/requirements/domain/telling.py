"""Rules told shortly, and what changed from one version to the next, in words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from difflib import SequenceMatcher
from enum import StrEnum
from typing import Final

from .audience import All, Any, Audience, Everyone, Leaf, Node, Not
from .versions import Version
from .wording import audience_phrase, audience_sentence, criterion_sentence, first_due_sentence
from .words import Names, day_phrase, plural, sentence

# A list longer than this names its first few and counts the others.
MOST: Final = 4
NAMED: Final = 2
_WORDS: Final = re.compile(r"\S+\s*")


class Change(StrEnum):
    """What happened to some words from one version to the next."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of a difference."""

    change: Change
    words: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One aspect of a rule that two versions say differently, word by word."""

    aspect: str
    pieces: tuple[Piece, ...]


def brief_sentence(version: Version, names: Names) -> str:
    """A rule in one sentence; a long list of roles or tasks is cut short, and the others counted."""
    return _told(audience_phrase(_counted(version.audience), names), version, names)


def lead_sentence(version: Version, names: Names) -> str:
    """A rule in one sentence, whole."""
    return _told(audience_phrase(version.audience, names), version, names)


def _told(who: str, version: Version, names: Names) -> str:
    what = version.met_by.words(names)
    return sentence(f"{who}: {what}; {_first(version.first_due_days)}")


def _first(days: int | None) -> str:
    if days is None:
        return "from the first day"
    return f"first within {plural(days, 'day')} of starting" if days else "by the end of the first day"


def _counted(audience: Audience) -> Audience:
    """The audience with the end of every long list replaced by how many more there are, said as one more name."""
    match audience:
        case Everyone():
            return audience
        case All(parts):
            return All(tuple(_counted_node(part) for part in parts))
        case Any(parts):
            return Any(tuple(_counted_node(part) for part in parts))
        case Not(part):
            return Not(_counted_node(part))
        case Leaf(one_of=one_of):
            others = f"{len(one_of) - NAMED} others"
            return type(audience)((*one_of[:NAMED], others)) if len(one_of) > MOST else audience


def _counted_node(node: Node) -> Node:
    counted = _counted(node)
    return node if isinstance(counted, Everyone) else counted


def aspects(version: Version, names: Names) -> dict[str, str]:
    """Everything a rule says, aspect by aspect, each as a sentence."""
    return {
        "For whom": audience_sentence(version.audience, names),
        "How it is met": criterion_sentence(version.met_by, names),
        "First time": first_due_sentence(version.first_due_days),
        "Reminder": f"Shown as due soon {plural(version.notice_days, 'day')} before it runs out.",
        "After leave": f"{plural(version.return_days, 'day')} to catch up after coming back.",
        "Ends": _end(version.ends_on),
    }


def _end(ends_on: date | None) -> str:
    return f"Last day {day_phrase(ends_on - timedelta(days=1))}." if ends_on else "No end."


def differences(old: Version, new: Version, names: Names) -> tuple[Difference, ...]:
    """What a version says that the one before did not, aspect by aspect; how it takes over is not among them."""
    before, after = aspects(old, names), aspects(new, names)
    return tuple(
        Difference(aspect, pieces_of(before[aspect], words))
        for aspect, words in after.items()
        if before[aspect] != words
    )


def pieces_of(old: str, new: str) -> tuple[Piece, ...]:
    """Two texts as one: words they share, words only the old one has, words only the new one has."""
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    pieces = []
    for change, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if change == "equal":
            pieces.append(Piece(Change.SAME, "".join(before[a:b])))
            continue
        if b > a:
            pieces.append(Piece(Change.GONE, "".join(before[a:b])))
        if d > c:
            pieces.append(Piece(Change.NEW, "".join(after[c:d])))
    return tuple(pieces)
