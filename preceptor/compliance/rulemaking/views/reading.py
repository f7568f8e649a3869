"""One requirement, to read."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse

from preceptor.compliance.requirements.domain.held import HeldRequirement
from preceptor.compliance.requirements.domain.story import ending_of, whole_of
from preceptor.compliance.requirements.queries import names_for, requirement_by_key, said_beside
from preceptor.foundation.access import Can
from preceptor.register.models import Organisation
from preceptor.register.organisations.queries import organisation_by_code
from preceptor.register.people.queries import contract_terms
from preceptor.ui.asof import address
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request

from .. import pages, queries
from .offering import seeing, sees_people


def requirement(request: Request, code: str, key: str) -> HttpResponse:
    """One requirement: the rule, why, on whose authority, what it said before, and how it stands today."""
    viewer, today = request.viewer, request.today
    scope = viewer.scope(Can.SEE_REQUIREMENTS)
    place = organisation_by_code(scope, code)
    one = requirement_by_key(scope, place.pk, key)
    names = names_for(viewer.scope(Can.SEE_PEOPLE), (version.rule for version in one.versions))
    answers_for_it = viewer.scope(Can.EDIT_REQUIREMENTS).holds(place.pk)
    is_own = answers_for_it or viewer.is_of(place.pk)
    may_edit = answers_for_it and one.ending is None
    page = pages.RequirementPage(
        title=one.title,
        whole=whole_of(one, names, today, contract_terms(), by="" if is_own else place.name),
        back=Link("All requirements", reverse("requirements:requirements", args=[place.code])),
        code=place.code,
        key=one.key,
        ending=ending_of(one, today, sees_reason=is_own),
        notices=said_beside(viewer, place.pk, today, key),
        today=_today(request, place, one),
        people_href=_people(request, place, one),
        drafts=_drafts(request, place, one) if may_edit else (),
        to_confirm=_to_confirm(request, place, one) if may_edit else (),
        may_edit=may_edit,
    )
    return render(request, page)


def _today(request: Request, place: Organisation, one: HeldRequirement) -> pages.TodayPanel | None:
    """How it stands, for whoever may see the people of the place or their figures."""
    scope = seeing(request, place)
    if not scope.holds(place.pk):
        return None
    found = queries.standing_today(scope, place.pk, one.id, request.today)
    return pages.today_panel(found, sees_people=sees_people(request, place))


def _people(request: Request, place: Organisation, one: HeldRequirement) -> str:
    """Where everyone it is asked of is listed, for whoever may see them."""
    may_see = request.viewer.scope(Can.SEE_PRACTICE).holds(place.pk)
    return reverse("practices:requirement", args=[place.code, one.key]) if may_see else ""


def _to_confirm(request: Request, place: Organisation, one: HeldRequirement) -> tuple[Link, ...]:
    """The sources of any version that were added here and nobody has confirmed."""
    cited = {says.source.own_key: says.source for version in one.versions for says in version.citations}
    return tuple(
        Link(found.title, address(reverse("rulemaking:confirm-source", args=[place.code, key]), {"next": request.path}))
        for key, found in cited.items()
        if found.is_to_confirm
    )


def _drafts(request: Request, place: Organisation, one: HeldRequirement) -> tuple[pages.DraftLine, ...]:
    found = queries.drafts_about(request.viewer.scope(Can.EDIT_REQUIREMENTS), place.pk, one)
    return pages.draft_lines(found, [reverse("rulemaking:check", args=[place.code, draft.id]) for draft in found])
