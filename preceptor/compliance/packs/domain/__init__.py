"""Packs as values: what is offered, what changed, what a place answered, and what taking it would do."""

from .differences import State, merged, state_of
from .packs import (
    ANSWER_NAMES,
    STATE_NAMES,
    Answer,
    Answered,
    Declined,
    Item,
    Line,
    Ours,
    PackAt,
    PackId,
    PackNamed,
    lines_of,
)

__all__ = [
    "ANSWER_NAMES",
    "STATE_NAMES",
    "Answer",
    "Answered",
    "Declined",
    "Item",
    "Line",
    "Ours",
    "PackAt",
    "PackId",
    "PackNamed",
    "State",
    "lines_of",
    "merged",
    "state_of",
]
