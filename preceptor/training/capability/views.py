"""Pages of the self-assessment: one's own, and the figures of a place."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from preceptor.foundation.access import Can
from preceptor.register.organisations.queries import organisation_by_code
from preceptor.ui.downloads import csv_download
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request

from . import actions, pages, queries
from .forms import PartForm


def mine(request: Request) -> HttpResponse:
    """My own answers, and what they suggest."""
    return render(request, pages.mine_page(queries.questionnaire(), _own(request)))


def part(request: Request, part: str) -> HttpResponse:
    """Answer one part."""
    asked, own = queries.questionnaire(), _own(request)
    parts = {one.key: one for one in asked.parts}
    if part not in parts:
        raise Http404
    twice = parts[part] != asked.attitudes
    last = own.answers.scores.get(part, {}) if twice else own.answers.attitudes
    form = PartForm(request.POST or None, part=parts[part], twice=twice, last=last)
    if given := form.value():
        actions.answer(by=request.viewer, at=request.at, part=part, given=given)
        later = list(parts)[list(parts).index(part) + 1 :]
        left = [key for key in later if key not in own.answers.scores]
        if left and not own.answers.is_whole(asked):
            return redirect("capability:part", left[0])
        messages.success(request, "Your answers are kept. Only you see them.")
        return redirect("capability:mine")
    return render(request, pages.part_page(asked, form))


def forget(request: Request) -> HttpResponse:
    """Delete everything I answered."""
    if request.method == "POST":
        actions.forget(by=request.viewer, at=request.at)
        messages.success(request, "Your answers are deleted.")
        return redirect("capability:mine")
    return render(request, pages.forget_page())


def report(request: Request, code: str) -> HttpResponse:
    """A place's figures."""
    return render(request, _report(request, code))


def report_csv(request: Request, code: str) -> HttpResponse:
    """A place's figures as a file."""
    page = _report(request, code)
    return csv_download(pages.csv_lines(page), f"digital-capability-{code.upper()}-{page.until:%Y-%m-%d}")


def _report(request: Request, code: str) -> pages.ReportPage:
    scope = request.viewer.scope(Can.SEE_SHARES)
    place = organisation_by_code(scope, code)
    group = queries.figures_of(scope, place, request.today)
    return pages.report_page(queries.questionnaire(), f"{place.name} ({place.code})", place.code, group)


def _own(request: Request) -> queries.Own:
    person = request.viewer.person
    if person is None:
        raise Http404
    return queries.own_answers(request.viewer.scope(Can.RATE_SKILLS), person)
