"""Every read of requirements, their sources and adjustments."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby
from typing import Final, TypeVar
from uuid import UUID

import msgspec
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Model, Prefetch, Q, QuerySet, TextField
from django.db.models.functions import Cast, Coalesce
from django.http import Http404

from preceptor.compliance.subjects.models import Subject
from preceptor.foundation.access import Scope
from preceptor.foundation.facts import known
from preceptor.register.models import Organisation
from preceptor.register.organisations.models import ClinicalSystem, DigitalService
from preceptor.register.people.models import (
    EngagementKind,
    EngagementTerm,
    JobRole,
    Person,
    StaffGroup,
    State,
    Task,
)
from preceptor.register.people.queries import within

from .domain import audience as leaves_of
from .domain import versions as rules
from .domain.audience import At, Audience, Everyone, Leaf, PersonIs, named, read_audience
from .domain.criteria import Criterion, read_criterion
from .domain.criteria import State as StateHeld
from .domain.decisions import AdjustmentId, AdjustmentKind, Cited, Decision, Force, Otherwise, RequirementId
from .domain.known import KnownAdjustment, KnownRequirement, ended
from .domain.loading import Said
from .domain.transitions import Transition, read_transition
from .domain.words import Names
from .models import Adjustment, Alternative, Citation, Requirement, RequirementVersion

M = TypeVar("M", bound=Model)

# A rule is written once and held at thousands of practices: what was read from a text is kept under that text.
_KEPT = 4096

# What each leaf of an audience names.
_LEAVES: Final[tuple[tuple[str, type[Leaf], type[Model], str], ...]] = (
    ("role", leaves_of.Role, JobRole, "code"),
    ("staff group", leaves_of.StaffGroup, StaffGroup, "code"),
    ("kind of engagement", leaves_of.Kind, EngagementKind, "code"),
    ("task", leaves_of.Task, Task, "code"),
    ("organisation", At, Organisation, "code"),
    ("clinical system", leaves_of.System, ClinicalSystem, "code"),
    ("digital service", leaves_of.Service, DigitalService, "code"),
    ("person", PersonIs, Person, "id"),
)
_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def requirements_of(scope: Scope, organisation: UUID) -> list[Requirement]:
    """An organisation's requirements in the order of their areas, with versions, citations and alternatives."""
    return list(_whole(Requirement.objects.filter(_obliging(scope, "owner_id"), owner_id=organisation)))


def requirement_by_key(scope: Scope, organisation: UUID, key: str) -> Requirement:
    """One of an organisation's requirements, whole. Outside the scope it does not exist."""
    return _found(_whole(Requirement.objects.filter(_obliging(scope, "owner_id"), owner_id=organisation, key=key)))


def requirement_by_id(scope: Scope, requirement: RequirementId) -> Requirement:
    """A requirement at its owner, whole. Outside the scope it does not exist."""
    owned = Requirement.objects.filter(_obliging(scope, "owner_id"), pk=requirement, owner__isnull=False)
    return _found(_whole(owned))


def templates() -> list[Requirement]:
    """The national catalogue, whole, in the order of its areas. It is about nobody, so it needs no scope."""
    return list(_whole(Requirement.objects.filter(owner=None)))


def template_by_key(key: str) -> Requirement:
    """One requirement of the national catalogue, whole."""
    return _found(_whole(Requirement.objects.filter(owner=None, key=key)))


def keys_adopted(scope: Scope, organisation: UUID) -> frozenset[str]:
    """The keys an organisation has taken already, those it has ended included."""
    rows = Requirement.objects.filter(_obliging(scope, "owner_id"), owner_id=organisation)
    return frozenset(rows.values_list("key", flat=True))


def requirements_known(
    scope: Scope, organisations: Collection[UUID], known_at: datetime | None
) -> list[KnownRequirement]:
    """What organisations required as known at a moment, or now, by owner, area and position, in one query.

    A requirement is in the scope of whoever may see its owner, and of a person ever engaged there.
    """
    rows = RequirementVersion.objects.filter(
        _obliging(scope, "requirement__owner_id"), requirement__owner_id__in=organisations
    )
    if known_at is not None:
        rows = rows.filter(published_at__lte=known_at)
    rows = rows.annotate(
        audience_text=Cast("audience", TextField()),
        met_by_text=Cast("met_by", TextField()),
        transition_text=Cast("transition", TextField()),
    ).select_related("requirement__area", "requirement__retirement")
    rows = rows.defer("audience", "met_by", "transition", "rationale", "note", "local_choice").order_by(
        "requirement__owner_id", "requirement__area__position", "requirement__position", "requirement__key", "number"
    )
    return [
        _known_requirement(list(versions), known_at) for _, versions in groupby(rows, lambda row: row.requirement_id)
    ]


def adjustments_known(
    scope: Scope, organisations: Collection[UUID], known_at: datetime | None
) -> list[KnownAdjustment]:
    """The adjustments at organisations as known at a moment, or now, in a stable order, in one query."""
    rows = Adjustment.objects.filter(_obliging(scope, "organisation_id"), organisation_id__in=organisations)
    if known_at is None:
        rows = rows.filter(withdrawal=None)
    else:
        rows = rows.filter(Q(withdrawal=None) | Q(withdrawal__at__gt=known_at), recorded_at__lte=known_at)
    rows = rows.annotate(
        named=ArrayAgg("requirements", filter=Q(requirements__isnull=False), order_by="requirements", default=[]),
        scope_text=Cast("scope", TextField()),
    ).select_related("withdrawal")
    return [_known_adjustment(row) for row in rows.order_by("recorded_at", "pk")]


def live_adjustments(scope: Scope, organisation: UUID, today: date) -> list[Adjustment]:
    """An organisation's adjustments that hold today or will and are not withdrawn, those that end first at the top."""
    rows = Adjustment.objects.filter(_obliging(scope, "organisation_id"), organisation_id=organisation, withdrawal=None)
    rows = rows.filter(Q(kind="extension", until_on__gte=today) | ~Q(kind="extension") & _not_over(today))
    rows = rows.select_related("engagement__person").prefetch_related(
        Prefetch("requirements", Requirement.objects.order_by("title", "pk"))
    )
    return list(rows.order_by(Coalesce("ends_on", "until_on").asc(nulls_last=True), "starts_on", "pk"))


def adjustment_by_id(scope: Scope, adjustment: AdjustmentId) -> Adjustment:
    """An adjustment with its withdrawal, if it was withdrawn. Outside the scope it does not exist."""
    rows = Adjustment.objects.filter(_obliging(scope, "organisation_id"), pk=adjustment)
    return _found(rows.select_related("organisation", "engagement__person", "withdrawal"))


def rule_of(version: RequirementVersion) -> rules.Version:
    """A stored version as the judge's own value."""
    return rules.Version(
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


def unknown_codes(version: rules.Version) -> list[tuple[str, str]]:
    """Every code in a rule that means nothing here, each with the kind of thing it should be."""
    leaves = [leaf for _, leaf in version.met_by.leaves()]
    named_subjects = {subject for leaf in leaves for subject in leaf.subjects()}
    named_states = {leaf.state for leaf in leaves if isinstance(leaf, StateHeld)}
    asked: list[tuple[str, type[Model], str, set[str]]] = [
        ("subject", Subject, "pk", named_subjects),
        ("state", State, "pk", named_states),
    ]
    asked += [(kind, table, column, set(named(version.audience, leaf))) for kind, leaf, table, column in _LEAVES]
    return [
        (kind, code) for kind, table, column, codes in asked for code in sorted(codes - _present(table, column, codes))
    ]


def names_for(scope: Scope, found: Iterable[rules.Version] = ()) -> Names:
    """What people call the codes that rules use. A person these rules name is named to whoever may see them."""
    audiences = [version.audience for version in found]
    places = frozenset[str]().union(*(named(audience, At) for audience in audiences))
    people = frozenset[str]().union(*(named(audience, PersonIs) for audience in audiences))
    return Names(
        subjects=_called(Subject.objects.all()),
        roles=_called(JobRole.objects.all()),
        staff_groups=_called(StaffGroup.objects.all()),
        engagement_kinds=_called(EngagementKind.objects.all()),
        tasks=_called(Task.objects.all()),
        systems=_called(ClinicalSystem.objects.all()),
        services=_called(DigitalService.objects.all()),
        states=_called(State.objects.all()),
        organisations=_called(Organisation.objects.filter(code__in=places)) if places else {},
        people=_people(scope, people) if people else {},
    )


def _present(table: type[Model], column: str, codes: set[str]) -> set[str]:
    if not codes:
        return set()
    if column == "id":
        codes = {code for code in codes if _UUID.fullmatch(code)}
    return {str(one) for one in QuerySet(table).filter(**{f"{column}__in": codes}).values_list(column, flat=True)}


def _whole(rows: QuerySet[Requirement]) -> QuerySet[Requirement]:
    citations = Prefetch("citations", Citation.objects.select_related("source").order_by("position"))
    alternatives = Prefetch("alternatives", Alternative.objects.select_related("source").order_by("position"))
    versions = RequirementVersion.objects.select_related("copied_from").prefetch_related(citations, alternatives)
    return (
        rows.select_related("area", "template", "retirement")
        .prefetch_related(Prefetch("versions", versions.order_by("number")))
        .order_by("area__position", "position", "key")
    )


def _found(rows: QuerySet[M]) -> M:
    found = rows.first()
    if found is None:
        raise Http404
    return found


def _obliging(scope: Scope, column: str) -> Q:
    """The condition that an organisation is in the scope, or the scope's own person was ever engaged there."""
    if scope.everywhere:
        return Q()
    condition = Q(**{f"{column}__in": scope.organisations})
    if scope.person is None:
        return condition
    own = EngagementTerm.objects.filter(known(None), void=False, engagement__person_id=scope.person)
    return condition | Q(**{f"{column}__in": own.values("engagement__organisation_id")})


def _not_over(today: date) -> Q:
    return Q(ends_on=None) | Q(ends_on__gt=today)


def _known_requirement(rows: list[RequirementVersion], known_at: datetime | None) -> KnownRequirement:
    one = rows[0].requirement
    retirement = getattr(one, "retirement", None)
    seen = retirement is not None and (known_at is None or retirement.at <= known_at)
    rule = rules.Requirement(str(one.pk), tuple(_known_version(row) for row in rows), one.title)
    return KnownRequirement(
        id=RequirementId(one.pk),
        owner=one.owner_id or one.pk,
        key=one.key,
        title=one.title,
        short=one.short,
        column=one.column or one.key,
        area=one.area_id,
        area_name=one.area.name,
        area_position=one.area.position,
        position=one.position,
        rule=ended(rule, retirement.ends_on if retirement is not None and seen else None),
    )


def _known_version(row: RequirementVersion) -> rules.Version:
    texts = row.__dict__  # the annotations, which the model does not declare
    transition = texts["transition_text"]
    return rules.Version(
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        audience=_audience(texts["audience_text"]),
        met_by=_criterion(texts["met_by_text"]),
        first_due_days=row.first_due_days,
        notice_days=row.notice_days,
        return_days=row.return_days,
        transition=_transition(transition) if transition is not None else None,
        published_at=row.published_at,
    )


def _known_adjustment(row: Adjustment) -> KnownAdjustment:
    texts = row.__dict__  # the annotations, which the model does not declare
    withdrawal = getattr(row, "withdrawal", None)
    return KnownAdjustment(
        id=AdjustmentId(row.pk),
        kind=AdjustmentKind(row.kind),
        organisation=row.organisation_id,
        engagement=row.engagement_id,
        requirements=tuple(RequirementId(one) for one in texts["named"]),
        scope=_audience(texts["scope_text"]) if texts["scope_text"] is not None else Everyone(),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        until_on=row.until_on,
        reason=row.reason,
        authority=row.authority,
        recorded_at=row.recorded_at,
        withdrawn_at=withdrawal.at if withdrawal is not None else None,
    )


@lru_cache(maxsize=_KEPT)
def _audience(text: str) -> Audience:
    return read_audience(msgspec.json.decode(text))


@lru_cache(maxsize=_KEPT)
def _criterion(text: str) -> Criterion:
    return read_criterion(msgspec.json.decode(text))


@lru_cache(maxsize=_KEPT)
def _transition(text: str) -> Transition:
    return read_transition(msgspec.json.decode(text))


def _called(rows: QuerySet[M]) -> dict[str, str]:
    return dict(rows.values_list("code", "name"))


def _people(scope: Scope, people: Collection[str]) -> dict[str, str]:
    seen = {str(one.pk): str(one) for one in Person.objects.filter(within(scope), pk__in=people)}
    return {person: seen.get(person, "a named person") for person in people}
