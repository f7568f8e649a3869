"""Requirements and adjustments as values, for pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet
from django.db.models.functions import Coalesce
from django.http import Http404

from preceptor.foundation.access import Scope
from preceptor.register.people.queries import names_seen

from ..domain.audience import read_audience
from ..domain.criteria import read_criterion
from ..domain.decisions import AdjustmentId, AdjustmentKind, Force, Leave, RequirementId
from ..domain.held import Ending, HeldAdjustment, HeldRequirement, HeldVersion, OtherAnswer, Says, SourceNamed
from ..domain.looser import Looser, looser
from ..domain.versions import Version
from ..domain.words import Names
from ..models import Adjustment, Alternative, Citation, Requirement, RequirementVersion, Source
from .rows import decision_of, found, measured_by, requirement_row, requirement_rows, rule_of, template_rows
from .scopes import obliging


def requirements_of(scope: Scope, organisation: UUID) -> list[HeldRequirement]:
    """An organisation's requirements in the order of their areas, with every version, citation and other answer."""
    return _held(requirement_rows(scope, organisation))


def requirement_by_key(scope: Scope, organisation: UUID, key: str) -> HeldRequirement:
    """One of an organisation's requirements. Outside the scope it does not exist."""
    return _one(requirement_rows(scope, organisation).filter(key=key))


def looser_than(scope: Scope, requirement: RequirementId, version: Version, names: Names) -> Looser | None:
    """Where a version would ask for less of what a law asks than what the requirement was taken over from.

    None where no law asks for it, where it was not taken over, and where nothing is less.
    """
    row = requirement_row(scope, requirement)
    measure = measured_by(row, version.starts_on)
    reasons = looser(version, rule_of(measure), names) if measure else ()
    return Looser(_origin(row.template), reasons) if reasons else None


def templates() -> list[HeldRequirement]:
    """The national catalogue in the order of its areas. It is about nobody, so it needs no scope."""
    return _held(template_rows())


def titles_of_templates() -> dict[str, str]:
    """What each requirement of the national catalogue is called, by its key. It is about nobody: no scope."""
    rows = Requirement.objects.filter(owner=None, offered_by=None).order_by("key", "pk")
    return dict(rows.values_list("key", "title"))


def template_by_key(key: str) -> HeldRequirement:
    """One requirement of the national catalogue."""
    return _one(template_rows().filter(key=key))


def live_adjustments(scope: Scope, organisation: UUID, today: date) -> list[HeldAdjustment]:
    """An organisation's adjustments that hold today or will and are not withdrawn, those that end first at the top."""
    over = Q(ends_on__lte=today) | Q(until_on__lt=today)
    rows = Adjustment.objects.filter(obliging(scope, "organisation_id"), ~over, organisation_id=organisation)
    return _adjustments(scope, rows.filter(withdrawal=None))


def adjustments_named(scope: Scope, adjustments: Iterable[str]) -> dict[str, HeldAdjustment]:
    """Adjustments by their identifiers as text, those withdrawn since included, for saying who recorded them."""
    wanted = {UUID(one) for one in adjustments}
    if not wanted:
        return {}
    held = _adjustments(scope, Adjustment.objects.filter(obliging(scope, "organisation_id"), pk__in=wanted))
    return {str(one.id): one for one in held}


@dataclass(frozen=True, slots=True)
class AdjustmentCounts:
    """How many adjustments of each kind hold at an organisation on a day, and of how many people. Figures, no names."""

    organisation: UUID
    leave: int
    exemptions: int
    extensions: int


def adjustment_counts(scope: Scope, organisations: Iterable[UUID], today: date) -> dict[UUID, AdjustmentCounts]:
    """The adjustments that hold today at each organisation of a scope, as figures. One query."""
    over = Q(ends_on__lte=today) | Q(until_on__lt=today)
    rows = Adjustment.objects.filter(
        obliging(scope, "organisation_id"), ~over, organisation_id__in=set(organisations), withdrawal=None
    ).filter(starts_on__lte=today)
    found: dict[UUID, Counter[str]] = {}
    for organisation, kind in rows.values_list("organisation_id", "kind"):
        found.setdefault(organisation, Counter())[kind] += 1
    return {
        key: AdjustmentCounts(
            key,
            some[AdjustmentKind.PAUSE.value],
            some[AdjustmentKind.EXEMPTION.value],
            some[AdjustmentKind.EXTENSION.value],
        )
        for key, some in found.items()
    }


def adjustment_held(scope: Scope, organisation: UUID, adjustment: AdjustmentId) -> HeldAdjustment:
    """An adjustment that has not been withdrawn. Outside the scope it does not exist."""
    rows = Adjustment.objects.filter(obliging(scope, "organisation_id"), organisation_id=organisation, pk=adjustment)
    held = _adjustments(scope, rows.filter(withdrawal=None))
    if not held:
        raise Http404
    return held[0]


def _adjustments(scope: Scope, rows: QuerySet[Adjustment]) -> list[HeldAdjustment]:
    """Adjustments with their people by the names the scope may know, those that end first at the top."""
    titles = Prefetch("requirements", Requirement.objects.order_by("title", "pk"))
    ordered = rows.order_by(Coalesce("ends_on", "until_on").asc(nulls_last=True), "starts_on", "pk")
    held = list(ordered.select_related("engagement").prefetch_related(titles))
    names = names_seen(scope, {row.engagement.person_id for row in held if row.engagement})
    return [_adjustment(row, names.get(row.engagement.person_id, "") if row.engagement else "") for row in held]


def _adjustment(row: Adjustment, person: str) -> HeldAdjustment:
    return HeldAdjustment(
        id=AdjustmentId(row.pk),
        kind=AdjustmentKind(row.kind),
        person=person,
        requirements=tuple(one.title for one in row.requirements.all()),
        starts_on=row.starts_on,
        last_on=row.ends_on - timedelta(days=1) if row.ends_on else row.until_on,
        reason=row.reason,
        authority=row.authority,
        recorded_at=row.recorded_at,
        recorded_by=row.by_name,
        scope=read_audience(row.scope) if row.scope is not None else None,
        leave=Leave(row.leave) if row.leave else None,
    )


def _one(rows: QuerySet[Requirement]) -> HeldRequirement:
    (one,) = _held([found(rows)])
    return one


def _held(rows: Iterable[Requirement]) -> list[HeldRequirement]:
    whole = list(rows)
    templates = {row.template_id for row in whole if row.template_id}
    asked = RequirementVersion.objects.filter(requirement_id__in=templates, basis=Force.LAW) if templates else ()
    law = {one.requirement_id for one in asked}
    return [_requirement(row, is_law=row.template_id in law) for row in whole]


def _requirement(row: Requirement, *, is_law: bool) -> HeldRequirement:
    versions = tuple(_version(version) for version in row.versions.all())
    retirement = getattr(row, "retirement", None)
    return HeldRequirement(
        id=RequirementId(row.pk),
        key=row.key,
        title=row.title,
        short=row.short,
        area=row.area_id,
        area_name=row.area.name,
        core=row.core,
        origin=_origin(row.template),
        is_law=is_law or any(one.decision.basis is Force.LAW for one in versions),
        versions=versions,
        ending=Ending(retirement.ends_on, retirement.reason, retirement.by_name, retirement.legal_reason)
        if retirement
        else None,
    )


def _origin(template: Requirement | None) -> str:
    """What a requirement began as a copy of."""
    if template is None:
        return ""
    return f"{template.offered_by.name}’s pack" if template.offered_by else "National catalogue"


def _version(row: RequirementVersion) -> HeldVersion:
    copied = row.copied_from
    return HeldVersion(
        number=row.number,
        rule=rule_of(row),
        decision=decision_of(row),
        published_at=row.published_at,
        published_by=row.published_by_name,
        copied=copied.number if copied else None,
        offered_by=copied.requirement.offered_by.name if copied and copied.requirement.offered_by else "",
        citations=tuple(_says(one) for one in row.citations.all()),
        others=tuple(_other(one) for one in row.alternatives.all()),
    )


def _says(row: Citation) -> Says:
    return Says(_source(row.source, verified=row.verified), row.clause, row.says, row.followed)


def _other(row: Alternative) -> OtherAnswer:
    rule = row.rule or {}
    return OtherAnswer(
        source=_source(row.source, verified=row.verified) if row.source else None,
        says=row.says,
        verified=row.verified,
        audience=read_audience(rule["audience"]) if "audience" in rule else None,
        met_by=read_criterion(rule["met_by"]) if "met_by" in rule else None,
    )


def _source(row: Source, *, verified: bool) -> SourceNamed:
    return SourceNamed(
        title=row.title,
        publisher=row.publisher,
        dated=row.dated,
        link=row.link,
        force=Force(row.legal_force),
        checked_on=row.checked_on,
        verified=row.verified and (verified or row.owner_id is not None),
        note=row.note,
        own_key=row.key if row.owner_id is not None else "",
    )
