"""Looking at cover: everything critical, one ability, one session, and practices beneath in counts."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from preceptor.foundation.access import Can
from preceptor.register.models import Organisation
from preceptor.register.organisations.domain import Kind, OrganisationId
from preceptor.register.organisations.queries import beneath_today, organisation_by_code
from preceptor.ui.downloads import csv_download
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request
from preceptor.ui.words import full_day

from .. import pages, queries
from ..domain.abilities import Ability
from ..domain.rota import Session, monday_of


def cover(request: Request, code: str) -> HttpResponse:
    """What is critical, who is able, and where nobody is."""
    scope = request.viewer.scope(Can.SEE_PRACTICE)
    place = organisation_by_code(scope, code)
    if place.kind != Kind.PRACTICE:
        return redirect("cover:across", place.code)
    week = week_asked(request)
    here = queries.covering_of(scope, place.pk, request.today, week)
    known = queries.abilities_at(scope, [place.pk]).get(place.pk, [])
    page = pages.cover_page(
        code=place.code,
        place=place.name,
        here=here,
        ended=[one for one in known if one.ends_on is not None and one.ends_on <= request.today],
        week=week,
        away=request.GET.get("away", ""),
        may_plan=request.viewer.scope(Can.PLAN_WORK).holds(place.pk),
        today=request.today,
    )
    return render(request, page)


def cover_csv(request: Request, code: str) -> HttpResponse:
    """Everything critical with its holders, and every gap ahead, as CSV."""
    place = _place(request, code)
    here = queries.covering_of(request.viewer.scope(Can.SEE_PRACTICE), place.pk, request.today)
    lines = pages.csv_lines(f"{place.name} ({place.code})", here, request.today)
    return csv_download(lines, f"cover-{place.code}-{request.today:%Y-%m-%d}")


def ability(request: Request, code: str, ability: UUID) -> HttpResponse:
    """One ability: who has it, who does not and why."""
    place, scope = _place(request, code), request.viewer.scope(Can.SEE_PRACTICE)
    here = queries.covering_of(scope, place.pk, request.today)
    one = here.ability(ability)
    if one is None:
        raise Http404
    page = pages.ability_page(
        code=place.code,
        here=here,
        ability=one,
        reasons=queries.reasons_on(scope, place.pk, [one], request.today)[one],
        takes=_takes(request, place, one),
        may_plan=request.viewer.scope(Can.PLAN_WORK).holds(place.pk),
    )
    return render(request, page)


def session(request: Request, code: str, on: str, session: str) -> HttpResponse:
    """One session of one day: who is on, who counts, and why the others do not."""
    place, scope = _place(request, code), request.viewer.scope(Can.SEE_PRACTICE)
    day = _day(on)
    if day is None or session not in set(Session):
        raise Http404
    here = queries.covering_of(scope, place.pk, request.today, day)
    asked = [one for one in here.abilities if one.during]
    reasons = queries.reasons_on(scope, place.pk, asked, day)
    page = pages.session_page(code=place.code, here=here, on=day, session=Session(session), reasons=reasons)
    return render(request, page)


def across(request: Request, code: str) -> HttpResponse:
    """How the practices beneath a network or hub are covered, in counts."""
    scope = request.viewer.scope(Can.SEE_SHARES)
    place = organisation_by_code(scope, code)
    if place.kind == Kind.PRACTICE:
        raise Http404
    beneath = beneath_today(OrganisationId(place.pk), request.today)
    rows = queries.counts_beneath(scope, beneath, request.today)
    page = pages.AcrossPage(
        title="Cover across practices", code=place.code, as_of=full_day(request.today), rows=tuple(rows)
    )
    return render(request, page)


def week_asked(request: Request) -> date:
    """The Monday of the week the address asks for, or of this week."""
    return monday_of(_day(request.GET.get("week", "")) or request.today)


def _day(words: str) -> date | None:
    """A day as addresses write it, near enough to be planned."""
    try:
        day = date.fromisoformat(words)
    except ValueError:
        return None
    return day if 2000 <= day.year <= 2200 else None


def _place(request: Request, code: str) -> Organisation:
    place = organisation_by_code(request.viewer.scope(Can.SEE_PRACTICE), code)
    if place.kind != Kind.PRACTICE:
        raise Http404
    return place


def _takes(request: Request, place: Organisation, one: Ability) -> list[str]:
    needs = [(need.kind, need.one_of, need.level) for need in one.needs]
    scope = request.viewer.scope(Can.SEE_PRACTICE)
    return pages.takes_words(needs, queries.names_at(scope, place.pk, request.today), queries.national_names())
