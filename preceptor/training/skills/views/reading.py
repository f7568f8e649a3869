"""Looking at skills: the matrix, a person, a skill, the framework."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.http import Http404, HttpResponse
from django.urls import reverse

from preceptor.foundation.access import Can, Scope
from preceptor.foundation.dates import end_of_day
from preceptor.register.models import Organisation
from preceptor.register.organisations.domain import Kind
from preceptor.register.organisations.queries import organisation_by_code
from preceptor.ui.asof import address, as_of
from preceptor.ui.downloads import csv_download
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request
from preceptor.ui.words import day

from .. import pages, queries
from ..domain import Framework
from ..domain.matrix import matrix
from ..domain.published import Followed, Published
from ..forms import MatrixForm


def skills(request: Request, code: str) -> HttpResponse:
    """The skills matrix, as a table or a list, on any day."""
    scope = request.viewer.scope(Can.SEE_SKILLS)
    place, form = organisation_by_code(scope, code), MatrixForm(request.GET.dict(), today=request.today)
    asked = form.asked()
    known_at = _known_at(request, asked.on)
    picture = queries.picture_of(scope, place.pk, asked.on, known_at)
    page = pages.skills_page(
        code=place.code,
        picture=picture,
        matrix=matrix(picture, asked.question),
        as_of=as_of(request.path, request.GET.dict(), asked.on, request.today, known_then=known_at is not None),
        asked=asked,
        form=form,
        query=request.GET.dict(),
        systems=queries.system_names(),
        may_edit=request.viewer.scope(Can.EDIT_SKILLS).holds(place.pk),
    )
    return render(request, page)


def skills_csv(request: Request, code: str) -> HttpResponse:
    """Every person and skill of the matrix as shown, as CSV."""
    scope = request.viewer.scope(Can.SEE_SKILLS)
    place, asked = organisation_by_code(scope, code), MatrixForm(request.GET.dict(), today=request.today).asked()
    known_at = _known_at(request, asked.on)
    picture = queries.picture_of(scope, place.pk, asked.on, known_at)
    known = ", as it was known then" if known_at else ""
    lines = pages.csv_lines(
        f"{place.name} ({place.code})", f"As of {day(asked.on)}{known}", picture, matrix(picture, asked.question)
    )
    return csv_download(lines, f"skills-{place.code}-{asked.on:%Y-%m-%d}")


def person(request: Request, code: str, person: UUID) -> HttpResponse:
    """One person's skills at the practice."""
    scope = request.viewer.scope(Can.SEE_SKILLS)
    place, asked = organisation_by_code(scope, code), MatrixForm(request.GET.dict(), today=request.today).asked()
    known_at = _known_at(request, asked.on)
    picture = queries.picture_of(scope, place.pk, asked.on, known_at, person=person)
    if not picture.people:
        raise Http404
    shown = as_of(request.path, request.GET.dict(), asked.on, request.today, known_then=known_at is not None)
    training = address(reverse("practices:person", args=[place.code, person]), shown.query)
    titles = {one.key: one.title for one in (picture.framework.skills if picture.framework else ())}
    asked_for = [
        (titles.get(one.rating.skill, one.rating.skill), f"{one.assessor_name} on {day(one.asked_on)}")
        for one in queries.asks_about(scope, place.pk, person)
    ]
    return render(request, pages.person_page(place.code, picture, shown, asked_for, training))


def skill(request: Request, code: str, key: str) -> HttpResponse:
    """One skill as a place goes by it; with who stands how, for those who may see that."""
    place = organisation_by_code(_reading(request), code)
    asked = MatrixForm(request.GET.dict(), today=request.today).asked()
    known_at = _known_at(request, asked.on)
    version = queries.version_to_read(_reading(request), place.pk, asked.on)
    framework = _reviewed(request, place, version)
    one = framework.skill(key) if framework else None
    if version is None or framework is None or one is None:
        raise Http404
    scope = request.viewer.scope(Can.SEE_SKILLS)
    sees, may_edit = scope.holds(place.pk), request.viewer.scope(Can.EDIT_SKILLS).holds(place.pk)
    page = pages.skill_page(
        code=place.code,
        skill=one,
        framework=framework,
        version=version,
        as_of=as_of(request.path, request.GET.dict(), asked.on, request.today, known_then=known_at is not None),
        systems=queries.system_names(),
        picture=queries.picture_of(scope, place.pk, asked.on, known_at) if sees else None,
        may_edit=may_edit,
        stands=may_edit and queries.stands_by(place.pk, one),
        may_name=request.viewer.scope(Can.NAME_ASSESSORS).holds(place.pk),
    )
    return render(request, page)


def framework(request: Request, code: str) -> HttpResponse:
    """The framework a place goes by: every skill, and the versions before and after."""
    scope = _reading(request)
    place = organisation_by_code(scope, code)
    now = queries.version_to_read(scope, place.pk, request.today)
    followed = queries.follows(scope, place.pk)
    may_edit = request.viewer.scope(Can.EDIT_SKILLS).holds(place.pk)
    page = pages.framework_page(
        code=place.code,
        now=now,
        framework=_reviewed(request, place, now),
        followed=followed,
        offered=_unfollowed(queries.versions_offered(scope, place.pk), followed),
        today=request.today,
        may_edit=may_edit,
        by="" if may_edit or request.viewer.is_of(place.pk) else place.name,
        may_follow=place.kind in {Kind.PRACTICE, Kind.PCN},
    )
    return render(request, page)


def mine(request: Request) -> HttpResponse:
    """My own skills, wherever I work."""
    person = request.viewer.person
    if person is None:
        raise Http404
    found = queries.pictures_of_person(request.viewer.scope(Can.SEE_STANDING), person, request.today)
    asked = queries.asked_of(request.viewer.scope(Can.SIGN_SKILLS), person)
    places = ((one.organisation.code, one.organisation.name, picture) for one, picture in found)
    return render(request, pages.mine_page(places, len(asked)))


def _reviewed(request: Request, place: Organisation, version: Published | None) -> Framework | None:
    """What a version says, with who stands by its descriptions for the place."""
    if version is None:
        return None
    names_own = request.viewer.is_of(place.pk) or request.viewer.scope(Can.EDIT_SKILLS).holds(place.pk)
    framework = queries.framework_of(version.id)
    return queries.reviewed_at(_reading(request), place.pk, framework, names_own=names_own)


def _reading(request: Request) -> Scope:
    return request.viewer.scope(Can.SEE_REQUIREMENTS)


def _unfollowed(offered: list[Published], followed: list[Followed]) -> list[Published]:
    """What is offered and newer than what is followed last."""
    last = followed[0].version if followed else None
    return [one for one in offered if last is None or (one.id != last.id and one.published_at > last.published_at)]


def _known_at(request: Request, on: date) -> datetime | None:
    """What was known at the end of a past day, when that is asked for."""
    return end_of_day(on) if request.GET.get("known") == "then" and on < request.today else None
