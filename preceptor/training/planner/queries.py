"""Every read of protected time, and of what rules demand of people's time."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from django.http import Http404

from preceptor.compliance.requirements.domain.known import KnownRequirement
from preceptor.compliance.standing.domain import facts
from preceptor.compliance.standing.domain.days import contains, end_of, join, start_of
from preceptor.compliance.standing.domain.judge import Judge
from preceptor.compliance.standing.domain.verdicts import Status, verdict_on
from preceptor.compliance.standing.queries import Loaded, Seat, load, loaded_of, loaded_of_person
from preceptor.foundation.access import Scope
from preceptor.foundation.disclosure import FEWEST
from preceptor.register.people.queries import staff_groups
from preceptor.training.skills.queries import asked_at

from .domain.demand import Demand, Person, Report, each_once, month_of, opening
from .domain.times import Done, Next, ProtectedTime
from .models import ProtectedDate, RecordTime

_Skills = Mapping[UUID, tuple[KnownRequirement, ...]]
_IN_DATE = {Status.VALID, Status.DUE_SOON}


@dataclass(frozen=True, slots=True)
class Minutes:
    """How long a requirement takes, and whether somebody confirmed it. None: nobody said."""

    title: str
    minutes: int | None
    verified: bool


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of one person at one place, and the protected time that is for them."""

    place: UUID
    name: str
    report: Report
    times: tuple[ProtectedTime, ...]


@dataclass(frozen=True, slots=True)
class TimePicture:
    """A place's time: the months past, the months ahead, its dates, and how long what it asks takes."""

    past: Report
    ahead: Report
    times: tuple[ProtectedTime, ...]
    minutes: tuple[Minutes, ...]


@dataclass(frozen=True, slots=True)
class Beneath:
    """A place beneath in figures; without a report where too few people work."""

    code: str
    name: str
    report: Report | None


def times_at(scope: Scope, codes: Collection[str], first: date, end: date) -> list[ProtectedTime]:
    """The protected time of places from a day up to another, by day. Asked for places whose people the scope holds."""
    if not scope:
        return []
    rows = ProtectedDate.objects.filter(organisation__code__in=codes, on__gte=first, on__lt=end)
    return [_time(row) for row in rows.select_related("organisation", "called_off").order_by("on", "starts_at", "pk")]


def time_by_id(scope: Scope, key: UUID) -> ProtectedTime:
    """One date of protected time. Outside the scope it does not exist."""
    row = ProtectedDate.objects.filter(pk=key).select_related("organisation", "called_off").first()
    if row is None or not scope.holds(row.organisation_id):
        raise Http404
    return _time(row)


def times_of(loaded: Loaded, scope: Scope, first: date, end: date) -> list[ProtectedTime]:
    """The protected time for a place's people: its own, and that of what it belonged to on each day."""
    places = {one.id: one for one in loaded.world.organisations}
    found = times_at(scope, list(places), first, end)
    return [one for one in found if one.code in _above(places, loaded.organisation.code, one.on)]


def groups_offered() -> list[tuple[str, str]]:
    """Every staff group, to say whom protected time is for. It is about nobody, so it needs no scope."""
    return [(one.code, one.name) for one in staff_groups()]


def report_of(scope: Scope, organisation: UUID, first: date, end: date, today: date) -> Report:
    """What a period demands of everybody at a place, was offered and used. Outside the scope it does not exist."""
    return _report(scope, loaded_of(scope, organisation), asked_at(scope, [organisation]), first, end, today)


def picture_of_time(scope: Scope, organisation: UUID, first: date, end: date, later: date, today: date) -> TimePicture:
    """A place's time up to a day, and from there up to a later one. Outside the scope it does not exist."""
    loaded, skills = loaded_of(scope, organisation), asked_at(scope, [organisation])
    return TimePicture(
        past=_report(scope, loaded, skills, first, end, today),
        ahead=_report(scope, loaded, skills, end, later, today),
        times=tuple(times_of(loaded, scope, first, later)),
        minutes=_minutes_at(loaded, today),
    )


def only(person: UUID) -> Scope:
    """The scope of somebody who asks about themselves alone."""
    return Scope(person=person)


def reports_of_person(scope: Scope, person: UUID, first: date, end: date, today: date, *, later: date) -> list[Hours]:
    """The hours of one person, at each place the scope sees them at, with the protected time that is for them.

    The time is that up to a later day.
    """
    found = []
    places = loaded_of_person(scope, person)
    skills = asked_at(Scope(frozenset(one.organisation.pk for one in places)), [one.organisation.pk for one in places])
    for loaded in places:
        times = tuple(
            one
            for one in times_of(loaded, scope, first, later)
            if any(_is_offered(seat, loaded, one) for seat in loaded.seats.values())
        )
        place = loaded.organisation
        found.append(Hours(place.pk, place.name, _report(scope, loaded, skills, first, end, today), times))
    return found


def reports_beneath(scope: Scope, organisations: Iterable[UUID], first: date, end: date, today: date) -> list[Beneath]:
    """The reports of places in figures, by name; those of fewer than five people are held back."""
    keys = [one for one in organisations if scope.holds(one)]
    found, skills = [], asked_at(scope, keys)
    for loaded in load(scope, keys).values():
        here = {seat.person for seat in loaded.seats.values() if _is_engaged(seat, today)}
        report = _report(scope, loaded, skills, first, end, today) if len(here) >= FEWEST else None
        found.append(Beneath(loaded.organisation.code, loaded.organisation.name, report))
    return sorted(found, key=lambda one: (one.name, one.code))


def next_time(scope: Scope, loaded: Loaded, today: date) -> Next | None:
    """The next protected time for a place's people, if there is any within a year."""
    for one in times_of(loaded, scope, today, today + timedelta(days=366)):
        here = {seat.person for seat in loaded.seats.values() if _is_engaged(seat, one.on)}
        if not one.called_off and here:
            free = {seat.person for seat in loaded.seats.values() if _is_offered(seat, loaded, one)}
            return Next(one, len(free), len(here))
    return None


def times_said(records: Collection[UUID]) -> Mapping[str, tuple[Done, UUID | None]]:
    """When the training behind records was done, by record: the last word on each.

    Asked for records that a scoped query found.
    """
    rows = RecordTime.objects.filter(record_id__in=records).order_by("at", "pk")
    return {str(row.record_id): (Done(row.done), row.protected_date_id) for row in rows}


def times_for_record(scope: Scope, person: UUID, on: date) -> list[ProtectedTime]:
    """The protected time, in the weeks before and at a day, in which somebody may have done something."""
    found: dict[UUID, ProtectedTime] = {}
    for loaded in loaded_of_person(scope, person):
        for one in times_of(loaded, scope, on - timedelta(days=62), on + timedelta(days=1)):
            if not one.called_off and any(_is_offered(seat, loaded, one) for seat in loaded.seats.values()):
                found[one.id] = one
    return sorted(found.values(), key=lambda one: (one.on, one.starts_at), reverse=True)


def _minutes_at(loaded: Loaded, on: date) -> tuple[Minutes, ...]:
    """How long each requirement that somebody has to meet takes, by title."""
    wanted = {requirement for _, requirement in loaded.verdicts(on)}
    found = [loaded.asked[one] for one in wanted]
    return tuple(
        sorted((Minutes(one.title, one.minutes, one.minutes_verified) for one in found), key=lambda one: one.title)
    )


def _report(scope: Scope, loaded: Loaded, skills: _Skills, first: date, end: date, today: date) -> Report:
    times = [one for one in times_of(loaded, scope, first, end) if not one.called_off]
    demands = _demands(loaded, first, end, today)
    asked = skills.get(loaded.organisation.pk, ())
    of_skills = _demands(loaded.asked_for(asked), first, end, today) if asked else {}
    by_person: dict[UUID, list[Seat]] = {}
    for seat in loaded.seats.values():
        if seat.starts_on < end and (seat.ends_on is None or seat.ends_on > first):
            by_person.setdefault(seat.person, []).append(seat)
    offered: dict[date, int] = {}
    people = []
    for person, seats in by_person.items():
        minutes = 0
        for one in times:
            if any(_is_offered(seat, loaded, one) for seat in seats):
                minutes += one.minutes
                offered[month_of(one.on)] = offered.get(month_of(one.on), 0) + one.minutes
        last = max(seats, key=lambda seat: (seat.starts_on, seat.engagement))
        theirs = each_once(one for seat in seats for one in demands.get(seat.engagement, ()))
        skilled = each_once(one for seat in seats for one in of_skills.get(seat.engagement, ()))
        people.append(Person(str(person), last.name, last.sort_name, last.role_name, theirs, minutes, skilled))
    untimed = {one.title for one in loaded.asked.values() if one.minutes is None}
    return Report(
        first=first,
        end=end,
        people=tuple(sorted(people, key=lambda one: (one.sort_name, one.person))),
        offered_by_month=offered,
        untimed=tuple(sorted(untimed)),
    )


def _demands(loaded: Loaded, first: date, end: date, today: date) -> dict[str, list[Demand]]:
    """What is demanded in a period by engagement: what would be due had nothing been done since it began."""
    before = tuple(one for one in loaded.world.records if one.on < first)
    base, full = Judge(replace(loaded.world, records=before)).prepared, loaded.judge().prepared
    done = _done_since(loaded, first, min(today + timedelta(days=1), end))
    said = times_said([UUID(one.id) for some in done.values() for one in some])
    found: dict[str, list[Demand]] = {}
    for seat in loaded.seats.values():
        if seat.starts_on >= end or (seat.ends_on is not None and seat.ends_on <= first):
            continue
        checked = min(today, end - timedelta(days=1), (seat.ends_on or date.max) - timedelta(days=1))
        for key, asked in loaded.asked.items():
            if asked.minutes is None:
                continue
            opens = opening(base.case(base.seat(seat.engagement), base.rule(key)), first, end)
            if opens is None:
                continue
            how, on, record = None, opens.by, ""
            verdict = verdict_on(full.case(full.seat(seat.engagement), full.rule(key)), checked.toordinal())
            if verdict.status in _IN_DATE and checked >= first:
                since = first if opens.by else opens.opens_on  # what is not due in the period is done when it is open
                answers = [one for one in done.get(str(seat.person), ()) if one.on >= since]
                last = max((one for one in answers if one.subject in _counting(loaded, asked)), key=_when, default=None)
                if last is not None:
                    how, on, record = said.get(last.id, (Done.UNSAID, None))[0], last.on, last.id
                elif opens.by is not None and opens.by < checked:
                    how = Done.UNSAID
            if on is not None:
                found.setdefault(seat.engagement, []).append(
                    Demand(seat.engagement, key, month_of(on), asked.minutes, how, record)
                )
    return found


def _done_since(loaded: Loaded, first: date, end: date) -> dict[str, list[facts.Record]]:
    """The records of a period that count, by person."""
    found: dict[str, list[facts.Record]] = {}
    for one in loaded.world.records:
        counts = one.status is facts.RecordStatus.ACCEPTED and one.withdrawn_at is None
        if counts and first <= one.on < end:
            found.setdefault(one.person, []).append(one)
    return found


def _counting(loaded: Loaded, asked: KnownRequirement) -> set[str]:
    """Every subject that counts towards a requirement, others counting as it included."""
    own = {
        subject for version in asked.rule.versions for _, leaf in version.met_by.leaves() for subject in leaf.subjects()
    }
    return own | {one.subject for one in loaded.world.equivalences if one.counts_as in own}


def _when(record: facts.Record) -> tuple[date, str]:
    return record.on, record.id


def _is_engaged(seat: Seat, on: date) -> bool:
    return seat.starts_on <= on and (seat.ends_on is None or on < seat.ends_on)


def _is_offered(seat: Seat, loaded: Loaded, one: ProtectedTime) -> bool:
    """Is protected time for somebody who works there that day and is not on leave?"""
    if not _is_engaged(seat, one.on) or not one.is_for(seat.group):
        return False
    pauses = loaded.judge().prepared.seat(seat.engagement).pauses
    return not contains(join((start_of(each.starts_on), end_of(each.ends_on)) for each in pauses), one.on.toordinal())


def _above(places: Mapping[str, facts.Organisation], code: str, on: date) -> set[str]:
    """A place and everything above it on a day, by code."""
    found, waiting = {code}, [code]
    while waiting:
        for one in places[waiting.pop()].parents:
            holds = (one.starts_on is None or one.starts_on <= on) and (one.ends_on is None or on < one.ends_on)
            if holds and one.value in places and one.value not in found:
                found.add(one.value)
                waiting.append(one.value)
    return found


def _time(row: ProtectedDate) -> ProtectedTime:
    return ProtectedTime(
        id=row.pk,
        organisation=row.organisation_id,
        code=row.organisation.code,
        place=row.organisation.name,
        on=row.on,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        covered_by=row.covered_by,
        where=row.where,
        groups=tuple(row.groups),
        called_off=row.called_off.reason if hasattr(row, "called_off") else "",
    )
