"""One requirement in one person's life: how they would stand, and when they would do it, if they do it in good time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from preceptor.compliance.requirements.domain.versions import Requirement
from preceptor.compliance.standing.domain.days import FOREVER
from preceptor.compliance.standing.domain.facts import World
from preceptor.compliance.standing.domain.judge import Judge
from preceptor.compliance.standing.domain.renewals import renewals
from preceptor.compliance.standing.domain.verdicts import Status, segments

from .effects import Change


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days of one status, from the first to the last, both within the time looked at; `is_open` goes on after it."""

    status: Status
    first_on: date
    last_on: date
    is_open: bool = False


@dataclass(frozen=True, slots=True)
class Life:
    """How somebody stands if they do nothing more, and the days on which they would do it to stay out of overdue."""

    stretches: tuple[Stretch, ...]
    renewals: tuple[date, ...]
    stuck: bool


@dataclass(frozen=True, slots=True)
class Lives:
    """The same life by the rule as it is, if there is one, and as it would be."""

    first_on: date
    last_on: date
    before: Life | None
    after: Life


def lives(world: World, engagement: str, change: Change, today: date) -> Lives:
    """A life by both rules, from the year before to three years after the change, whole years."""
    first = date(min(today, change.version.starts_on).year - 1, 1, 1)
    last = date(max(today, change.version.starts_on).year + 4, 12, 31)
    proposal = change.proposal
    return Lives(
        first,
        last,
        _life(world, engagement, proposal.before, (first, last), today) if proposal.before else None,
        _life(world, engagement, proposal.after, (first, last), today) if proposal.after else Life((), (), stuck=False),
    )


def _life(world: World, engagement: str, rule: Requirement, period: tuple[date, date], today: date) -> Life:
    one = World(
        organisations=world.organisations,
        people=world.people,
        engagements=tuple(other for other in world.engagements if other.id == engagement),
        records=world.records,
        equivalences=world.equivalences,
        requirements=(rule,),
        adjustments=world.adjustments,
    )
    prepared = Judge(one).prepared
    seat, asked = prepared.seat(engagement), prepared.rule(rule.id)
    first, last = period[0].toordinal(), period[1].toordinal()
    found = tuple(
        Stretch(
            status,
            date.fromordinal(max(start, first)),
            date.fromordinal(min(end - 1, last)),
            is_open=end == FOREVER,
        )
        for status, start, end in segments(prepared.case(seat, asked))
        if status is not Status.NOT_NEEDED and start <= last and end > first
    )
    ahead = renewals(prepared, seat, asked, today, period[1] + timedelta(days=1))
    return Life(found, ahead.days, ahead.stuck)
