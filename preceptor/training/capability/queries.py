"""Every read of the self-assessment: one's own answers, and the figures of groups."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Final
from uuid import UUID

import msgspec
from django.conf import settings
from django.http import Http404

from preceptor.foundation.access import Scope
from preceptor.foundation.dates import end_of_day
from preceptor.foundation.facts import holding, known
from preceptor.register.models import EngagementTerm, Organisation
from preceptor.register.organisations.domain import Kind, OrganisationId
from preceptor.register.organisations.queries import beneath_today

from .domain import Answers, Questionnaire, Report, Score, across, figures, report
from .models import CapabilityAnswers

_DATA: Final = Path(settings.HOUSE) / "data" / "capability" / "questionnaire.yaml"


@cache
def questionnaire() -> Questionnaire:
    """The questionnaire of the data folder, read once. It is about nobody, so this takes no scope."""
    return msgspec.yaml.decode(_DATA.read_bytes(), type=Questionnaire)


@dataclass(frozen=True, slots=True)
class Own:
    """One's own last answers, and when a part was answered last."""

    answers: Answers
    last_at: datetime | None


def own_answers(scope: Scope, person: UUID) -> Own:
    """What somebody answered last, for themselves alone. Anybody else's does not exist, whatever the scope."""
    if scope.person != person:
        raise Http404
    rows = list(CapabilityAnswers.objects.filter(person_id=person).order_by("at", "pk"))
    return Own(_answers(rows), rows[-1].at if rows else None)


@dataclass(frozen=True, slots=True)
class Group:
    """A place's figures up to a day, and how many places below it were counted, of how many."""

    until: date
    report: Report
    counted: int
    places: int


def figures_of(scope: Scope, place: Organisation, today: date) -> Group:
    """The figures of a place up to the end of last month: of its own people, or of all beneath a network or hub.

    Nobody's name and no single answer leaves this query. Above a practice no staff groups are told apart: that of
    one practice could be worked out by taking away those of the others.
    """
    if not scope.holds(place.pk):
        raise Http404
    until = today.replace(day=1) - timedelta(days=1)
    organisation = OrganisationId(place.pk)
    beneath = beneath_today(organisation, today) if place.kind != Kind.PRACTICE else frozenset()
    ids = sorted({organisation, *beneath})
    groups = _groups(ids, until)
    answered = _answered(groups, until)
    by_place = [
        [(group, answered[person]) for person, group in groups.get(one, {}).items() if person in answered]
        for one in ids
    ]
    if not beneath:
        return Group(until, report(questionnaire(), by_place[0]), 1, 1)
    counted = across(by_place)
    enough = sum(len(one) > 0 and set(map(id, one)) <= set(map(id, counted)) for one in by_place)
    everybody = figures(questionnaire(), [one for _, one in counted])
    return Group(until, Report(everybody, {}), enough, sum(bool(groups.get(one)) for one in ids))


def _groups(places: Iterable[UUID], on: date) -> dict[UUID, dict[UUID, str]]:
    """The staff group of each person at each place on a day."""
    rows = EngagementTerm.objects.filter(
        known(None), holding(on), void=False, engagement__organisation_id__in=list(places)
    ).order_by("pk")
    found: dict[UUID, dict[UUID, str]] = {}
    for place, person, group in rows.values_list(
        "engagement__organisation_id", "engagement__person_id", "staff_group__name"
    ):
        found.setdefault(place, {}).setdefault(person, group)
    return found


def _answered(groups: dict[UUID, dict[UUID, str]], until: date) -> dict[UUID, Answers]:
    """Each person's answers at the end of a day, of those who answered everything."""
    people = {person for some in groups.values() for person in some}
    rows = CapabilityAnswers.objects.filter(person_id__in=people, at__lte=end_of_day(until)).order_by("at", "pk")
    by_person: dict[UUID, list[CapabilityAnswers]] = {}
    for row in rows:
        by_person.setdefault(row.person_id, []).append(row)
    found = {person: _answers(some) for person, some in by_person.items()}
    return {person: one for person, one in found.items() if one.is_whole(questionnaire())}


def _answers(rows: Iterable[CapabilityAnswers]) -> Answers:
    """The last word of each part, from rows in the order they were written."""
    last = {row.part: row.answers for row in rows}
    attitudes = last.pop(questionnaire().attitudes.key, {})
    return Answers(
        {part: {key: Score(now, need) for key, (now, need) in given.items()} for part, given in last.items()},
        attitudes,
    )
