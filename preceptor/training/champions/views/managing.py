"""The register of champions for managers, and champions across practices for leads."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from preceptor.foundation.access import Can, Scope
from preceptor.foundation.actions import Refusal
from preceptor.register.models import Organisation
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_code
from preceptor.register.people.domain import PersonId
from preceptor.ui.forms import Form
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request
from preceptor.ui.words import day

from .. import actions, forms, pages, queries
from ..domain.register import ChampionId, OfferId


def champions(request: Request, code: str) -> HttpResponse:
    """A place's champions, what they give and what is missing."""
    scope = request.viewer.scope(Can.SEE_CHAMPIONS)
    place = organisation_by_code(scope, code)
    figures = queries.figures_at(scope, place.pk, request.today)
    nexts = {
        str(one.champion.id): queries.could_be_next(
            scope, place.pk, one.champion.terms[-1].covering.topics, request.today
        )
        for one in figures.leaving
    }
    page = pages.champions_page(
        place.code,
        queries.champions_at(scope, place.pk, request.today),
        figures,
        queries.topic_names(),
        request.today,
        offers=queries.offers_waiting(scope, place.pk),
        calls=queries.calls_open(Scope(frozenset({place.pk})), request.today),
        unanswered=queries.unanswered_at(scope, place.pk),
        nexts=nexts,
        elsewhere=[
            one
            for one in queries.champions_near(Scope(frozenset({place.pk})), request.today)
            if one.organisation != place.pk
        ],
        across_href=reverse("champions:across") if any(one.beneath for one in request.viewer.grants) else "",
    )
    return render(request, page)


def across(request: Request) -> HttpResponse:
    """Champions across the practices one can see, in figures."""
    found = queries.figures_across(request.viewer.scope(Can.SEE_SHARES), request.today)
    return render(request, pages.across_page(found, queries.topic_names()))


def add(request: Request, code: str) -> HttpResponse:
    """Enter somebody who agreed to be a champion."""
    place, topics = _place(request, code)
    scope = request.viewer.scope(Can.EDIT_CHAMPIONS)
    people = [(str(one), f"{name}, {role}") for one, name, role in queries.people_at(scope, place.pk, request.today)]
    form = forms.AddForm(request.POST or None, topics=topics.items(), people=people, today=request.today)
    if adding := form.value():
        try:
            actions.add_champion(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(place.pk),
                person=PersonId(adding.person),
                covering=adding.covering,
                starts_on=adding.starts_on,
            )
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, "They are on the list of champions.")
            return redirect("champions:champions", place.code)
    effect = "Ask them first. A champion sees questions about their topics, and nothing else that others do not."
    return _form_page(request, place, form, "Add a champion", effect, "Add them")


def call(request: Request, code: str) -> HttpResponse:
    """Call for champions."""
    place, topics = _place(request, code)
    scope = request.viewer.scope(Can.EDIT_CHAMPIONS)
    gaps = queries.figures_at(scope, place.pk, request.today).gaps
    form = forms.CallForm(request.POST or None, topics=topics.items(), gaps=gaps)
    if calling := form.value():
        try:
            actions.call_for_champions(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(place.pk),
                words=calling.words,
                topics=calling.topics,
                closes_on=calling.closes_on,
            )
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, "Everybody here reads it on “Ask a champion” until that day.")
            return redirect("champions:champions", place.code)
    effect = "Everybody here reads this on “Ask a champion”. The topics that nobody covers are ticked."
    return _form_page(request, place, form, "Call for champions", effect, "Call for champions")


def change(request: Request, code: str, champion: UUID) -> HttpResponse:
    """Agree on something else with a champion, or on the last day."""
    place, topics = _place(request, code)
    scope = request.viewer.scope(Can.EDIT_CHAMPIONS)
    held = queries.champion_by_id(scope, place.pk, ChampionId(champion), request.today)
    names = queries.topic_names()
    offered = {**topics, **{one: names.get(one, one) for one in held.terms[-1].covering.topics}}
    form = forms.ChangeForm(request.POST or None, topics=offered.items(), champion=held)
    if changing := form.value():
        try:
            actions.change_champion(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(place.pk),
                champion=held.id,
                covering=changing.covering,
                ends_on=changing.ends_on,
            )
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, "It holds from today. What was agreed before stays in the history.")
            return redirect("champions:champions", place.code)
    done = sum(queries.is_done(verdict) for _, verdict in queries.steps_of(scope, held, request.today))
    facts = (
        ("Champion since", day(held.since)),
        ("Steps done", f"{done} of {len(queries.content().steps)}"),
    )
    steps = Link("See the steps, and confirm them", reverse("champions:steps-of", args=[place.code, held.id]))
    effect = "What you change holds from today. A last day shows what is left uncovered, and who could be next."
    return _form_page(request, place, form, held.name, effect, "Save", facts, steps)


def steps_of(request: Request, code: str, champion: UUID) -> HttpResponse:
    """The steps of a champion; confirm one."""
    scope = request.viewer.scope(Can.EDIT_CHAMPIONS)
    place = organisation_by_code(scope, code)
    held = queries.champion_by_id(scope, place.pk, ChampionId(champion), request.today)
    if request.method == "POST":
        try:
            actions.confirm_step(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(place.pk),
                champion=held.id,
                step=request.POST.get("step", ""),
            )
        except Refusal as refused:
            messages.error(request, refused.message)
        else:
            messages.success(request, "You have confirmed it.")
        return redirect("champions:steps-of", place.code, held.id)
    taken = queries.steps_of(scope, held, request.today)
    done = frozenset(step.key for step, verdict in taken if queries.is_done(verdict))
    page = pages.StepsOfPage(
        title="Steps as a champion",
        back=Link(held.name, reverse("champions:change", args=[place.code, held.id])),
        caption=held.name,
        done=len(done),
        rows=pages.steps_at(taken, done, queries.words_of(scope, held)),
        is_own=held.person == request.viewer.person,
    )
    return render(request, page)


def decide(request: Request, code: str, offer: UUID) -> HttpResponse:
    """Answer an offer."""
    place, topics = _place(request, code)
    waiting = queries.offer_by_id(request.viewer.scope(Can.EDIT_CHAMPIONS), place.pk, OfferId(offer))
    if waiting.is_yes is not None:
        raise Http404
    form = forms.DecideForm(request.POST or None, topics=topics.items(), covering=waiting.covering, today=request.today)
    if deciding := form.value():
        organisation = OrganisationId(place.pk)
        try:
            if deciding.is_yes:
                actions.accept_offer(
                    by=request.viewer,
                    at=request.at,
                    organisation=organisation,
                    offer=waiting.id,
                    covering=deciding.covering,
                    starts_on=deciding.starts_on,
                )
            else:
                actions.decline_offer(
                    by=request.viewer,
                    at=request.at,
                    organisation=organisation,
                    offer=waiting.id,
                    words=deciding.words,
                )
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, "They read your answer on “Ask a champion”.")
            return redirect("champions:champions", place.code)
    facts = (("Offered on", day(waiting.offered_on)), *((("They say", waiting.words),) if waiting.words else ()))
    effect = "Agree on time that is really free. You can change what they offered before you say yes."
    return _form_page(request, place, form, f"{waiting.name} offers to help", effect, "Send your answer", facts)


def _place(request: Request, code: str) -> tuple[Organisation, dict[str, str]]:
    """The place, and what its champions may cover."""
    scope = request.viewer.scope(Can.EDIT_CHAMPIONS)
    place = organisation_by_code(scope, code)
    names = queries.topic_names()
    return place, {one: names[one] for one in queries.topics_at(scope, place.pk, request.today)}


def _form_page(
    request: Request,
    place: Organisation,
    form: Form[object],
    title: str,
    effect: str,
    button: str,
    facts: tuple[tuple[str, str], ...] = (),
    more: Link | None = None,
) -> HttpResponse:
    here = reverse("champions:champions", args=[place.code])
    page = pages.FormPage(
        title=title,
        back=Link("Digital champions", here),
        form=form,
        effect=effect,
        button=button,
        cancel_href=here,
        caption=place.name,
        facts=facts,
        more=more,
    )
    return render(request, page)
