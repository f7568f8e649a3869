"""Asking a champion, answering, and finding what others were answered."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from preceptor.foundation.access import Can
from preceptor.foundation.actions import Refusal
from preceptor.register.organisations.domain import Kind, OrganisationId
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request
from preceptor.ui.words import day, listed

from .. import actions, forms, pages, queries
from ..domain.questions import QuestionId, Reader
from ..domain.register import of_topic
from ..pages.own import Row
from . import letters


def home(request: Request) -> HttpResponse:
    """Where asking begins; for a champion also what waits."""
    person, scope = own(request), request.viewer.scope(Can.ASK_CHAMPION)
    names = queries.topic_names()
    calls = [
        Row(one.words, f"{one.place}, open until {day(one.closes_on)}")
        for one in queries.calls_open(scope, request.today)
    ]
    offers = [
        Row(f"Your offer to {one.place}", one.answer or f"Waiting since {day(one.offered_on)}")
        for one in queries.offers_of(scope, person)
        if not one.is_yes
    ]
    page = pages.home_page(
        person,
        queries.questions_of(scope, person),
        queries.questions_to(scope, person, request.today),
        queries.champions_near(scope, request.today),
        names,
        request.today,
        calls=tuple(calls),
        offers=tuple(offers),
        places=tuple(
            Link(f"What to say about services at {one.name}", reverse("services:services", args=[one.code]))
            for one in request.viewer.engaged
            if one.kind == Kind.PRACTICE
        ),
    )
    return render(request, page)


def ask(request: Request) -> HttpResponse:
    """Ask the champions of a topic."""
    own(request)
    scope = request.viewer.scope(Can.ASK_CHAMPION)
    names = queries.topic_names()
    places = engaged(request)
    topics = {one: names[one] for place in places for one in queries.topics_at(scope, UUID(place), request.today)}
    form = forms.AskForm(request.POST or None, topics=topics.items(), places=places.items())
    if asking := form.value():
        place = OrganisationId(UUID(asking.place or next(iter(places))))
        try:
            asked = actions.ask_champion(
                by=request.viewer,
                at=request.at,
                organisation=place,
                topic=asking.topic,
                words=asking.words,
                is_shared=asking.is_shared,
            )
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            letters.ask(request, asked, names[asking.topic], _answerers(request, asking.topic, place))
            messages.success(request, "Your question is sent.")
            return redirect("champions:question", asked)
    covered = queries.champions_near(scope, request.today)
    facts = [
        (names[topic], listed(found))
        for topic in topics
        if (found := [one.name for one in covered if one.covers(topic, request.today)])
    ]
    page = pages.FormPage(
        title="Ask a champion",
        back=Link("Ask a champion", reverse("champions:home")),
        form=form,
        effect="A private question is read by the champions of its topic alone. "
        "Broken equipment and lost smartcards go to the service desk.",
        button="Send your question",
        cancel_href=reverse("champions:home"),
        facts=tuple(facts),
        facts_title="Who answers",
        facts_after=True,
    )
    return render(request, page)


def question(request: Request, question: UUID) -> HttpResponse:
    """A question with its answers; answer it as a champion, or ask again."""
    person, scope = own(request), request.viewer.scope(Can.ASK_CHAMPION)
    asked, reader = queries.ask_by_id(scope, person, QuestionId(question), request.today)
    label = "Your answer" if reader is Reader.CHAMPION else "What do you still want to know?"
    form = forms.ReplyForm(request.POST or None, label=label)
    if words := form.value():
        say = actions.answer_question if reader is Reader.CHAMPION else actions.follow_up
        try:
            say(by=request.viewer, at=request.at, question=asked.id, words=words)
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            if reader is Reader.CHAMPION:
                letters.answer(request, asked.id, asked.asker)
            else:
                topic = queries.topic_names()[asked.topic]
                letters.follow(request, asked.id, topic, _answerers(request, asked.topic, asked.organisation))
            messages.success(request, "It is sent.")
            return redirect("champions:question", asked.id)
    champions = of_topic(queries.champions_near(scope, request.today), asked.topic, asked.organisation, request.today)
    return render(request, pages.question_page(asked, reader, queries.topic_names(), form, champions))


def _answerers(request: Request, topic: str, organisation: UUID) -> set[UUID]:
    """The champions who answer a topic at a place today."""
    near = queries.champions_near(request.viewer.scope(Can.ASK_CHAMPION), request.today)
    return {one.person for one in of_topic(near, topic, organisation, request.today)}


def solved(request: Request, question: UUID) -> HttpResponse:
    """Say that my question is solved."""
    person, scope = own(request), request.viewer.scope(Can.ASK_CHAMPION)
    asked, reader = queries.ask_by_id(scope, person, QuestionId(question), request.today)
    if reader is not Reader.ASKER:
        raise Http404
    if request.method == "POST":
        try:
            actions.mark_solved(by=request.viewer, at=request.at, question=asked.id)
        except Refusal as refused:
            messages.error(request, refused.message)
        else:
            messages.success(request, "Your question is marked as solved.")
    return redirect("champions:question", asked.id)


def library(request: Request) -> HttpResponse:
    """Find what others asked and were answered."""
    own(request)
    scope = request.viewer.scope(Can.ASK_CHAMPION)
    names = queries.topic_names()
    form = forms.FindForm(request.GET.dict(), topics=names.items())
    wanted = form.value() or forms.Finding("", "")
    found = queries.library(scope, wanted.words, wanted.topic, request.today)
    page = pages.library_page(found, names, form, is_searched=bool(wanted.words or wanted.topic))
    return render(request, page)


def own(request: Request) -> UUID:
    """Who asks, as a person."""
    if request.viewer.person is None:
        raise Http404
    return request.viewer.person


def engaged(request: Request) -> dict[str, str]:
    """The places where the viewer works, by identifier."""
    return {str(one.id): one.name for one in request.viewer.engaged}
