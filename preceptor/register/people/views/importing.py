"""Bringing a staff list: choose it, see what it would change, say yes."""

from __future__ import annotations

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
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request
from preceptor.ui.words import count

from .. import actions, forms, pages, queries
from ..domain.staff_list import COLUMNS, Plan
from . import letters as letters_of


def import_file(request: Request, code: str) -> HttpResponse:
    """Choose a staff list."""
    place = organisation_by_code(request.viewer.scope(Can.IMPORT), code)
    form = forms.StaffListForm(*((request.POST, request.FILES) if request.method == "POST" else ()))
    if brought := form.value():
        name, content = brought
        query = urlencode({"file": _token(request, hold(content, name, request.at))})
        return redirect(f"{reverse('people:import-check', args=[place.code])}?{query}")
    back = reverse("people:people", args=[place.code])
    page = pages.ImportPage(
        title="Import a staff list",
        back=Link("People", back),
        place=place.name,
        form=form,
        columns=COLUMNS,
        cancel=Link("Cancel", back),
    )
    return render(request, page)


def import_check(request: Request, code: str) -> HttpResponse:
    """See what the staff list would change, and change it."""
    scope = request.viewer.scope(Can.IMPORT)
    place = organisation_by_code(scope, code)
    key, again = OrganisationId(place.pk), reverse("people:import", args=[place.code])
    file = _brought(request)
    content = held(file) if file else None
    if file is None or content is None:
        messages.warning(request, "Choose the file again. It is kept for a day only.")
        return redirect(again)
    changed = ""
    if request.method == "POST":
        agreed = request.POST.get("agreed", "")
        try:
            done = actions.import_staff(by=request.viewer, at=request.at, organisation=key, file=file, agreed=agreed)
        except Refusal as refused:
            changed = refused.message
        else:
            told = f"{count(done, 'person', 'people')} added or changed from {file.name}."
            if letters := letters_of.ask(request, place.pk):
                told += (
                    f" {count(letters, 'person is', 'people are')} known elsewhere and asked first: we have written."
                )
            messages.success(request, told)
            return redirect("people:people", place.code)
    plan = queries.staff_list_plan(scope, key, file.name, content, request.today)
    page = pages.ImportCheckPage(
        title="Check what would change",
        back=Link("Choose another file", again),
        place=place.name,
        file_name=file.name,
        plan=plan,
        new=_new_rows(plan),
        token=_token(request, file),
        again_href=again,
        changed=changed,
    )
    return render(request, page)


def _new_rows(plan: Plan) -> tuple[pages.NewRow, ...]:
    roles = {one.code: one.name for one in queries.job_roles()}
    kinds = {one.code: one.name for one in queries.engagement_kinds()}
    return tuple(
        pages.NewRow(
            one.line,
            one.name,
            roles[one.terms.role],
            kinds[one.terms.kind],
            one.terms.starts_on,
            one.terms.last_on,
            "Worked here before"
            if one.is_back
            else "Known to Preceptor already: stays one person, who may be asked first"
            if one.person
            else "",
        )
        for one in plan.new
    )


def _token(request: Request, file: HeldFile) -> str:
    return signing.dumps([file.name, file.sha256], salt=_salt(request))


def _brought(request: Request) -> HeldFile | None:
    """The file of the step before, which only who brought it can name."""
    token = request.POST.get("file") or request.GET.get("file") or ""
    try:
        name, sha256 = signing.loads(token, salt=_salt(request), max_age=HELD_FOR)
    except signing.BadSignature:
        return None
    return HeldFile(name, sha256)


def _salt(request: Request) -> str:
    return f"staff list of {request.viewer.user}"
