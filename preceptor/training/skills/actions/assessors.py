"""Naming who may sign for a skill. Who stops being named stands by what they signed before."""

from __future__ import annotations

from datetime import datetime

from django.shortcuts import get_object_or_404

from preceptor.foundation.access import Can, Scope, Viewer
from preceptor.foundation.actions import Refusal, action
from preceptor.foundation.dates import london_date
from preceptor.foundation.facts import known, supersede
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_id
from preceptor.register.people.actions import lock
from preceptor.register.people.domain import PersonId
from preceptor.register.people.queries import person_by_id, works_within

from ..models import NamedAssessor
from .asking import skill_at


@action("assessor.named", may=Can.NAME_ASSESSORS)
def name_assessor(
    *, by: Viewer, at: datetime, organisation: OrganisationId, person: PersonId, skill: str, reason: str
) -> int:
    """Lets somebody who works at a place sign for a skill there, because its manager says so.

    Refuses somebody who does not work there, and naming oneself.
    """
    scope = by.scope(Can.NAME_ASSESSORS)
    place = organisation_by_id(scope, organisation)
    holder = person_by_id(Scope(frozenset({place.pk})), person)
    skill_at(scope, at, OrganisationId(place.pk), skill)
    if by.person == holder.pk:
        raise Refusal("Nobody names themselves. Ask another manager, or invite somebody from outside", field="person")
    if not works_within(Scope(frozenset({place.pk})), person, london_date(at)):
        raise Refusal("Choose somebody who works here today", field="person")
    if not reason.strip():
        raise Refusal("Say what makes them able to sign for it", field="reason")
    lock(PersonId(holder.pk))
    if NamedAssessor.objects.filter(known(None), organisation=place, person=holder, skill=skill).exists():
        raise Refusal("They are named for this skill already", field="person")
    row = NamedAssessor.objects.create(
        organisation=place,
        person=holder,
        skill=skill,
        reason=reason.strip(),
        recorded_at=at,
        by=by.user,
        by_name=by.name,
    )
    return row.pk


@action("assessor.ended", may=Can.NAME_ASSESSORS)
def end_assessor(*, by: Viewer, at: datetime, organisation: OrganisationId, named: int) -> None:
    """Stops somebody being named for a skill. What they signed before stands."""
    place = organisation_by_id(by.scope(Can.NAME_ASSESSORS), organisation)
    row = get_object_or_404(NamedAssessor.objects.filter(known(None), organisation=place), pk=named)
    supersede(NamedAssessor.objects.filter(pk=row.pk), at)
