"""How often the sources of what an organisation requires ask for it, in two queries."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import TypeAlias
from uuid import UUID

from django.db.models import QuerySet, TextField
from django.db.models.fields.json import KeyTransform
from django.db.models.functions import Cast

from preceptor.foundation.access import Scope
from preceptor.foundation.statements import statement

from ..domain.intervals import Interval, interval_in, interval_of
from ..models import Alternative, Citation
from .scopes import obliging
from .texts import criterion_in

# A requirement, the first day of its version, the title of a source, and what that says: in words, or as a criterion.
_Said: TypeAlias = "tuple[UUID, date, str, str]"


def intervals_at(scope: Scope, organisation: UUID) -> dict[tuple[str, date], list[Interval]]:
    """Every interval that sources are known to ask for: what a version cites, and the other answers.

    By requirement and the first day of its version. Outside the scope there is nothing.
    """
    found: dict[tuple[str, date], list[Interval]] = defaultdict(list)
    for requirement, starts_on, source, says in _cited(scope, organisation):
        if months := interval_in(says):
            found[str(requirement), starts_on].append(Interval(source, months))
    for requirement, starts_on, source, met_by in _others(scope, organisation):
        if months := interval_of(criterion_in(met_by)):
            found[str(requirement), starts_on].append(Interval(source, months))
    return found


@statement
def _cited(scope: Scope, organisation: UUID) -> QuerySet[Citation, _Said]:
    rows = Citation.objects.filter(
        obliging(scope, "version__requirement__owner_id"), version__requirement__owner_id=organisation
    )
    return rows.order_by("version_id", "position").values_list(
        "version__requirement_id", "version__starts_on", "source__title", "says"
    )


@statement
def _others(scope: Scope, organisation: UUID) -> QuerySet[Alternative, _Said]:
    rows = Alternative.objects.filter(
        obliging(scope, "version__requirement__owner_id"),
        version__requirement__owner_id=organisation,
        source__isnull=False,
        rule__has_key="met_by",
    )
    rows = rows.annotate(met_by_text=Cast(KeyTransform("met_by", "rule"), TextField()))
    return rows.order_by("version_id", "position").values_list(
        "version__requirement_id", "version__starts_on", "source__title", "met_by_text"
    )
