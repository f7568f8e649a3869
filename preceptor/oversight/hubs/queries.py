"""What the page across practices asks: every practice within reach, judged, as shares."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from preceptor.compliance.requirements.queries import adjustment_counts
from preceptor.compliance.standing.queries import load
from preceptor.foundation.access import Scope
from preceptor.register.organisations.domain import Kind, OrganisationId
from preceptor.register.organisations.queries import organisations_in
from preceptor.register.people.queries import people_counted

from .domain import AreaShare, overdue_count, shares_by_area


@dataclass(frozen=True, slots=True)
class PracticeShares:
    """One practice's shares by subject area, with how many people it has and how much is overdue there."""

    code: str
    name: str
    kind: str
    people: int
    overdue: int
    areas: dict[str, AreaShare]
    overdue_in: dict[str, int]


@dataclass(frozen=True, slots=True)
class Eased:
    """How many adjustments of each kind hold at a place today, and how many people work there."""

    code: str
    name: str
    people: int
    leave: int
    exemptions: int
    extensions: int


def eased_across(scope: Scope, today: date) -> list[Eased]:
    """Every practice and network of a scope with people in it, and what is eased there today, most first."""
    places = [one for one in organisations_in(scope) if one.kind in {Kind.PRACTICE, Kind.PCN}]
    people = people_counted(scope, [OrganisationId(one.pk) for one in places], today)
    counts = adjustment_counts(scope, [one.pk for one in places], today)
    found = []
    for one in places:
        some = counts.get(one.pk)
        figures = (some.leave, some.exemptions, some.extensions) if some else (0, 0, 0)
        if people.get(one.pk):
            found.append(Eased(one.code, one.name, people[one.pk], *figures))
    return sorted(found, key=lambda one: (-one.leave - one.exemptions - one.extensions, one.name, one.code))


def practice_shares(scope: Scope, today: date) -> tuple[list[PracticeShares], list[tuple[str, str]]]:
    """Each practice and network with people in it, and the subject areas in order, in a constant number of queries."""
    organisations = [one for one in organisations_in(scope) if one.kind in {Kind.PRACTICE, Kind.PCN}]
    loaded = load(scope, [one.pk for one in organisations], on=today, skills=False)
    areas: dict[str, tuple[int, str]] = {}
    found = []
    for one in loaded.values():
        if not one.seats:
            continue
        verdicts = list(one.verdicts(today).values())
        area_of = {key: asked.area for key, asked in one.asked.items()}
        areas |= {asked.area: (asked.area_position, asked.area_name) for asked in one.asked.values()}
        person_of = {seat.engagement: str(seat.person) for seat in one.seats.values()}
        in_area: dict[str, int] = {}
        for area in set(area_of.values()):
            in_area[area] = overdue_count(verdict for verdict in verdicts if area_of[verdict.requirement] == area)
        found.append(
            PracticeShares(
                code=one.organisation.code,
                name=one.organisation.name,
                kind=one.organisation.kind,
                people=len(set(person_of.values())),
                overdue=overdue_count(verdicts),
                areas=shares_by_area(verdicts, area_of, person_of),
                overdue_in=in_area,
            )
        )
    found.sort(key=lambda one: (-one.overdue, one.name, one.code))
    return found, [(area, name) for area, (_, name) in sorted(areas.items(), key=lambda item: (item[1], item[0]))]
