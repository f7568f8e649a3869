"""What taking the changes of a pack would do to the people of a place: one trial of all of them together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from preceptor.compliance.requirements.domain.adoption import following
from preceptor.compliance.requirements.domain.known import ended
from preceptor.compliance.requirements.domain.transitions import AtRenewal, Transition
from preceptor.compliance.requirements.domain.versions import Requirement
from preceptor.compliance.standing.domain.facts import World
from preceptor.compliance.standing.domain.trials import Effect, Proposal, Trial, trial
from preceptor.foundation.dates import add_months

from .differences import State
from .packs import Item, Line, Ours

MONTHS_COUNTED: Final = 24
# Figures of fewer people than this could point at somebody.
FEWEST: Final = 5
_TAKEN: Final = frozenset({State.THEIRS, State.BOTH, State.ADDED, State.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Take:
    """A change as a place would take it if it took it as it is offered: from which day, and in which way."""

    line: Line
    starts_on: date
    transition: Transition

    @property
    def proposal(self) -> Proposal:
        """The requirement as it is at the place, and as it would be."""
        own = self.line.ours
        versions = own.versions if own else ()
        name = str(own.id) if own else self.line.key
        before = Requirement(name, versions) if versions else None
        if self.line.new is None:
            return Proposal(before, ended(Requirement(name, versions), self.starts_on))
        new = following(versions, self.line.new.rule, self.starts_on, self.transition)
        return Proposal(before, Requirement(name, (*versions, new)))

    @property
    def minutes(self) -> tuple[int, int]:
        """How long doing it once takes, now and then."""
        own, new = self.line.ours, self.line.new
        return (own.minutes or 0) if own else 0, (new.minutes or 0) if new else 0


@dataclass(frozen=True, slots=True)
class Figures:
    """What taking the changes would do, in numbers, on the first day all of them hold."""

    on: date
    people: int
    changes: int
    required: int
    not_required: int
    overdue: int
    valid: int
    sooner: int
    minutes_before: int
    minutes_after: int

    @property
    def is_shown(self) -> bool:
        """Are enough people behind them to show them to who sees no people?"""
        return self.people >= FEWEST


def first_day(item: Item | None, ours: Ours | None, today: date) -> date:
    """The first day on which a place can take what is offered: its own, tomorrow, or after the version it has."""
    days = [today + timedelta(days=1)]
    if item is not None:
        days.append(item.rule.starts_on)
    if ours is not None and ours.versions:
        days.append(ours.versions[-1].starts_on + timedelta(days=1))
    return max(days)


def usual_way(item: Item | None) -> Transition:
    """How what is offered takes over if nobody says otherwise."""
    return (item.rule.transition if item else None) or AtRenewal()


def takes(lines: Iterable[Line], today: date) -> tuple[Take, ...]:
    """Every change a place would take if it took all it is offered as it is."""
    return tuple(
        Take(one, first_day(one.new, one.ours, today), usual_way(one.new))
        for one in lines
        if one.state in _TAKEN
        and not one.follows_another
        and (one.ours is None or one.is_on_list)
        and (one.is_meant or one.state is not State.ADDED)
    )


def tried(world: World, organisation: str, taken: Sequence[Take]) -> Trial | None:
    """What taking changes would do to everyone in a world; None where there is nothing to take."""
    if not taken:
        return None
    day = max(one.starts_on for one in taken)
    proposals = [one.proposal for one in taken]
    minutes = {proposal.id: one.minutes[1] for proposal, one in zip(proposals, taken, strict=True)}
    return trial(world, organisation, proposals, days=[day], end=add_months(day, MONTHS_COUNTED), minutes=minutes)


def figures(found: Trial, taken: Sequence[Take]) -> Figures:
    """The figures of a trial at a place, and how many people it concerns."""
    minutes: Mapping[str, int] = {one.proposal.id: one.minutes[0] for one in taken}
    return Figures(
        on=found.days[0],
        people=len({one.person for one in found.differences}),
        changes=len(taken),
        required=found.count(Effect.REQUIRED),
        not_required=found.count(Effect.NOT_REQUIRED),
        overdue=found.count(Effect.OVERDUE),
        valid=found.count(Effect.VALID),
        sooner=found.sooner,
        minutes_before=replace(found, minutes=minutes).minutes_before,
        minutes_after=found.minutes_after,
    )
