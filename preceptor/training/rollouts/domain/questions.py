"""Questions about a change: asked once, wanted by many, answered for all."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, NewType
from uuid import UUID

QuestionId = NewType("QuestionId", UUID)

LONGEST: Final = 1000
_LIKE: Final = 0.5  # of the words that carry meaning, in the shorter of the two
_SMALL_WORDS: Final = (
    "a an and any are as at be been but by can could did do does for from had has have how i if in into is it its just "
    "may me more my no not of on one or our should so some than that the their them then there they this to was we "
    "what when where which who why will with would you your"
)
_SMALL: Final = frozenset(_SMALL_WORDS.split())


@dataclass(frozen=True, slots=True)
class Question:
    """A question as it is seen from a place: how many want to know, and the answer that holds there."""

    id: QuestionId
    words: str
    place: UUID
    place_name: str
    asked_on: date
    people: int
    is_mine: bool
    answer: str = ""
    answered_by: str = ""


def like(words: str, questions: Iterable[Question]) -> tuple[Question, ...]:
    """The questions that seem to ask the same, most alike first."""
    mine = _meaning(words)
    found = [(_alike(mine, _meaning(one.words)), one) for one in questions]
    close = [each for each in found if each[0] >= _LIKE]
    return tuple(one for _, one in sorted(close, key=lambda each: (-each[0], each[1].words)))


def _alike(one: frozenset[str], other: frozenset[str]) -> float:
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def _meaning(words: str) -> frozenset[str]:
    """The words that carry meaning, without the endings that come and go."""
    found = re.findall(r"[a-z0-9]+", words.lower().replace("’", "").replace("'", ""))
    return frozenset(re.sub(r"(?:ing|ed|es|s)$", "", one) or one for one in found if one not in _SMALL)
