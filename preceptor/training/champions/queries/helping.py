"""Every read of help given, and of what it adds up to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.http import Http404

from preceptor.foundation.access import Scope
from preceptor.foundation.dates import add_months
from preceptor.foundation.disclosure import FEWEST
from preceptor.foundation.facts import holding, known
from preceptor.register.models import EngagementTerm
from preceptor.register.organisations.domain import Kind, OrganisationId
from preceptor.register.organisations.queries import organisations_in
from preceptor.register.people.queries import people_counted

from ..domain.helping import Given, HelpId, Helping, Hours, Sums, hours, sums
from ..domain.register import Champion, Leaving, leaving, uncovered
from ..models import HelpGiven
from .register import champions_of, topics_used

WEEKS: Final = 12  # over which hours given are set against hours agreed
_MONTHS: Final = 12  # over which help is added up


@dataclass(frozen=True, slots=True)
class Figures:
    """What champions of a place did in the last year, and what is missing."""

    people: int
    sums: Sums
    hours: tuple[Hours, ...]
    gaps: tuple[str, ...]
    leaving: tuple[Leaving, ...]


@dataclass(frozen=True, slots=True)
class PlaceFigures:
    """One place of many: its champions who share their name, and its figures, unless there are too few people."""

    code: str
    name: str
    people: int
    champions: int
    shared: tuple[Champion, ...]
    figures: Figures

    @property
    def is_shown(self) -> bool:
        """Are there enough people for figures?"""
        return self.people >= FEWEST


def given_by(scope: Scope, champion: Champion, since: date) -> list[Given]:
    """The help a champion logged since a day and did not take back, the latest first."""
    if not scope.holds(champion.organisation):
        raise Http404
    return _given([champion.id], since)


def given_today(scope: Scope, person: UUID, help_given: HelpId, on: date) -> HelpGiven:
    """Help that one person logged on a day. Anything else does not exist."""
    row = HelpGiven.objects.filter(
        known(None),
        pk=help_given,
        on=on,
        champion__person_id=person,
        champion__organisation_id__in=scope.organisations,
    ).first()
    if row is None:
        raise Http404
    return row


def figures_at(scope: Scope, organisation: UUID, on: date) -> Figures:
    """What a place's champions add up to on a day."""
    if not scope.holds(organisation):
        raise Http404
    return _figures([organisation], on)[organisation]


def figures_across(scope: Scope, on: date) -> list[PlaceFigures]:
    """Each practice and network of a scope with people in it, by name, in a number of queries that does not grow."""
    places = [one for one in organisations_in(scope) if one.kind in {Kind.PRACTICE, Kind.PCN}]
    people = people_counted(scope, [OrganisationId(one.pk) for one in places], on)
    told = [one for one in places if people.get(one.pk)]
    champions = [one for one in champions_of([one.pk for one in told], on) if one.term(on) is not None]
    figures = _figures([one.pk for one in told], on)
    return [
        PlaceFigures(
            code=one.code,
            name=one.name,
            people=people[one.pk],
            champions=sum(each.organisation == one.pk for each in champions),
            shared=tuple(each for each in champions if each.organisation == one.pk and _shares(each, on)),
            figures=figures[one.pk],
        )
        for one in told
    ]


def _shares(champion: Champion, on: date) -> bool:
    term = champion.term(on)
    return term is not None and term.covering.shares_name


def _figures(organisations: Sequence[UUID], on: date) -> dict[UUID, Figures]:
    champions = champions_of(organisations, on)
    given = _given_at(organisations, add_months(on, -_MONTHS))
    used = topics_used(organisations, on)
    people = _people(organisations, on)
    first, until = on - timedelta(weeks=WEEKS), on + timedelta(days=1)
    found = {}
    for place in organisations:
        here = [one for one in champions if one.organisation == place]
        today = [one for one in here if one.term(on) is not None]
        told = given.get(place, [])
        found[place] = Figures(
            people=len(people.get(place, ())),
            sums=sums(told, counted=people.get(place, set())),
            hours=tuple(hours(today, told, first, until)),
            gaps=uncovered(used[place], here, on),
            leaving=tuple(leaving(here, on)),
        )
    return found


def _people(organisations: Collection[UUID], on: date) -> dict[UUID, set[UUID]]:
    rows = EngagementTerm.objects.filter(
        known(None), holding(on), void=False, engagement__organisation_id__in=list(organisations)
    )
    found: dict[UUID, set[UUID]] = {}
    for place, person in rows.order_by("pk").values_list("engagement__organisation_id", "engagement__person_id"):
        found.setdefault(place, set()).add(person)
    return found


def _given_at(organisations: Collection[UUID], since: date) -> dict[UUID, list[Given]]:
    rows = HelpGiven.objects.filter(known(None), champion__organisation_id__in=list(organisations), on__gte=since)
    found: dict[UUID, list[Given]] = {}
    for row in rows.select_related("champion", "person").order_by("-on", "-recorded_at", "pk"):
        found.setdefault(row.champion.organisation_id, []).append(_as_given(row))
    return found


def _given(champions: Collection[UUID], since: date) -> list[Given]:
    rows = HelpGiven.objects.filter(known(None), champion_id__in=list(champions), on__gte=since)
    return [_as_given(row) for row in rows.select_related("person").order_by("-on", "-recorded_at", "pk")]


def _as_given(row: HelpGiven) -> Given:
    helping = Helping(row.topic, row.minutes, row.is_solved, row.person_id, row.before, row.after)
    return Given(HelpId(row.pk), row.champion_id, helping, str(row.person) if row.person else "Someone", row.on)
