"""What practices offer their patients, for everybody there and for leads."""

from __future__ import annotations

from django.http import HttpResponse
from django.urls import reverse

from preceptor.foundation.access import Can, Scope
from preceptor.register.models import Organisation
from preceptor.register.organisations.domain import Kind
from preceptor.register.organisations.queries import digital_services, organisation_by_code
from preceptor.register.people.queries import job_roles
from preceptor.training.rollouts.domain.notice import RolloutId
from preceptor.training.rollouts.queries import drafts_of, is_published, own_change, rollout_at
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request

from .. import pages, queries
from ..domain.terms import Offered
from ..pages.reading import Sees


def services(request: Request, code: str) -> HttpResponse:
    """What a practice offers."""
    scope = request.viewer.scope(Can.SEE_REQUIREMENTS)
    place = organisation_by_code(scope, code)
    sees = _sees(request, place)
    here = Scope(frozenset({place.pk}))
    ready = {} if sees is Sees.NOTHING else queries.ready_at(here, [place.pk], request.today)[place.pk]
    page = pages.services_page(
        place.code,
        queries.services_at(scope, place.pk, request.today),
        {one.code: one.name for one in digital_services()},
        ready,
        request.today,
        sees=sees,
        may_edit=request.viewer.scope(Can.EDIT_SERVICES).holds(place.pk),
        is_practice=place.kind == Kind.PRACTICE,
        across_href=reverse("services:across") if any(one.beneath for one in request.viewer.grants) else "",
    )
    return render(request, page)


def service(request: Request, code: str, service: str) -> HttpResponse:
    """One service of a practice: what it runs on, what to say, and who is able."""
    scope = request.viewer.scope(Can.SEE_REQUIREMENTS)
    place = organisation_by_code(scope, code)
    known = queries.service_by_code(service)
    sees = _sees(request, place)
    here = Scope(frozenset({place.pk}))
    offered = queries.services_at(scope, place.pk, request.today).get(known.code)
    page = pages.service_page(
        place.code,
        known.code,
        known.name,
        offered,
        queries.shipped().get(known.code),
        queries.texts_of(scope, place.pk, known.code),
        queries.roles_at(here, place.pk, known.code, request.today),
        {one.code: one.name for one in job_roles()},
        None if sees is Sees.NOTHING else queries.able_people(here, place.pk, known.code, request.today),
        queries.skills_of(here, place.pk, known.code, request.today),
        queries.desk_of(request.viewer, place.pk, known.code, known.name, request.today),
        request.today,
        sees=sees,
        may_edit=place.kind == Kind.PRACTICE and request.viewer.scope(Can.EDIT_SERVICES).holds(place.pk),
        follows=queries.follows_skills(here, place.pk, request.today),
        notices=_notices(request, place, known.code, offered),
    )
    return render(request, page)


def across(request: Request) -> HttpResponse:
    """What the practices one can see offer, and how ready they are."""
    found = queries.across(request.viewer.scope(Can.SEE_SHARES), request.today)
    names = {one.code: one.name for one in digital_services()}
    return render(request, pages.across_page(found, names, request.today))


def _notices(request: Request, place: Organisation, service: str, offered: Offered | None) -> tuple[Link, ...]:
    """What people are told of the supplier there is and of the next one, where whoever looks may read it."""
    viewer, found = request.viewer, []
    terms = [one for one in offered.terms if one.ends_on is None or one.ends_on > request.today] if offered else []
    edits = viewer.scope(Can.EDIT_ROLLOUTS)
    told = [RolloutId(one.rollout) for one in terms if one.rollout]
    drafts = {one.id: one for one in drafts_of(edits, place.pk)} if told and edits.holds(place.pk) else {}
    for one in told:
        draft = drafts.get(one)
        if draft is not None and not draft.earlier:
            found.append(Link(f"Draft: {draft.notice.title}", reverse("rollouts:draft", args=[place.code, one])))
        elif viewer.scope(Can.SEE_ROLLOUTS).holds(place.pk) and is_published(one):
            title = rollout_at(viewer.scope(Can.SEE_ROLLOUTS), place.pk, one, request.today).latest.notice.title
            found.append(Link(title, reverse("rollouts:rollout", args=[place.code, one])))
        elif viewer.person and (own := own_change(viewer.person, one, request.today)):
            found.append(Link(own.told.notice.title, reverse("rollouts:change", args=[place.code, one])))
    for one in map(RolloutId, queries.left_published(place, service)) if edits.holds(place.pk) else ():
        if is_published(one):
            held = rollout_at(viewer.scope(Can.SEE_ROLLOUTS), place.pk, one, request.today)
            if held.followed is not None:
                title = f"End this, as it does not come: {held.latest.notice.title}"
                found.append(Link(title, reverse("rollouts:decide", args=[place.code, one])))
    return tuple(found)


def _sees(request: Request, place: Organisation) -> Sees:
    """Managers see names; who looks from above sees figures; colleagues see neither."""
    if request.viewer.scope(Can.SEE_SKILLS).holds(place.pk):
        return Sees.NAMES
    return Sees.FIGURES if request.viewer.scope(Can.SEE_SHARES).holds(place.pk) else Sees.NOTHING
