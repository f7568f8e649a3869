"""What a rule in the making would do, told by person, role, quarter and practice, and by each way it can take over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from preceptor.compliance.requirements.domain.transitions import AtOnce, AtRenewal, NewStarters, Transition
from preceptor.compliance.requirements.domain.versions import Requirement, Version
from preceptor.compliance.standing.domain.facts import World
from preceptor.compliance.standing.domain.figures import Figures, figures_by, figures_of
from preceptor.compliance.standing.domain.trials import Proposal, Trial, trial
from preceptor.foundation.dates import add_months

from .asking import lapses

MONTHS_COUNTED: Final = 24
# The grace that is shown for “at once” where another way was chosen.
USUAL_GRACE: Final = 90
NEW: Final = "new"


@dataclass(frozen=True, slots=True)
class Change:
    """A version after those there are, and the minutes that doing it once takes, now and then."""

    requirement: str
    earlier: tuple[Version, ...]
    version: Version
    minutes_before: int = 0
    minutes_after: int = 0

    @property
    def proposal(self) -> Proposal:
        """The requirement as it is and as it would be."""
        before = Requirement(self.requirement, self.earlier) if self.earlier else None
        return Proposal(before, Requirement(self.requirement, (*self.earlier, self.version)))

    @property
    def days(self) -> tuple[date, ...]:
        """The first day and, where the rule before still counts for a while, the first day it no longer does."""
        first, way = self.version.starts_on, self.version.transition
        if self.earlier and isinstance(way, AtOnce) and way.grace_days:
            return first, first + timedelta(days=way.grace_days)
        return (first,)

    @property
    def end(self) -> date:
        """The day after the last that is counted."""
        return add_months(self.version.starts_on, MONTHS_COUNTED)

    def taking_over(self, way: Transition) -> Change:
        """The same change, taking over in another way."""
        return replace(self, version=replace(self.version, transition=way))

    @property
    def never_ends(self) -> bool:
        """Will what people did before count for ever, so that the change never reaches them?"""
        takes_over = bool(self.earlier) and isinstance(self.version.transition, AtRenewal)
        return takes_over and not lapses(self.earlier[-1].met_by)


@dataclass(frozen=True, slots=True)
class Way:
    """One of the three ways to take over, with its figures."""

    transition: Transition
    days: tuple[date, ...]
    figures: Figures
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Quarter:
    """How many times people do it in a quarter of a year, now and then."""

    year: int
    number: int
    before: int
    after: int


def tried(world: World, organisation: str, change: Change) -> Trial:
    """What a change would do to everyone at an organisation: asked before publishing, and after, in the same way."""
    minutes = {change.requirement: change.minutes_after}
    return trial(world, organisation, [change.proposal], days=change.days, end=change.end, minutes=minutes)


def figures(trial: Trial, change: Change) -> Figures:
    """The figures of a trial."""
    return figures_of(trial, {change.requirement: change.minutes_before})


def by(trial: Trial, change: Change, names: Mapping[str, str]) -> dict[str, Figures]:
    """The figures of a trial for each name that engagements go by, such as their role, in order of name."""
    return figures_by(trial, {change.requirement: change.minutes_before}, names)


def three_ways(world: World, organisation: str, change: Change) -> tuple[Way, ...]:
    """The three ways the change can take over, side by side; none where there is nothing to take over from."""
    chosen = change.version.transition
    if not change.earlier or chosen is None:
        return ()
    at_once = chosen if isinstance(chosen, AtOnce) else AtOnce(USUAL_GRACE)
    found = []
    for way in (AtRenewal(), at_once, NewStarters()):
        other = change.taking_over(way)
        found.append(Way(way, other.days, figures(tried(world, organisation, other), other), way == chosen))
    return tuple(found)


def quarters(trial: Trial) -> tuple[Quarter, ...]:
    """How often people do it in each quarter of the period counted, now and then."""
    before = _by_quarter(day for one in trial.differences for day in one.renewals_before.days)
    after = _by_quarter(day for one in trial.differences for day in one.renewals_after.days)
    at, end = _quarter(trial.days[0]), _quarter(trial.end - timedelta(days=1))
    return tuple(Quarter(one // 4, one % 4 + 1, before[one], after[one]) for one in range(at, end + 1))


def _by_quarter(days: Iterable[date]) -> Counter[int]:
    return Counter(_quarter(day) for day in days)


def _quarter(day: date) -> int:
    return day.year * 4 + (day.month - 1) // 3
