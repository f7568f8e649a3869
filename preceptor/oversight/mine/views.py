"""HTTP in, one's own standing, page out."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from preceptor.foundation.access import Can, Role
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request

from . import pages, queries

_MANAGING = {Role.MANAGER, Role.PCN_LEAD}


def home(request: Request) -> HttpResponse:
    """Where someone begins: a lead across practices, a manager at their practice, everyone else at their own list."""
    grants = request.viewer.grants
    if any(grant.role is not Role.MANAGER for grant in grants):
        return redirect("hubs:practices")
    managed = [grant.place for grant in grants if grant.role is Role.MANAGER]
    if managed:
        return redirect("practices:today", min(managed, key=lambda place: place.name).code)
    return redirect("mine:training")


def places(request: Request) -> HttpResponse:
    """The places someone can go."""
    grants = request.viewer.grants
    managed = {grant.place.id: grant.place for grant in grants if grant.role in _MANAGING}
    across = any(grant.role is not Role.MANAGER for grant in grants)
    page = pages.PlacesPage(
        title="Where do you want to go?",
        managed=tuple(
            Link(f"{place.name} ({place.code})", reverse("practices:today", args=[place.code]))
            for place in managed.values()
        ),
        across=(Link("All practices you can see", reverse("hubs:practices")),) if across else (),
        own=Link("My training", reverse("mine:training")),
    )
    return render(request, page)


def training(request: Request) -> HttpResponse:
    """The one list of what I need, most urgent first."""
    person = request.viewer.person
    if person is None:
        raise Http404
    helping = request.viewer.scope(Can.HELP_INDUCTIONS)
    own = queries.own_training(request.viewer.scope(Can.SEE_STANDING), UUID(str(person)), request.today, helping)
    return render(request, pages.training_page(own, request.today))
