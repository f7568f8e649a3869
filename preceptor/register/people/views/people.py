"""The people of a place, one person, adding and editing them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Protocol
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from preceptor.foundation.access import Can
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_code
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request
from preceptor.ui.words import count, day

from .. import actions, forms, pages, queries
from ..domain import Denial, PersonDetails, PersonId, When
from . import letters as letters_of
from .answers import back_to, form_page, jobs_offered, saved


def people(request: Request, code: str) -> HttpResponse:
    """The people of a place: working there today, starting, and gone; by name when asked."""
    scope = request.viewer.scope(Can.SEE_PEOPLE)
    place = organisation_by_code(scope, code)
    search = " ".join(request.GET.get("q", "").split())
    everyone = [(row, queries.terms_of(row)) for row in queries.engagements_at(scope, place.pk)]
    denied = queries.denied_at(scope, place.pk)
    parts: dict[When, list[pages.StaffRow]] = {when: [] for when in When}
    for row, terms in everyone:
        name = str(row.engagement.person)
        if search.casefold() in name.casefold():
            parts[terms.when(request.today)].append(
                pages.StaffRow(
                    str(row.engagement.person_id),
                    name,
                    row.role.name,
                    row.staff_group.name,
                    row.kind.name,
                    terms.starts_on,
                    terms.last_on,
                    is_asked=not queries.is_confirmed(row.engagement),
                )
            )
    page = pages.PeoplePage(
        title="People",
        code=place.code,
        place=place.name,
        search=search,
        parts=(
            _part("now", "Working here today", parts[When.NOW]),
            _part("later", "Starting", parts[When.LATER]),
            _part("gone", "Left, or in another role since", parts[When.GONE]),
        ),
        denied=tuple(
            pages.DeniedRow(str(no.person), no.typed.name, no.on)
            for no in denied
            if search.casefold() in no.typed.name.casefold()
        ),
        total=len({row.engagement.person_id for row, _ in everyone} | {no.person for no in denied}),
        may_edit=request.viewer.scope(Can.EDIT_PEOPLE).holds(place.pk),
        may_import=request.viewer.scope(Can.IMPORT).holds(place.pk),
    )
    return render(request, page)


def person(request: Request, person: UUID) -> HttpResponse:
    """One person: who they are, where they work, what they do there and what they hold."""
    scope, key = request.viewer.scope(Can.SEE_PEOPLE), PersonId(person)
    denials, engagements = queries.denials_of(scope, key), _engagements(request, key)
    if not engagements and not denials:
        raise Http404
    told = queries.person_told(scope, key, request.today) if engagements else denials[0].typed
    page = pages.PersonPage(
        title=told.name,
        back=_back(engagements, denials),
        person=str(key),
        name=told.name,
        asked=tuple(dict.fromkeys(one.place for one in engagements if one.is_asked)),
        denied=tuple(f"{told.name} said on {day(no.on)} that they do not work at {no.place}." for no in denials),
        email=told.email or "",
        professional_number=told.professional_number,
        engagements=engagements,
        states=tuple(
            _held(one.state_id, one.state.name, one, request.today) for one in queries.states_known(scope, [key])
        ),
        may_edit=any(one.may_edit for one in engagements),
        may_give_access=any(one.may_give_access for one in engagements),
    )
    return render(request, page)


def _engagements(request: Request, person: PersonId) -> tuple[pages.EngagementRow, ...]:
    """Somebody's engagements as their page shows them, with their tasks."""
    scope, edits = request.viewer.scope(Can.SEE_PEOPLE), request.viewer.scope(Can.EDIT_PEOPLE)
    gives, rows = request.viewer.scope(Can.GIVE_ACCESS), queries.engagements_of(scope, person)
    tasks: dict[UUID, list[pages.HeldRow]] = {}
    for task in queries.tasks_known(scope, [one.engagement_id for one in rows]):
        tasks.setdefault(task.engagement_id, []).append(_held(task.task_id, task.task.name, task, request.today))
    found = []
    for one in rows:
        terms, place = queries.terms_of(one), one.engagement.organisation
        found.append(
            pages.EngagementRow(
                id=str(one.engagement_id),
                place=place.name,
                code=place.code,
                role=one.role.name,
                kind=one.kind.name,
                group=one.staff_group.name,
                hours=f"{terms.weekly_hours.normalize():f}" if terms.weekly_hours else "",
                first_on=terms.starts_on,
                last_on=terms.last_on,
                state=terms.when(request.today).value,
                tasks=tuple(tasks.get(one.engagement_id, ())),
                may_edit=edits.holds(place.pk),
                may_give_access=gives.holds(place.pk),
                is_asked=not queries.is_confirmed(one.engagement),
            )
        )
    return tuple(found)


def add(request: Request, code: str) -> HttpResponse:
    """Add a person with what they do here."""
    place = organisation_by_code(request.viewer.scope(Can.EDIT_PEOPLE), code)
    form = forms.NewPersonForm(request.POST or None, offered=jobs_offered(tasks=True))
    added: list[PersonId] = []

    def act(new: forms.NewPerson) -> None:
        added.append(
            actions.add_person(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(place.pk),
                details=new.details,
                terms=new.engagement.terms,
                tasks=new.engagement.tasks,
            )
        )

    if saved(form, act):
        messages.success(request, _added(request, place.pk, form.build().details.name, added[0]))
        return redirect("people:person", added[0])
    here = reverse("people:people", args=[place.code])
    page = pages.AddPersonPage(
        title=f"Add a person at {place.name}",
        back=Link("People", here),
        form=form,
        button="Add person",
        cancel=Link("Cancel", here),
        outcome="They appear among the people here, with the training their role needs, from their first day.",
        import_href=reverse("people:import", args=[place.code])
        if request.viewer.scope(Can.IMPORT).holds(place.pk)
        else "",
    )
    return render(request, page)


def _added(request: Request, place: UUID, name: str, person: PersonId) -> str:
    """What happened, in words: added, or asked first, with a letter if there is somewhere to send it."""
    if queries.is_known(request.viewer.scope(Can.SEE_PEOPLE), person):
        return f"{name} is added. They can sign in once you give them access."
    letters = letters_of.ask(request, place)
    how = "We have written to them." if letters else "Tell them to sign in and answer."
    return f"{name} is known elsewhere, so they are asked first whether they work here. {how}"


def edit(request: Request, person: UUID) -> HttpResponse:
    """Change a person's name, email address or professional number."""
    key, scope = PersonId(person), request.viewer.scope(Can.EDIT_PEOPLE)
    row = queries.person_by_id(scope, key)
    told = queries.person_told(scope, key, request.today)
    start = {
        "title": told.title,
        "given_name": told.given_name,
        "family_name": told.family_name,
        "email": told.email or "",
        "professional_number": told.professional_number,
    }
    form = forms.PersonForm(request.POST or None, initial=start)
    back = back_to(request, key)

    def act(details: PersonDetails) -> None:
        actions.edit_person(by=request.viewer, at=request.at, person=key, details=details)

    if saved(form, act):
        messages.success(request, "The details are saved.")
        return redirect(back)
    return form_page(
        request,
        title=f"Details of {row}",
        name=str(row),
        back=back,
        form=form,
        button="Save details",
        outcome="The name changes everywhere, in past training too: it is the same person.",
    )


class _Dated(Protocol):
    starts_on: date | None
    ends_on: date | None


def _held(code: str, name: str, row: _Dated, today: date) -> pages.HeldRow:
    last_on = row.ends_on - timedelta(days=1) if row.ends_on else None
    return pages.HeldRow(code, name, row.starts_on, last_on, may_end=row.ends_on is None or row.ends_on > today)


def _part(key: str, title: str, rows: Sequence[pages.StaffRow]) -> pages.StaffPart:
    return pages.StaffPart(key, title, count(len({row.person for row in rows}), "person", "people"), tuple(rows))


def _back(engagements: Sequence[pages.EngagementRow], denials: Sequence[Denial]) -> Link | None:
    """Back to the people of the first place the viewer sees them at, or that they said no to."""
    if not engagements:
        no = denials[0]
        return Link(f"People of {no.place}", reverse("people:people", args=[no.code]))
    first = next((one for one in engagements if one.state == When.NOW), engagements[0])
    return Link(f"People of {first.place}", reverse("people:people", args=[first.code]))
