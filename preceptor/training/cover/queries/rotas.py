"""The rotas of places, and what a file of one would put down."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q

from preceptor.foundation.access import Scope
from preceptor.foundation.facts import known
from preceptor.foundation.tables import NotATableError, read_sheets
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.people.queries import engagements_at

from ..domain.reading import Member, Plan, plan_of, refused
from ..domain.rota import WEEK, Rota, Session, Slot
from ..models import RotaTurn, RotaVersion


def rotas_at(scope: Scope, organisations: Collection[UUID], since: date) -> dict[UUID, list[Rota]]:
    """The rotas by which places go from a day on, the last recorded first. Outside the scope there are none.

    What cannot hold any more is not read: what has ended, and what a later one that repeats each week has replaced.
    """
    keys = [one for one in organisations if scope.holds(one)]
    replaced = RotaVersion.objects.filter(
        known(None),
        organisation_id=OuterRef("organisation_id"),
        every=1,
        ends_on=None,
        starts_on__lte=since,
        recorded_at__gt=OuterRef("recorded_at"),
    )
    rows = RotaVersion.objects.filter(
        known(None), Q(ends_on=None) | Q(ends_on__gt=since), ~Exists(replaced), organisation_id__in=keys
    )
    versions = list(rows.order_by("-recorded_at", "pk"))
    turns: dict[UUID, dict[Slot, set[str]]] = {}
    on = RotaTurn.objects.filter(rota__in=[one.pk for one in versions]).order_by("pk")
    for rota, engagement, weekday, session in on.values_list("rota_id", "engagement_id", "weekday", "session"):
        turns.setdefault(rota, {}).setdefault(Slot(weekday, Session(session)), set()).add(str(engagement))
    found: dict[UUID, list[Rota]] = {}
    for one in versions:
        found.setdefault(one.organisation_id, []).append(_rota(one, turns.get(one.pk, {})))
    return found


def rotas_written(scope: Scope, organisation: UUID, most: int) -> list[Rota]:
    """The rotas a place wrote last, the last first, without who is on. Outside the scope there are none."""
    if not scope.holds(organisation):
        return []
    rows = RotaVersion.objects.filter(known(None), organisation_id=organisation).order_by("-recorded_at", "pk")
    return [_rota(one, {}) for one in rows[:most]]


def staff_at(scope: Scope, organisation: UUID, monday: date) -> list[Member]:
    """Who may be put down for a week: everybody engaged at a place on any day of it, by staff group and name."""
    rows = engagements_at(scope, OrganisationId(organisation))
    here = {
        row.engagement_id: Member(str(row.engagement_id), str(row.engagement.person), row.role.name)
        for row in rows
        if row.starts_on is not None and row.starts_on < monday + WEEK and (row.ends_on is None or row.ends_on > monday)
    }
    return list(here.values())


def rota_plan(scope: Scope, organisation: UUID, name: str, content: bytes, starts_on: date) -> Plan:
    """What a file would put down from a Monday on, or everything that is wrong with it."""
    try:
        sheets = read_sheets(name, content)
    except NotATableError as wrong:
        return refused(str(wrong))
    return plan_of(sheets[0], staff_at(scope, organisation, starts_on))


def _rota(row: RotaVersion, turns: Mapping[Slot, Collection[str]]) -> Rota:
    return Rota(
        id=row.pk,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        every=row.every,
        turns={slot: frozenset(who) for slot, who in turns.items()},
        recorded_at=row.recorded_at,
        by_name=row.by_name,
        source=row.source,
    )
