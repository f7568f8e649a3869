"""Changing what a practice offers, with whose product, who must be able to, and its own words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from preceptor.foundation.access import Can
from preceptor.foundation.actions import Refusal
from preceptor.register.models import DigitalService, Organisation
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import clinical_systems, organisation_by_code
from preceptor.register.people.queries import job_roles
from preceptor.ui.forms import ConfirmForm, Form
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request
from preceptor.ui.words import day, listed

from .. import actions, forms, pages, queries

_BEGUN: Final = "The change of supplier is noted. This is the draft of what people are told about it."
_MOVED: Final = "The change comes on another day now, and so says this draft."
_CALLED_OFF: Final = "The change is called off: it goes on as it runs now."
_NOTED: Final = "It is noted. It is long past, so no rollout begins."


def offer(request: Request, code: str, service: str) -> HttpResponse:
    """Say what a service runs on, and from when it is offered."""
    place, known = _about(request, code, service)
    form = forms.SupplyForm(request.POST or None, systems=_systems(), is_change=False)
    if given := form.value():

        def act() -> None:
            actions.offer_service(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(place.pk),
                service=known.code,
                product=given.product,
                starts_on=given.starts_on,
                decided_by=given.decided_by,
            )

        if _done(request, form, act, "It is on the list of what you offer."):
            return redirect("services:service", place.code, known.code)
    effect = "A service that is not offered yet is offered from that day on. Rules that look for it count from then."
    return _page(request, place, known, form, "What does it run on?", effect, "Save")


def supplier(request: Request, code: str, service: str) -> HttpResponse:
    """Change what a service runs on, and begin the rollout."""
    place, known = _about(request, code, service)
    form = forms.SupplyForm(request.POST or None, systems=_systems(), is_change=True)
    if given := form.value():
        try:
            changed = actions.change_supplier(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(place.pk),
                service=known.code,
                product=given.product,
                starts_on=given.starts_on,
                decided_by=given.decided_by,
                different=given.different,
            )
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            return _went(request, place, known, changed)
    effect = (
        "What you have now ends the day before, and stays in the history. A rollout begins as a draft for those who "
        "must be able to offer the service: nobody sees it until you publish it. A change to the same product that is "
        "planned already moves to the new day, with its draft; what else is planned for that day or later gives way."
    )
    if planned := _planned(request, place, known):
        effect += f" Planned now: {planned}."
    return _page(request, place, known, form, "Change the supplier", effect, "Change the supplier")


def call_off(request: Request, code: str, service: str) -> HttpResponse:
    """Call off a planned change of supplier."""
    place, known = _about(request, code, service)
    planned = _planned(request, place, known)
    if not planned:
        messages.warning(request, "No change of supplier is planned.")
        return redirect("services:service", place.code, known.code)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if form.value():
        try:
            changed = actions.call_off_change(
                by=request.viewer, at=request.at, organisation=OrganisationId(place.pk), service=known.code
            )
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            return _went(request, place, known, changed)
    effect = (
        f"Planned: {planned}. It goes on as it runs now, without any of this. "
        "Drafts of what people were to be told are put away."
    )
    return _page(request, place, known, form, "Call the change of supplier off?", effect, "Call it off")


def _planned(request: Request, place: Organisation, service: DigitalService) -> str:
    """What a service will run on and from when, in words; empty where nothing is planned."""
    found = queries.planned_at(place, service.code, request.today)
    return listed([f"{name} from {day(starts_on)}" for name, starts_on in found])


def _went(request: Request, place: Organisation, service: DigitalService, changed: actions.Changed) -> HttpResponse:
    """On to what people are told of a change, with what became of what they were to be told before."""
    if changed.is_called_off:
        messages.success(request, _CALLED_OFF)
    elif changed.draft:
        messages.success(request, _BEGUN if changed.is_new else _MOVED)
    else:
        messages.success(request, "The change of supplier is noted." if changed.published else _NOTED)
    return _on(request, place, service, changed)


def _on(request: Request, place: Organisation, service: DigitalService, changed: actions.Changed) -> HttpResponse:
    """On to where there is something to do: a draft, or a notice of what was planned."""
    if changed.put_away:
        drafts = listed([f"“{one}”" for one in changed.put_away])
        messages.warning(request, f"Put away, as what it tells of does not come: the draft {drafts}.")
    if changed.published and changed.is_moved:
        messages.warning(request, "What is published about the change says the day it said before. Correct it.")
        return redirect("rollouts:rollout", place.code, changed.published)
    if changed.published:
        told = (
            "What is published about the change that does not come still stands. The service’s page leads to ending it."
        )
        messages.warning(request, told)
    if changed.draft:
        return redirect("rollouts:draft", place.code, changed.draft)
    return redirect("services:service", place.code, service.code)


def stop(request: Request, code: str, service: str) -> HttpResponse:
    """Stop offering a service."""
    place, known = _about(request, code, service)
    form = forms.StopForm(request.POST or None)
    if ends_on := form.value():
        try:
            stopped = actions.stop_offering(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(place.pk),
                service=known.code,
                ends_on=ends_on,
            )
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, "It is noted. What was offered before stays in the history.")
            return _on(request, place, known, stopped)
    effect = "Rules that look for this service stop asking for it after that day."
    return _page(request, place, known, form, "Stop offering it", effect, "Stop offering it")


def roles(request: Request, code: str, service: str) -> HttpResponse:
    """Choose who must be able to offer a service."""
    place, known = _about(request, code, service)
    scope = request.viewer.scope(Can.EDIT_SERVICES)
    now = queries.roles_at(scope, place.pk, known.code, request.today)
    lines = [(one.code, one.name) for one in sorted(job_roles(), key=lambda one: one.code not in now.codes)]
    form = forms.RolesForm(request.POST or None, roles=lines, chosen=now.codes)
    if given := form.value():

        def act() -> None:
            actions.choose_roles(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(place.pk),
                service=known.code,
                roles=given.roles,
                reason=given.reason,
            )

        if _done(request, form, act, "It holds from today."):
            return redirect("services:service", place.code, known.code)
    effect = "Those ticked now are our suggestion, or what you chose last. They stand first in the list."
    return _page(request, place, known, form, "Who must be able to offer it?", effect, "Save")


def text(request: Request, code: str, service: str) -> HttpResponse:
    """Write the practice’s own words and links."""
    place, known = _about(request, code, service)
    own = next(iter(queries.texts_of(request.viewer.scope(Can.EDIT_SERVICES), place.pk, known.code)), None)
    links = "\n".join(f"{address} {title}" for title, address in own.links) if own else ""
    form = forms.TextForm(request.POST or None, words=own.words if own else "", links=links)
    if given := form.value():

        def act() -> None:
            actions.write_text(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(place.pk),
                service=known.code,
                words=given.words,
                links=given.links,
            )

        if _done(request, form, act, "Everybody here reads the new version."):
            return redirect("services:service", place.code, known.code)
    effect = "This stands above our suggestion. Earlier versions stay, for everybody to read."
    return _page(request, place, known, form, "Our own words and leaflets", effect, "Save as the next version")


def _done(request: Request, form: Form[object], act: Callable[[], None], said: str) -> bool:
    """Acts, and says so; a refusal goes to the question it belongs to."""
    try:
        act()
    except Refusal as refused:
        form.refuse(refused.field, refused.message)
        return False
    messages.success(request, said)
    return True


def _about(request: Request, code: str, service: str) -> tuple[Organisation, DigitalService]:
    return organisation_by_code(request.viewer.scope(Can.EDIT_SERVICES), code), queries.service_by_code(service)


def _systems() -> list[tuple[str, str]]:
    return [(one.code, one.name) for one in clinical_systems()]


def _page(
    request: Request,
    place: Organisation,
    service: DigitalService,
    form: Form[object],
    title: str,
    effect: str,
    button: str,
) -> HttpResponse:
    here = reverse("services:service", args=[place.code, service.code])
    page = pages.FormPage(
        title=title,
        back=Link(service.name, here),
        caption=service.name,
        form=form,
        effect=effect,
        button=button,
        cancel_href=here,
    )
    return render(request, page)
