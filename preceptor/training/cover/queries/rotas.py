"""The rotas of places, and what a file of one would put down."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from preceptor.foundation.access import Scope
from preceptor.foundation.facts import known
from preceptor.foundation.tables import NotATableError, read_sheets
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.people.queries import engagements_at

from ..domain.reading import Member, Plan, plan_of, refused
from ..domain.rota import WEEK, Rota, Session, Slot
from ..models import RotaTurn, RotaVersion


def rotas_at(scope: Scope, organisation: UUID) -> list[Rota]:
    """The rotas a place goes by, the last recorded first. Outside the scope there are none."""
    if not scope.holds(organisation):
        return []
    versions = list(
        RotaVersion.objects.filter(known(None), organisation_id=organisation).order_by("-recorded_at", "pk")
    )
    turns: dict[UUID, dict[Slot, set[str]]] = {}
    rows = RotaTurn.objects.filter(rota__in=[one.pk for one in versions]).order_by("pk")
    for rota, engagement, weekday, session in rows.values_list("rota_id", "engagement_id", "weekday", "session"):
        turns.setdefault(rota, {}).setdefault(Slot(weekday, Session(session)), set()).add(str(engagement))
    return [
        Rota(
            id=one.pk,
            starts_on=one.starts_on,
            ends_on=one.ends_on,
            every=one.every,
            turns={slot: frozenset(who) for slot, who in turns.get(one.pk, {}).items()},
            recorded_at=one.recorded_at,
            by_name=one.by_name,
            source=one.source,
        )
        for one in versions
    ]


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
