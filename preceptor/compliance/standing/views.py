"""HTTP in, one explanation, page out."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse
from django.utils.http import urlencode

from preceptor.compliance.records.domain import Achievement, Effect, foresee_with
from preceptor.compliance.records.queries import waiting
from preceptor.foundation.access import Can, Scope
from preceptor.foundation.dates import end_of_day
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.people.domain import PersonId
from preceptor.ui.asof import as_of
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request
from preceptor.ui.words import inside

from . import pages, queries
from .domain.facts import RecordStatus
from .domain.tags import tag_of
from .forms import DayForm


def why(request: Request, code: str, engagement: UUID, key: str) -> HttpResponse:
    """Why someone stands as they do in one requirement, on any day, and what would change it."""
    form = DayForm(request.GET, today=request.today)
    asked = form.asked()
    found = queries.explained(
        request.viewer.scope(Can.SEE_STANDING),
        code,
        engagement,
        key,
        on=asked.on,
        known_at=end_of_day(asked.on) if asked.known_then else None,
    )
    page = pages.why_page(
        code=code,
        who=f"{found.seat.name}, {inside(found.seat.role_name)}",
        name=found.seat.given_name,
        explanation=found.explanation,
        timeline=found.timeline,
        names=found.names,
        rule=found.rule,
        notes=found.notes,
        eased=found.eased,
        as_of=as_of(request.path, request.GET.dict(), asked.on, request.today, known_then=asked.known_then),
        hrefs=_hrefs(request, found, engagement),
        reviews=_reviews(request, found),
        day_form=form,
    )
    return render(request, page)


def _hrefs(request: Request, found: queries.Found, engagement: UUID) -> pages.Hrefs:
    after = urlencode({"next": request.get_full_path()})
    back = urlencode({"next": request.get_full_path(), "requirement": found.rule.key})
    if request.viewer.person == found.seat.person:
        return pages.Hrefs(add=f"{reverse('records:add-mine')}?{after}")
    adjust = request.viewer.scope(Can.ADJUST).holds(found.organisation)
    return pages.Hrefs(
        add=f"{reverse('records:add', args=[found.seat.person])}?{after}",
        exemption=f"{reverse('requirements:exemption', args=[engagement])}?{back}" if adjust else "",
        leave=f"{reverse('requirements:leave', args=[engagement])}?{back}" if adjust else "",
    )


def _reviews(request: Request, found: queries.Found) -> dict[str, str]:
    """Where the viewer decides about the records that wait, by record; nobody decides about their own."""
    records = [one.record for one in found.explanation.records]
    scope = request.viewer.scope(Can.DECIDE_RECORDS)
    waits = any(one.status is RecordStatus.PENDING and one.withdrawn_at is None for one in records)
    if not waits or request.viewer.person == found.seat.person or not scope.holds(found.organisation):
        return {}
    back = urlencode({"next": request.get_full_path()})
    entries = waiting(scope, OrganisationId(found.organisation))
    return {str(one.id): f"{reverse('records:review', args=[one.id])}?{back}" for one in entries}


@foresee_with
def foreseen(scope: Scope, person: PersonId, achievement: Achievement, today: date) -> tuple[Effect, ...]:
    """What a record would change once accepted: each requirement whose standing today would be another."""
    effects = []
    for change in queries.changes_by(scope, person, achievement, today):
        tag = tag_of(change.after)
        effects.append(Effect(change.requirement, tag.code, tag.word, tag.date))
    return tuple(effects)
