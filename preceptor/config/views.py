"""The pages for when there is no page, and the design system’s own stylesheet."""

import gzip
import hashlib
import re
from functools import cache
from typing import Final, NamedTuple, cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import etag

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


class _Sheet(NamedTuple):
    plain: bytes
    packed: bytes
    tag: str


_FONT_FACE: Final = re.compile(r"@font-face\s*\{[^}]*\}")


@cache
def _sheet() -> _Sheet:
    """The design system's stylesheet without its fonts: they are licensed to NHS services and come from elsewhere."""
    folder = settings.HOUSE / "node_modules" / "nhsuk-frontend" / "dist" / "nhsuk"
    plain = _FONT_FACE.sub("", (folder / "nhsuk-frontend.min.css").read_text("utf-8")).encode()
    return _Sheet(plain, gzip.compress(plain, mtime=0), f'"{hashlib.sha256(plain).hexdigest()[:32]}"')


@etag(lambda _: _sheet().tag)
def design_system(request: HttpRequest) -> HttpResponse:
    """The design system's stylesheet, kept by the browser for a day."""
    packed = "gzip" in request.headers.get("Accept-Encoding", "")
    answer = HttpResponse(_sheet().packed if packed else _sheet().plain, content_type="text/css; charset=utf-8")
    if packed:
        answer["Content-Encoding"] = "gzip"
    answer["Vary"] = "Accept-Encoding"
    answer["Cache-Control"] = "public, max-age=86400"
    return answer
