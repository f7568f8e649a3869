"""Three versions of one thing side by side: what was offered, what is offered now, and what we have."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from enum import StrEnum
from typing import TypeVar

K = TypeVar("K", bound=Hashable)
T = TypeVar("T")


class State(StrEnum):
    """What became of one requirement between what was offered, what is offered now, and what we have."""

    UNCHANGED = "unchanged"
    THEIRS = "theirs"
    OURS = "ours"
    BOTH = "both"
    ADDED = "added"
    WITHDRAWN = "withdrawn"


def state_of(old: T | None, new: T | None, ours: T | None) -> State:
    """What became of one requirement. None is not offered, or not on our list.

    What we have already as it is offered now is unchanged, however it came. What we left out stays ours to leave out
    when it changes there.
    """
    if new == ours:
        return State.UNCHANGED
    if new is None:
        return State.OURS if old is None else State.WITHDRAWN
    if ours is None:
        return State.ADDED if old is None else State.OURS
    if old == new:
        return State.OURS
    return State.THEIRS if old == ours else State.BOTH


def merged(old: Mapping[K, T], new: Mapping[K, T], ours: Mapping[K, T], taken: Collection[K]) -> dict[K, T]:
    """Our list after taking some of what is offered now as it is; what was never offered stays ours."""
    found = dict(ours)
    for key in taken:
        if key in new:
            found[key] = new[key]
        elif key in old:
            found.pop(key, None)
    return found
