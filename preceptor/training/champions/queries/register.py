"""Every read of who is a champion, who offered, and who could be next."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.http import Http404

from preceptor.compliance.records.models import Record
from preceptor.compliance.standing.domain.verdicts import Status, Verdict
from preceptor.compliance.standing.queries import loaded_of
from preceptor.foundation.access import Scope
from preceptor.foundation.dates import london_date
from preceptor.foundation.facts import holding, known
from preceptor.register.models import EngagementTerm, Parent, ServiceOffered, SystemUsed
from preceptor.register.organisations.domain import Kind
from preceptor.register.organisations.queries import clinical_systems
from preceptor.register.people.queries import engagements_at
from preceptor.training.skills.domain.framework import Level, Skill
from preceptor.training.skills.queries import able_at, framework_of, version_gone_by

from ..domain.content import SERVICE, SYSTEM, Step
from ..domain.pathway import OWN_WORD, asked_of_champions
from ..domain.register import CallId, Champion, ChampionId, Covering, OfferId, Term
from ..models import Champion as ChampionRow
from ..models import ChampionCall, ChampionOffer, ChampionTerm
from .content import content

CORE: Final = "core clinical system"  # what systems.yaml says of the use of one


@dataclass(frozen=True, slots=True)
class Call:
    """A place looks for champions."""

    id: CallId
    organisation: UUID
    place: str
    words: str
    topics: tuple[str, ...]
    closes_on: date
    by_name: str


@dataclass(frozen=True, slots=True)
class Offer:
    """Somebody’s offer, and what was said to it: None while it waits."""

    id: OfferId
    organisation: UUID
    place: str
    person: UUID
    name: str
    covering: Covering
    words: str
    offered_on: date
    is_yes: bool | None = None
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Word:
    """What a champion said last of a step, on which day, and who confirmed it."""

    record: UUID
    on: date
    confirmed_by: str = ""
    confirmed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Next:
    """Somebody who could be the next champion, and the skills they can teach."""

    person: UUID
    name: str
    role: str
    teaches: tuple[str, ...]


def networks_of(organisations: Collection[UUID], on: date) -> dict[UUID, frozenset[UUID]]:
    """Each of these places with its network: the places that belong to the same one, and the network itself."""
    rows = Parent.objects.filter(known(None), holding(on), parent__kind=Kind.PCN.value)
    members: dict[UUID, set[UUID]] = {}
    for child, parent in rows.order_by("pk").values_list("child_id", "parent_id"):
        members.setdefault(parent, {parent}).add(child)
    found = {}
    for one in organisations:
        near = {one}
        for network in members.values():
            if one in network:
                near |= network
        found[one] = frozenset(near)
    return found


def near(scope: Scope, on: date) -> frozenset[UUID]:
    """The places of a scope, and the others of their networks."""
    return frozenset[UUID]().union(*networks_of(scope.organisations, on).values())


def topics_at(scope: Scope, organisation: UUID, on: date) -> tuple[str, ...]:
    """What a champion of a place may cover: the systems and services in use in its network, and everyday work."""
    if not scope.holds(organisation):
        raise Http404
    return _topics(networks_of([organisation], on)[organisation], on)


def topics_used(organisations: Collection[UUID], on: date) -> dict[UUID, tuple[str, ...]]:
    """The systems in use and services offered at each of these places on a day, as topics."""
    found: dict[UUID, list[str]] = {one: [] for one in organisations}
    here = Q(organisation_id__in=list(organisations))
    systems = SystemUsed.objects.filter(known(None), holding(on), here).order_by("system__name", "pk")
    for place, system in systems.values_list("organisation_id", "system_id"):
        found[place].append(f"{SYSTEM}:{system}")
    services = ServiceOffered.objects.filter(known(None), holding(on), here).order_by("service__name", "pk")
    for place, service in services.values_list("organisation_id", "service_id"):
        found[place].append(f"{SERVICE}:{service}")
    return {place: tuple(dict.fromkeys(topics)) for place, topics in found.items()}


def champions_at(scope: Scope, organisation: UUID, on: date) -> list[Champion]:
    """The champions of a place on a day and from later days on, by name. Outside the scope there are none."""
    if not scope.holds(organisation):
        raise Http404
    return [one for one in champions_of([organisation], on) if one.ends_on is None or one.ends_on > on]


def champions_near(scope: Scope, on: date) -> list[Champion]:
    """The champions of a scope's places on a day, and those of their networks who share their name: theirs first."""
    found = [
        one
        for one in champions_of(near(scope, on), on)
        if (term := one.term(on)) is not None and (scope.holds(one.organisation) or term.covering.shares_name)
    ]
    return sorted(found, key=lambda one: not scope.holds(one.organisation))


def own_champions(scope: Scope, person: UUID, on: date) -> list[Champion]:
    """As what one person is a champion on a day, at each of the scope's places."""
    found = champions_of(scope.organisations, on, person=person)
    return [one for one in found if one.term(on) is not None]


def champion_at(scope: Scope, organisation: UUID, person: UUID, on: date) -> Champion | None:
    """One person as a champion of a place on a day or later; None when they are not."""
    return next((one for one in champions_at(scope, organisation, on) if one.person == person), None)


def champion_by_id(scope: Scope, organisation: UUID, champion: ChampionId, on: date) -> Champion:
    """A champion of a place of today or later. Of another place they do not exist."""
    found = next((one for one in champions_at(scope, organisation, on) if one.id == champion), None)
    if found is None:
        raise Http404
    return found


def champions_of(organisations: Collection[UUID], on: date, *, person: UUID | None = None) -> list[Champion]:
    """Everybody agreed on as a champion at these places who works there on a day, by name."""
    works = EngagementTerm.objects.filter(
        known(None),
        holding(on),
        void=False,
        engagement__person_id=OuterRef("champion__person_id"),
        engagement__organisation_id=OuterRef("champion__organisation_id"),
    )
    rows = ChampionTerm.objects.filter(Exists(works), known(None), champion__organisation_id__in=list(organisations))
    if person is not None:
        rows = rows.filter(champion__person_id=person)
    order = ("champion__person__family_name", "champion__person__given_name", "champion_id", "starts_on", "pk")
    terms: dict[UUID, list[Term]] = {}
    told: dict[UUID, ChampionRow] = {}
    for row in rows.select_related("champion__organisation", "champion__person").order_by(*order):
        told[row.champion_id] = row.champion
        covering = Covering(tuple(row.topics), row.minutes_a_week, row.shares_name)
        if row.starts_on is not None:
            terms.setdefault(row.champion_id, []).append(Term(covering, row.starts_on, row.ends_on))
    return [
        Champion(
            id=ChampionId(key),
            organisation=one.organisation_id,
            code=one.organisation.code,
            place=one.organisation.name,
            person=one.person_id,
            name=str(one.person),
            terms=tuple(terms[key]),
        )
        for key, one in told.items()
    ]


def calls_open(scope: Scope, on: date) -> list[Call]:
    """The calls for champions at a scope's places that are open on a day, the last to close first."""
    rows = ChampionCall.objects.filter(organisation_id__in=scope.organisations, closes_on__gte=on)
    return [
        Call(
            CallId(row.pk),
            row.organisation_id,
            row.organisation.name,
            row.words,
            tuple(row.topics),
            row.closes_on,
            row.by_name,
        )
        for row in rows.select_related("organisation").order_by("-closes_on", "pk")
    ]


def offers_waiting(scope: Scope, organisation: UUID) -> list[Offer]:
    """The offers at a place that nobody answered, the oldest first."""
    if not scope.holds(organisation):
        raise Http404
    return _offers(Q(organisation_id=organisation, answer=None))


def offers_of(scope: Scope, person: UUID) -> list[Offer]:
    """What one person offered at the scope's places, the oldest first."""
    return _offers(Q(organisation_id__in=scope.organisations, person_id=person))


def offer_by_id(scope: Scope, organisation: UUID, offer: OfferId) -> Offer:
    """An offer at a place. At another place it does not exist."""
    found = _offers(Q(organisation_id=organisation, pk=offer)) if scope.holds(organisation) else []
    if not found:
        raise Http404
    return found[0]


def people_at(scope: Scope, organisation: UUID, on: date) -> list[tuple[UUID, str, str]]:
    """Who works at a place on a day, with their role, by name. Each person once."""
    found: dict[UUID, tuple[UUID, str, str]] = {}
    for row in engagements_at(scope, organisation, on):
        person = row.engagement.person
        found.setdefault(person.pk, (person.pk, str(person), row.role.name))
    return sorted(found.values(), key=lambda one: one[1])


def could_be_next(scope: Scope, organisation: UUID, topics: Collection[str], on: date) -> list[Next]:
    """Who can teach skills in the systems of these topics and is no champion yet, the most able first.

    The judge says who is in date at teaching a skill. A place that follows no framework of skills knows of nobody.
    """
    skills = _skills_of(scope, organisation, topics, on)
    if not skills:
        return []
    loaded = loaded_of(scope, organisation, on=on)
    champions = {one.person for one in champions_at(scope, organisation, on)}
    teaches: dict[UUID, list[str]] = {}
    for skill, people in able_at(loaded, skills, Level.TEACH, on).items():
        for person in people:
            teaches.setdefault(person, []).append(next(one.title for one in skills if one.key == skill))
    seats = {seat.person: seat for seat in loaded.seats.values()}
    found = [
        Next(person, seats[person].name, seats[person].role_name, tuple(titles))
        for person, titles in teaches.items()
        if person not in champions
    ]
    return sorted(found, key=lambda one: (-len(one.teaches), one.name))


def steps_of(scope: Scope, champion: Champion, on: date) -> list[tuple[Step, Verdict | None]]:
    """A champion's steps on a day, as the judge sees them."""
    loaded = loaded_of(scope, champion.organisation, on=on, person=champion.person)
    steps = content().steps
    asked = {one.key: str(one.id) for one in asked_of_champions(champion.organisation, steps)}
    judged = loaded.asked_for(asked_of_champions(champion.organisation, steps))
    verdicts = {one.requirement: one for one in judged.verdicts(on).values()}
    return [(step, verdicts.get(asked[step.key])) for step in steps]


def words_of(scope: Scope, champion: Champion) -> dict[str, Word]:
    """What a champion said last of each step that still counts, by step. Outside the scope there is nothing."""
    if not scope.holds(champion.organisation):
        raise Http404
    steps = {one.subject: one.key for one in content().steps}
    rows = Record.objects.filter(person_id=champion.person, subject_id__in=steps, kind=OWN_WORD, withdrawal=None)
    found = {}
    for row in rows.select_related("step_confirmed").order_by("on", "recorded_at", "pk"):
        told = getattr(row, "step_confirmed", None)
        by, on = (told.by_name, london_date(told.at)) if told else ("", None)
        found[steps[row.subject_id]] = Word(row.pk, row.on, by, on)
    return found


def is_done(verdict: Verdict | None) -> bool:
    """Does the judge say that a step is done?"""
    return verdict is not None and verdict.status in {Status.VALID, Status.DUE_SOON}


def _skills_of(scope: Scope, organisation: UUID, topics: Iterable[str], on: date) -> list[Skill]:
    """The skills of these systems and services. What is done in any core system belongs to each core system."""
    version = version_gone_by(scope, organisation, on)
    if version is None:
        return []
    framework = framework_of(version.id)
    named = {one.partition(":")[2] for one in topics}
    is_core = any(one.use == CORE and one.code in named for one in clinical_systems())
    modules = {one.key: {one.system, one.service} - {None, ""} for one in framework.modules}
    return [
        one
        for one in framework.skills
        if (modules[one.module] | set(one.systems)) & named or (is_core and not modules[one.module] and not one.systems)
    ]


def _topics(organisations: Collection[UUID], on: date) -> tuple[str, ...]:
    used = topics_used(organisations, on)
    everything = dict.fromkeys(topic for one in used.values() for topic in one)
    general = [one.key for one in content().topics]
    systems = [one for one in everything if one.startswith(f"{SYSTEM}:")]
    services = [one for one in everything if one.startswith(f"{SERVICE}:")]
    return (*systems, *services, *general)


def _offers(which: Q) -> list[Offer]:
    rows = ChampionOffer.objects.filter(which).select_related("organisation", "person", "answer")
    found = []
    for row in rows.order_by("at", "pk"):
        answer = getattr(row, "answer", None)
        found.append(
            Offer(
                id=OfferId(row.pk),
                organisation=row.organisation_id,
                place=row.organisation.name,
                person=row.person_id,
                name=str(row.person),
                covering=Covering(tuple(row.topics), row.minutes_a_week, row.shares_name),
                words=row.words,
                offered_on=london_date(row.at),
                is_yes=None if answer is None else answer.champion_id is not None,
                answer="" if answer is None else answer.words,
            )
        )
    return found
