"""What was known at a moment, for the judge: one query each, however many organisations are asked about."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from typing import Final
from uuid import UUID

import msgspec
from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Q, TextField
from django.db.models.functions import Cast

from preceptor.foundation.access import Scope

from ..domain.audience import Audience, Everyone, read_audience
from ..domain.criteria import Criterion, read_criterion
from ..domain.decisions import AdjustmentId, AdjustmentKind, RequirementId
from ..domain.known import KnownAdjustment, KnownRequirement, ended
from ..domain.transitions import Transition, read_transition
from ..domain.versions import Requirement, Version
from ..models import Adjustment, RequirementVersion
from .scopes import obliging

# A rule is written once and held at thousands of practices: what was read from a text is kept under that text.
_KEPT: Final = 4096


def requirements_known(
    scope: Scope, organisations: Collection[UUID], known_at: datetime | None
) -> list[KnownRequirement]:
    """What organisations required as known at a moment, or now, by owner, area and position, in one query.

    A requirement is in the scope of whoever may see its owner, and of a person ever engaged there.
    """
    rows = RequirementVersion.objects.filter(
        obliging(scope, "requirement__owner_id"), requirement__owner_id__in=organisations
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
    found = (_known_requirement(list(same), known_at) for _, same in groupby(rows, lambda row: row.requirement_id))
    return [one for one in found if one.rule.versions]


def adjustments_known(
    scope: Scope, organisations: Collection[UUID], known_at: datetime | None
) -> list[KnownAdjustment]:
    """The adjustments at organisations as known at a moment, or now, in a stable order, in one query.

    Asked without a moment, withdrawn ones are in it with the moment of withdrawal, for the judge to leave out.
    """
    rows = Adjustment.objects.filter(obliging(scope, "organisation_id"), organisation_id__in=organisations)
    if known_at is not None:
        rows = rows.filter(Q(withdrawal=None) | Q(withdrawal__at__gt=known_at), recorded_at__lte=known_at)
    rows = rows.annotate(
        named=ArrayAgg("requirements", filter=Q(requirements__isnull=False), order_by="requirements", default=[]),
        scope_text=Cast("scope", TextField()),
    ).select_related("withdrawal")
    return [_known_adjustment(row) for row in rows.order_by("recorded_at", "pk")]


def _known_requirement(rows: list[RequirementVersion], known_at: datetime | None) -> KnownRequirement:
    one = rows[0].requirement
    retirement = getattr(one, "retirement", None)
    seen = retirement is not None and (known_at is None or retirement.at <= known_at)
    rule = Requirement(str(one.pk), tuple(_known_version(row) for row in rows), one.title)
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
        minutes=rows[-1].minutes,
        minutes_verified=rows[-1].minutes_verified,
        rule=ended(rule, retirement.ends_on if retirement is not None and seen else None),
    )


def _known_version(row: RequirementVersion) -> Version:
    texts = row.__dict__  # the annotations, which the model does not declare
    transition = texts["transition_text"]
    return Version(
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
