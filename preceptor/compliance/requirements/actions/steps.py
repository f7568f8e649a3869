"""Steps that actions share. Each runs inside an action, which asked for the permission and opened the transaction."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from preceptor.foundation.access import Viewer

from ..domain.audience import written_audience
from ..domain.criteria import written_criterion
from ..domain.decisions import Cited, Decision, Otherwise
from ..domain.transitions import written_transition
from ..domain.versions import Version
from ..models import Alternative, Citation, RequirementVersion


@dataclass(frozen=True, slots=True)
class NewVersion:
    """A version to write: the rule, the decision behind it, and its sources."""

    requirement: UUID
    number: int
    rule: Version
    decision: Decision
    citations: tuple[Cited, ...] = ()
    alternatives: tuple[Otherwise, ...] = ()
    copied_from: int | None = None


def write_versions(by: Viewer, at: datetime, new: Iterable[NewVersion]) -> int:
    """Writes versions with their citations and alternatives, all in three statements. Says how many there were.

    A version whose rule says when it was published keeps that moment; any other is published now.
    """
    wanted = list(new)
    rows = RequirementVersion.objects.bulk_create([_row(by, at, one) for one in wanted])
    Citation.objects.bulk_create(
        Citation(
            version=row,
            source_id=cited.source,
            position=position,
            clause=cited.clause,
            says=cited.says,
            followed=cited.followed,
            verified=cited.verified,
        )
        for row, one in zip(rows, wanted, strict=True)
        for position, cited in enumerate(one.citations, 1)
    )
    Alternative.objects.bulk_create(
        Alternative(
            version=row,
            source_id=other.source,
            position=position,
            says=other.says,
            rule=other.rule,
            verified=other.verified,
        )
        for row, one in zip(rows, wanted, strict=True)
        for position, other in enumerate(one.alternatives, 1)
    )
    return len(rows)


def _row(by: Viewer, at: datetime, new: NewVersion) -> RequirementVersion:
    rule, decision = new.rule, new.decision
    return RequirementVersion(
        requirement_id=new.requirement,
        number=new.number,
        copied_from_id=new.copied_from,
        starts_on=rule.starts_on,
        ends_on=rule.ends_on,
        published_at=rule.published_at or at,
        published_by_name=by.name,
        audience=written_audience(rule.audience),
        met_by=written_criterion(rule.met_by),
        first_due_days=rule.first_due_days,
        notice_days=rule.notice_days,
        return_days=rule.return_days,
        transition=written_transition(rule.transition) if rule.transition is not None else None,
        basis=decision.basis,
        rationale=decision.rationale,
        note=decision.note,
        local_choice=decision.local_choice,
        legal_reason=decision.legal_reason,
        decided_by=decision.decided_by,
        decided_on=decision.decided_on,
        review_by=decision.review_by,
        minutes=decision.minutes,
        minutes_verified=decision.minutes_verified,
        verified=decision.verified,
    )
