"""Sources there are to cite: those of the national catalogue, and those an organisation added itself."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Q
from django.http import Http404

from preceptor.foundation.access import Scope

from ..domain.decisions import Force
from ..domain.held import OwnSource
from ..models import Citation, Source


@dataclass(frozen=True, slots=True)
class SourceKnown:
    """A source there is to cite, and the day it was last checked. One that was added is unconfirmed until read."""

    key: str
    title: str
    checked_on: date | None
    is_unconfirmed: bool


def sources_for(scope: Scope, organisation: UUID, cited: Collection[str] = ()) -> list[SourceKnown]:
    """Every source an organisation may cite, by title: the catalogue's, its own, and those cited already."""
    if not scope.holds(organisation):
        raise Http404
    rows = Source.objects.filter(Q(owner=None) | Q(owner_id=organisation) | Q(key__in=set(cited)))
    return [
        SourceKnown(one.key, one.title, one.checked_on, one.owner_id is not None and not one.verified)
        for one in rows.order_by("title", "key")
    ]


def own_source(scope: Scope, organisation: UUID, key: str) -> OwnSource:
    """A source its owner added. Outside the scope it does not exist."""
    row = own_source_row(scope, key)
    if row.owner_id != organisation:
        raise Http404
    said = Citation.objects.filter(source=row).order_by("says").values_list("says", flat=True).distinct()
    return OwnSource(
        row.key,
        row.title,
        row.publisher,
        row.link,
        Force(row.legal_force),
        row.checked_on,
        row.verified,
        tuple(said),
    )


def own_source_row(scope: Scope, key: str) -> Source:
    """The row of a source its owner added. Outside the scope, and of the catalogue's, it does not exist."""
    row = Source.objects.filter(pk=key).first()
    if row is None or row.owner_id is None or not scope.holds(row.owner_id):
        raise Http404
    return row
