"""A champion’s steps as requirements for the judge: which are done, and until when, is never worked out here."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final
from uuid import UUID, uuid5

from preceptor.compliance.requirements.domain.audience import Everyone
from preceptor.compliance.requirements.domain.criteria import read_criterion
from preceptor.compliance.requirements.domain.decisions import RequirementId
from preceptor.compliance.requirements.domain.known import KnownRequirement
from preceptor.compliance.requirements.domain.versions import Requirement, Version

from .content import Step

OWN_WORD: Final = "reflection"
_NAMESPACE: Final = UUID("0d5b7a52-59a4-4d0b-9a0a-7f6f8f3f6a11")
_EVER: Final = date(1900, 1, 1)


def asked_of_champions(owner: UUID, steps: Iterable[Step]) -> list[KnownRequirement]:
    """Each step as a requirement that one’s own word meets."""
    return [_known(owner, position, step) for position, step in enumerate(steps)]


def _known(owner: UUID, position: int, step: Step) -> KnownRequirement:
    key = RequirementId(uuid5(_NAMESPACE, step.key))
    met_by = read_criterion(
        {"achieved": {"subject": step.subject, "level": 1, "kinds": [OWN_WORD], "months": step.months}}
    )
    return KnownRequirement(
        id=key,
        owner=owner,
        key=step.key,
        title=step.title,
        short=step.title,
        column=step.key,
        area="champions",
        area_name="Steps of a champion",
        area_position=0,
        position=position,
        minutes=step.minutes,
        minutes_verified=False,
        review_by=None,
        rule=Requirement(str(key), (Version(_EVER, None, Everyone(), met_by, None),), step.title),
    )
