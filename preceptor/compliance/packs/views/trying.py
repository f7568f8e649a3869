"""What a place is about to take, tried on its people before it is done: as a page, or as a file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse

from preceptor.foundation.access import Can
from preceptor.register.models import Organisation
from preceptor.ui.downloads import csv_download, xlsx_download
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request
from preceptor.ui.words import day

from .. import pages, queries
from ..domain.effects import Step


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is about to be taken, and how the page about it reads."""

    title: str
    back: Link
    caption: str
    facts: tuple[tuple[str, str], ...]
    notes: tuple[str, ...] = ()
    areas: tuple[tuple[str, tuple[str, ...]], ...] = ()
    given: tuple[tuple[str, str], ...]
    button: str
    is_warning: bool = False
    cancel_href: str
    name: str


def posted_number(request: Request, name: str, otherwise: int = 0) -> int:
    """A number that came with the page that was answered, such as the version of the pack it was about."""
    given = request.POST.get(name)
    if given is None:
        return otherwise
    return int(given) if given.isdecimal() and len(given) < 6 else 0


def tried(request: Request, place: Organisation, taken: Sequence[Step], asked: Asked) -> HttpResponse:
    """Who would change if it were taken, with the button that takes it. Nothing is done by looking."""
    standing = request.viewer.scope(Can.SEE_STANDING)
    sees_people = standing.holds(place.pk)
    kind = request.POST.get("file", "")
    scope = standing if sees_people else request.viewer.scope(Can.SEE_SHARES)
    found = queries.try_at(scope, place.pk, taken)
    shows_all = bool(kind) or request.POST.get("all") == "yes"
    page = pages.TryPage(
        title=asked.title,
        back=asked.back,
        caption=asked.caption,
        lead="Nothing has been saved. Judged on the records known today, for two years from the first day.",
        facts=asked.facts,
        notes=asked.notes,
        areas=asked.areas,
        told=pages.told_of(found, sees_people=sees_people, shows_all=shows_all) if found else None,
        given=asked.given,
        button=asked.button,
        is_warning=asked.is_warning,
        cancel_href=asked.cancel_href,
    )
    if kind not in {"csv", "xlsx"} or page.told is None:
        return render(request, page)
    name = f"dry-run-{place.code}-{asked.name}-{request.today:%Y-%m-%d}"
    lines = list(pages.downloads.lines_tried(f"{place.name} ({place.code})", day(request.today), page, page.told))
    return csv_download(lines, name) if kind == "csv" else xlsx_download(pages.downloads.as_xlsx(lines), name)
