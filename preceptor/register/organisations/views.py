"""HTTP in, one query or action, page out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Protocol

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from preceptor.foundation.access import Can
from preceptor.foundation.actions import Refusal
from preceptor.ui.forms import Form
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request

from . import actions, forms, pages, queries
from .domain import KIND_NAMES, Kind, OrganisationId


def organisations(request: Request) -> HttpResponse:
    """The organisations the viewer may see."""
    rows = tuple(
        pages.OrganisationRow(one.code, one.name, KIND_NAMES[Kind(one.kind)])
        for one in queries.organisations_in(request.viewer.scope(Can.SEE_ORGANISATIONS))
    )
    may_add = request.viewer.may(Can.CREATE_ORGANISATIONS)
    return render(request, pages.OrganisationsPage(title="Organisations", rows=rows, may_add=may_add))


def organisation(request: Request, code: str) -> HttpResponse:
    """One organisation with everything dated about it."""
    scope = request.viewer.scope(Can.SEE_ORGANISATIONS)
    one = queries.organisation_by_code(scope, code)
    key, today = OrganisationId(one.pk), request.today
    page = pages.OrganisationPage(
        title=one.name,
        back=Link("All organisations", reverse("organisations:organisations")),
        code=one.code,
        kind=KIND_NAMES[Kind(one.kind)],
        parents=_rows(
            (
                (row.parent.code, row.parent.name, KIND_NAMES[Kind(row.parent.kind)], row)
                for row in queries.parents_of(scope, key)
            ),
            today,
        ),
        children=_rows(
            (
                (row.child.code, row.child.name, KIND_NAMES[Kind(row.child.kind)], row)
                for row in queries.children_of(scope, key)
            ),
            today,
        ),
        systems=_rows(
            ((row.system_id, row.system.name, row.system.supplier, row) for row in queries.systems_of(scope, key)),
            today,
        ),
        services=_rows(((row.service_id, row.service.name, "", row) for row in queries.services_of(scope, key)), today),
        may_edit=request.viewer.scope(Can.EDIT_ORGANISATIONS).holds(one.pk),
        may_have_systems=one.kind in {Kind.PRACTICE, Kind.PCN},
    )
    return render(request, page)


def add(request: Request) -> HttpResponse:
    """Add an organisation."""
    form = forms.OrganisationForm(request.POST or None)
    if new := form.value():
        try:
            actions.add_organisation(by=request.viewer, at=request.at, new=new)
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            return redirect("organisations:organisation", new.code)
    page = pages.OrganisationFormPage(
        title="Add an organisation",
        form=form,
        button="Add organisation",
        cancel_href=reverse("organisations:organisations"),
    )
    return render(request, page)


def rename(request: Request, code: str) -> HttpResponse:
    """Give an organisation another name."""
    one = queries.organisation_by_code(request.viewer.scope(Can.EDIT_ORGANISATIONS), code)
    form = forms.RenameForm(request.POST or None, initial={"name": one.name})
    if name := form.value():
        actions.rename_organisation(by=request.viewer, at=request.at, organisation=OrganisationId(one.pk), name=name)
        return redirect("organisations:organisation", one.code)
    return _form(request, one.code, f"Rename {one.name}", form, "Save name")


def start_system(request: Request, code: str) -> HttpResponse:
    """Say that a clinical system is in use from a day."""
    one = queries.organisation_by_code(request.viewer.scope(Can.EDIT_ORGANISATIONS), code)
    offered = [(row.code, row.name) for row in queries.clinical_systems()]
    form = forms.StartForm(request.POST or None, label="Clinical system", offered=offered)
    if started := form.value():
        try:
            actions.start_system(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(one.pk),
                system=started.code,
                period=started.period,
            )
        except Refusal as refused:
            form.refuse("code", refused.message)
        else:
            return redirect("organisations:organisation", one.code)
    return _form(request, one.code, f"Add a clinical system at {one.name}", form, "Add system")


def stop_system(request: Request, code: str, system: str) -> HttpResponse:
    """Say which day was the last of a clinical system."""
    one = queries.organisation_by_code(request.viewer.scope(Can.EDIT_ORGANISATIONS), code)
    form = forms.StopForm(request.POST or None)
    if ends_on := form.value():
        try:
            actions.stop_system(
                by=request.viewer, at=request.at, organisation=OrganisationId(one.pk), system=system, ends_on=ends_on
            )
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, "The system’s last day is saved.")
            return redirect("organisations:organisation", one.code)
    return _form(request, one.code, f"When does {one.name} stop using this system?", form, "Save last day")


def start_service(request: Request, code: str) -> HttpResponse:
    """Say that a digital service is offered from a day."""
    one = queries.organisation_by_code(request.viewer.scope(Can.EDIT_ORGANISATIONS), code)
    offered = [(row.code, row.name) for row in queries.digital_services()]
    form = forms.StartForm(request.POST or None, label="Digital service", offered=offered)
    if started := form.value():
        try:
            actions.start_service(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(one.pk),
                service=started.code,
                period=started.period,
            )
        except Refusal as refused:
            form.refuse("code", refused.message)
        else:
            return redirect("organisations:organisation", one.code)
    return _form(request, one.code, f"Add a digital service at {one.name}", form, "Add service")


def stop_service(request: Request, code: str, service: str) -> HttpResponse:
    """Say which day was the last of a digital service."""
    one = queries.organisation_by_code(request.viewer.scope(Can.EDIT_ORGANISATIONS), code)
    form = forms.StopForm(request.POST or None)
    if ends_on := form.value():
        try:
            actions.stop_service(
                by=request.viewer, at=request.at, organisation=OrganisationId(one.pk), service=service, ends_on=ends_on
            )
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, "The service’s last day is saved.")
            return redirect("organisations:organisation", one.code)
    return _form(request, one.code, f"When does {one.name} stop offering this service?", form, "Save last day")


def _form(request: Request, code: str, title: str, form: Form[object], button: str) -> HttpResponse:
    here = reverse("organisations:organisation", args=[code])
    page = pages.OrganisationFormPage(title=title, back=Link("Back", here), form=form, button=button, cancel_href=here)
    return render(request, page)


class _Dated(Protocol):
    starts_on: date | None
    ends_on: date | None


def _rows(found: Iterable[tuple[str, str, str, _Dated]], today: date) -> tuple[pages.DatedRow, ...]:
    return tuple(
        pages.DatedRow(
            code,
            name,
            note,
            row.starts_on,
            row.ends_on - timedelta(days=1) if row.ends_on else None,
            (row.starts_on is None or row.starts_on <= today) and (row.ends_on is None or today < row.ends_on),
        )
        for code, name, note, row in found
    )
