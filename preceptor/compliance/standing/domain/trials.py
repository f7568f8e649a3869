"""What a change of rules would do: the same people, the same facts and the same judge, by both sets of rules.

What is asked before publishing and what is found after are one function.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Final

from preceptor.compliance.requirements.domain.versions import Requirement

from .facts import World
from .judge import Judge
from .renewals import Renewals, renewals
from .verdicts import Status, Verdict

IN_DATE: Final = frozenset({Status.VALID, Status.DUE_SOON})
_NOTHING: Final = Renewals(())


class Effect(StrEnum):
    """What a change of rules does to somebody on a day."""

    REQUIRED = "required"
    NOT_REQUIRED = "not_required"
    OVERDUE = "overdue"
    NOT_OVERDUE = "not_overdue"
    VALID = "valid"
    NOT_VALID = "not_valid"


EFFECT_WORDS: Final[Mapping[Effect, str]] = {
    Effect.REQUIRED: "newly required",
    Effect.NOT_REQUIRED: "no longer required",
    Effect.OVERDUE: "newly overdue",
    Effect.NOT_OVERDUE: "no longer overdue",
    Effect.VALID: "newly valid",
    Effect.NOT_VALID: "no longer valid",
}


@dataclass(frozen=True, slots=True)
class Proposal:
    """A requirement as it is and as it would be; None is not there at all."""

    before: Requirement | None
    after: Requirement | None

    @property
    def id(self) -> str:
        """The requirement it is about."""
        one = self.after or self.before
        return one.id if one else ""


@dataclass(frozen=True, slots=True)
class Difference:
    """One engagement and one requirement, as they would stand on each of the days asked about, and when it is done.

    `before` and `after` are statuses by day, with as many as there are days; who is overdue on the first of them is so
    since a day.
    """

    engagement: str
    person: str
    requirement: str
    before: tuple[Status, ...]
    after: tuple[Status, ...]
    renewals_before: Renewals
    renewals_after: Renewals
    overdue_before: date | None = None
    overdue_after: date | None = None

    @property
    def about(self) -> tuple[str, str]:
        """The person and the requirement, whichever of their engagements it is."""
        return self.person, self.requirement

    def effects(self, at: int = 0) -> frozenset[Effect]:
        """What the change does on one of the days, by its place among them."""
        before, after = self.before[at], self.after[at]
        found = {
            Effect.REQUIRED: before is Status.NOT_NEEDED is not after,
            Effect.NOT_REQUIRED: after is Status.NOT_NEEDED is not before,
            Effect.OVERDUE: after is Status.OVERDUE is not before,
            Effect.NOT_OVERDUE: before is Status.OVERDUE is not after,
            Effect.VALID: after in IN_DATE and before not in IN_DATE,
            Effect.NOT_VALID: before in IN_DATE and after not in IN_DATE,
        }
        return frozenset(effect for effect, holds in found.items() if holds)

    @property
    def is_sooner(self) -> bool:
        """Would they have to do it earlier than now, or where they never had to?"""
        before, after = self.renewals_before.days, self.renewals_after.days
        pair = next(((one, other) for one, other in zip(before, after, strict=False) if one != other), None)
        return pair[1] < pair[0] if pair else len(after) > len(before)

    @property
    def is_noticed(self) -> bool:
        """Does anything change for them at all?"""
        return self.before != self.after or self.renewals_before != self.renewals_after


@dataclass(frozen=True, slots=True)
class Trial:
    """What a change would do to the people of one organisation: a difference for everyone it would concern.

    `days` are those the statuses are of, the first of them when it starts; what people do is counted on [start, end).
    """

    organisation: str
    days: tuple[date, ...]
    end: date
    differences: tuple[Difference, ...]
    minutes: Mapping[str, int]

    def count(self, effect: Effect, at: int = 0) -> int:
        """How many people a change does this to on one of the days, each once for a requirement."""
        return len({one.about for one in self.differences if effect in one.effects(at)})

    @property
    def sooner(self) -> int:
        """How many people would have to do it sooner, each once for a requirement."""
        return len({one.about for one in self.differences if one.is_sooner})

    @property
    def minutes_before(self) -> int:
        """The minutes of training people will spend on it by the rules as they are."""
        return self._minutes((one.about, one.renewals_before) for one in self.differences)

    @property
    def minutes_after(self) -> int:
        """The minutes of training they would spend."""
        return self._minutes((one.about, one.renewals_after) for one in self.differences)

    def _minutes(self, ahead: Iterable[tuple[tuple[str, str], Renewals]]) -> int:
        """Each person once for a requirement, however many engagements they have: by the one that asks most of them."""
        times: dict[tuple[str, str], int] = {}
        for about, found in ahead:
            times[about] = max(times.get(about, 0), len(found.days))
        return sum(number * self.minutes.get(requirement, 0) for (_, requirement), number in times.items())


def trial(
    world: World,
    organisation: str,
    proposals: Sequence[Proposal],
    *,
    days: Sequence[date],
    end: date,
    minutes: Mapping[str, int],
) -> Trial:
    """What proposals would do to everyone in a world on the days given, the first of which begins the period counted.

    Only whoever a requirement concerns, before or after, is in it. Their other requirements play no part.
    """
    before = _judge(world, (one.before for one in proposals))
    after = _judge(world, _afters(proposals), like=before)
    found = []
    for engagement in world.engagements:
        for proposal in proposals:
            one = _difference(engagement.id, engagement.person, proposal, (before, after), days, end)
            if one is not None:
                found.append(one)
    return Trial(organisation, tuple(days), end, tuple(found), minutes)


def _afters(proposals: Iterable[Proposal]) -> Iterable[Requirement | None]:
    return (one.after for one in proposals)


def _judge(world: World, rules: Iterable[Requirement | None], like: Judge | None = None) -> Judge:
    return Judge(replace(world, requirements=tuple(rule for rule in rules if rule is not None)), like=like)


def _difference(
    engagement: str,
    person: str,
    proposal: Proposal,
    judges: tuple[Judge, Judge],
    days: Sequence[date],
    end: date,
) -> Difference | None:
    told = [
        _told(judge, rule, engagement, days, end)
        for judge, rule in zip(judges, (proposal.before, proposal.after), strict=True)
    ]
    (before, before_days, before_since), (after, after_days, after_since) = told
    concerned = any(one is not Status.NOT_NEEDED for one in (*before, *after)) or before_days.days or after_days.days
    if not concerned:
        return None
    return Difference(
        engagement, person, proposal.id, before, after, before_days, after_days, before_since, after_since
    )


def _told(
    judge: Judge, rule: Requirement | None, engagement: str, days: Sequence[date], end: date
) -> tuple[tuple[Status, ...], Renewals, date | None]:
    """The statuses of an engagement on the days, what it has to do until the end, and since when it is overdue."""
    if rule is None:
        return (Status.NOT_NEEDED,) * len(days), _NOTHING, None
    verdicts: list[Verdict] = [judge.verdict(engagement, rule.id, day) for day in days]
    prepared = judge.prepared
    ahead = renewals(prepared, prepared.seat(engagement), prepared.rule(rule.id), days[0], end)
    return tuple(one.status for one in verdicts), ahead, verdicts[0].overdue_since
