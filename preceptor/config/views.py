"""The pages for when there is no page."""

from typing import cast

from django.http import HttpRequest, HttpResponse

from preceptor.ui.pages import FaultPage, MissingPage, RefusedPage, StalePage
from preceptor.ui.rendering import render
from preceptor.ui.requests import Navigation, Request


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Signed in, but without the permission."""
    return render(cast("Request", request), RefusedPage(title="You do not have access to this"), status=403)


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """No such page, or not for this person."""
    ours = cast("Request", request)
    if not hasattr(ours, "navigation"):
        ours.navigation = Navigation()
    return render(ours, MissingPage(title="Page not found"), status=404)


def fault(request: HttpRequest) -> HttpResponse:
    """Something broke on our side."""
    ours = cast("Request", request)
    ours.navigation = Navigation()
    return render(ours, FaultPage(title="Sorry, there is a problem"), status=500)


def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form that was sent without the secret it was drawn with: an old page, or another site."""
    ours = cast("Request", request)
    if not hasattr(ours, "navigation"):
        ours.navigation = Navigation()
    return render(ours, StalePage(title="This page is out of date"), status=403)
