"""Choosing what an organisation requires, and ending it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from preceptor.foundation.access import Can
from preceptor.foundation.actions import Refusal
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_code
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request
from preceptor.ui.words import count

from .. import actions, forms, pages, queries
from ..domain.adoption import Offer, Outcome
from ..domain.held import HeldRequirement
from ..domain.telling import brief_sentence

_FIELDS = {"starts_on": "first_on", "ends_on": "last_on"}


def adopt(request: Request, code: str) -> HttpResponse:
    """Choose requirements from the national catalogue, read the choice back, and take them over."""
    scope = request.viewer.scope(Can.EDIT_REQUIREMENTS)
    place = organisation_by_code(scope, code)
    held = queries.requirements_of(scope, place.pk)
    offers = _offers(request, held)
    form = forms.AdoptForm(request.POST or None, offers=offers, today=request.today)
    home = reverse("requirements:requirements", args=[place.code])
    adoption = form.value()
    if adoption and "confirm" in request.POST:
        try:
            adopted = actions.adopt_pack(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(place.pk),
                wanted=adoption.wanted,
                starts_on=adoption.starts_on,
                decided_by=adoption.decided_by,
                decided_on=adoption.decided_on,
            )
        except Refusal as refused:
            form.refuse(_FIELDS.get(refused.field, refused.field), refused.message)
        else:
            done = sum(one.outcome in {Outcome.ADDED, Outcome.UPDATED} for one in adopted)
            messages.success(request, f"{place.name} has taken over {count(done, 'requirement')}.")
            return redirect(home)
    elif adoption and "change" not in request.POST:
        return render(request, _check_page(place.name, form, adoption, home))
    return render(
        request,
        pages.AdoptPage(
            title="Choose from the national catalogue",
            back=Link("All requirements", home),
            form=form,
            place=place.name,
            cancel_href=home,
            is_empty=not offers,
            held=pages.held_areas((one for one in held if not one.newer), place.code, request.today),
        ),
    )


def retire(request: Request, code: str, key: str) -> HttpResponse:
    """Say from when a requirement is no longer required, and why."""
    scope = request.viewer.scope(Can.EDIT_REQUIREMENTS)
    place = organisation_by_code(scope, code)
    one = queries.requirement_by_key(scope, place.pk, key)
    form = forms.RetireForm(request.POST or None)
    here = reverse("requirements:requirement", args=[place.code, one.key])
    if retired := form.value():
        try:
            actions.retire(
                by=request.viewer, at=request.at, requirement=one.id, ends_on=retired.ends_on, reason=retired.reason
            )
        except Refusal as refused:
            form.refuse(_FIELDS.get(refused.field, refused.field), refused.message)
        else:
            messages.success(request, f"{one.title} has its last day. Everything about it is kept.")
            return redirect(here)
    page = pages.AdjustFormPage(
        title=f"Stop requiring {one.title}",
        back=Link("Back", here),
        form=form,
        caption=place.name,
        effect="After its last day nobody here needs it any more. What people have done for it is kept.",
        button="Stop requiring it",
        cancel_href=here,
        is_warning=True,
    )
    return render(request, page)


def _offers(request: Request, on_the_list: list[HeldRequirement]) -> list[Offer]:
    """What there is to adopt: what the organisation does not have, and newer versions of what it took as it was."""
    held = {one.key: one for one in on_the_list}
    names = queries.names_for(request.viewer.scope(Can.SEE_PEOPLE))
    offers = []
    for one in queries.templates():
        own = held.get(one.key)
        if own is None or own.newer:
            sentence = brief_sentence(one.versions[-1].rule if own else one.shown(request.today).rule, names)
            offers.append(
                Offer(
                    template=one.id,
                    key=one.key,
                    title=one.title,
                    area=one.area,
                    area_name=one.area_name,
                    sentence=f"Version {own.newer}, newer than yours. {sentence}" if own else sentence,
                    is_newer=own is not None,
                    ticked=own is not None or (one.core and not held),
                )
            )
    return offers


def _check_page(place: str, form: forms.AdoptForm, adoption: forms.Adoption, home: str) -> pages.AdoptCheckPage:
    chosen = form.chosen()
    return pages.AdoptCheckPage(
        title=f"Check what {place} will require",
        place=place,
        starts_on=adoption.starts_on,
        decided_by=adoption.decided_by,
        decided_on=adoption.decided_on,
        areas=pages.chosen_areas(chosen),
        new_count=sum(not offer.is_newer for offer in chosen),
        newer_count=sum(offer.is_newer for offer in chosen),
        given=form.given(),
        cancel_href=home,
    )
