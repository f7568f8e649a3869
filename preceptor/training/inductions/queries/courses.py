"""Every read of inductions. The judge says how people stand; nothing derived is kept."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from preceptor.compliance.requirements.domain.versions import Requirement
from preceptor.compliance.standing.domain import facts
from preceptor.compliance.standing.queries import Loaded, Seat, load, with_skills
from preceptor.foundation.access import Scope
from preceptor.foundation.dates import london_date
from preceptor.foundation.facts import holding, known
from preceptor.register.models import TaskHeld
from preceptor.register.people.queries import engagements_at, names_seen
from preceptor.training.skills.domain import Level
from preceptor.training.skills.domain.rules import Expected
from preceptor.training.skills.queries import rules_at

from ..domain.course import Begun, Brief, Course, Ended, Ending, InductionId, NotInducted, OpenLink, Outcome, Plan, Step
from ..domain.programme import DATA_SECURITY_ITEM
from ..domain.rules import Known, course
from ..domain.suggesting import Stay, Suggestion, suggestions
from ..domain.texts import TextVersion
from ..models import Induction, InductionLink, InductionPlan, InductionStep
from .programmes import texts_at, whole

_IT: Final = "it-administrator"


def courses_at(scope: Scope, organisation: UUID, today: date, loaded: Loaded | None = None) -> list[Course]:
    """Everyone's induction that goes on at a place, the earliest first day first. Outside the scope there is none.

    Facts that were loaded already may be handed over.
    """
    if not scope.holds(organisation):
        raise Http404
    return _courses(list(_rows().filter(organisation_id=organisation, end=None)), today, loaded)


def course_of(scope: Scope, organisation: UUID, induction: InductionId, today: date) -> Course:
    """One induction at a place, also one that has ended. Outside the scope it does not exist."""
    if not scope.holds(organisation):
        raise Http404
    return _one(_rows().filter(organisation_id=organisation, pk=induction), today)


def own_courses(person: UUID, today: date) -> list[Course]:
    """The inductions of one's own that go on, wherever one works."""
    return _courses(list(_rows().filter(person_id=person, end=None)), today)


def own_course(person: UUID, induction: InductionId, today: date) -> Course:
    """One induction of one's own. Somebody else's does not exist."""
    return _one(_rows().filter(person_id=person, pk=induction), today)


def courses_helped(scope: Scope, helper: UUID, today: date) -> list[Course]:
    """The inductions in which somebody is the buddy or does what is for IT, where they work today."""
    mine = Q(plans__buddy_id=helper) | Q(plans__it_id=helper)
    rows = _rows().filter(known(None, prefix="plans__") & mine, end=None)
    if not scope.everywhere:
        rows = rows.filter(organisation_id__in=scope.organisations)
    return _courses(list(rows), today)


def tasks_waiting(scope: Scope, helper: UUID, today: date) -> int:
    """How many tasks in others' inductions wait for somebody, to be ticked off by them."""
    return sum(
        len([one for one in each.tasks_of(helper) if one.is_left and one.is_by_hand])
        for each in courses_helped(scope, helper, today)
    )


def course_by_token(token: str, today: date) -> Course:
    """The induction that a link opens. A link that is unknown, too old or ended opens nothing."""
    digest = hashlib.sha256(token.encode()).hexdigest()
    link = InductionLink.objects.filter(known(None), link_sha256=digest, expires_on__gte=today).first()
    if link is None:
        raise Http404
    return _one(_rows().filter(pk=link.induction_id, end=None), today)


def link_of(induction: InductionId, today: date) -> OpenLink | None:
    """The link to an induction that works today; None when there is none."""
    row = InductionLink.objects.filter(known(None), induction_id=induction, expires_on__gte=today).first()
    return OpenLink(london_date(row.recorded_at), row.by_name, row.expires_on) if row else None


def ended_at(scope: Scope, organisation: UUID) -> list[Begun]:
    """The inductions at a place that have ended, the latest first: who was inducted, and when."""
    if not scope.holds(organisation):
        raise Http404
    rows = _rows().filter(organisation_id=organisation).exclude(end=None).order_by("-end__on", "-end__at", "pk")
    found = list(rows)
    names = names_seen(scope, {row.person_id for row in found})
    return [replace(one, name=names.get(one.person, one.name)) for one in _begun(found, {})]


def inductions_of(scope: Scope, organisation: UUID, person: UUID) -> list[Brief]:
    """Somebody's inductions at a place, the latest first. Outside the scope there is none."""
    if not scope.holds(organisation):
        return []
    rows = _rows().filter(organisation_id=organisation, person_id=person).order_by("-first_on", "-at", "pk")
    return [Brief(InductionId(row.pk), whole(row.programme).title, row.first_on, _ended(row)) for row in rows]


def suggested_at(scope: Scope, organisation: UUID, today: date) -> list[Suggestion]:
    """Who has just begun here, will soon, changed roles or came back, and has no induction for it yet."""
    if not scope.holds(organisation):
        raise Http404
    loaded = load(Scope(frozenset({organisation})), [organisation])[organisation]
    taken: dict[str, set[date]] = defaultdict(set)
    for engagement, first_on in Induction.objects.filter(organisation_id=organisation).values_list(
        "engagement_id", "first_on"
    ):
        taken[str(engagement)].add(first_on)
    stays = [
        Stay(one.engagement, one.person, one.name, one.role, one.role_name, one.kind, one.starts_on, one.ends_on)
        for one in loaded.seats.values()
    ]
    pauses = [one for one in loaded.world.adjustments if isinstance(one, facts.Pause) and one.withdrawn_at is None]
    away = [(one.engagement, one.starts_on, one.ends_on) for one in pauses]
    return suggestions(stays, away, taken, today)


def not_inducted(scope: Scope, organisation: UUID, today: date) -> list[NotInducted]:
    """Everybody at a place today or later whose induction does not go on: the engagement, who, in what role, from when.

    By name; somebody who comes back is named for each engagement, the first one first.
    """
    if not scope.holds(organisation):
        raise Http404
    going_on = set(
        Induction.objects.filter(organisation_id=organisation, end=None).values_list("engagement_id", flat=True)
    )
    found: dict[UUID, NotInducted] = {}
    rows = engagements_at(Scope(frozenset({organisation})), organisation)
    for row in sorted(rows, key=lambda one: one.starts_on or date.min):
        if row.engagement_id not in going_on and (row.ends_on is None or row.ends_on > today):
            starts_on = row.starts_on if row.starts_on and row.starts_on > today else None
            one = NotInducted(str(row.engagement_id), str(row.engagement.person), row.role.name, starts_on)
            found.setdefault(row.engagement_id, one)
    return sorted(found.values(), key=lambda one: (one.name, one.starts_on or date.min, one.engagement))


def accepted_before(scope: Scope, organisation: UUID, now: TextVersion, today: date) -> list[str]:
    """Who works at a place today and accepted an older version of a text there, and not the one in use, by name.

    Whoever is in induction is not among them: the induction asks them.
    """
    if not scope.holds(organisation):
        raise Http404
    rows = InductionStep.objects.filter(
        induction__organisation_id=organisation, text__key=now.text.key, outcome=Outcome.DONE
    )
    accepted: dict[UUID, set[UUID | None]] = defaultdict(set)
    for person, text in rows.order_by("pk").values_list("induction__person_id", "text_id"):
        accepted[person].add(text)
    asked = set(Induction.objects.filter(organisation_id=organisation, end=None).values_list("person_id", flat=True))
    here = engagements_at(Scope(frozenset({organisation})), organisation, today)
    people = {row.engagement.person_id: str(row.engagement.person) for row in here}
    return sorted(
        name
        for person, name in people.items()
        if person in accepted and now.id not in accepted[person] and person not in asked
    )


def it_here(organisation: UUID, today: date) -> UUID | None:
    """Who looks after the systems at a place today, if somebody has that task."""
    rows = TaskHeld.objects.filter(
        known(None), holding(today), task_id=_IT, engagement__organisation_id=organisation
    ).order_by("starts_on", "pk")
    return rows.values_list("engagement__person_id", flat=True).first()


def _rows() -> QuerySet[Induction]:
    rows = Induction.objects.select_related("person", "organisation", "programme__owner", "end")
    return rows.order_by("first_on", "person__family_name", "person__given_name", "pk")


def _one(rows: QuerySet[Induction], today: date) -> Course:
    found = _courses(list(rows), today)
    if not found:
        raise Http404
    return found[0]


def _courses(rows: Sequence[Induction], today: date, loaded: Loaded | None = None) -> list[Course]:
    """These inductions as they stand, in a number of queries that grows with the places alone."""
    by_place: dict[UUID, list[Induction]] = defaultdict(list)
    for row in rows:
        by_place[row.organisation_id].append(row)
    found = {}
    for place, some in by_place.items():
        facts_here = _facts(place, some, today, loaded)
        steps, rules, texts = _steps(place, {row.person_id for row in some}), _skills(place), texts_at(place)
        for begun in _begun(some, facts_here.seats):
            if begun.engagement not in facts_here.seats:
                continue
            known_here = Known(
                world=_world(facts_here, begun),
                training={asked.key: key for key, asked in facts_here.asked.items()},
                titles={key: asked.title for key, asked in facts_here.asked.items()},
                skills=rules,
                said=frozenset(str(Expected(key, Level.AWARE).id) for key in rules),
                texts=texts_at(place, begun.ended.at) if begun.ended else texts,
                steps=tuple(steps.get(begun.person, ())),
            )
            found[begun.id] = course(begun, known_here, today)
    return [found[InductionId(row.pk)] for row in rows if row.pk in found]


def _facts(place: UUID, rows: Sequence[Induction], today: date, loaded: Loaded | None) -> Loaded:
    """The facts of a place that hold everybody whose inductions these are."""
    wanted = {str(row.engagement_id) for row in rows}
    scope, people = Scope(frozenset({place})), {row.person_id for row in rows}
    if loaded is not None and wanted <= set(loaded.seats):
        return with_skills(scope, loaded)
    if len(people) == 1:
        return load(scope, [place], person=people.pop())[place]
    found = load(scope, [place], on=today)[place] if loaded is None else None
    return found if found and wanted <= set(found.seats) else load(scope, [place])[place]


def _world(loaded: Loaded, begun: Begun) -> facts.World:
    """The world with one engagement in it."""
    world, person = loaded.world, str(begun.person)
    return replace(
        world,
        people=tuple(one for one in world.people if one.id == person),
        engagements=tuple(one for one in world.engagements if one.id == begun.engagement),
        records=tuple(one for one in world.records if one.person == person),
        adjustments=tuple(
            one for one in world.adjustments if isinstance(one, facts.Extension) or one.engagement == begun.engagement
        ),
    )


def _skills(place: UUID) -> Mapping[str, tuple[Requirement, ...]]:
    return rules_at(Scope(frozenset({place})), place)


def _steps(place: UUID, people: Collection[UUID]) -> dict[UUID, list[Step]]:
    """What ever happened to the items of these people's inductions at a place, in order, by person."""
    rows = InductionStep.objects.filter(induction__organisation_id=place, induction__person_id__in=people)
    found: dict[UUID, list[Step]] = defaultdict(list)
    for row in rows.select_related("induction").order_by("at", "pk"):
        theirs, undone = found[row.induction.person_id], row.outcome != Outcome.DONE
        for at, one in enumerate(theirs if undone else ()):
            if one.induction == row.induction_id and one.item == row.item and one.withdrawn_at is None:
                theirs[at] = replace(one, withdrawn_at=row.at)
        theirs.append(_step(row))
    return found


def _step(row: InductionStep) -> Step:
    return Step(
        induction=row.induction_id,
        item=row.item,
        about=row.about,
        outcome=Outcome(row.outcome),
        on=row.on,
        at=row.at,
        by_name=row.by_name,
        shown_by=row.shown_by,
        note=row.note,
    )


def _begun(rows: Sequence[Induction], seats: Mapping[str, Seat]) -> list[Begun]:
    plans = {
        row.induction_id: row
        for row in InductionPlan.objects.filter(known(None), induction_id__in=[row.pk for row in rows]).select_related(
            "buddy", "it"
        )
    }
    secured = _secured([row.pk for row in rows])
    return [
        Begun(
            id=InductionId(row.pk),
            person=row.person_id,
            name=seats[str(row.engagement_id)].name if str(row.engagement_id) in seats else str(row.person),
            engagement=str(row.engagement_id),
            organisation=row.organisation_id,
            place=row.organisation.name,
            code=row.organisation.code,
            role_name=seats[str(row.engagement_id)].role_name if str(row.engagement_id) in seats else "",
            why=row.why,
            first_on=row.first_on,
            programme=whole(row.programme),
            version=f"{'' if row.programme.owner_id else 'national '}version {row.programme.number}",
            plan=_plan(plans.get(row.pk)),
            started_at=row.at,
            ended=_ended(row),
            secured_on=secured.get(row.pk),
        )
        for row in rows
    ]


def _secured(inductions: Collection[UUID]) -> dict[UUID, date]:
    """When each of these people was shown what there is to know of data security, if it was in this induction."""
    rows = InductionStep.objects.filter(induction_id__in=inductions, item=DATA_SECURITY_ITEM).order_by("at", "pk")
    last = {row.induction_id: row for row in rows}
    return {key: row.on for key, row in last.items() if row.outcome == Outcome.DONE}


def _plan(row: InductionPlan | None) -> Plan:
    if row is None:
        return Plan()
    return Plan(
        buddy=row.buddy_id,
        buddy_name=str(row.buddy) if row.buddy else "",
        it=row.it_id,
        it_name=str(row.it) if row.it else "",
        log_in_on=row.log_in_on,
        log_in_time=row.log_in_time,
        session_on=row.session_on,
        session_time=row.session_time,
        room=row.room,
    )


def _ended(row: Induction) -> Ended | None:
    end = getattr(row, "end", None)
    if end is None:
        return None
    return Ended(Ending(end.ending), end.on, end.at, end.by_name, end.statement, end.content, end.sha256)
