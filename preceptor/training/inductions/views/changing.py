"""Programmes and texts, and their next versions."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from preceptor.foundation.access import Can
from preceptor.foundation.actions import Refusal
from preceptor.register.models import Organisation
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_code
from preceptor.training.skills.queries import rules_at
from preceptor.ui.forms import Form
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request

from .. import actions, forms, pages, queries
from ..domain.programme import ItemKind
from ..domain.published import Published
from ..domain.texts import CONTACTS, DIFFERENT

_NEW: Final = "new"


def programmes(request: Request, code: str) -> HttpResponse:
    """Every programme and text of a practice."""
    scope = request.viewer.scope(Can.SEE_INDUCTIONS)
    place = organisation_by_code(scope, code)
    page = pages.programmes_page(
        place.code,
        queries.programmes_at(scope, place.pk),
        queries.texts_at(place.pk),
        may_edit=_may_edit(request, place),
    )
    return render(request, page)


def programme(request: Request, code: str, key: str) -> HttpResponse:
    """One programme: its items and its versions."""
    scope = request.viewer.scope(Can.SEE_INDUCTIONS)
    place = organisation_by_code(scope, code)
    titles = {skill: rules[0].title or skill for skill, rules in rules_at(scope, place.pk).items()}
    page = pages.programme_page(
        place.code,
        queries.programme_at(scope, place.pk, key),
        queries.versions_of(scope, place.pk, key),
        queries.texts_at(place.pk),
        titles,
        may_edit=_may_edit(request, place),
    )
    return render(request, page)


def take(request: Request, code: str, key: str) -> HttpResponse:
    """Take the newest national version of a programme."""
    place, found = _found(request, code, key)
    if request.method == "POST":
        try:
            actions.take_programme(
                by=request.viewer, at=request.at, organisation=OrganisationId(place.pk), key=found.programme.key
            )
        except Refusal as refused:
            messages.success(request, refused.message)
        else:
            messages.success(request, "The programme is yours now. Change, add and drop what does not fit.")
    return redirect("inductions:programme", place.code, key)


def add_item(request: Request, code: str, key: str) -> HttpResponse:
    """Add an item to a programme."""
    place, found = _own(request, code, key)
    form = forms.ItemForm(request.POST or None, texts=_texts(place))
    return _publish(
        request,
        place,
        found,
        form,
        "Add an item",
        lambda writing: actions.add_item(
            by=request.viewer,
            at=request.at,
            organisation=OrganisationId(place.pk),
            programme=found.id,
            item=writing.item,
            reason=writing.reason,
        ),
    )


def change_item(request: Request, code: str, key: str, item: str) -> HttpResponse:
    """Say an item otherwise."""
    place, found = _own(request, code, key)
    now = found.programme.item(item)
    if now is None or now.kind is ItemKind.SIGN_OFF:
        raise Http404
    form = forms.ItemForm(request.POST or None, texts=_texts(place), item=now)
    return _publish(
        request,
        place,
        found,
        form,
        "Change an item",
        lambda writing: actions.change_item(
            by=request.viewer,
            at=request.at,
            organisation=OrganisationId(place.pk),
            programme=found.id,
            item=writing.item,
            reason=writing.reason,
        ),
    )


def drop_item(request: Request, code: str, key: str, item: str) -> HttpResponse:
    """Drop an item."""
    place, found = _own(request, code, key)
    now = found.programme.item(item)
    if now is None or now.stays:
        raise Http404
    form = forms.WordsForm(request.POST or None, label="Why?", missing="Say why")
    return _publish(
        request,
        place,
        found,
        form,
        f"Drop: {now.title}",
        lambda reason: actions.drop_item(
            by=request.viewer,
            at=request.at,
            organisation=OrganisationId(place.pk),
            programme=found.id,
            item=item,
            reason=reason,
        ),
    )


def text(request: Request, code: str, key: str) -> HttpResponse:
    """One text and its versions."""
    scope = request.viewer.scope(Can.SEE_INDUCTIONS)
    place = organisation_by_code(scope, code)
    now = queries.texts_at(place.pk).get(key)
    if now is None and key not in {CONTACTS, DIFFERENT}:
        raise Http404
    versions = queries.text_versions(scope, place.pk, key)
    untold = queries.accepted_before(scope, place.pk, now, request.today) if now else []
    may_edit = _may_edit(request, place)
    return render(request, pages.text_page(place.code, key, now, versions, untold=untold, may_edit=may_edit))


def write(request: Request, code: str, key: str) -> HttpResponse:
    """Write a text, or its next version."""
    place = organisation_by_code(request.viewer.scope(Can.EDIT_PROGRAMMES), code)
    now = queries.texts_at(place.pk).get(key)
    titles = {CONTACTS: pages.CONTACTS_TITLE, DIFFERENT: pages.DIFFERENT_TITLE, _NEW: ""}
    if now is None and key not in titles:
        raise Http404
    form = forms.TextForm(request.POST or None, key=key, now=now, title=titles.get(key, ""))
    if written := form.value():
        new = _named(written, set(queries.texts_at(place.pk))) if key == _NEW else written
        try:
            actions.write_text(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(place.pk),
                text=new.text,
                seen=new.seen,
                reason=new.reason,
            )
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, "The new version is published. Whoever is in induction is asked to read it.")
            return redirect("inductions:text", place.code, new.text.key)
    here = reverse("inductions:programmes", args=[place.code])
    page = pages.FormPage(
        title=form.initial.get("title") or "Write a text",
        back=Link("Programmes and texts", here),
        caption=place.name,
        effect="Each version is kept as it is. Who accepted the one before and is in induction, or comes back, "
        "is asked again.",
        form=form,
        button="Publish this version",
        cancel_href=here,
    )
    return render(request, page)


def _publish(
    request: Request,
    place: Organisation,
    found: Published,
    form: Form[forms.Given],
    title: str,
    act: Callable[[forms.Given], object],
) -> HttpResponse:
    here = reverse("inductions:programme", args=[place.code, found.programme.key])
    if given := form.value():
        try:
            act(given)
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(
                request, "The next version is published. Inductions that go on keep the one they began by."
            )
            return redirect(here)
    page = pages.FormPage(
        title=title,
        back=Link(found.programme.title, here),
        caption=found.programme.title,
        effect="This publishes your own next version. Inductions that go on keep the one they began by.",
        form=form,
        button="Publish the change",
        cancel_href=here,
    )
    return render(request, page)


def _found(request: Request, code: str, key: str) -> tuple[Organisation, Published]:
    scope = request.viewer.scope(Can.EDIT_PROGRAMMES)
    place = organisation_by_code(scope, code)
    return place, queries.programme_at(scope, place.pk, key)


def _own(request: Request, code: str, key: str) -> tuple[Organisation, Published]:
    """A programme of the practice's own: a national one is taken first."""
    place, found = _found(request, code, key)
    if not found.is_own:
        raise Http404
    return place, found


def _texts(place: Organisation) -> list[tuple[str, str]]:
    return [(key, one.text.title) for key, one in queries.texts_at(place.pk).items() if key != CONTACTS]


def _named(written: forms.WrittenText, taken: set[str]) -> forms.WrittenText:
    """A new text with a key made from its name."""
    stem = re.sub(r"[^a-z0-9]+", "-", written.text.title.lower()).strip("-")[:30] or "text"
    key = next(
        name for name in (stem, *(f"{stem}-{number}" for number in range(2, 1000))) if name not in {*taken, _NEW}
    )
    return forms.renamed(written, key)


def _may_edit(request: Request, place: Organisation) -> bool:
    return request.viewer.scope(Can.EDIT_PROGRAMMES).holds(place.pk)
