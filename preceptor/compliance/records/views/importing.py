"""Bringing a file of past training: choose it, see what it would add, say yes."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from preceptor.foundation.access import Can
from preceptor.foundation.actions import Refusal
from preceptor.foundation.files import HELD_FOR, HeldFile, held, hold
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_code
from preceptor.register.people.domain import PersonId
from preceptor.ui import words
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request, next_url

from .. import actions, forms, pages, queries
from ..domain.imports import COLUMNS, PROFILES, Options


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
    file, content, options = brought
    changed = ""
    if request.method == "POST":
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
        else:
            messages.success(request, f"{words.count(queries.run_count(run), 'record')} added from {file.name}.")
            return redirect(back)
    plan = queries.import_plan(
        scope,
        OrganisationId(place.pk),
        file.name,
        content,
        today=request.today,
        importer=PersonId(request.viewer.person) if request.viewer.person else None,
        options=options,
    )
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
        changed=changed,
    )
    return render(request, page)


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
