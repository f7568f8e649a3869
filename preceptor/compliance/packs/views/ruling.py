"""Changing the whole rule of something in a pack: on the organisation's own list, with the rule editor."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from preceptor.compliance.requirements.domain.decisions import RequirementId
from preceptor.compliance.rulemaking.actions import start_draft
from preceptor.compliance.rulemaking.domain.drafts import DraftId
from preceptor.foundation.access import Can
from preceptor.foundation.actions import Refusal
from preceptor.register.organisations.domain import OrganisationId
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request
from preceptor.ui.words import count

from .. import actions, forms, pages, queries
from .offering import may_hold, offering_place

_FIELDS: Final = {"starts_on": "first_on"}
_HOW: Final = (
    "A rule is made on your own list, in the rule editor, and offered from there: the page of the pack says when it is "
    "ready. What is on your list is asked of your own people too."
)


def rule(request: Request, code: str, key: str) -> HttpResponse:
    """Start a draft of the organisation's own requirement, once it is on its list."""
    place = offering_place(request, code)
    scope = request.viewer.scope(Can.EDIT_REQUIREMENTS)
    found = may_hold(request, place, key)
    held = queries.own_rule(scope, place.pk, found.item, request.today)
    if held.has_ended or not scope.holds(place.pk):
        raise Http404
    form = forms.TakeUpForm(
        request.POST if request.method == "POST" else None,
        is_held=held.requirement is not None,
        today=request.today,
        initial={"first_on": request.today + timedelta(days=1)},
    )
    taken = form.value()
    draft = _started(request, OrganisationId(place.pk), key, held.requirement, taken, form) if taken else None
    if draft is not None:
        return redirect("rulemaking:check", place.code, draft)
    back = reverse("packs:offer", args=[place.code, key])
    page = pages.FormPage(
        title=f"Change the whole rule of {found.item.title}",
        back=Link("Back", back),
        form=form,
        caption=place.name,
        effect=f"{_HOW} It is for {count(held.asked_of, 'person', 'people')} at {place.name} today.",
        button="Draft the change" if held.requirement else "Put it on our list and draft the change",
        cancel_href=back,
        number=0,
    )
    return render(request, page)


def _started(
    request: Request,
    here: OrganisationId,
    key: str,
    held: RequirementId | None,
    taken: forms.TakenUp,
    form: forms.TakeUpForm,
) -> DraftId | None:
    """A draft of the organisation's own requirement, put on its list first if need be; None where that is refused."""
    try:
        if taken.starts_on and taken.decided_on:
            held = actions.take_up(
                by=request.viewer,
                at=request.at,
                organisation=here,
                key=key,
                starts_on=taken.starts_on,
                decided_by=taken.decided_by,
                decided_on=taken.decided_on,
            )
        return start_draft(by=request.viewer, at=request.at, organisation=here, requirement=held)
    except Refusal as refused:
        form.refuse(_FIELDS.get(refused.field, refused.field), refused.message)
        return None
