"""The request as our views know it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

from preceptor.foundation.access import Place, Viewer


@dataclass(frozen=True, slots=True)
class NavigationItem:
    """One entry of the menu."""

    title: str
    href: str
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class Navigation:
    """What the layout shows around a page: where the viewer is, where they can go, and who waits for their answer.

    `within` are the pages of the entry that is open, where it has several.
    """

    items: tuple[NavigationItem, ...] = ()
    within: tuple[NavigationItem, ...] = ()
    place: Place | None = None
    change_href: str = ""
    me_href: str = ""
    name: str = ""
    back_title: str = ""
    back_href: str = ""
    asked_by: tuple[str, ...] = ()
    questions_href: str = ""


class Notice(NamedTuple):
    """What is said once above the next page: that something went well, or what did not."""

    words: str
    is_success: bool


class Request(HttpRequest):
    """A request after the middleware: who asks, the moment it is, and the London day of that moment."""

    viewer: Viewer
    at: datetime
    today: date
    navigation: Navigation
    notices: tuple[Notice, ...]


def next_url(request: HttpRequest, default: str) -> str:
    """Where to go afterwards: the page named by `next`, if it is one of ours, else the default."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if wanted and url_has_allowed_host_and_scheme(wanted, allowed_hosts={request.get_host()}):
        return wanted
    return default
