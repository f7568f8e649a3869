"""Every read of accounts."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Final
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import Http404

from preceptor.foundation.access import NOBODY, ROLE_TABLE, Grant, Place, Reach, Role, Scope, Viewer
from preceptor.foundation.facts import holding, known
from preceptor.foundation.statements import statement
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import beneath_today
from preceptor.register.people.domain import PersonId
from preceptor.register.people.models import EngagementTerm
from preceptor.register.people.queries import within

from .domain import may_give
from .models import RoleHeld, User

_WEAKNESSES: Final = {
    "password_too_short": "New password must be at least 12 characters",
    "password_too_common": "New password is one that many people use. Choose another",
    "password_too_similar": "New password is too much like your email address. Choose another",
}


def viewer_of(user: UUID, today: date) -> Viewer:
    """Who this user is today: their person, the places they work at and the roles they hold through them."""
    account = User.objects.select_related("person").filter(pk=user).first()
    return viewer_with(account, today) if account else NOBODY


def viewer_with(account: User, today: date) -> Viewer:
    """Who the user of this account is today, the account and its person at hand. Nobody, once it is closed."""
    if not account.is_active:
        return NOBODY
    places = {row[0]: Place(*row[1:]) for row in _places(account.person_id, today)}
    return Viewer(
        user=account.pk,
        person=account.person_id,
        name=str(account.person),
        grants=_grants_of(places, today),
        engaged=tuple(sorted(set(places.values()), key=lambda place: (place.name, place.code))),
    )


@statement
def _places(person: UUID, today: date) -> QuerySet[EngagementTerm, tuple[UUID, UUID, str, str, str]]:
    """Where someone is engaged on a day, by engagement."""
    terms = EngagementTerm.objects.filter(known(None), holding(today), void=False, engagement__person_id=person)
    at = "engagement__organisation"
    columns = ("engagement_id", f"{at}_id", f"{at}__code", f"{at}__name", f"{at}__kind")
    return terms.order_by("starts_on", "pk").values_list(*columns)


@statement
def _roles(engagements: Collection[UUID], today: date) -> QuerySet[RoleHeld, tuple[UUID, str]]:
    """The roles held through engagements on a day."""
    held = RoleHeld.objects.filter(known(None), holding(today), engagement_id__in=engagements)
    return held.order_by("role", "pk").values_list("engagement_id", "role")


def _grants_of(places: Mapping[UUID, Place], today: date) -> tuple[Grant, ...]:
    grants = []
    for engagement, held in _roles(places, today):
        role, place = Role(held), places[engagement]
        reaches_down = role is not Role.ADMINISTRATOR and ROLE_TABLE[role][Reach.BENEATH]
        below = beneath_today(OrganisationId(place.id), today) if reaches_down else frozenset()
        grants.append(Grant(role, place, frozenset(below)))
    return tuple(grants)


def account_of(scope: Scope, person: PersonId) -> User | None:
    """A person's account, if they have one. Outside the scope there is none."""
    return User.objects.filter(within(scope, "person_id"), person_id=person).select_related("person").first()


def account_by_email(email: str) -> User | None:
    """The open account that signs in with this address: asked for somebody not signed in, to send them a letter."""
    return User.objects.filter(email__iexact=email, is_active=True).select_related("person").first()


def account_by_id(user: UUID) -> User | None:
    """The open account with this identifier: asked for whom the session or our letter names, so without a scope."""
    return User.objects.filter(pk=user, is_active=True).select_related("person").first()


def token_for(account: User) -> str:
    """What proves that someone has had our letter. Used, after a sign-in or after 3 days it is worth nothing."""
    return default_token_generator.make_token(account)


def account_with_token(user: UUID, token: str) -> User | None:
    """The open account this token was made for, if it is still good."""
    account = account_by_id(user)
    return account if account and default_token_generator.check_token(account, token) else None


def weaknesses_of(account: User, password: str) -> list[str]:
    """What is wrong with a password for this account, each with what to do; nothing if it is good."""
    try:
        validate_password(password, account)
    except ValidationError as weak:
        return [_WEAKNESSES.get(one.code or "", str(one.message)) for one in weak.error_list]
    return []


def roles_held(scope: Scope, person: PersonId) -> list[RoleHeld]:
    """The roles a person holds, held and will hold through engagements in the scope, the latest first."""
    rows = RoleHeld.objects.filter(_at(scope), known(None), engagement__person_id=person)
    return list(
        rows.select_related("engagement__organisation").order_by(F("starts_on").desc(nulls_last=True), "role", "pk")
    )


def may_change_account(by: Viewer, person: PersonId, today: date) -> bool:
    """Could this viewer give every role the person holds today or will? Asked before an account changes hands."""
    lasting = Q(ends_on=None) | Q(ends_on__gt=today)
    rows = RoleHeld.objects.filter(lasting, known(None), engagement__person_id=person)
    held = rows.values_list("role", "engagement__organisation_id").distinct()
    return all(may_give(by, Role(role), organisation) for role, organisation in held)


def role_held_by_id(scope: Scope, held: int) -> RoleHeld:
    """A role someone holds. Outside the scope it does not exist."""
    found = RoleHeld.objects.filter(_at(scope), known(None), pk=held).first()
    if found is None:
        raise Http404
    return found


def managers_at(scope: Scope, today: date) -> list[RoleHeld]:
    """Who manages the scope's organisations today: the people to ask, by place and name."""
    working = EngagementTerm.objects.filter(
        known(None), holding(today), void=False, engagement_id=OuterRef("engagement_id")
    )
    rows = RoleHeld.objects.filter(
        _at(scope), known(None), holding(today), Exists(working), role__in=[Role.MANAGER, Role.PCN_LEAD]
    ).select_related("engagement__organisation", "engagement__person")
    return list(rows.order_by("engagement__organisation__name", "engagement__person__family_name", "pk"))


def _at(scope: Scope) -> Q:
    if scope.everywhere:
        return Q()
    condition = Q(engagement__organisation_id__in=scope.organisations)
    return condition | Q(engagement__person_id=scope.person) if scope.person else condition
