"""A requirement's versions side by side, and what is to be looked at again."""

from __future__ import annotations

from django.http import HttpResponse

from preceptor.compliance.requirements.domain.held import HeldRequirement, HeldVersion
from preceptor.compliance.requirements.queries import names_for, requirement_by_key, requirements_of
from preceptor.foundation.access import Can
from preceptor.register.models import Organisation
from preceptor.register.organisations.queries import organisation_by_code
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request

from .. import pages
from ..domain.history import compared


def compare(request: Request, code: str, key: str) -> HttpResponse:
    """Two versions of a requirement in words: those the address names, or the last two."""
    scope = request.viewer.scope(Can.SEE_REQUIREMENTS)
    place = organisation_by_code(scope, code)
    held = requirement_by_key(scope, place.pk, key)
    chosen, problem = _chosen(held, request.GET.get("older", ""), request.GET.get("newer", ""))
    names = names_for(request.viewer.scope(Can.SEE_PEOPLE), (one.rule for one in chosen))
    differences = compared(*chosen, names, by=_instead(request, place))
    return render(request, pages.compare_page(place.code, held, chosen, differences, problem))


def reviews(request: Request, code: str) -> HttpResponse:
    """Every requirement of a place by when it is to be looked at again."""
    scope = request.viewer.scope(Can.SEE_REQUIREMENTS)
    place = organisation_by_code(scope, code)
    may_edit = request.viewer.scope(Can.EDIT_REQUIREMENTS).holds(place.pk)
    held = requirements_of(scope, place.pk)
    by = _instead(request, place)
    return render(request, pages.reviews_page(place.name, place.code, held, request.today, may_edit=may_edit, by=by))


def _instead(request: Request, place: Organisation) -> str:
    """What is named in the place of whoever decided: nothing to the place's own people, the place to all others."""
    viewer = request.viewer
    is_own = viewer.scope(Can.EDIT_REQUIREMENTS).holds(place.pk) or viewer.is_of(place.pk)
    return "" if is_own else place.name


def _chosen(held: HeldRequirement, older: str, newer: str) -> tuple[tuple[HeldVersion, HeldVersion], str]:
    """The two versions asked for, the earlier first, and what was wrong with the question."""
    versions = {str(one.number): one for one in held.versions}
    last = (held.versions[-2:][0], held.versions[-1])
    if not older and not newer:
        return last, ""
    if older not in versions or newer not in versions:
        return last, "Choose two versions from the lists. The last two are shown."
    first, second = sorted((versions[older], versions[newer]), key=lambda one: one.number)
    return (first, second), ""
