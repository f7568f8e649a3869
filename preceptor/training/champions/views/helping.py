"""Being a champion: logging help, one’s steps, the toolkit, and offering to become one."""

from __future__ import annotations

from datetime import timedelta
from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from preceptor.foundation.access import Can, Scope
from preceptor.foundation.actions import Refusal
from preceptor.register.organisations.domain import OrganisationId
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request
from preceptor.ui.words import minutes

from .. import actions, forms, pages, queries
from ..domain.helping import CHIPS, HelpId
from ..pages.own import Row
from .asking import engaged, own

_LATELY: Final = timedelta(weeks=4)


def log_help(request: Request) -> HttpResponse:
    """Log help I gave: the topic, then the minutes."""
    person, scope = own(request), request.viewer.scope(Can.ASK_CHAMPION)
    held = queries.own_champions(scope, person, request.today)
    wanted = request.GET.get("at", "")
    champion = next((one for one in held if one.code == wanted), held[0] if held else None)
    term = champion.term(request.today) if champion else None
    if champion is None or term is None:
        raise Http404
    names = queries.topic_names()
    given = queries.given_by(scope, champion, request.today - _LATELY)
    here = Scope(frozenset({champion.organisation}))
    people = [
        (str(one), name)
        for one, name, _ in queries.people_at(here, champion.organisation, request.today)
        if one != person
    ]
    topics = [(one, names.get(one, one)) for one in term.covering.topics]
    last = next((one.helping.topic for one in given if one.helping.topic in term.covering.topics), topics[0][0])
    form = forms.HelpForm(request.POST or None, topics=topics, people=people, last=last)
    if helping := form.value():
        try:
            actions.log_help(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(champion.organisation),
                helping=helping,
            )
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, f"{minutes(helping.minutes)} are logged.")
            return redirect(f"{reverse('champions:help')}?at={champion.code}")
    others = [one for one in held if one.id != champion.id]
    return render(request, pages.help_page(champion, others, form, CHIPS, given, names, request.today))


def take_back(request: Request, given: UUID) -> HttpResponse:
    """Take back what I logged today."""
    person, scope = own(request), request.viewer.scope(Can.ASK_CHAMPION)
    row = queries.given_today(scope, person, HelpId(given), request.today)
    if request.method == "POST":
        actions.take_back_help(by=request.viewer, at=request.at, help_given=HelpId(row.pk))
        messages.success(request, "It is taken back.")
    return redirect("champions:help")


def steps(request: Request) -> HttpResponse:
    """My steps as a champion; say that one is done."""
    person, scope = own(request), request.viewer.scope(Can.ASK_CHAMPION)
    held = queries.own_champions(scope, person, request.today)
    if not held:
        raise Http404
    if request.method == "POST":
        champion = next((one for one in held if one.code == request.POST.get("at", "")), held[0])
        try:
            actions.say_step(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(champion.organisation),
                step=request.POST.get("step", ""),
            )
        except Refusal as refused:
            messages.error(request, refused.message)
        else:
            messages.success(request, "It is noted as done today.")
        return redirect("champions:steps")
    found = []
    for one in held:
        taken = queries.steps_of(Scope(frozenset({one.organisation})), one, request.today)
        done = frozenset(step.key for step, verdict in taken if queries.is_done(verdict))
        found.append((one, taken, done, queries.words_of(Scope(frozenset({one.organisation})), one)))
    return render(request, pages.steps_page(found))


def toolkit(request: Request) -> HttpResponse:
    """The pages of the toolkit."""
    rows = tuple(
        Row(one.title, one.lead, reverse("champions:toolkit-page", args=[one.key])) for one in queries.content().toolkit
    )
    page = pages.ToolkitPage(
        title="Toolkit for champions", back=Link("Ask a champion", reverse("champions:home")), pages=rows
    )
    return render(request, page)


def toolkit_page(request: Request, key: str) -> HttpResponse:
    """A page of the toolkit."""
    found = queries.content().page(key)
    if found is None:
        raise Http404
    back = Link("Toolkit for champions", reverse("champions:toolkit"))
    return render(request, pages.ToolkitPagePage(title=found.title, back=back, shipped=found))


def offer(request: Request) -> HttpResponse:
    """Offer to become a champion."""
    own(request)
    scope = request.viewer.scope(Can.ASK_CHAMPION)
    names, places = queries.topic_names(), engaged(request)
    topics = {one: names[one] for place in places for one in queries.topics_at(scope, UUID(place), request.today)}
    form = forms.OfferForm(request.POST or None, topics=topics.items(), places=places.items())
    if offering := form.value():
        place = OrganisationId(UUID(offering.place or next(iter(places))))
        try:
            actions.offer(
                by=request.viewer, at=request.at, organisation=place, covering=offering.covering, words=offering.words
            )
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, "Your offer is sent. Your manager answers it.")
            return redirect("champions:home")
    page = pages.FormPage(
        title="Offer to be a champion",
        back=Link("Ask a champion", reverse("champions:home")),
        form=form,
        effect="You need not know everything. You need a little time, which your manager agrees, and to be easy to "
        "ask.",
        button="Send your offer",
        cancel_href=reverse("champions:home"),
    )
    return render(request, page)
