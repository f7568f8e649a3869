"""What was known at a moment, for the judge: one query each, however many organisations are asked about."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import Final, TypeAlias
from uuid import UUID

from django.contrib.postgres.aggregates import ArrayAgg
from django.db.models import Case, F, Q, QuerySet, TextField, When
from django.db.models.functions import Cast

from preceptor.foundation.access import Scope
from preceptor.foundation.statements import statement

from ..domain.audience import Everyone
from ..domain.decisions import AdjustmentId, AdjustmentKind, RequirementId
from ..domain.known import KnownAdjustment, KnownRequirement, ended
from ..domain.versions import Requirement
from ..models import Adjustment, RequirementVersion
from .scopes import obliging
from .texts import KEPT, RULE, audience_in, rule_in, with_texts

# A version with its requirement: what is needed to name it, when it ended, its minutes and its rule.
_Version: TypeAlias = (
    "tuple[UUID, UUID | None, str, str, str, str, str, str, int, int, date | None, int | None, bool, date | None, date,"
    " date | None, str, str, int | None, int, int, str | None, datetime]"
)
# An adjustment, with the requirements it names and the moment it was withdrawn.
_Adjustment: TypeAlias = (
    "tuple[UUID, str, UUID, UUID | None, list[UUID] | None, str | None, date, date | None, date | None, str, str,"
    " datetime, datetime | None]"
)
_REQUIREMENT: Final = itemgetter(0)


def requirements_known(
    scope: Scope, organisations: Collection[UUID], known_at: datetime | None
) -> list[KnownRequirement]:
    """What organisations required as known at a moment, or now, by owner, area and position, in one query.

    A requirement is in the scope of whoever may see its owner, and of a person ever engaged there.
    """
    found = (
        _known_requirement(tuple(same)) for _, same in groupby(_versions(scope, organisations, known_at), _REQUIREMENT)
    )
    return [one for one in found if one.rule.versions]


@statement
def _versions(
    scope: Scope, organisations: Collection[UUID], known_at: datetime | None
) -> QuerySet[RequirementVersion, _Version]:
    rows = RequirementVersion.objects.filter(
        obliging(scope, "requirement__owner_id"), requirement__owner_id__in=organisations
    )
    retired = Q(requirement__retirement__isnull=False)
    if known_at is not None:
        rows = rows.filter(published_at__lte=known_at)
        retired &= Q(requirement__retirement__at__lte=known_at)
    rows = with_texts(rows).annotate(retired_on=Case(When(retired, then=F("requirement__retirement__ends_on"))))
    return rows.order_by(
        "requirement__owner_id", "requirement__area__position", "requirement__position", "requirement__key", "number"
    ).values_list(
        "requirement_id",
        "requirement__owner_id",
        "requirement__key",
        "requirement__title",
        "requirement__short",
        "requirement__column",
        "requirement__area_id",
        "requirement__area__name",
        "requirement__area__position",
        "requirement__position",
        "retired_on",
        "minutes",
        "minutes_verified",
        "review_by",
        *RULE,
    )


def adjustments_known(
    scope: Scope, organisations: Collection[UUID], known_at: datetime | None
) -> list[KnownAdjustment]:
    """The adjustments at organisations as known at a moment, or now, in a stable order, in one query.

    Asked without a moment, withdrawn ones are in it with the moment of withdrawal, for the judge to leave out.
    """
    return [_known_adjustment(row) for row in _adjustments(scope, organisations, known_at)]


@statement
def _adjustments(
    scope: Scope, organisations: Collection[UUID], known_at: datetime | None
) -> QuerySet[Adjustment, _Adjustment]:
    rows = Adjustment.objects.filter(obliging(scope, "organisation_id"), organisation_id__in=organisations)
    if known_at is not None:
        rows = rows.filter(Q(withdrawal=None) | Q(withdrawal__at__gt=known_at), recorded_at__lte=known_at)
    rows = rows.annotate(
        named=ArrayAgg("requirements", filter=Q(requirements__isnull=False), order_by="requirements"),
        scope_text=Cast("scope", TextField()),
    )
    return rows.order_by("recorded_at", "pk").values_list(
        "pk",
        "kind",
        "organisation_id",
        "engagement_id",
        "named",
        "scope_text",
        "starts_on",
        "ends_on",
        "until_on",
        "reason",
        "authority",
        "recorded_at",
        "withdrawal__at",
    )


@lru_cache(maxsize=KEPT)
def _known_requirement(rows: tuple[_Version, ...]) -> KnownRequirement:
    (pk, owner, key, title, short, column, area, area_name, area_position, position, retired_on) = rows[-1][:11]
    (minutes, minutes_verified, review_by) = rows[-1][11:14]
    return KnownRequirement(
        id=RequirementId(pk),
        owner=owner or pk,
        key=key,
        title=title,
        short=short,
        column=column or key,
        area=area,
        area_name=area_name,
        area_position=area_position,
        position=position,
        minutes=minutes,
        minutes_verified=minutes_verified,
        review_by=review_by,
        rule=ended(Requirement(str(pk), tuple(rule_in(row[14:]) for row in rows), title), retired_on),
    )


def _known_adjustment(row: _Adjustment) -> KnownAdjustment:
    (pk, kind, organisation, engagement, named, scope) = row[:6]
    (starts_on, ends_on, until_on, reason, authority, recorded_at, withdrawn_at) = row[6:]
    return KnownAdjustment(
        id=AdjustmentId(pk),
        kind=AdjustmentKind(kind),
        organisation=organisation,
        engagement=engagement,
        requirements=tuple(RequirementId(one) for one in named or ()),
        scope=audience_in(scope) if scope is not None else Everyone(),
        starts_on=starts_on,
        ends_on=ends_on,
        until_on=until_on,
        reason=reason,
        authority=authority,
        recorded_at=recorded_at,
        withdrawn_at=withdrawn_at,
    )
