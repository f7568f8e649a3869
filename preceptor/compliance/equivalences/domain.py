"""Whom it changes when something counts, or no longer counts, as something else; and what counts by it today."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final
from uuid import UUID

from preceptor.compliance.requirements.domain.versions import Requirement
from preceptor.compliance.standing.domain.explanation import Outcome
from preceptor.compliance.standing.domain.facts import Equivalence, RecordStatus, World
from preceptor.compliance.standing.domain.judge import Judge
from preceptor.compliance.standing.domain.trials import IN_DATE
from preceptor.compliance.standing.domain.verdicts import Status
from preceptor.compliance.subjects.domain import Approved

_COUNTING: Final = frozenset({Outcome.COUNTS, Outcome.ADDS})


@dataclass(frozen=True, slots=True)
class Turn:
    """One engagement and one requirement that would stand otherwise."""

    engagement: str
    requirement: str
    before: Status
    after: Status

    @property
    def becomes_valid(self) -> bool:
        """Would it be in date, and is not?"""
        return self.after in IN_DATE and self.before not in IN_DATE

    @property
    def is_no_longer_valid(self) -> bool:
        """Is it in date, and would not be?"""
        return self.before in IN_DATE and self.after not in IN_DATE


def turns(world: World, after: Collection[Equivalence], on: date) -> tuple[Turn, ...]:
    """What would stand otherwise on a day if other things counted as each other: one judge, by both."""
    changed = set(world.equivalences) ^ set(after)
    asked = {one.counts_as for one in changed}
    looking = tuple(one for one in world.requirements if asked & _subjects(one))
    before, then = (
        {(one.engagement, one.requirement): one.status for one in Judge(with_them).verdicts(on)}
        for with_them in (
            replace(world, requirements=looking),
            replace(world, requirements=looking, equivalences=tuple(after)),
        )
    )
    return tuple(
        Turn(*pair, before.get(pair, Status.NOT_NEEDED), then.get(pair, Status.NOT_NEEDED))
        for pair in sorted(before.keys() | then.keys())
        if before.get(pair) is not then.get(pair)
    )


def counting(world: World, judge: Judge, on: date) -> Mapping[Equivalence, frozenset[str]]:
    """The records that count by each equivalence on a day, for some requirement that asks for it, as the judge says."""
    found: dict[Equivalence, set[str]] = {one: set() for one in world.equivalences}
    for equivalence in world.equivalences:
        people = {
            one.person
            for one in world.records
            if one.subject == equivalence.subject
            and one.level >= equivalence.level
            and one.status is RecordStatus.ACCEPTED
            and one.withdrawn_at is None
        }
        engaged = [one.id for one in world.engagements if one.person in people]
        for requirement in world.requirements if engaged else ():
            if _asks(requirement, equivalence):
                for engagement in engaged:
                    found[equivalence] |= _counted(judge, engagement, requirement.id, equivalence, on)
    return {one: frozenset(records) for one, records in found.items()}


def _counted(judge: Judge, engagement: str, requirement: str, by: Equivalence, on: date) -> frozenset[str]:
    if judge.verdict(engagement, requirement, on).status is Status.NOT_NEEDED:
        return frozenset()
    return frozenset(
        one.record.id
        for one in judge.explain(engagement, requirement, on).records
        if one.record.subject == by.subject and one.record.level >= by.level
        for finding in one.findings
        if finding.outcome in _COUNTING and finding.subject == by.counts_as
    )


def _subjects(requirement: Requirement) -> frozenset[str]:
    return frozenset(
        subject
        for version in requirement.versions
        for _, leaf in version.met_by.leaves()
        for subject in leaf.subjects()
    )


def _asks(requirement: Requirement, by: Equivalence) -> bool:
    """Does any version of a requirement ask for what the equivalence gives?"""
    return any(
        ask.subject == by.counts_as and ask.level <= by.counts_as_level
        for version in requirement.versions
        for ask in version.met_by.asked()
    )


def with_one(approved: Iterable[Approved], one: Approved) -> tuple[Approved, ...]:
    """What holds at a place, with one more."""
    return (*approved, one)


def without_one(approved: Iterable[Approved], gone: int) -> tuple[Approved, ...]:
    """What holds at a place, without one: another that says the same goes on holding."""
    return tuple(one for one in approved if one.id != gone)


@dataclass(frozen=True, slots=True)
class PlaceTurns:
    """What would change at one place: how many become valid and how many no longer are, and of whom it may be said.

    Without `is_shown` there are too few people to tell, and with no names the viewer sees figures alone.
    """

    organisation: UUID
    name: str
    becoming: int
    no_longer: int
    is_shown: bool
    becoming_names: tuple[str, ...] = ()
    no_longer_names: tuple[str, ...] = ()
