"""What taking the changes of a pack would do to the people of a place: one trial of all of them together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from preceptor.compliance.requirements.domain.adoption import following
from preceptor.compliance.requirements.domain.known import ended
from preceptor.compliance.requirements.domain.transitions import AtOnce, AtRenewal, Transition
from preceptor.compliance.requirements.domain.versions import Requirement, Version
from preceptor.compliance.rulemaking.domain.asking import lapses
from preceptor.compliance.standing.domain.facts import World
from preceptor.compliance.standing.domain.figures import Figures, figures_by, figures_of
from preceptor.compliance.standing.domain.trials import Difference, Proposal, Trial, trial
from preceptor.foundation.dates import add_months

from .differences import State
from .packs import Item, Line, Ours

MONTHS_COUNTED: Final = 24
_TAKEN: Final = frozenset({State.THEIRS, State.BOTH, State.ADDED, State.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Step:
    """A requirement as it is at a place and as it would be from a day on; how long doing it once takes, now and then.

    `until` is the first day on which the rule before no longer counts, where it goes on counting for a while.
    """

    title: str
    proposal: Proposal
    starts_on: date
    minutes: tuple[int, int]
    until: date | None = None
    never_ends: bool = False


def step_of(line: Line, starts_on: date, transition: Transition) -> Step:
    """What taking a change would do from a day on, in a way; what the pack no longer has ends on that day."""
    own, new = line.ours, line.new
    versions = own.versions if own else ()
    name = str(own.id) if own else line.key
    minutes = (own.minutes or 0) if own else 0, (new.minutes or 0) if new else 0
    if new is None:
        had = Requirement(name, versions)
        return Step(line.title, Proposal(had, ended(had, starts_on)), starts_on, minutes)
    return copied(line.title, name, versions, (following(versions, new.rule, starts_on, transition),), minutes)


def copied(
    title: str, name: str, before: tuple[Version, ...], after: tuple[Version, ...], minutes: tuple[int, int]
) -> Step:
    """What taking versions as they are, after those a place has, would do from the first day of the first of them."""
    first = after[0]
    grace = first.transition.grace_days if before and isinstance(first.transition, AtOnce) else 0
    return Step(
        title,
        Proposal(Requirement(name, before) if before else None, Requirement(name, (*before, *after))),
        first.starts_on,
        minutes,
        until=first.starts_on + timedelta(days=grace) if grace else None,
        never_ends=bool(before) and isinstance(first.transition, AtRenewal) and not lapses(before[-1].met_by),
    )


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


def takes(lines: Iterable[Line], today: date) -> tuple[Step, ...]:
    """Every change a place would take if it took all it is offered as it is."""
    return tuple(
        step_of(one, first_day(one.new, one.ours, today), usual_way(one.new))
        for one in lines
        if one.state in _TAKEN
        and not one.follows_another
        and (one.ours is None or one.is_on_list)
        and (one.is_meant or one.state is not State.ADDED)
    )


def tried(world: World, organisation: str, taken: Sequence[Step]) -> Trial | None:
    """What taking changes would do to everyone in a world, on the first day all of them hold.

    One alone that lets the rule before count for a while is told of the day after that too. None where there is
    nothing to take.
    """
    if not taken:
        return None
    day = max(one.starts_on for one in taken)
    proposals = [one.proposal for one in taken]
    later = [taken[0].until] if len(taken) == 1 and taken[0].until else []
    minutes = {proposal.id: one.minutes[1] for proposal, one in zip(proposals, taken, strict=True)}
    return trial(
        world, organisation, proposals, days=[day, *later], end=add_months(day, MONTHS_COUNTED), minutes=minutes
    )


def figures(found: Trial, taken: Iterable[Step]) -> Figures:
    """The figures of a trial of changes at a place."""
    return figures_of(found, _minutes_now(taken))


def by(found: Trial, taken: Iterable[Step], names: Mapping[str, str]) -> dict[str, Figures]:
    """The figures of a trial for each name that engagements go by, such as their role, in order of name."""
    return figures_by(found, _minutes_now(taken), names)


def each(found: Trial, taken: Sequence[Step]) -> tuple[tuple[Step, Figures], ...]:
    """The figures of each change alone."""
    groups: dict[str, list[Difference]] = {}
    for one in found.differences:
        groups.setdefault(one.requirement, []).append(one)
    alone = ((one, replace(found, differences=tuple(groups.get(one.proposal.id, ())))) for one in taken)
    return tuple((one, figures(some, [one])) for one, some in alone)


def _minutes_now(taken: Iterable[Step]) -> Mapping[str, int]:
    return {one.proposal.id: one.minutes[0] for one in taken}
