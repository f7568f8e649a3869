"""One's own account, and the pages everybody may read."""

from __future__ import annotations

from datetime import timedelta

from django.http import Http404, HttpResponse

from preceptor.foundation.access import ENGAGED, OWN, ROLE_TABLE, Can, Reach, Role, Scope
from preceptor.register.people.domain import PersonId
from preceptor.register.people.queries import engagements_of
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request

from .. import pages, queries
from ..domain import CAN_WORDS, ROLE_NAMES, ROLE_PURPOSES


def me(request: Request) -> HttpResponse:
    """One's own account: where one works, and what one may do there until when."""
    account = queries.account_by_id(request.viewer.user) if request.viewer.user else None
    if account is None:
        raise Http404
    scope, person = request.viewer.scope(Can.KEEP_ACCOUNT), PersonId(account.person_id)
    held = queries.roles_held(scope, person)
    rows = [
        (
            row,
            pages.WorkplaceRow(
                row.engagement.organisation.name,
                row.role.name,
                row.starts_on,
                row.ends_on - timedelta(days=1) if row.ends_on else None,
                tuple(
                    ROLE_NAMES[Role(one.role)]
                    for one in held
                    if one.engagement_id == row.engagement_id and (one.ends_on is None or one.ends_on > request.today)
                ),
            ),
        )
        for row in engagements_of(scope, person)
    ]
    now = tuple(shown for row, shown in rows if row.ends_on is None or row.ends_on > request.today)
    former = tuple(shown for row, shown in rows if row.ends_on is not None and row.ends_on <= request.today)
    return render(request, pages.MePage(title=str(account.person), email=account.email, workplaces=now, former=former))


def who_can_see(request: Request) -> HttpResponse:
    """What each role opens, from the very table that decides it."""
    page = pages.WhoCanSeePage(
        title="Who can see what",
        own=_words(OWN),
        engaged=_words(ENGAGED),
        roles=tuple(pages.RoleColumn(ROLE_NAMES[role], ROLE_PURPOSES[role]) for role in Role),
        rows=tuple(
            pages.PermissionRow(CAN_WORDS[one], tuple(_reach(role, one) for role in Role))
            for one in Can
            if any(_reach(role, one) for role in Role)
        ),
    )
    return render(request, page)


def accessibility(request: Request) -> HttpResponse:
    """The accessibility statement."""
    return render(request, pages.AccessibilityPage(title="Accessibility statement"))


def help_and_contacts(request: Request) -> HttpResponse:
    """Help, and who looks after training where one works."""
    places = Scope(frozenset(place.id for place in request.viewer.engaged))
    contacts = tuple(
        pages.Contact(str(one.engagement.person), one.engagement.person.email or "", one.engagement.organisation.name)
        for one in queries.managers_at(places, request.today)
    )
    page = pages.HelpPage(title="Help and contacts", contacts=contacts, is_signed_in=request.viewer.is_signed_in)
    return render(request, page)


def _reach(role: Role, permission: Can) -> str:
    reaches = {reach for reach, opened in ROLE_TABLE[role].items() if permission in opened}
    if role is Role.ADMINISTRATOR and reaches:
        return "Everywhere"
    if Reach.BENEATH in reaches:
        return "At the place, and at those that belong to it"
    return "At the place" if reaches else ""


def _words(permissions: frozenset[Can]) -> tuple[str, ...]:
    return tuple(CAN_WORDS[one] for one in Can if one in permissions)
