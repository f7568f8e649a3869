"""Requirements and the national catalogue, to read."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse

from preceptor.foundation.access import Can
from preceptor.register.organisations.queries import organisation_by_code
from preceptor.register.people.queries import contract_terms
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request

from .. import pages, queries
from ..domain.story import whole_of


def requirements(request: Request, code: str) -> HttpResponse:
    """What an organisation requires of the people engaged there."""
    viewer, today = request.viewer, request.today
    scope = viewer.scope(Can.SEE_REQUIREMENTS)
    place = organisation_by_code(scope, code)
    held = queries.requirements_of(scope, place.pk)
    names = queries.names_for(viewer.scope(Can.SEE_PEOPLE), (one.shown(today).rule for one in held))
    live = [one for one in held if not one.has_ended(today)]
    areas = pages.areas_of(live, names, today)
    page = pages.RequirementsPage(
        title=f"What {place.name} requires",
        code=place.code,
        areas=areas,
        ended=tuple(pages.row_of(one, names, today) for one in held if one.has_ended(today)),
        count=len(live),
        to_review=sum(row.review is not None for area in areas for row in area.rows),
        notices=queries.said_beside(viewer, place.pk, today),
        may_edit=viewer.scope(Can.EDIT_REQUIREMENTS).holds(place.pk),
        may_adjust=viewer.scope(Can.ADJUST).holds(place.pk),
    )
    return render(request, page)


def catalogue(request: Request) -> HttpResponse:
    """The national catalogue."""
    held = queries.templates()
    names = queries.names_for(request.viewer.scope(Can.SEE_PEOPLE))
    page = pages.CataloguePage(
        title="National catalogue",
        areas=pages.areas_of(held, names, request.today),
        count=len(held),
        core_count=sum(one.core for one in held),
    )
    return render(request, page)


def template(request: Request, key: str) -> HttpResponse:
    """One requirement of the national catalogue."""
    one = queries.template_by_key(key)
    names = queries.names_for(request.viewer.scope(Can.SEE_PEOPLE))
    back = Link("National catalogue", reverse("requirements:catalogue"))
    whole = whole_of(one, names, request.today, contract_terms())
    return render(request, pages.TemplatePage(title=one.title, whole=whole, back=back))
