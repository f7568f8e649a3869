"""Requirements as rows, whole, for the room's own actions; and what their columns say, as values."""

from __future__ import annotations

from datetime import date
from typing import TypeVar
from uuid import UUID

from django.db.models import Model, Prefetch, Q, QuerySet
from django.http import Http404

from preceptor.foundation.access import Scope

from ..domain.audience import read_audience
from ..domain.criteria import read_criterion
from ..domain.decisions import AdjustmentId, Cited, Decision, Force, Otherwise, RequirementId
from ..domain.loading import Said
from ..domain.transitions import read_transition
from ..domain.versions import Version
from ..models import Adjustment, Alternative, Citation, Requirement, RequirementVersion
from .scopes import obliging

M = TypeVar("M", bound=Model)


def requirement_rows(scope: Scope, organisation: UUID) -> QuerySet[Requirement]:
    """An organisation's requirements in the order of their areas, with versions, citations and alternatives."""
    return _whole(Q(obliging(scope, "owner_id"), owner_id=organisation))


def requirement_row(scope: Scope, requirement: RequirementId) -> Requirement:
    """A requirement at its owner. Outside the scope it does not exist."""
    return found(_whole(Q(obliging(scope, "owner_id"), pk=requirement, owner__isnull=False)))


def template_rows() -> QuerySet[Requirement]:
    """The national catalogue in the order of its areas. It is about nobody, so it needs no scope."""
    return _whole(Q(owner=None, offered_by=None))


def offered_rows(organisation: UUID) -> QuerySet[Requirement]:
    """What an organisation offers to others beside the national catalogue. It obliges nobody, so it needs no scope."""
    return _whole(Q(owner=None, offered_by_id=organisation))


def asked_by_law(row: Requirement) -> bool:
    """Did any version of a requirement, or of what it was taken over from, stand on a law?"""
    versions = [*row.versions.all(), *(row.template.versions.all() if row.template else ())]
    return any(one.basis == Force.LAW for one in versions)


def measured_by(row: Requirement, on: date) -> RequirementVersion | None:
    """The version that a requirement a law asks for may not quietly fall behind: its template's, in force on a day.

    None for what no law asks for, for what was not taken over, and where nothing is in force.
    """
    if row.template is None or not asked_by_law(row):
        return None
    begun = [one for one in row.template.versions.order_by("number") if one.starts_on <= on]
    return next((one for one in begun[-1:] if one.ends_on is None or on < one.ends_on), None)


def adjustment_row(scope: Scope, adjustment: AdjustmentId) -> Adjustment:
    """An adjustment. Outside the scope it does not exist."""
    return found(Adjustment.objects.filter(obliging(scope, "organisation_id"), pk=adjustment))


def found(rows: QuerySet[M]) -> M:
    """The one row there is. Where there is none, nothing exists."""
    one = rows.first()
    if one is None:
        raise Http404
    return one


def rule_of(version: RequirementVersion) -> Version:
    """A stored version as the judge's own value."""
    return Version(
        starts_on=version.starts_on,
        ends_on=version.ends_on,
        audience=read_audience(version.audience),
        met_by=read_criterion(version.met_by),
        first_due_days=version.first_due_days,
        notice_days=version.notice_days,
        return_days=version.return_days,
        transition=read_transition(version.transition) if version.transition is not None else None,
        published_at=version.published_at,
    )


def decision_of(version: RequirementVersion) -> Decision:
    """The decision behind a stored version."""
    return Decision(
        basis=Force(version.basis),
        rationale=version.rationale,
        decided_by=version.decided_by,
        decided_on=version.decided_on,
        review_by=version.review_by,
        minutes=version.minutes,
        minutes_verified=version.minutes_verified,
        verified=version.verified,
        note=version.note,
        local_choice=version.local_choice,
        legal_reason=version.legal_reason,
    )


def cited_by(version: RequirementVersion) -> tuple[Cited, ...]:
    """What a stored version cites, in order."""
    return tuple(
        Cited(row.source_id, row.says, row.followed, row.clause, row.verified) for row in version.citations.all()
    )


def otherwise_of(version: RequirementVersion) -> tuple[Otherwise, ...]:
    """The other answers that stand beside a stored version, in order."""
    return tuple(Otherwise(row.says, row.source_id, row.rule, row.verified) for row in version.alternatives.all())


def said_in(version: RequirementVersion) -> Said:
    """A stored version with the decision behind it, its sources and the other answers."""
    return Said(rule_of(version), decision_of(version), cited_by(version), otherwise_of(version))


def _whole(which: Q) -> QuerySet[Requirement]:
    citations = Prefetch("citations", Citation.objects.select_related("source").order_by("position"))
    alternatives = Prefetch("alternatives", Alternative.objects.select_related("source").order_by("position"))
    versions = RequirementVersion.objects.select_related("copied_from__requirement__offered_by").prefetch_related(
        citations, alternatives
    )
    return (
        Requirement.objects.filter(which)
        .select_related("area", "retirement", "template__offered_by")
        .prefetch_related(Prefetch("versions", versions.order_by("number")))
        .order_by("area__position", "position", "key")
    )
