"""The facts of a practice in a handful of queries, and the judge's answers about them. Nothing derived is stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from preceptor.compliance.records.domain import HOW_NAMES, Achievement, KnownRecord
from preceptor.compliance.records.queries import records_counting, records_known
from preceptor.compliance.requirements.domain.audience import Everyone
from preceptor.compliance.requirements.domain.decisions import AdjustmentKind
from preceptor.compliance.requirements.domain.held import HeldRequirement
from preceptor.compliance.requirements.domain.known import KnownAdjustment, KnownRequirement
from preceptor.compliance.requirements.domain.words import Names
from preceptor.compliance.requirements.queries import (
    adjustments_known,
    names_for,
    requirement_by_key,
    requirements_known,
)
from preceptor.compliance.subjects.models import Subject
from preceptor.compliance.subjects.queries import equivalences_known
from preceptor.foundation.access import Scope
from preceptor.foundation.facts import DatedFact, holding, known
from preceptor.register.models import (
    EngagementTerm,
    Organisation,
    Parent,
    PersonState,
    ServiceOffered,
    State,
    SystemUsed,
    TaskHeld,
)
from preceptor.register.organisations.queries import organisation_by_code
from preceptor.register.people.domain import PersonId

from .domain import facts
from .domain.explanation import Explanation, Timeline
from .domain.judge import Judge
from .domain.measures import Share
from .domain.notes import RecordNote
from .domain.scopes import cannot_be_met, training_item, unknown_roles
from .domain.verdicts import Verdict

M = TypeVar("M", bound=DatedFact)

_STATUS: Final = {
    True: facts.RecordStatus.ACCEPTED,
    False: facts.RecordStatus.REFUSED,
    None: facts.RecordStatus.PENDING,
}

Verdicts = Mapping[tuple[str, str], Verdict]


@dataclass(frozen=True, slots=True)
class Seat:
    """One person in one engagement, as the pages name them."""

    engagement: str
    person: UUID
    name: str
    sort_name: str
    given_name: str
    role: str
    role_name: str
    group: str
    group_name: str
    group_position: int
    kind: str
    starts_on: date
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Loaded:
    """Everything the judge needs about one organisation, beside what the pages need to name it."""

    organisation: Organisation
    seats: Mapping[str, Seat]
    asked: Mapping[str, KnownRequirement]
    world: facts.World
    known_at: datetime | None
    _judges: list[Judge] = field(default_factory=list, compare=False, repr=False)

    def judge(self) -> Judge:
        """The judge of these facts, as they were known then or are known now. Prepared once."""
        if not self._judges:
            self._judges.append(Judge(self.world, self.known_at))
        return self._judges[0]

    def verdicts(self, on: date) -> Verdicts:
        """Every verdict that is not “not needed”, by engagement and requirement."""
        return {(one.engagement, one.requirement): one for one in self.judge().verdicts(on)}

    def trained(self, on: date, subject: str) -> Share:
        """People here on a day with a record of the subject in the last twelve months, of all people here that day."""
        return training_item(self.judge().prepared, Everyone(), on, subject=subject)

    def cannot_be_met(self, on: date) -> tuple[str, ...]:
        """The requirements in force on a day that nobody can meet, because nothing is recorded as what they need."""
        subjects = Subject.objects.values_list("code", flat=True)
        states = State.objects.values_list("code", flat=True)
        return cannot_be_met(self.judge().prepared, on, subjects=set(subjects), states=set(states))

    def unknown_roles(self, on: date) -> tuple[tuple[str, int], ...]:
        """The roles held on a day that no rule knows, each with the number of those who hold it."""
        return unknown_roles(self.judge().prepared, on)

    def waiting(self) -> Mapping[tuple[str, str], int]:
        """How many records wait for acceptance, by the engagement and requirement they could change."""
        pending: dict[str, list[str]] = defaultdict(list)
        for record in self.world.records:
            if record.status is facts.RecordStatus.PENDING and record.withdrawn_at is None:
                pending[record.person].append(record.subject)
        found = {}
        for seat in self.seats.values():
            for key, asked in self.asked.items() if pending.get(str(seat.person)) else ():
                count = sum(subject in _subjects(asked) for subject in pending[str(seat.person)])
                if count:
                    found[seat.engagement, key] = count
        return found


def load(
    scope: Scope,
    organisations: Collection[UUID],
    *,
    on: date | None = None,
    known_at: datetime | None = None,
    person: UUID | None = None,
    stamped: bool = False,
) -> dict[UUID, Loaded]:
    """The facts of organisations, by organisation, in a number of queries that does not grow.

    With `on`, only the engagements that hold on that day; with `person`, only theirs. With `stamped`, records bring the
    moments they were recorded and withdrawn, which only the past and an explanation ask for. Outside the scope there is
    nothing.
    """
    terms = _terms(scope, organisations, on, known_at, person)
    seats: dict[UUID, dict[str, Seat]] = defaultdict(dict)
    for term in terms:
        seats[term.engagement.organisation_id][str(term.engagement_id)] = _seat(term)
    people = {PersonId(seat.person) for some in seats.values() for seat in some.values()}
    tasks = _dated(
        TaskHeld.objects.filter(known(known_at), engagement_id__in=[term.engagement_id for term in terms]),
        "engagement_id",
        "task_id",
    )
    states = _dated(PersonState.objects.filter(known(known_at), person_id__in=people), "person_id", "state_id")
    records = _records(scope, people, known_at, stamped=stamped or known_at is not None)
    asked: dict[UUID, dict[str, KnownRequirement]] = defaultdict(dict)
    for requirement in requirements_known(scope, organisations, known_at):
        asked[requirement.owner][str(requirement.id)] = requirement
    adjustments: dict[UUID, list[KnownAdjustment]] = defaultdict(list)
    for adjustment in adjustments_known(scope, organisations, known_at):
        adjustments[adjustment.organisation].append(adjustment)
    equivalences = tuple(
        facts.Equivalence(one.subject, one.level, one.counts_as, one.counts_as_level)
        for one in equivalences_known(known_at)
    )
    surroundings = _Surroundings(organisations, known_at)
    loaded = {}
    for key in organisations:
        organisation = surroundings.rows[key]
        mine = seats.get(key, {})
        here = sorted({seat.person for seat in mine.values()}, key=str)
        loaded[key] = Loaded(
            organisation=organisation,
            seats=mine,
            asked=asked.get(key, {}),
            world=facts.World(
                organisations=surroundings.of(key),
                people=tuple(facts.Person(str(person), tuple(states.get(person, ()))) for person in here),
                engagements=tuple(
                    _engagement(seat, organisation, tasks.get(UUID(seat.engagement), ())) for seat in mine.values()
                ),
                records=tuple(record for person in here for record in records.get(str(person), ())),
                equivalences=equivalences,
                requirements=tuple(one.rule for one in asked.get(key, {}).values()),
                adjustments=tuple(_adjustments(adjustments.get(key, ()), mine, asked.get(key, {}))),
            ),
            known_at=known_at,
        )
    return loaded


def _records(
    scope: Scope, people: Collection[PersonId], known_at: datetime | None, *, stamped: bool
) -> Mapping[str, list[facts.Record]]:
    """These people's records by person, with their stamps or without."""
    found: dict[str, list[facts.Record]] = defaultdict(list)
    if stamped:
        for record in records_known(scope, people, known_at):
            found[str(record.person)].append(_record(record))
        return found
    for pk, who, subject, level, on, kind, minutes, participatory, expires_on, accepted in records_counting(
        scope, people
    ):
        found[who].append(
            facts.Record(pk, who, subject, on, level, kind, minutes, participatory, expires_on, _STATUS[accepted])
        )
    return found


def loaded_of(
    scope: Scope,
    organisation: UUID,
    *,
    on: date | None = None,
    known_at: datetime | None = None,
    person: UUID | None = None,
    stamped: bool = False,
) -> Loaded:
    """The facts of one organisation, or of one person there. Outside the scope it does not exist."""
    if not scope.holds(organisation):
        raise Http404
    return load(scope, [organisation], on=on, known_at=known_at, person=person, stamped=stamped)[organisation]


def world_of(scope: Scope, code: str, *, known_at: datetime | None = None) -> facts.World:
    """Everything the judge knows of an organisation, everyone who was ever engaged there included, with their names.

    Without a moment it is the register as believed now; records and adjustments bring their own stamps either way.
    """
    loaded = loaded_of(scope, organisation_by_code(scope, code).pk, known_at=known_at, stamped=True)
    names = {str(seat.person): seat.name for seat in loaded.seats.values()}
    return replace(loaded.world, people=tuple(replace(one, name=names[one.id]) for one in loaded.world.people))


def loaded_of_person(
    scope: Scope, person: UUID, *, on: date | None = None, known_at: datetime | None = None
) -> list[Loaded]:
    """The facts of one person at each organisation in the scope, or at every one of theirs to themselves."""
    rows = EngagementTerm.objects.filter(_at(scope), known(known_at), void=False, engagement__person_id=person)
    organisations = set(rows.values_list("engagement__organisation_id", flat=True))
    found = load(scope, organisations, on=on, known_at=known_at, person=person)
    return sorted(found.values(), key=lambda one: (one.organisation.name, one.organisation.code))


@dataclass(frozen=True, slots=True)
class Found:
    """An explanation with everything that is needed to say it."""

    organisation: UUID
    seat: Seat
    explanation: Explanation
    timeline: Timeline
    names: Names
    rule: HeldRequirement
    notes: Mapping[str, RecordNote]


def explained(
    scope: Scope, code: str, engagement: UUID, key: str, *, on: date, known_at: datetime | None = None
) -> Found:
    """Why one engagement stands as it does in the requirement with this key on a day.

    Outside the scope it does not exist.
    """
    term = (
        EngagementTerm.objects.filter(
            _at(scope), known(known_at), engagement_id=engagement, engagement__organisation__code=code.upper()
        )
        .select_related("engagement")
        .first()
    )
    if term is None:
        raise Http404
    organisation = term.engagement.organisation_id
    loaded = load(scope, [organisation], known_at=known_at, person=term.engagement.person_id, stamped=True)[
        organisation
    ]
    asked = next((one for one in loaded.asked.values() if one.key == key), None)
    seat = loaded.seats.get(str(engagement))
    if asked is None or seat is None:
        raise Http404
    judge = loaded.judge()
    names = names_for(scope, asked.rule.versions)
    return Found(
        organisation=organisation,
        seat=seat,
        explanation=judge.explain(str(engagement), str(asked.id), on),
        timeline=judge.timeline(str(engagement), str(asked.id)),
        names=replace(names, people={**names.people, str(seat.person): seat.given_name}),
        rule=requirement_by_key(scope, organisation, key),
        notes={
            str(record.id): RecordNote(record.title, HOW_NAMES[record.how_known], record.recorded_at)
            for record in records_known(scope, [PersonId(seat.person)], known_at)
        },
    )


@dataclass(frozen=True, slots=True)
class ChangeBy:
    """A requirement whose standing a record would change, with the verdict there would be."""

    requirement: str
    after: Verdict


def changes_by(scope: Scope, person: UUID, achievement: Achievement, today: date) -> list[ChangeBy]:
    """What an accepted record would change for a person today, wherever the scope sees them. The same judge answers."""
    found = []
    for loaded in loaded_of_person(scope, person, on=today):
        record = facts.Record(
            id="?",
            person=str(person),
            subject=achievement.subject,
            on=achievement.on,
            level=achievement.level,
            kind=achievement.kind,
            minutes=achievement.minutes,
            participatory=achievement.participatory,
            expires_on=achievement.expires_on,
        )
        with_it = replace(loaded.world, records=(*loaded.world.records, record))
        before = loaded.verdicts(today)
        found += [
            ChangeBy(loaded.asked[one.requirement].title, one)
            for one in Judge(with_it).verdicts(today)
            if one != before.get((one.engagement, one.requirement))
        ]
    return found


def _terms(
    scope: Scope, organisations: Collection[UUID], on: date | None, known_at: datetime | None, person: UUID | None
) -> list[EngagementTerm]:
    rows = EngagementTerm.objects.filter(
        _at(scope), known(known_at), void=False, engagement__organisation_id__in=organisations
    )
    if on is not None:
        rows = rows.filter(holding(on))
    if person is not None:
        rows = rows.filter(engagement__person_id=person)
    return list(
        rows.select_related("engagement__person", "role", "staff_group").order_by(
            "engagement__person__family_name", "engagement__person__given_name", "starts_on", "engagement_id"
        )
    )


def _at(scope: Scope) -> Q:
    if scope.everywhere:
        return Q()
    condition = Q(engagement__organisation_id__in=scope.organisations)
    return condition | Q(engagement__person_id=scope.person) if scope.person else condition


def _seat(term: EngagementTerm) -> Seat:
    person = term.engagement.person
    return Seat(
        engagement=str(term.engagement_id),
        person=person.pk,
        name=str(person),
        sort_name=f"{person.family_name} {person.given_name}",
        given_name=person.given_name,
        role=term.role_id,
        role_name=term.role.name,
        group=term.staff_group_id,
        group_name=term.staff_group.name,
        group_position=term.staff_group.position,
        kind=term.kind_id,
        starts_on=term.starts_on or date.min,
        ends_on=term.ends_on,
    )


def _engagement(seat: Seat, organisation: Organisation, tasks: Iterable[facts.Dated]) -> facts.Engagement:
    return facts.Engagement(
        id=seat.engagement,
        person=str(seat.person),
        organisation=organisation.code,
        starts_on=seat.starts_on,
        ends_on=seat.ends_on,
        role=seat.role,
        staff_group=seat.group,
        kind=seat.kind,
        tasks=tuple(tasks),
    )


def _record(record: KnownRecord) -> facts.Record:
    return facts.Record(
        id=str(record.id),
        person=str(record.person),
        subject=record.subject,
        on=record.on,
        level=record.level,
        kind=record.kind,
        minutes=record.minutes,
        participatory=record.participatory,
        expires_on=record.expires_on,
        status=facts.RecordStatus(record.status),
        recorded_at=record.counts_from,
        withdrawn_at=record.withdrawn_at,
    )


def _subjects(asked: KnownRequirement) -> frozenset[str]:
    """Every subject the latest version of a requirement names."""
    criterion = asked.rule.versions[-1].met_by
    return frozenset(subject for _, leaf in criterion.leaves() for subject in leaf.subjects())


def _adjustments(
    found: Iterable[KnownAdjustment], seats: Mapping[str, Seat], asked: Mapping[str, KnownRequirement]
) -> Iterator[facts.Adjustment]:
    """Adjustments as the judge takes them: an exemption from several requirements is one of each."""
    for one in found:
        engagement = str(one.engagement)
        wanted = [str(requirement) for requirement in one.requirements if str(requirement) in asked]
        stamps = (one.recorded_at, one.withdrawn_at, one.reason)
        if one.kind is AdjustmentKind.EXTENSION and wanted and one.until_on:
            yield facts.Extension(str(one.id), tuple(wanted), one.starts_on, one.until_on, one.scope, *stamps)
        elif one.kind is AdjustmentKind.PAUSE and engagement in seats:
            yield facts.Pause(str(one.id), engagement, one.starts_on, one.ends_on, *stamps)
        elif one.kind is AdjustmentKind.EXEMPTION and engagement in seats:
            for requirement in wanted:
                yield facts.Exemption(
                    f"{one.id}:{requirement}", requirement, engagement, one.starts_on, one.ends_on, *stamps
                )


class _Surroundings:
    """The organisations above, with their dated parents, systems and services, loaded once for many."""

    def __init__(self, organisations: Collection[UUID], known_at: datetime | None) -> None:
        self._parents: dict[UUID, list[facts.Dated]] = defaultdict(list)
        self._above: dict[UUID, list[UUID]] = defaultdict(list)
        rows = Parent.objects.filter(known(known_at)).order_by("child_id", "parent__code", "pk")
        for child, parent, code, starts_on, ends_on in rows.values_list(
            "child_id", "parent_id", "parent__code", "starts_on", "ends_on"
        ):
            self._parents[child].append(facts.Dated(code, starts_on, ends_on))
            self._above[child].append(parent)
        wanted = set().union(*(self._reach(one) for one in organisations))
        used = SystemUsed.objects.filter(known(known_at), organisation_id__in=wanted)
        offered = ServiceOffered.objects.filter(known(known_at), organisation_id__in=wanted)
        self._systems = _dated(used, "organisation_id", "system_id")
        self._services = _dated(offered, "organisation_id", "service_id")
        self.rows = Organisation.objects.in_bulk(wanted)

    def of(self, organisation: UUID) -> tuple[facts.Organisation, ...]:
        """The organisation and everything above it, ever, by code."""
        found = sorted((self.rows[key] for key in self._reach(organisation)), key=lambda one: one.code)
        return tuple(
            facts.Organisation(
                id=one.code,
                kind=one.kind,
                parents=tuple(self._parents.get(one.pk, ())),
                systems=tuple(self._systems.get(one.pk, ())),
                services=tuple(self._services.get(one.pk, ())),
                name=one.name,
            )
            for one in found
        )

    def _reach(self, organisation: UUID) -> set[UUID]:
        wanted, waiting = {organisation}, [organisation]
        while waiting:
            for parent in self._above.get(waiting.pop(), ()):
                if parent not in wanted:
                    wanted.add(parent)
                    waiting.append(parent)
        return wanted


def _dated(rows: QuerySet[M], owner: str, value: str) -> dict[UUID, list[facts.Dated]]:
    found: dict[UUID, list[facts.Dated]] = defaultdict(list)
    rows = rows.order_by(owner, value, "starts_on", "pk")
    for key, said, starts_on, ends_on in rows.values_list(owner, value, "starts_on", "ends_on"):
        found[key].append(facts.Dated(said, starts_on, ends_on))
    return found
