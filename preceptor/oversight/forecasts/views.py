"""HTTP in, one question to the judge, page out."""

from __future__ import annotations

from django.http import HttpResponse

from preceptor.compliance.standing.queries import excesses_of, left_alone_at, loaded_of
from preceptor.compliance.subjects.queries import subject_index
from preceptor.foundation.access import Can
from preceptor.register.organisations.queries import organisation_by_code
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request

from . import pages


def over_training(request: Request, code: str) -> HttpResponse:
    """Training that nobody needed, why, and the hours it costs."""
    place = organisation_by_code(request.viewer.scope(Can.SEE_PRACTICE), code)
    scope = request.viewer.scope(Can.SEE_STANDING)
    loaded = loaded_of(scope, place.pk, on=request.today, skills=False)
    found = excesses_of(scope, loaded, request.today)
    whole = request.GET.get("all") == "yes"
    alone = left_alone_at(loaded, request.today)
    return render(request, pages.over_training_page(loaded, found, subject_index(), alone, whole=whole))
