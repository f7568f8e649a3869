"""Ending what an organisation requires."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from preceptor.foundation.access import Can
from preceptor.foundation.actions import Refusal
from preceptor.register.organisations.queries import organisation_by_code
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request

from .. import actions, forms, pages, queries

_FIELDS = {"ends_on": "last_on"}


def retire(request: Request, code: str, key: str) -> HttpResponse:
    """Say from when a requirement is no longer required, and why."""
    scope = request.viewer.scope(Can.EDIT_REQUIREMENTS)
    place = organisation_by_code(scope, code)
    one = queries.requirement_by_key(scope, place.pk, key)
    form = forms.RetireForm(request.POST or None, is_law=one.is_law)
    here = reverse("rulemaking:requirement", args=[place.code, one.key])
    if retired := form.value():
        try:
            actions.retire(
                by=request.viewer,
                at=request.at,
                requirement=one.id,
                ends_on=retired.ends_on,
                reason=retired.reason,
                legal_reason=retired.legal_reason,
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
