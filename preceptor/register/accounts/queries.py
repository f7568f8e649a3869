"""Every read of accounts."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from preceptor.foundation.access import NOBODY, ROLE_TABLE, Grant, Place, Reach, Role, Viewer
from preceptor.foundation.facts import holding, known
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import beneath_today, place_of
from preceptor.register.people.models import EngagementTerm

from .models import RoleHeld, User


def viewer_of(user: UUID, today: date) -> Viewer:
    """Who this user is today: their person, the places they work at and the roles they hold through those engagements."""
    account = User.objects.select_related("person").filter(pk=user, is_active=True).first()
    if account is None:
        return NOBODY
    places = _places_of(account.person_id, today)
    return Viewer(
        user=account.pk,
        person=account.person_id,
        name=str(account.person),
        grants=_grants_of(places, today),
        engaged=tuple(sorted(set(places.values()), key=lambda place: (place.name, place.code))),
    )


def _places_of(person: UUID, today: date) -> dict[UUID, Place]:
    """Where someone is engaged today, by engagement."""
    terms = EngagementTerm.objects.filter(
        known(None), holding(today), void=False, engagement__person_id=person
    ).select_related("engagement__organisation")
    return {term.engagement_id: place_of(term.engagement.organisation) for term in terms.order_by("starts_on", "pk")}


def _grants_of(places: dict[UUID, Place], today: date) -> tuple[Grant, ...]:
    held = RoleHeld.objects.filter(known(None), holding(today), engagement_id__in=places).order_by("role", "pk")
    grants = []
    for one in held:
        role, place = Role(one.role), places[one.engagement_id]
        reaches_down = role is not Role.ADMINISTRATOR and ROLE_TABLE[role][Reach.BENEATH]
        below = beneath_today(OrganisationId(place.id), today) if reaches_down else frozenset()
        grants.append(Grant(role, place, frozenset(below)))
    return tuple(grants)
