"""Bringing a file of past training: choose it, see what it would add, say yes."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from preceptor.compliance.subjects.domain import SubjectIndex, level_choices, title_of
from preceptor.compliance.subjects.queries import subject_index, subjects
from preceptor.foundation.access import Can, Scope
from preceptor.foundation.actions import Refusal
from preceptor.foundation.dates import london_date
from preceptor.foundation.files import HELD_FOR, HeldFile, held, hold
from preceptor.register.models import Organisation
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_code
from preceptor.register.people.domain import PersonId
from preceptor.ui import words
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request, next_url

from .. import actions, forms, pages, queries
from ..domain.imports import COLUMNS, PROFILES, NameSaid, Options, Pick, Plan

_MOST_NAMES: Final = 40


def import_file(request: Request, code: str) -> HttpResponse:
    """Choose a file of past training."""
    scope = request.viewer.scope(Can.IMPORT)
    place = organisation_by_code(scope, code)
    owners = queries.owners_at(scope, OrganisationId(place.pk))
    form = forms.ImportForm(
        request.POST or None, request.FILES or None, people=[(str(owner.id), owner.name) for owner in owners]
    )
    back = next_url(request, reverse("records:waiting", args=[place.code]))
    if options := form.value():
        name, content = form.upload()
        query = {"file": _token(request, hold(content, name, request.at), options), "next": back}
        return redirect(f"{reverse('records:import-check', args=[place.code])}?{urlencode(query)}")
    page = pages.ImportPage(
        title="Import past training",
        back=Link("Back", back),
        place=place.name,
        form=form,
        columns=tuple(pages.Fact(name, said) for name, said in COLUMNS),
        kinds=tuple(profile.title for profile in PROFILES),
        names_href=reverse("records:names", args=[place.code]),
        next=back,
        cancel_href=back,
    )
    return render(request, page)


def import_check(request: Request, code: str) -> HttpResponse:
    """See what the file would add, and add it."""
    scope = request.viewer.scope(Can.IMPORT)
    place = organisation_by_code(scope, code)
    back = next_url(request, reverse("records:waiting", args=[place.code]))
    again = f"{reverse('records:import', args=[place.code])}?{urlencode({'next': back})}"
    brought = _brought(request)
    if brought is None:
        messages.warning(request, "Choose the file again. It is kept for a day only.")
        return redirect(again)
    file, _, options = brought
    asked = _asked_again(request, code, back)
    changed = ""
    plan = _plan(request, scope, place, brought)
    names_form = _names_form(request, plan)
    if names_form and (picks := names_form.value()):
        actions.pick_names(by=request.viewer, at=request.at, organisation=OrganisationId(place.pk), picks=picks)
        messages.success(
            request, f"{words.count(len(picks), 'name is', 'names are')} remembered for the files to come."
        )
        return redirect(asked)
    if request.method == "POST" and "agreed" in request.POST:
        try:
            run = actions.import_records(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(place.pk),
                file=file,
                options=options,
                agreed=request.POST.get("agreed", ""),
            )
        except Refusal as refused:
            changed = refused.message
            plan = _plan(request, scope, place, brought)
        else:
            messages.success(request, f"{words.count(queries.run_count(run), 'record')} added from {file.name}.")
            return redirect(back)
    page = pages.ImportCheckPage(
        title="Check what would be added",
        back=Link("Choose another file", again),
        place=place.name,
        file_name=file.name,
        plan=plan,
        people_count=len({one.person for one in plan.new}),
        waiting_count=sum(one.is_own for one in plan.new),
        left_count=sum(one.has_left and not one.is_own for one in plan.new),
        token=_token(request, file, options),
        next=back,
        again_href=again,
        names_form=names_form,
        names_href=reverse("records:names", args=[place.code]),
        changed=changed,
    )
    return render(request, page)


def names(request: Request, code: str) -> HttpResponse:
    """What names in a place's files mean there, each to be taken back."""
    scope = request.viewer.scope(Can.IMPORT)
    place = organisation_by_code(scope, code)
    if request.method == "POST":
        name = request.POST.get("name", "")
        try:
            actions.forget_name(by=request.viewer, at=request.at, organisation=OrganisationId(place.pk), words=name)
        except Refusal as refused:
            messages.warning(request, refused.message)
        else:
            messages.success(request, f"“{name}” is taken back. The next file with it asks again.")
        return redirect("records:names", place.code)
    index = subject_index()
    said = queries.names_said(scope, OrganisationId(place.pk))
    page = pages.NamesPage(
        title="Names in your files",
        back=Link("Import past training", reverse("records:import", args=[place.code])),
        place=place.name,
        rows=tuple(
            pages.NameRow(one.words, _meant(one, index), one.by, london_date(one.at))
            for one in reversed(list(said.values()))
        ),
    )
    return render(request, page)


def _meant(said: NameSaid, index: SubjectIndex) -> str:
    """What somebody said a name is, in words."""
    if said.means is None:
        return "Waits for the hub’s answer, left out until then" if said.pick is Pick.ASK else "Left out"
    subject = index.subject(said.means.subject)
    return title_of(subject.name, subject.level_name(said.means.level)) if subject else said.means.subject


def _plan(request: Request, scope: Scope, place: Organisation, brought: tuple[HeldFile, bytes, Options]) -> Plan:
    file, content, options = brought
    return queries.import_plan(
        scope,
        OrganisationId(place.pk),
        file.name,
        content,
        today=request.today,
        importer=PersonId(request.viewer.person) if request.viewer.person else None,
        options=options,
    )


def _names_form(request: Request, plan: Plan) -> forms.NamesForm | None:
    """The question what unknown names are, with the answer if there is one; the first so many names at a time."""
    if not plan.unknown:
        return None
    answered = request.POST if request.POST.get("said") == "names" else None
    return forms.NamesForm(answered, unknown=plan.unknown[:_MOST_NAMES], subjects=level_choices(subjects()))


def _asked_again(request: Request, code: str, back: str) -> str:
    """The same check of the same file, asked for anew."""
    token = request.POST.get("file") or request.GET.get("file") or ""
    return f"{reverse('records:import-check', args=[code])}?{urlencode({'file': token, 'next': back})}"


def _token(request: Request, file: HeldFile, options: Options) -> str:
    about = str(options.about) if options.about else ""
    return signing.dumps([file.name, file.sha256, about, options.leave_out_unknown], salt=_salt(request))


def _brought(request: Request) -> tuple[HeldFile, bytes, Options] | None:
    """The file of the step before, with what was said about it, while it is held."""
    token = request.POST.get("file") or request.GET.get("file") or ""
    try:
        name, sha256, about, leave_out = signing.loads(token, salt=_salt(request), max_age=HELD_FOR)
    except signing.BadSignature:
        return None
    file = HeldFile(name, sha256)
    content = held(file)
    options = Options(PersonId(UUID(about)) if about else None, leave_out_unknown=leave_out)
    return (file, content, options) if content is not None else None


def _salt(request: Request) -> str:
    return f"import of {request.viewer.user}"
