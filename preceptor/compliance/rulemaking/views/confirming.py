"""A source that was added here: read, and confirmed."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from preceptor.compliance.requirements.actions import confirm_source as confirm
from preceptor.compliance.requirements.queries import own_source
from preceptor.foundation.access import Can
from preceptor.foundation.actions import Refusal
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request, next_url

from .. import forms, pages
from .drafting import place_of


def confirm_source(request: Request, code: str, source: str) -> HttpResponse:
    """Say that somebody read a source that was added here, and that it says what is cited."""
    place = place_of(request, code)
    found = own_source(request.viewer.scope(Can.EDIT_REQUIREMENTS), place.pk, source)
    form = forms.ConfirmForm(request.POST or None, today=request.today)
    back = next_url(request, reverse("requirements:requirements", args=[place.code]))
    if checked_on := form.value():
        try:
            confirm(by=request.viewer, at=request.at, source=found.key, checked_on=checked_on)
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, f"{found.title} is confirmed.")
            return redirect(back)
    return render(request, pages.confirm_page(place.name, found, form, back))
