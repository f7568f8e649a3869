"""HTTP in, the shares of every practice within reach, page out."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse

from preceptor.foundation.access import Can, Scope
from preceptor.foundation.disclosure import FEWEST
from preceptor.register.organisations.domain import Kind
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request
from preceptor.ui.words import count

from . import pages, queries
from .domain import AreaShare

_GAPS = 10


def practices(request: Request) -> HttpResponse:
    """Practices by subject area, those with the most overdue first."""
    rows, areas = queries.practice_shares(request.viewer.scope(Can.SEE_SHARES), request.today)
    managed = request.viewer.scope(Can.SEE_PRACTICE)
    codes = _codes(request, managed)
    whole = AreaShare()
    for share in (row.areas.get("", AreaShare()) for row in rows):
        if share.is_shown:
            whole = AreaShare(whole.in_date + share.in_date, whole.of + share.of, whole.people + share.people)
    page = pages.PracticesPage(
        title=_title(rows),
        today=request.today,
        areas=tuple(name for _, name in areas),
        rows=tuple(
            pages.PracticeRow(
                code=row.code,
                name=row.name,
                meta=f"{row.code}, {count(row.people, 'person', 'people')}",
                href=reverse("practices:today", args=[row.code]) if managed.everywhere or row.code in codes else "",
                overdue=row.overdue,
                all=row.areas.get("", AreaShare()),
                cells=tuple(row.areas.get(area) for area, _ in areas),
            )
            for row in rows
        ),
        gaps=_gaps(rows, areas),
        whole=whole,
        confidence=tuple(
            Link(
                f"How sure people feel with technology at {grant.place.name}",
                reverse("capability:report", args=[grant.place.code]),
            )
            for grant in request.viewer.grants
            if grant.beneath
        ),
    )
    return render(request, page)


def adjustments(request: Request) -> HttpResponse:
    """Leave, exemptions and extensions across practices, as figures and never people."""
    rows = queries.eased_across(request.viewer.scope(Can.SEE_SHARES), request.today)
    page = pages.AdjustmentsPage(
        title="Leave, exemptions and extensions across practices",
        back=Link("Practices", reverse("hubs:practices")),
        today=request.today,
        rows=tuple(
            pages.EasedRow(one.name, one.code, one.leave, one.exemptions, one.extensions, is_shown=one.people >= FEWEST)
            for one in rows
        ),
    )
    return render(request, page)


def _title(rows: list[queries.PracticeShares]) -> str:
    practices = sum(row.kind == Kind.PRACTICE for row in rows)
    networks = len(rows) - practices
    return count(practices, "practice") + (f" and {count(networks, 'network')}" if networks else "")


def _codes(request: Request, managed: Scope) -> frozenset[str]:
    return frozenset(grant.place.code for grant in request.viewer.grants if managed.holds(grant.place.id))


def _gaps(rows: list[queries.PracticeShares], areas: list[tuple[str, str]]) -> tuple[pages.Gap, ...]:
    """Where most is overdue, of what may be shown."""
    found = [
        pages.Gap(row.name, name, row.areas[area], row.overdue_in.get(area, 0))
        for row in rows
        for area, name in areas
        if area in row.areas and row.areas[area].is_shown and row.overdue_in.get(area)
    ]
    return tuple(sorted(found, key=lambda gap: (-gap.overdue, gap.share.percent, gap.practice, gap.area))[:_GAPS])
