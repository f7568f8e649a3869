"""What was known at a moment, as the judge is given it: requirements at their owners, and adjustments."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from uuid import UUID

from .audience import Audience
from .decisions import AdjustmentId, AdjustmentKind, RequirementId
from .versions import Requirement


@dataclass(frozen=True, slots=True)
class KnownRequirement:
    """A requirement at its owner: what people call it, where it stands in a list, and its rule.

    It obliges the engagements at its owner and no others. The rule's `id` is the requirement's identifier as text; in
    its audiences organisations are named by ODS code and people by identifier. `minutes` and `review_by` are what the
    latest version says.
    """

    id: RequirementId
    owner: UUID
    key: str
    title: str
    short: str
    column: str
    area: str
    area_name: str
    area_position: int
    position: int
    minutes: int | None
    minutes_verified: bool
    review_by: date | None
    rule: Requirement


@dataclass(frozen=True, slots=True)
class KnownAdjustment:
    """An adjustment at an organisation, with the stamps that say when it was known.

    An exemption and a leave are of one engagement and hold on [starts_on, ends_on); an extension is of every
    engagement at the organisation that is in its scope, and `until_on` is its last valid day.
    """

    id: AdjustmentId
    kind: AdjustmentKind
    organisation: UUID
    engagement: UUID | None
    requirements: tuple[RequirementId, ...]
    scope: Audience
    starts_on: date
    ends_on: date | None
    until_on: date | None
    reason: str
    authority: str
    recorded_at: datetime
    withdrawn_at: datetime | None


def ended(rule: Requirement, ends_on: date | None) -> Requirement:
    """The rule of a requirement not needed from a day on: its versions are cut there, and later ones never start."""
    if ends_on is None:
        return rule
    return Requirement(
        rule.id,
        tuple(
            version if version.ends_on and version.ends_on <= ends_on else replace(version, ends_on=ends_on)
            for version in rule.versions
            if version.starts_on < ends_on
        ),
        rule.title,
    )
