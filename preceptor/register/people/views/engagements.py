"""One more engagement, corrections, leavers, and what was entered in error."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect

from preceptor.foundation.access import Can
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_code
from preceptor.ui.requests import Request
from preceptor.ui.words import day

from .. import actions, forms
from ..domain import EngagementId, PersonId, Terms
from ..queries import engagement_of, person_by_id, terms_of
from . import letters as letters_of
from .answers import back_to, form_page, jobs_offered, saved


def add_engagement(request: Request, code: str, person: UUID) -> HttpResponse:
    """Give a person one more role at a place."""
    scope, key = request.viewer.scope(Can.EDIT_PEOPLE), PersonId(person)
    place, row = organisation_by_code(scope, code), person_by_id(scope, key)
    form = forms.EngagementForm(request.POST or None, offered=jobs_offered(tasks=True))
    back = back_to(request, key)

    def act(new: forms.NewEngagement) -> None:
        actions.add_engagement(
            by=request.viewer,
            at=request.at,
            organisation=OrganisationId(place.pk),
            person=key,
            terms=new.terms,
            tasks=new.tasks,
        )

    if saved(form, act):
        letters_of.ask(request, place.pk)
        messages.success(request, f"{row} has another role at {place.name}.")
        return redirect(back)
    return form_page(
        request,
        title=f"Give {row} another role at {place.name}",
        name=str(row),
        back=back,
        form=form,
        button="Add role",
        intro="For someone who has two roles at once. If the new role replaces the old one, change the role instead.",
        outcome="Both roles count: what either needs is required of them. Their training stays one record.",
    )


def correct(request: Request, person: UUID, engagement: UUID) -> HttpResponse:
    """Say what the terms of an engagement really are."""
    key = EngagementId(engagement)
    row = engagement_of(request.viewer.scope(Can.EDIT_PEOPLE), PersonId(person), key)
    terms = terms_of(row)
    start = {
        "role": terms.role,
        "staff_group": terms.staff_group,
        "kind": terms.kind,
        "first_on": terms.starts_on,
        "last_on": terms.last_on,
        "hours": f"{terms.weekly_hours.normalize():f}" if terms.weekly_hours else "",
    }
    form = forms.TermsForm(request.POST or None, offered=jobs_offered(), initial=start)
    back, name = back_to(request, PersonId(person)), str(row.engagement.person)

    def act(new: Terms) -> None:
        actions.correct_engagement(by=request.viewer, at=request.at, engagement=key, terms=new)

    if saved(form, act):
        messages.success(request, "The correction is saved.")
        return redirect(back)
    return form_page(
        request,
        title=f"Correct {name}’s role at {row.engagement.organisation.name}",
        name=name,
        back=back,
        form=form,
        button="Save correction",
        intro="For what was entered wrongly. If it was right and has changed since, change the role instead.",
        outcome="Past and present standing are worked out anew. What was believed until now stays on file.",
    )


def leave(request: Request, person: UUID, engagement: UUID) -> HttpResponse:
    """Say which day is somebody's last at a place."""
    key = EngagementId(engagement)
    row = engagement_of(request.viewer.scope(Can.EDIT_PEOPLE), PersonId(person), key)
    name, place = str(row.engagement.person), row.engagement.organisation.name
    question = f"Last day at {place}"
    form = forms.LastDayForm(request.POST or None, question=question, initial={"last_on": terms_of(row).last_on})
    back = back_to(request, PersonId(person))

    def act(ends_on: date) -> None:
        actions.end_engagement(by=request.viewer, at=request.at, engagement=key, ends_on=ends_on)

    if saved(form, act):
        messages.success(request, f"{name}’s last day at {place} is {day(form.cleaned_data['last_on'])}.")
        return redirect(back)
    return form_page(
        request,
        title=f"{name} is leaving",
        name=name,
        back=back,
        form=form,
        button="Save last day",
        intro=f"{row.role.name} at {place} since {day(row.starts_on)}.",
        outcome=f"The day after, {name} loses the access this role gave and is no longer in the training matrix. "
        f"Their records are kept, and stay theirs to see.",
    )


def void(request: Request, person: UUID, engagement: UUID) -> HttpResponse:
    """Say that an engagement was entered in error."""
    key = EngagementId(engagement)
    row = engagement_of(request.viewer.scope(Can.EDIT_PEOPLE), PersonId(person), key)
    name, place = str(row.engagement.person), row.engagement.organisation
    form = forms.ReasonForm(request.POST or None)

    def act(reason: str) -> None:
        actions.void_engagement(by=request.viewer, at=request.at, engagement=key, reason=reason)

    if saved(form, act):
        messages.success(request, f"{name}’s role is removed.")
        return redirect("people:people", place.code)
    return form_page(
        request,
        title=f"Remove {name}’s role at {place.name}",
        name=name,
        back=back_to(request, PersonId(person)),
        form=form,
        button="Remove role",
        intro=f"{row.role.name} since {day(row.starts_on)}. Only for a role that never was: for someone who leaves, "
        "save their last day instead.",
        outcome=f"It will be as if {name} had never had this role. Who removed it, when and why is kept.",
    )
