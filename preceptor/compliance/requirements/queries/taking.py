"""What taking over requirements that others offer would give an organisation."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from preceptor.foundation.access import Scope

from ..domain.adoption import Offered, Outcome, Taken, taken_over, too_early
from ..domain.versions import Version
from ..models import Requirement, RequirementVersion
from .rows import requirement_rows, rule_of


@dataclass(frozen=True, slots=True)
class Wanted:
    """A requirement to take over, with its versions up to a number, those published by then."""

    template: Requirement
    up_to: int


@dataclass(frozen=True, slots=True)
class Planned:
    """What taking over one requirement would do.

    `own` is what the organisation has under its key; `copies` are the versions it would have after those, each with
    the rule as it would be here.
    """

    template: Requirement
    own: Requirement | None
    outcome: Outcome
    copies: tuple[tuple[RequirementVersion, Version], ...]

    @property
    def held(self) -> tuple[RequirementVersion, ...]:
        """The versions the organisation has, the oldest first."""
        return tuple(sorted(self.own.versions.all(), key=lambda one: one.number)) if self.own else ()

    @property
    def problem(self) -> str:
        """Why it cannot be taken over from that day; nothing where it can."""
        if self.own is None:
            return "" if self.copies else f"{self.template.title} is not in force on that day"
        if self.outcome is not Outcome.UPDATED:
            return ""
        return too_early(self.own.title, self.held[-1].starts_on, self.copies[0][1].starts_on)


def planned(scope: Scope, organisation: UUID, wanted: Sequence[Wanted], starts_on: date, at: datetime) -> list[Planned]:
    """What taking over requirements from a day on would do, in the order given.

    The version in force on `starts_on` is copied from that day on, later ones from their own day. What the organisation
    changed itself, took from elsewhere, or ended, is left as it is.
    """
    held = {one.key: one for one in requirement_rows(scope, organisation)}
    return [_planned(one, held.get(one.template.key), starts_on, at) for one in wanted]


def _planned(wanted: Wanted, own: Requirement | None, starts_on: date, at: datetime) -> Planned:
    published = {
        one.number: one
        for one in wanted.template.versions.all()
        if one.published_at <= at and one.number <= wanted.up_to
    }
    copied = max(own.versions.all(), key=lambda one: one.number).copied_from if own else None
    offered = [Offered(one.number, one.starts_on, one.ends_on) for one in published.values()]
    taken = taken_over(offered, starts_on, after=copied.number if copied else 0)
    outcome = _outcome(wanted.template, own, copied, taken)
    copies = taken if outcome in {Outcome.ADDED, Outcome.UPDATED} else ()
    return Planned(
        wanted.template,
        own,
        outcome,
        tuple(
            (published[one.number], _here(published[one.number], one, is_first=own is None and not number))
            for number, one in enumerate(copies)
        ),
    )


def _here(row: RequirementVersion, taken: Taken, *, is_first: bool) -> Version:
    """The rule of a version as the organisation would have it: from its day, and taking over from nothing if first."""
    rule = replace(rule_of(row), starts_on=taken.starts_on, published_at=None)
    return replace(rule, transition=None) if is_first else rule


def _outcome(
    template: Requirement, own: Requirement | None, copied: RequirementVersion | None, taken: Sequence[Taken]
) -> Outcome:
    """What becomes of one requirement, given what the organisation has under its key and what there is to copy."""
    if own is None:
        return Outcome.ADDED if taken else Outcome.UNCHANGED
    if hasattr(own, "retirement"):
        return Outcome.ENDED
    if copied is None or copied.requirement_id != template.pk:
        return Outcome.OWN
    return Outcome.UPDATED if taken else Outcome.UNCHANGED
