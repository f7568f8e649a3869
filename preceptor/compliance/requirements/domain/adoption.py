"""What an organisation takes over from others, and from when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from preceptor.ui.words import day

from .decisions import RequirementId
from .transitions import Transition
from .versions import Version


@dataclass(frozen=True, slots=True)
class Offered:
    """A published version of a template: its number and the days it is in force."""

    number: int
    starts_on: date
    ends_on: date | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """The number of a template's version, and the day from which the organisation has it."""

    number: int
    starts_on: date


class Outcome(StrEnum):
    """What became of adopting one requirement."""

    ADDED = "added"
    UPDATED = "updated"
    UNCHANGED = "unchanged"
    OWN = "own"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Adopted:
    """A requirement at its owner after adopting it. One of the owner's own, or one it has ended, is left as it is."""

    requirement: RequirementId
    key: str
    outcome: Outcome


def taken_over(offered: Sequence[Offered], starts_on: date, *, after: int = 0) -> tuple[Taken, ...]:
    """The versions to copy: the one in force on the first day, from that day, and every later one from its own day.

    Versions numbered up to `after` have been copied before.
    """
    new = [one for one in offered if one.number > after]
    begun = [one for one in new if one.starts_on <= starts_on]
    in_force = [one for one in begun[-1:] if one.ends_on is None or starts_on < one.ends_on]
    return (
        *(Taken(one.number, starts_on) for one in in_force),
        *(Taken(one.number, one.starts_on) for one in new if one.starts_on > starts_on),
    )


def too_early(title: str, last: date | None, starts_on: date) -> str:
    """Why a version cannot start on a day when the one before starts on another; nothing where it can."""
    if last is None or starts_on > last:
        return ""
    return f"{title}: the first day must be after {day(last)}, when the version before starts"


def following(before: Sequence[Version], offered: Version, starts_on: date, transition: Transition) -> Version:
    """What was offered, as the next version of an organisation's own: from its day, taking over in its way."""
    ends_on = offered.ends_on if offered.ends_on and offered.ends_on > starts_on else None
    return replace(
        offered,
        starts_on=starts_on,
        ends_on=ends_on,
        transition=transition if before else None,
        published_at=None,
    )
