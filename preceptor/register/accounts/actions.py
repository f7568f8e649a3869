"""Every change to accounts and the roles people hold."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404

from preceptor.foundation.access import Can, Role, Viewer
from preceptor.foundation.actions import Refusal, action, concerning
from preceptor.foundation.dates import london_date
from preceptor.foundation.facts import known, supersede
from preceptor.register.organisations.domain import Kind, Period
from preceptor.register.people.actions import change_role as change_job
from preceptor.register.people.actions import lock
from preceptor.register.people.domain import EngagementId, PersonId, Terms
from preceptor.register.people.models import EngagementTerm, Person
from preceptor.register.people.queries import (
    engaged_elsewhere,
    engagement_by_id,
    is_confirmed,
    is_known,
    person_by_id,
    works_within,
)

from .domain import ROLE_KINDS, ROLE_NAMES, Secret, UserId, may_give
from .models import RoleHeld, User
from .queries import account_of, may_change_account, role_held_by_id


@action("account.given", may=Can.GIVE_ACCESS)
def invite(*, by: Viewer, at: datetime, person: PersonId) -> UserId:
    """Gives a person an account they sign in to with their email address.

    It has no password until its owner chooses one: nothing secret is made or returned here. Asked again, it brings the
    address to sign in with up to date. Whoever chooses the address chooses who gets in, so it takes someone whose own
    access reaches as far as the person's.
    """
    scope = by.scope(Can.GIVE_ACCESS)
    seen = person_by_id(scope, person)
    if not works_within(scope, person, london_date(at)):
        raise Refusal(f"{seen} no longer works at a place you manage")
    # The address they are known by, whatever was typed by a place they have not said yes to.
    row = Person.objects.select_for_update().get(pk=person)
    if not row.email:
        raise Refusal(f"Add an email address for {seen} first")
    email = row.email.lower()
    if User.objects.filter(~Q(person=row), email__iexact=email).exists():
        raise Refusal("Someone else already signs in with this email address")
    account = account_of(scope, person)
    if account is None or account.email != email:
        _refuse_higher(by, person, london_date(at))
    if account is None:
        account = User(person=row, email=email)
        account.set_unusable_password()
        account.save()
    elif account.email != email:
        _refuse_shared(by, person)
        User.objects.filter(pk=account.pk).update(email=email)
    return UserId(account.pk)


@action("account.closed", may=Can.GIVE_ACCESS)
def deactivate(*, by: Viewer, at: datetime, person: PersonId) -> None:
    """Closes a person's account: they can sign in nowhere. Refuses one's own, and someone who works elsewhere too."""
    if person == by.person:
        raise Refusal("Ask someone else to close your own account")
    User.objects.filter(pk=_account(by, person, london_date(at)).pk).update(is_active=False)


@action("account.opened", may=Can.GIVE_ACCESS)
def reactivate(*, by: Viewer, at: datetime, person: PersonId) -> None:
    """Opens a closed account again."""
    User.objects.filter(pk=_account(by, person, london_date(at)).pk).update(is_active=True)


@action("role.given", may=Can.GIVE_ACCESS)
def give_role(*, by: Viewer, at: datetime, engagement: EngagementId, role: Role, starts_on: date | None = None) -> None:
    """Gives a role through an engagement, with which it ends at the latest. Never more than the giver's own.

    Nobody gives themselves one: whoever leaves cannot let themselves in again.
    """
    row = engagement_by_id(by.scope(Can.GIVE_ACCESS), engagement)
    concerning(row.engagement.organisation_id)
    if row.engagement.person_id == by.person:
        raise Refusal("Ask someone else to give you a role", field="role")
    if not is_confirmed(row.engagement):
        raise Refusal(f"{row.engagement.person} has not said yet that they work here", field="engagement")
    _refuse_role(by, row, role)
    lock(PersonId(row.engagement.person_id))
    held = RoleHeld.objects.filter(known(None), engagement_id=engagement, role=role)
    if any(Period(one.starts_on, one.ends_on).meets(Period(starts_on)) for one in held):
        raise Refusal("They already have this role", field="role")
    RoleHeld.objects.create(engagement_id=engagement, role=role, starts_on=starts_on, recorded_at=at)


@action("role.taken", may=Can.GIVE_ACCESS)
def take_role(*, by: Viewer, at: datetime, held: int, ends_on: date) -> None:
    """Takes a role away: its last day is the day before `ends_on`. Refuses one's own: nobody locks themselves out."""
    one = role_held_by_id(by.scope(Can.GIVE_ACCESS), held)
    row = engagement_by_id(by.scope(Can.GIVE_ACCESS), EngagementId(one.engagement_id))
    concerning(row.engagement.organisation_id)
    if row.engagement.person_id == by.person:
        raise Refusal("Ask someone else to take away your own role")
    _refuse_role(by, row, Role(one.role))
    if one.ends_on and one.ends_on <= ends_on:
        raise Refusal("The role ends before that already")
    supersede(RoleHeld.objects.filter(pk=one.pk), at)
    if ends_on > (one.starts_on or row.starts_on or ends_on):
        RoleHeld.objects.create(
            engagement_id=one.engagement_id, role=one.role, starts_on=one.starts_on, ends_on=ends_on, recorded_at=at
        )


@action("access.carried", may=Can.EDIT_PEOPLE)
def change_role(
    *,
    by: Viewer,
    at: datetime,
    engagement: EngagementId,
    terms: Terms,
    keep_tasks: Collection[str] = (),
    keep_roles: Collection[Role] = (),
) -> EngagementId:
    """Changes someone's role at a place, as people's own action does, and carries over the access they are to keep.

    Access not carried over ends with the old role. Only what the viewer could give can be carried.
    """
    old = engagement_by_id(by.scope(Can.EDIT_PEOPLE), engagement)
    concerning(old.engagement.organisation_id)
    new = change_job(by=by, at=at, engagement=engagement, terms=terms, keep_tasks=keep_tasks)
    held = RoleHeld.objects.filter(known(None), engagement_id=engagement, role__in=keep_roles).order_by("role", "pk")
    for one in held:
        if one.ends_on is None or one.ends_on > terms.starts_on:
            _refuse_role(by, old, Role(one.role))
            RoleHeld.objects.create(
                engagement_id=new, role=one.role, starts_on=one.starts_on, ends_on=one.ends_on, recorded_at=at
            )
    return new


@action("password.chosen", may=Can.KEEP_ACCOUNT)
def choose_password(*, by: Viewer, at: datetime, password: Secret) -> None:
    """Sets one's own password. Every other place where one is signed in is signed out."""
    if by.user is None:
        raise PermissionDenied
    _set_password(by.user, password)


@action("password.set", may=Can.GIVE_ACCESS)
def set_password(*, by: Viewer, at: datetime, person: PersonId, password: Secret) -> None:
    """Sets a known password for somebody, as the demo world needs. No person may: only a system account."""
    if not by.system:
        raise PermissionDenied
    account = account_of(by.scope(Can.GIVE_ACCESS), person)
    if account is None:
        raise Http404
    _set_password(account.pk, password)


def _set_password(user: UUID, password: Secret) -> None:
    account = User.objects.select_for_update().get(pk=user)
    account.set_password(password.reveal())
    account.save(update_fields=["password"])


def _account(by: Viewer, person: PersonId, today: date) -> User:
    account = account_of(by.scope(Can.GIVE_ACCESS), person)
    if account is None:
        raise Http404
    _refuse_shared(by, person)
    _refuse_higher(by, person, today)
    return account


def _refuse_higher(by: Viewer, person: PersonId, today: date) -> None:
    """Nobody takes over, opens or closes an account that opens more than they could give."""
    if not may_change_account(by, person, today):
        raise Refusal("Their access reaches further than yours, so only an administrator can change this")


def _refuse_shared(by: Viewer, person: PersonId) -> None:
    """One account opens every place someone works at, so one place alone does not change it."""
    scope = by.scope(Can.GIVE_ACCESS)
    if engaged_elsewhere(scope, person) or not is_known(scope, person):
        raise Refusal("They also work or worked elsewhere, so only an administrator can change this")


def _refuse_role(by: Viewer, row: EngagementTerm, role: Role) -> None:
    place = row.engagement.organisation
    if Kind(place.kind) not in ROLE_KINDS[role]:
        raise Refusal(f"{ROLE_NAMES[role]} is not a role for {place.name}", field="role")
    if not may_give(by, role, place.pk):
        raise Refusal(
            f"Only an administrator can do this: your own role does not reach as far as {ROLE_NAMES[role]}",
            field="role",
        )
