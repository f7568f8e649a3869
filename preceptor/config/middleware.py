"""Reads the clock once, says who is asking and where they can go, and keeps foreign content out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final, cast

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from preceptor.foundation.access import NOBODY
from preceptor.foundation.dates import london_date
from preceptor.register.accounts.queries import viewer_with
from preceptor.ui.requests import Navigation, Request

from .navigation import navigation_for

Answer = Callable[[HttpRequest], HttpResponseBase]

_POLICY: Final = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "form-action 'self'",
    )
)


def content_security(answer: Answer) -> Answer:
    """Lets pages use nothing but our own scripts, styles and pictures."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        response = answer(request)
        response.headers.setdefault("Content-Security-Policy", _POLICY)
        return response

    return respond


def plain_text(answer: Answer) -> Answer:
    """Refuses a request with a null character in it: no browser sends one, and the database keeps none."""

    def respond(request: HttpRequest) -> HttpResponseBase:
        given = (request.GET, request.POST) if request.method == "POST" else (request.GET,)
        texts = [request.path, *(text for some in given for key, values in some.lists() for text in (key, *values))]
        if any("\0" in text for text in texts):
            message = "a null character was sent"
            raise SuspiciousOperation(message)
        return answer(request)

    return respond


def viewer(answer: Answer) -> Answer:
    """Gives the request its moment, its London day, its viewer and, when the route is known, its navigation.

    Nothing a signed-in person was shown is kept by their browser: the next at a shared computer could go back to it.
    """

    def respond(request: HttpRequest) -> HttpResponseBase:
        ours = cast("Request", request)
        ours.at = datetime.now(UTC)
        ours.today = london_date(ours.at)
        ours.notices = ()
        ours.navigation = Navigation()
        ours.viewer = viewer_with(request.user, ours.today) if request.user.is_authenticated else NOBODY
        response = answer(request)
        if ours.viewer.is_signed_in:
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    def see_route(request: HttpRequest, _view: object, _args: object, _kwargs: object) -> None:
        ours = cast("Request", request)
        ours.navigation = navigation_for(ours)

    respond.process_view = see_route  # type: ignore[attr-defined] # Django looks for it on the middleware
    return respond
