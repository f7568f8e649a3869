"""Beginning to follow a pack: choose, read the choice back, take it over."""

from __future__ import annotations

from itertools import groupby
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from preceptor.compliance.requirements.domain.adoption import Outcome
from preceptor.compliance.requirements.domain.telling import brief_sentence
from preceptor.compliance.requirements.queries import names_for
from preceptor.foundation.access import Can
from preceptor.foundation.actions import Refusal
from preceptor.register.models import Organisation
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_code
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request
from preceptor.ui.words import count, day

from .. import actions, forms, pages, queries
from ..domain import PackAt
from .trying import Asked, posted_number, tried

_FIELDS = {"starts_on": "first_on"}


def adopt(request: Request, code: str) -> HttpResponse:
    """Choose from the national pack."""
    place = organisation_by_code(request.viewer.scope(Can.EDIT_REQUIREMENTS), code)
    for one in queries.packs_at(request.viewer.scope(Can.EDIT_REQUIREMENTS), place.pk, request.today):
        if one.pack.is_national:
            return _adopt(request, place, one)
    raise Http404


def adopt_pack(request: Request, code: str, pack: UUID) -> HttpResponse:
    """Choose from one of the packs that reach a place."""
    scope = request.viewer.scope(Can.EDIT_REQUIREMENTS)
    place = organisation_by_code(scope, code)
    return _adopt(request, place, queries.pack_at(scope, place.pk, pack, request.today))


def _adopt(request: Request, place: Organisation, found: PackAt) -> HttpResponse:
    offers = _offers(request, found)
    form = forms.AdoptForm(request.POST or None, offers=offers, today=request.today)
    home = reverse("requirements:requirements", args=[place.code])
    adoption = form.value()
    if adoption and (stale := found.stale(posted_number(request, "number", found.number))):
        form.refuse("", stale)
    elif adoption and "confirm" in request.POST:
        try:
            adopted = actions.adopt(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(place.pk),
                pack=found.pack.id,
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
        doing = queries.adopting(
            request.viewer.scope(Can.EDIT_REQUIREMENTS),
            place.pk,
            found.version,
            adoption.wanted,
            adoption.starts_on,
            request.at,
        )
        if not doing.problem:
            return tried(request, place, doing.steps, _asked(place, found, form, adoption, home))
        form.refuse("first_on", doing.problem)
    national = found.pack.is_national
    page = pages.AdoptPage(
        title="Choose from the national catalogue" if national else f"Choose from {found.pack.name}",
        back=Link("All requirements", home) if national else Link(found.pack.name, _pack(place, found)),
        form=form,
        place=place.name,
        cancel_href=home,
        is_empty=not offers,
        held=_held(place, found),
    )
    return render(request, page)


def _offers(request: Request, found: PackAt) -> list[forms.Offer]:
    """What there is to adopt: what the place does not have, and on first adopting a hub's pack what it has as it is."""
    names = names_for(request.viewer.scope(Can.SEE_PEOPLE))
    first = found.adopted is None
    return [
        forms.Offer(
            key=line.key,
            title=line.title,
            area=line.new.area,
            area_name=line.area_name,
            sentence=brief_sentence(line.new.rule, names),
            ticked=first and line.is_meant and (line.new.core or not found.pack.is_national),
        )
        for line in found.lines
        if line.new and (line.ours is None or (first and not found.pack.is_national and line.is_on_list))
    ]


def _held(place: Organisation, found: PackAt) -> tuple[tuple[str, tuple[Link, ...]], ...]:
    """What is on the list already, by area; what has ended says so."""
    return tuple(
        (
            area,
            tuple(
                Link(
                    line.title if line.is_on_list else f"{line.title} (no longer required)",
                    reverse("rulemaking:requirement", args=[place.code, line.key]),
                )
                for line in some
            ),
        )
        for area, some in groupby((one for one in found.lines if one.ours), lambda line: line.area_name)
    )


def _asked(place: Organisation, found: PackAt, form: forms.AdoptForm, adoption: forms.Adoption, home: str) -> Asked:
    chosen = form.chosen()
    number = len(chosen)
    those = "it, if it concerns them" if number == 1 else f"those of these {number} requirements that concern them"
    return Asked(
        title=f"Dry run: who changes if {place.name} adopts {count(number, 'requirement')}",
        back=Link(found.pack.name, _pack(place, found)),
        caption=f"{found.pack.name}, version {found.number}",
        facts=(
            ("First day", day(adoption.starts_on)),
            ("Decided", f"{adoption.decided_by}, {day(adoption.decided_on)}"),
        ),
        notes=(
            f"From {day(adoption.starts_on)} everyone at {place.name} has to meet {those}. Nobody is told yet.",
            "People already here have as long as someone new has, counted from that day.",
            "What you changed yourself stays as it is, and is shown as a difference.",
        ),
        areas=pages.areas_of_offers([(one.area_name, one.title) for one in chosen]),
        given=(*form.given(), ("number", str(found.number))),
        button=f"Adopt {count(number, 'requirement')}",
        cancel_href=home,
        name="adopting",
    )


def _pack(place: Organisation, found: PackAt) -> str:
    return reverse("packs:pack", args=[place.code, found.pack.id])
