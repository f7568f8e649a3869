"""The national catalogue held against what has been published: what is new, and what may not change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .catalogue import CatalogueRequirement
from .decisions import Cited, Decision, Otherwise
from .versions import Version


@dataclass(frozen=True, slots=True)
class Said:
    """A version with the decision behind it, its sources and the other answers."""

    rule: Version
    decision: Decision
    citations: tuple[Cited, ...]
    alternatives: tuple[Otherwise, ...]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading the catalogue did. `kept` names the requirements whose words differ from those published."""

    sources: int = 0
    requirements: int = 0
    versions: int = 0
    headings: int = 0
    kept: tuple[str, ...] = ()


def said_by(wanted: CatalogueRequirement) -> tuple[Said, ...]:
    """Every version of a requirement of the catalogue, with the words the catalogue has for it today."""
    citations = tuple(Cited(one.source, one.says, one.followed, one.clause, one.verified) for one in wanted.citations)
    others = tuple(Otherwise(one.says, one.source, one.rule(), one.verified) for one in wanted.alternatives)
    decision = Decision(
        basis=wanted.basis,
        rationale=wanted.rationale,
        review_by=wanted.review_by,
        minutes=wanted.minutes,
        minutes_verified=wanted.minutes_verified,
        verified=wanted.verified,
        note=wanted.note,
        local_choice=wanted.local_choice,
    )
    return tuple(
        Said(replace(one.rule, source=None), replace(decision, note=one.note or decision.note), citations, others)
        for one in wanted.versions
    )


def problems_with(key: str, published: Sequence[Version], wanted: Sequence[Version]) -> list[str]:
    """Why a requirement cannot be loaded: what it says of a published version is not what was published."""
    said = {version.starts_on: version for version in wanted}
    found = []
    for version in published:
        now = said.get(version.starts_on)
        if now is None:
            found.append(f"{key}: the version from {version.starts_on} is published and missing here. Put it back")
        elif now != version:
            found.append(
                f"{key}: the version from {version.starts_on} is published and says something else here. "
                "Put it back, and add a version with a later “from”"
            )
    last = max((version.starts_on for version in published), default=None)
    before = {version.starts_on for version in published}
    return found + [
        f"{key}: the version from {day} is new, but one from {last} is published already. Give it a later “from”"
        for day in said
        if last is not None and day not in before and day < last
    ]
