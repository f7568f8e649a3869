"""Every read of organisations."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.http import Http404

from preceptor.foundation.access import Scope
from preceptor.foundation.facts import known

from .domain import Above, Kind, OrganisationId, Period, beneath
from .models import ClinicalSystem, DigitalService, Organisation, Parent, ServiceOffered, SystemUsed


def organisations_in(scope: Scope) -> list[Organisation]:
    """The organisations of a scope by name."""
    return list(Organisation.objects.filter(_within(scope)).order_by("name", "code"))


def organisation_by_code(scope: Scope, code: str) -> Organisation:
    """The organisation with this ODS code. Outside the scope it does not exist."""
    found = Organisation.objects.filter(_within(scope), code=code.upper()).first()
    if found is None:
        raise Http404
    return found


def organisation_by_id(scope: Scope, organisation: OrganisationId) -> Organisation:
    """The organisation with this identifier. Outside the scope it does not exist."""
    found = Organisation.objects.filter(_within(scope), pk=organisation).first()
    if found is None:
        raise Http404
    return found


def organisations_by_code(scope: Scope, codes: Collection[str]) -> dict[str, Organisation]:
    """Those of these ODS codes that are in the scope, by code."""
    return {one.code: one for one in Organisation.objects.filter(_within(scope), code__in=codes)}


def relations(scope: Scope, known_at: datetime | None = None) -> list[Above]:
    """Every organisation standing above one of the scope's, as believed at a moment or now, at any height."""
    rows = Parent.objects.filter(known(known_at)).select_related("parent").order_by("child_id", "starts_on", "pk")
    everything = [
        Above(
            OrganisationId(row.child_id),
            OrganisationId(row.parent_id),
            Kind(row.parent.kind),
            Period(row.starts_on, row.ends_on),
        )
        for row in rows
    ]
    if scope.everywhere:
        return everything
    wanted: set[UUID] = set(scope.organisations)
    while True:
        more = {one.parent for one in everything if one.child in wanted} - wanted
        if not more:
            return [one for one in everything if one.child in wanted]
        wanted |= more


def beneath_today(organisation: OrganisationId, today: date) -> frozenset[OrganisationId]:
    """Everything standing beneath an organisation today.

    Asked while working out what a role reaches, so without a scope.
    """
    rows = Parent.objects.filter(known(None)).values_list("child_id", "parent_id", "starts_on", "ends_on")
    found = (
        Above(OrganisationId(child), OrganisationId(parent), Kind.PRACTICE, Period(starts_on, ends_on))
        for child, parent, starts_on, ends_on in rows
    )
    return beneath(organisation, found, today)


def parents_of(scope: Scope, organisation: OrganisationId) -> list[Parent]:
    """What an organisation belongs and belonged to, the newest first."""
    rows = Parent.objects.filter(_within(scope, "child_id"), known(None), child_id=organisation).select_related(
        "parent"
    )
    return list(rows.order_by("-starts_on", "parent__name", "pk"))


def children_of(scope: Scope, organisation: OrganisationId) -> list[Parent]:
    """What belongs and belonged to an organisation, by name."""
    rows = Parent.objects.filter(_within(scope, "parent_id"), known(None), parent_id=organisation).select_related(
        "child"
    )
    return list(rows.order_by("child__name", "starts_on", "pk"))


def systems_of(scope: Scope, organisation: OrganisationId) -> list[SystemUsed]:
    """The clinical systems an organisation uses, used and will use, by name."""
    rows = SystemUsed.objects.filter(
        _within(scope, "organisation_id"), known(None), organisation_id=organisation
    ).select_related("system")
    return list(rows.order_by("system__name", "starts_on", "pk"))


def services_of(scope: Scope, organisation: OrganisationId) -> list[ServiceOffered]:
    """The digital services an organisation offers, offered and will offer, by name."""
    rows = ServiceOffered.objects.filter(
        _within(scope, "organisation_id"), known(None), organisation_id=organisation
    ).select_related("service")
    return list(rows.order_by("service__name", "starts_on", "pk"))


def clinical_systems() -> list[ClinicalSystem]:
    """Every clinical system we know, by name."""
    return list(ClinicalSystem.objects.order_by("name", "code"))


def digital_services() -> list[DigitalService]:
    """Every digital service we know, by name."""
    return list(DigitalService.objects.order_by("name", "code"))


def _within(scope: Scope, column: str = "pk") -> Q:
    return Q() if scope.everywhere else Q(**{f"{column}__in": scope.organisations})
