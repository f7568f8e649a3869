"""One's own induction, what one shows to others, and what a link opens before the first day."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from preceptor.foundation.access import Can, system_account
from preceptor.foundation.actions import Refusal
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request

from .. import actions, forms, pages, queries
from ..domain.course import Course, Entry, InductionId
from ..domain.programme import ItemKind, Who
from ..domain.texts import TextId


def own(request: Request, induction: UUID) -> HttpResponse:
    """My induction: what is done, what is next, whom to ask."""
    found = _own(request, induction)
    return render(request, pages.own_page(found, queries.texts_at(found.begun.organisation), request.today))


def read(request: Request, induction: UUID, key: str) -> HttpResponse:
    """Read a text, and accept it in this version."""
    found = _own(request, induction)
    entry = _readable(found, key)
    here = reverse("inductions:own", args=[induction])
    if request.method == "POST":
        try:
            actions.accept(by=request.viewer, at=request.at, induction=found.begun.id, item=key, text=_chosen(request))
        except Refusal as refused:
            messages.warning(request, f"{refused.message}.")
            return redirect("inductions:read", induction, key)
        return redirect(here)
    return render(request, pages.read_page(entry, found.begun.place, Link("Your induction", here)))


def done(request: Request, induction: UUID, key: str) -> HttpResponse:
    """Say that I did something of my own induction."""
    found = _own(request, induction)
    entry = found.entry(key)
    if entry is None or entry.item.kind is not ItemKind.SHOWN or entry.item.who is not Who.PERSON:
        raise Http404
    form = forms.OwnForm(request.POST or None, today=request.today)
    here = reverse("inductions:own", args=[induction])
    if doing := form.value():
        try:
            actions.own_done(
                by=request.viewer,
                at=request.at,
                induction=found.begun.id,
                item=key,
                on=doing.on,
                shown_by=doing.words,
            )
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            return redirect(here)
    page = pages.FormPage(
        title=entry.item.title,
        back=Link("Your induction", here),
        caption=found.begun.place,
        effect=entry.item.says or "Your manager sees when you did it.",
        form=form,
        button="I have done this",
        cancel_href=here,
    )
    return render(request, page)


def tasks(request: Request) -> HttpResponse:
    """What I show to others as their buddy or for IT."""
    person = request.viewer.person
    if person is None:
        raise Http404
    found = queries.courses_helped(request.viewer.scope(Can.HELP_INDUCTIONS), person, request.today)
    return render(request, pages.tasks_page(found, person, request.today))


def help_with(request: Request, induction: UUID, key: str) -> HttpResponse:
    """Tick off something that I showed."""
    person = request.viewer.person
    found = queries.courses_helped(request.viewer.scope(Can.HELP_INDUCTIONS), person or UUID(int=0), request.today)
    course = next((one for one in found if one.begun.id == induction), None)
    entry = next((one for one in (course.tasks_of(person) if course and person else ()) if one.item.key == key), None)
    if course is None or entry is None or not entry.is_by_hand:
        raise Http404
    form = forms.HelpForm(request.POST or None, today=request.today)
    if doing := form.value():
        try:
            actions.help_done(
                by=request.viewer, at=request.at, induction=course.begun.id, item=key, on=doing.on, note=doing.words
            )
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, f"{entry.item.title}: ticked off for {course.begun.name}.")
            return redirect("inductions:tasks")
    page = pages.FormPage(
        title=entry.item.title,
        back=Link("Tasks for you", reverse("inductions:tasks")),
        caption=f"{course.begun.name}, {course.begun.role_name}",
        effect=entry.item.says or "Your name and the day are kept.",
        form=form,
        button="I showed this",
        cancel_href=reverse("inductions:tasks"),
    )
    return render(request, page)


def pack(request: Request, token: str) -> HttpResponse:
    """What somebody needs before the first day, opened by a link."""
    try:
        found = queries.course_by_token(token, request.today)
    except Http404:
        return _gone(request)
    texts = queries.texts_at(found.begun.organisation)
    return render(request, pages.pack_page(found, texts, token, request.today))


def pack_read(request: Request, token: str, key: str) -> HttpResponse:
    """Read a text by the link, and accept it in this version."""
    try:
        found = queries.course_by_token(token, request.today)
    except Http404:
        return _gone(request)
    entry = _readable(found, key)
    here = reverse("inductions:pack", args=[token])
    if request.method == "POST":
        by = system_account(f"{found.begun.name}, by link")
        try:
            actions.accept_by_link(by=by, at=request.at, token=token, item=key, text=_chosen(request))
        except Refusal as refused:
            messages.warning(request, f"{refused.message}.")
            return redirect("inductions:pack-read", token, key)
        return redirect(here)
    return render(request, pages.read_page(entry, found.begun.place, Link("Your first session", here)))


def _gone(request: Request) -> HttpResponse:
    return render(request, pages.GonePage(title="This link does not work any more"), status=404)


def _own(request: Request, induction: UUID) -> Course:
    person = request.viewer.scope(Can.FOLLOW_INDUCTION).person
    if person is None:
        raise Http404
    return queries.own_course(person, InductionId(induction), request.today)


def _readable(found: Course, key: str) -> Entry:
    entry = found.entry(key)
    if entry is None or entry.text is None:
        raise Http404
    return entry


def _chosen(request: Request) -> TextId:
    try:
        return TextId(UUID(request.POST.get("text", "")))
    except ValueError:
        raise Http404 from None
