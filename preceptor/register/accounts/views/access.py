"""Giving and taking access."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from preceptor.foundation.access import Can, Role
from preceptor.foundation.actions import Refusal
from preceptor.register.organisations.domain import Kind
from preceptor.register.people.domain import EngagementId, PersonId
from preceptor.register.people.queries import (
    engaged_elsewhere,
    engagement_kinds,
    engagement_of,
    engagements_of,
    is_confirmed,
    is_known,
    job_roles,
    person_by_id,
    person_told,
    tasks_known,
    terms_of,
    works_within,
)
from preceptor.ui.forms import Form
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request, next_url
from preceptor.ui.words import day

from .. import actions, forms, pages, queries
from ..domain import ROLE_NAMES, may_give, roles_to_give
from . import letters
from .passwords import letter_link


def access(request: Request, person: UUID) -> HttpResponse:
    """A person's account and roles."""
    return _access(request, PersonId(person))


def _access(request: Request, key: PersonId, *, problem: str = "") -> HttpResponse:
    scope = request.viewer.scope(Can.GIVE_ACCESS)
    told = person_told(scope, key, request.today)
    account, known = queries.account_of(scope, key), is_known(scope, key)
    is_told = known and works_within(scope, key, request.today)
    ends = {one.engagement_id: one.ends_on for one in engagements_of(scope, key)}
    held = []
    for one in queries.roles_held(scope, key):
        if one.engagement_id not in ends:
            continue
        last = min((on for on in (one.ends_on, ends[one.engagement_id]) if on), default=None)
        place, role = one.engagement.organisation, Role(one.role)
        has_ended = last is not None and last <= request.today
        may_take = not has_ended and key != request.viewer.person and may_give(request.viewer, role, place.pk)
        last_on = last - timedelta(days=1) if last else None
        held.append(pages.HeldRow(one.pk, ROLE_NAMES[role], place.name, one.starts_on, last_on, has_ended, may_take))
    page = pages.AccessPage(
        title=f"Access of {told.name}",
        back=Link(told.name, reverse("people:person", args=[key])),
        person=str(key),
        name=told.name,
        email=told.email or "",
        has_account=account is not None,
        account=account.email if account and is_told else "",
        is_asked=not known,
        is_open=account.is_active if account else False,
        has_signed_in=account.last_login is not None if account else False,
        address_differs=bool(account and is_told and told.email and account.email != told.email.lower()),
        may_close=key != request.viewer.person
        and known
        and not engaged_elsewhere(scope, key)
        and queries.may_change_account(request.viewer, key, request.today),
        may_give=key != request.viewer.person and bool(_places(request, key)),
        held=tuple(held),
        problem=problem,
    )
    return render(request, page)


@require_POST
def invite(request: Request, person: UUID) -> HttpResponse:
    """Give somebody an account, or send the letter about it again."""
    key = PersonId(person)
    try:
        user = actions.invite(by=request.viewer, at=request.at, person=key)
    except Refusal as refused:
        return _access(request, key, problem=refused.message)
    if account := queries.account_by_id(user):
        is_asked = not is_known(request.viewer.scope(Can.GIVE_ACCESS), key)
        letters.send(
            letters.invitation(
                to=account.email,
                name=str(account.person),
                by=request.viewer.name,
                link=letter_link(request, account.pk, queries.token_for(account)),
                sign_in=request.build_absolute_uri(reverse("account_login")),
                question=request.build_absolute_uri(reverse("people:questions")) if is_asked else "",
            )
        )
        whom = "them" if is_asked else account.email
        messages.success(request, f"A letter to {whom} is on its way.")
    return redirect("accounts:access", key)


def close(request: Request, person: UUID) -> HttpResponse:
    """Close somebody's account, once asked whether to."""
    if request.method == "POST":
        return _switch(request, person, "The account is closed. They can no longer sign in.", actions.deactivate)
    scope, key = request.viewer.scope(Can.GIVE_ACCESS), PersonId(person)
    row, here = person_by_id(scope, key), reverse("accounts:access", args=[key])
    if queries.account_of(scope, key) is None:
        raise Http404
    page = pages.ClosePage(
        title=f"Close {row}’s account?", back=Link("Access", here), name=str(row), cancel=Link("Keep it open", here)
    )
    return render(request, page)


@require_POST
def open_again(request: Request, person: UUID) -> HttpResponse:
    """Open a closed account again."""
    return _switch(request, person, "The account is open again.", actions.reactivate)


def give_role(request: Request, person: UUID) -> HttpResponse:
    """Give somebody a role at a place where they work."""
    key = PersonId(person)
    row = person_by_id(request.viewer.scope(Can.GIVE_ACCESS), key)
    places = _places(request, key)
    if not places:
        raise Http404
    roles = [role for role in Role if any(role in offered for _, _, offered in places)]
    form = forms.GiveRoleForm(request.POST or None, places=[place[:2] for place in places], roles=roles)
    if given := form.value():
        try:
            actions.give_role(
                by=request.viewer,
                at=request.at,
                engagement=EngagementId(UUID(given.engagement)),
                role=given.role,
                starts_on=given.starts_on,
            )
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, f"{row} now has the role {ROLE_NAMES[given.role]}.")
            return redirect("accounts:access", key)
    return _form(
        request,
        key,
        title=f"Give {row} access",
        form=form,
        button="Give access",
        outcome=f"The access ends by itself with {row}’s last day there.",
    )


def take_role(request: Request, person: UUID, held: int) -> HttpResponse:
    """Take a role away from a day on."""
    scope, key = request.viewer.scope(Can.GIVE_ACCESS), PersonId(person)
    row, one = person_by_id(scope, key), queries.role_held_by_id(scope, held)
    if one.engagement.person_id != key:
        raise Http404
    form = forms.TakeRoleForm(request.POST or None)
    if ends_on := form.value():
        try:
            actions.take_role(by=request.viewer, at=request.at, held=held, ends_on=ends_on)
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, f"The access ends after {day(ends_on - timedelta(days=1))}.")
            return redirect("accounts:access", key)
    return _form(
        request,
        key,
        title=f"End {row}’s access: {ROLE_NAMES[Role(one.role)]}",
        form=form,
        button="End access",
        outcome=f"{row} can still sign in, and sees their own training.",
    )


def change_role(request: Request, person: UUID, engagement: UUID) -> HttpResponse:
    """Change somebody's role at a place, with the tasks and access that go over to it."""
    scope, key = request.viewer.scope(Can.EDIT_PEOPLE), EngagementId(engagement)
    old = engagement_of(scope, PersonId(person), key)
    name, terms = str(old.engagement.person), terms_of(old)
    tasks = [(one.task_id, one.task.name) for one in tasks_known(scope, [key]) if _lasts(one.ends_on, request)]
    held = [
        (one.role, ROLE_NAMES[Role(one.role)])
        for one in queries.roles_held(scope, PersonId(person))
        if one.engagement_id == key and _lasts(one.ends_on, request)
    ]
    offered = forms.JobsOffered(
        roles=tuple((one.code, one.name, one.staff_group_id) for one in job_roles()),
        kinds=tuple((one.code, one.name) for one in engagement_kinds()),
        tasks=tuple(tasks),
        access=tuple(held) if request.viewer.may(Can.GIVE_ACCESS) else (),
    )
    start = {
        "kind": terms.kind,
        "hours": f"{terms.weekly_hours.normalize():f}" if terms.weekly_hours else "",
        "keep_tasks": [code for code, _ in tasks],
        "keep_roles": [code for code, _ in held],
    }
    form = forms.ChangeRoleForm(request.POST or None, offered=offered, initial=start)
    back = next_url(request, reverse("people:person", args=[person]))
    if changed := form.value():
        try:
            actions.change_role(
                by=request.viewer,
                at=request.at,
                engagement=key,
                terms=replace(changed.terms, ends_on=_later(terms.ends_on, changed.terms.starts_on)),
                keep_tasks=changed.keep_tasks,
                keep_roles=changed.keep_roles,
            )
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, f"{name}’s role changes on {day(changed.terms.starts_on)}.")
            return redirect(back)
    page = pages.AccountFormPage(
        title=f"Change {name}’s role at {old.engagement.organisation.name}",
        back=Link(name, back),
        form=form,
        button="Change role",
        intro=(f"Now {old.role.name}, since {day(old.starts_on)}.",),
        outcome="The old role ends the day before. What is required of them follows the new role from its first day. "
        "Training they have done stays theirs. Tasks and access not ticked end with the old role.",
        cancel=Link("Cancel", back),
    )
    return render(request, page)


def _later(ends_on: date | None, starts_on: date) -> date | None:
    """The planned end of the old role, if the new one begins before it."""
    return ends_on if ends_on and ends_on > starts_on else None


def _lasts(ends_on: date | None, request: Request) -> bool:
    return ends_on is None or ends_on > request.today


def _places(request: Request, person: PersonId) -> list[tuple[str, str, tuple[Role, ...]]]:
    """Where a person works, today or later, at which the viewer may give a role, and which."""
    found = []
    for row in engagements_of(request.viewer.scope(Can.GIVE_ACCESS), person):
        place = row.engagement.organisation
        roles = roles_to_give(request.viewer, place.pk, Kind(place.kind))
        if roles and _lasts(row.ends_on, request) and is_confirmed(row.engagement):
            found.append((str(row.engagement_id), f"{place.name}, as {row.role.name}", roles))
    return found


def _switch(request: Request, person: UUID, done: str, action: Callable[..., None]) -> HttpResponse:
    try:
        action(by=request.viewer, at=request.at, person=PersonId(person))
    except Refusal as refused:
        return _access(request, PersonId(person), problem=refused.message)
    messages.success(request, done)
    return redirect("accounts:access", person)


def _form(
    request: Request, person: PersonId, *, title: str, form: Form[Any], button: str, outcome: str
) -> HttpResponse:
    here = reverse("accounts:access", args=[person])
    back, cancel = Link("Access", here), Link("Cancel", here)
    page = pages.AccountFormPage(title=title, back=back, form=form, button=button, outcome=outcome, cancel=cancel)
    return render(request, page)
