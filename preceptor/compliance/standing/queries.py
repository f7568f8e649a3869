"""The facts of a practice in a handful of queries, and the judge's answers about them. Nothing derived is stored."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Final, TypeAlias, TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django.http import Http404

from preceptor.compliance.records.domain import HOW_NAMES, Achievement
from preceptor.compliance.records.queries import (
    Counting,
    Stamped,
    records_counting,
    records_known,
    records_since,
    records_stamped,
)
from preceptor.compliance.requirements.domain.audience import Audience, Everyone
from preceptor.compliance.requirements.domain.decisions import AdjustmentKind
from preceptor.compliance.requirements.domain.held import HeldAdjustment, HeldRequirement
from preceptor.compliance.requirements.domain.known import KnownAdjustment, KnownRequirement
from preceptor.compliance.requirements.domain.words import Names
from preceptor.compliance.requirements.queries import (
    adjustments_known,
    adjustments_named,
    intervals_at,
    names_for,
    requirement_by_key,
    requirements_known,
)
from preceptor.compliance.subjects.domain import Approved
from preceptor.compliance.subjects.queries import development_subjects, equivalences_approved, subject_codes
from preceptor.foundation.access import Scope
from preceptor.foundation.dates import london_date
from preceptor.foundation.facts import DatedFact, holding, known
from preceptor.foundation.statements import statement
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
from preceptor.register.people.domain import PersonDetails, PersonId
from preceptor.register.people.queries import states_within, typed_at

from .domain import facts
from .domain.cases import Prepared
from .domain.explanation import Explanation, Timeline
from .domain.judge import Judge
from .domain.measures import Share
from .domain.notes import RecordNote
from .domain.overtraining import Costs, Excess, excesses
from .domain.scopes import cannot_be_met, people_in, training_item, unknown_roles
from .domain.spared import Alone, left_alone
from .domain.verdicts import Verdict

M = TypeVar("M", bound=DatedFact)

_STATUS: Final = {
    True: facts.RecordStatus.ACCEPTED,
    False: facts.RecordStatus.REFUSED,
    None: facts.RecordStatus.PENDING,
}

# A term with its organisation, and the person, role and staff group as a seat names them.
_Term: TypeAlias = "tuple[UUID, UUID, UUID, str, str, str, str, str, str, str, int, str, date | None, date | None]"
# What someone or something has on [starts_on, ends_on).
_Held: TypeAlias = "tuple[UUID, str, date | None, date | None]"

# Records by person.
_Records: TypeAlias = Mapping[str, Sequence[facts.Record]]

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
    """Everything the judge needs about one organisation, beside what the pages need to name it.

    Without its skills, no record of a skill is in it: see `with_skills`.
    """

    organisation: Organisation
    seats: Mapping[str, Seat]
    asked: Mapping[str, KnownRequirement]
    world: facts.World
    known_at: datetime | None
    approved: tuple[Approved, ...] = ()
    has_skills: bool = True
    _judges: list[Judge] = field(default_factory=list, compare=False, repr=False)
    _like: list[Judge] = field(default_factory=list, compare=False, repr=False)
    skilled: list[Loaded] = field(default_factory=list, compare=False, repr=False)

    def asked_for(self, requirements: Iterable[KnownRequirement]) -> Loaded:
        """The same people and facts, judged by other requirements: those that a room above publishes.

        Leave counts for these too; exemptions and extensions are of the requirements they name.
        """
        asked = {str(one.id): one for one in requirements}
        pauses = tuple(one for one in self.world.adjustments if isinstance(one, facts.Pause))
        rules = tuple(one.rule for one in asked.values())
        world = replace(self.world, requirements=rules, adjustments=pauses)
        return replace(self, asked=asked, world=world, _judges=[])

    def judge(self) -> Judge:
        """The judge of these facts, as they were known then or are known now. Prepared once."""
        if not self._judges:
            self._judges.append(Judge(self.world, self.known_at, like=self._like[0] if self._like else None))
            if not self._like:  # the first of these facts: the others take from it what they share
                self._like.append(self._judges[0])
        return self._judges[0]

    def verdicts(self, on: date) -> Verdicts:
        """Every verdict that is not “not needed”, by engagement and requirement."""
        return {(one.engagement, one.requirement): one for one in self.judge().verdicts(on)}

    def trained(self, on: date, subject: str) -> Share:
        """People here on a day with a record of the subject in the last twelve months, of all people here that day."""
        return training_item(self.judge().prepared, Everyone(), on, subject=subject)

    def numbers_in(self, audiences: Iterable[Audience], on: date) -> list[int]:
        """How many people here on a day are in each of some audiences."""
        return [len(people_in(self.judge().prepared, one, on)) for one in audiences]

    def cannot_be_met(self, on: date) -> tuple[str, ...]:
        """The requirements in force on a day that nobody can meet, because nothing is recorded as what they need."""
        subjects, states = ({code for (code,) in codes()} for codes in (subject_codes, _state_codes))
        return cannot_be_met(self.judge().prepared, on, subjects=subjects, states=states)

    def unknown_roles(self, on: date) -> tuple[tuple[str, int], ...]:
        """The roles held on a day that no rule knows, each with the number of those who hold it."""
        return unknown_roles(self.judge().prepared, on)

    def waiting(self) -> Mapping[tuple[str, str], int]:
        """How many records wait for acceptance, by the engagement and requirement they could change."""
        pending: dict[str, list[str]] = defaultdict(list)
        for record in self.world.records:
            if record.status is facts.RecordStatus.PENDING and record.withdrawn_at is None:
                pending[record.person].append(record.subject)
        if not pending:
            return {}
        wanted = {key: _subjects(asked) for key, asked in self.asked.items()}
        found = {}
        for seat in self.seats.values():
            theirs = pending.get(str(seat.person), ())
            for key, subjects in wanted.items() if theirs else ():
                count = sum(subject in subjects for subject in theirs)
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
    skills: bool = True,
) -> dict[UUID, Loaded]:
    """The facts of organisations, by organisation, in a number of queries that does not grow.

    With `on`, only the engagements that hold on that day; with `person`, only theirs. With `stamped`, records bring the
    moments they were recorded and withdrawn, which only the past and an explanation ask for. Without `skills`, records
    of skills are left out: no requirement of training names one. Outside the scope there is nothing.
    """

    def records(people: Collection[PersonId]) -> _Records:
        return _records(scope, people, known_at, stamped=stamped or known_at is not None, skills=skills)

    return _load(scope, organisations, records, on=on, known_at=known_at, person=person, skills=skills)


def _load(
    scope: Scope,
    organisations: Collection[UUID],
    records_of: Callable[[Collection[PersonId]], _Records],
    *,
    on: date | None,
    known_at: datetime | None,
    person: UUID | None = None,
    skills: bool = True,
) -> dict[UUID, Loaded]:
    """The facts of organisations with the records that are told of the people found there."""
    typed = typed_at(scope, organisations)
    seats: dict[UUID, dict[str, Seat]] = defaultdict(dict)
    for row in _terms(scope, organisations, on, known_at, person):
        seat = _seat(row, typed.get(row[2]))
        seats[row[0]][seat.engagement] = seat
    people = {PersonId(seat.person) for some in seats.values() for seat in some.values()}
    tasks = _dated(_tasks([UUID(one) for some in seats.values() for one in some], known_at))
    states = _dated(_states(scope, people, known_at))
    records = records_of(people)
    asked: dict[UUID, dict[str, KnownRequirement]] = defaultdict(dict)
    for requirement in requirements_known(scope, organisations, known_at):
        asked[requirement.owner][str(requirement.id)] = requirement
    adjustments: dict[UUID, list[KnownAdjustment]] = defaultdict(list)
    for adjustment in adjustments_known(scope, organisations, known_at):
        adjustments[adjustment.organisation].append(adjustment)
    equivalences = equivalences_approved(known_at)
    surroundings = _Surroundings(organisations, known_at)
    loaded = {}
    for key in organisations:
        organisation = surroundings.rows[key]
        mine = seats.get(key, {})
        here = sorted({seat.person for seat in mine.values()}, key=str)
        approved = tuple(one for one in equivalences if surroundings.holds(key, one))
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
                equivalences=as_facts(approved),
                requirements=tuple(one.rule for one in asked.get(key, {}).values()),
                adjustments=tuple(_adjustments(adjustments.get(key, ()), mine, asked.get(key, {}))),
            ),
            known_at=known_at,
            approved=approved,
            has_skills=skills,
        )
    return loaded


def with_skills(scope: Scope, loaded: Loaded) -> Loaded:
    """The same facts, as they are known now, with the records of skills among them. They are read once."""
    if loaded.has_skills:
        return loaded
    if not loaded.skilled:
        people = {PersonId(one.person) for one in loaded.seats.values()}
        more = tuple(_record(row) for row in records_counting(scope, people, skills=True))
        world = replace(loaded.world, records=(*loaded.world.records, *more))
        loaded.skilled.append(replace(loaded, world=world, has_skills=True, _judges=[], _like=[]))
    return loaded.skilled[0]


def as_facts(approved: Iterable[Approved]) -> tuple[facts.Equivalence, ...]:
    """What counts as what, as the judge takes it: each once, whoever approved it."""
    each = dict.fromkeys(one.equivalence for one in approved)
    return tuple(facts.Equivalence(one.subject, one.level, one.counts_as, one.counts_as_level) for one in each)


def _records(
    scope: Scope, people: Collection[PersonId], known_at: datetime | None, *, stamped: bool, skills: bool
) -> _Records:
    """These people's records by person, with their stamps or without; those of skills too, or none of them."""
    wanted = None if skills else False
    if stamped:
        return _with_stamps(records_stamped(scope, people, known_at, skills=wanted))
    found: dict[str, list[facts.Record]] = defaultdict(list)
    for counting in records_counting(scope, people, skills=wanted):
        found[counting[1]].append(_record(counting))
    return found


def _with_stamps(rows: Iterable[Stamped]) -> _Records:
    found: dict[str, list[facts.Record]] = defaultdict(list)
    for row in rows:
        found[row[1]].append(_record(row[:10], *row[10:]))
    return found


def loaded_of(
    scope: Scope,
    organisation: UUID,
    *,
    on: date | None = None,
    known_at: datetime | None = None,
    person: UUID | None = None,
    stamped: bool = False,
    skills: bool = True,
) -> Loaded:
    """The facts of one organisation, or of one person there. Outside the scope it does not exist."""
    if not scope.holds(organisation):
        raise Http404
    return load(scope, [organisation], on=on, known_at=known_at, person=person, stamped=stamped, skills=skills)[
        organisation
    ]


def loaded_now_and_then(
    scope: Scope, organisation: UUID, *, on: date, then: date, known_at: datetime
) -> tuple[Loaded, Loaded]:
    """The facts of one organisation on a day as known now, and on an earlier day as known at a moment of it.

    Most of the records are the same and are read once for both, so what waits is told by the first alone. Records of
    skills are not among them. Outside the scope it does not exist.
    """
    if not scope.holds(organisation):
        raise Http404
    at_hand: dict[str, Sequence[facts.Record]] = {}

    def records_now(people: Collection[PersonId]) -> _Records:
        found = _with_stamps(records_since(scope, people, known_at, skills=False))
        at_hand.update({str(one): found.get(str(one), ()) for one in people})
        return at_hand

    def records_then(people: Collection[PersonId]) -> _Records:
        gone = [one for one in people if str(one) not in at_hand]
        return {**at_hand, **_records(scope, gone, known_at, stamped=True, skills=False)}

    now = _load(scope, [organisation], records_now, on=on, known_at=None, skills=False)
    before = _load(scope, [organisation], records_then, on=then, known_at=known_at, skills=False)
    return now[organisation], before[organisation]


def numbers_in(organisation: UUID, audiences: Sequence[Audience], on: date) -> list[int]:
    """How many people an organisation engages on a day are in each of some audiences. Says nothing of who they are.

    It reads no records. Asked for an organisation in a scope.
    """
    if not audiences:
        return []
    here = Scope(frozenset({organisation}))
    seats = [_seat(row, None) for row in _terms(here, [organisation], on, None, None)]
    tasks = _dated(_tasks([UUID(one.engagement) for one in seats], None))
    surroundings = _Surroundings([organisation], None)
    place = surroundings.rows[organisation]
    world = facts.World(
        organisations=surroundings.of(organisation),
        people=tuple(facts.Person(one) for one in sorted({str(seat.person) for seat in seats})),
        engagements=tuple(_engagement(one, place, tasks.get(UUID(one.engagement), ())) for one in seats),
    )
    prepared = Prepared(world, None)
    return [len(people_in(prepared, one, on)) for one in audiences]


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


def excesses_of(scope: Scope, loaded: Loaded, on: date) -> tuple[Excess, ...]:
    """What is too much at an organisation, in the year up to a day: by the judge, the sources and the minutes."""
    prepared, said = loaded.judge().prepared, intervals_at(scope, loaded.organisation.pk)
    costs = Costs(
        minutes={key: asked.minutes or 0 for key, asked in loaded.asked.items()},
        intervals={
            key: said.get((key, rule.versions[number].starts_on), ())
            for key, rule in prepared.rulebook.rules.items()
            if (number := rule.in_force(on.toordinal())) is not None
        },
        development=development_subjects(),
    )
    return excesses(prepared, on, costs)


def left_alone_at(loaded: Loaded, on: date) -> Mapping[Alone, tuple[str, ...]]:
    """The requirements somebody has to meet on a day that are not looked at for what is too much, by title, and why."""
    development, prepared = development_subjects(), loaded.judge().prepared
    found: dict[Alone, list[str]] = defaultdict(list)
    for requirement in {requirement for _, requirement in loaded.verdicts(on)}:
        rule = prepared.rule(requirement)
        version = rule.in_force(on.toordinal())
        why = left_alone(rule.versions[version].met_by, development) if version is not None else None
        if why is not None:
            found[why].append(loaded.asked[requirement].title)
    return {why: tuple(sorted(found[why])) for why in Alone if why in found}


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
    eased: Mapping[str, HeldAdjustment]


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
    person = term.engagement.person_id
    loaded = load(scope, [organisation], known_at=known_at, person=person, stamped=True, skills=False)[organisation]
    asked = next((one for one in loaded.asked.values() if one.key == key), None)
    seat = loaded.seats.get(str(engagement))
    if asked is None or seat is None:
        raise Http404
    judge = loaded.judge()
    names = names_for(scope, asked.rule.versions)
    explanation = judge.explain(str(engagement), str(asked.id), on)
    return Found(
        organisation=organisation,
        seat=seat,
        explanation=explanation,
        timeline=judge.timeline(str(engagement), str(asked.id)),
        names=replace(names, people={**names.people, str(seat.person): seat.given_name}),
        rule=requirement_by_key(scope, organisation, key),
        notes={
            str(record.id): RecordNote(record.title, HOW_NAMES[record.how_known], record.recorded_at)
            for record in records_known(scope, [PersonId(seat.person)], known_at)
        },
        eased=adjustments_named(scope, {one.adjustment.id.partition(":")[0] for one in explanation.adjustments}),
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


@statement
def _terms(
    scope: Scope, organisations: Collection[UUID], on: date | None, known_at: datetime | None, person: UUID | None
) -> QuerySet[EngagementTerm, _Term]:
    rows = EngagementTerm.objects.filter(
        _at(scope), known(known_at), void=False, engagement__organisation_id__in=organisations
    )
    if on is not None:
        rows = rows.filter(holding(on))
    if person is not None:
        rows = rows.filter(engagement__person_id=person)
    return rows.order_by(
        "engagement__person__family_name", "engagement__person__given_name", "starts_on", "engagement_id"
    ).values_list(
        "engagement__organisation_id",
        "engagement_id",
        "engagement__person_id",
        "engagement__person__title",
        "engagement__person__given_name",
        "engagement__person__family_name",
        "role_id",
        "role__name",
        "staff_group_id",
        "staff_group__name",
        "staff_group__position",
        "kind_id",
        "starts_on",
        "ends_on",
    )


def _at(scope: Scope) -> Q:
    if scope.everywhere:
        return Q()
    condition = Q(engagement__organisation_id__in=scope.organisations)
    return condition | Q(engagement__person_id=scope.person) if scope.person else condition


def _seat(row: _Term, typed: PersonDetails | None) -> Seat:
    """The seat of a term; of somebody the place knows only as it typed them, by the name it typed."""
    (engagement, person, title, given_name, family_name, role, role_name) = row[1:8]
    if typed is not None:
        title, given_name, family_name = typed.title, typed.given_name, typed.family_name
    (group, group_name, group_position, kind, starts_on, ends_on) = row[8:]
    return Seat(
        engagement=str(engagement),
        person=person,
        name=" ".join(part for part in (title, given_name, family_name) if part),
        sort_name=f"{family_name} {given_name}",
        given_name=given_name,
        role=role,
        role_name=role_name,
        group=group,
        group_name=group_name,
        group_position=group_position,
        kind=kind,
        starts_on=starts_on or date.min,
        ends_on=ends_on,
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


def _record(row: Counting, counts_from: datetime | None = None, withdrawn_at: datetime | None = None) -> facts.Record:
    pk, person, subject, level, on, kind, minutes, participatory, expires_on, accepted = row
    status = _STATUS[accepted]
    return facts.Record(
        pk, person, subject, on, level, kind, minutes, participatory, expires_on, status, counts_from, withdrawn_at
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
        self._above: dict[UUID, list[tuple[UUID, date | None]]] = defaultdict(list)
        for child, parent, code, starts_on, ends_on in _parents(known_at):
            self._parents[child].append(facts.Dated(code, starts_on, ends_on))
            self._above[child].append((parent, ends_on))
        wanted = set().union(*(self._reach(one) for one in organisations))
        self._systems = _dated(_systems(wanted, known_at))
        self._services = _dated(_services(wanted, known_at))
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

    def holds(self, organisation: UUID, approved: Approved) -> bool:
        """Does an equivalence hold at an organisation: everywhere, or by an owner it was beneath when that approved it?

        One approved later by what an organisation has left plays no part there; what held before goes on.
        """
        return approved.owner is None or approved.owner in self._reach(organisation, london_date(approved.since))

    def _reach(self, organisation: UUID, since: date | None = None) -> set[UUID]:
        """The organisation and everything above it, ever or on some day from one on."""
        wanted, waiting = {organisation}, [organisation]
        while waiting:
            for parent, ends_on in self._above.get(waiting.pop(), ()):
                if parent not in wanted and (since is None or ends_on is None or ends_on > since):
                    wanted.add(parent)
                    waiting.append(parent)
        return wanted


@statement
def _parents(known_at: datetime | None) -> QuerySet[Parent, tuple[UUID, UUID, str, date | None, date | None]]:
    rows = Parent.objects.filter(known(known_at)).order_by("child_id", "parent__code", "pk")
    return rows.values_list("child_id", "parent_id", "parent__code", "starts_on", "ends_on")


@statement
def _tasks(engagements: Collection[UUID], known_at: datetime | None) -> QuerySet[TaskHeld, _Held]:
    return _held(TaskHeld.objects.filter(known(known_at), engagement_id__in=engagements), "engagement_id", "task_id")


@statement
def _states(scope: Scope, people: Collection[PersonId], known_at: datetime | None) -> QuerySet[PersonState, _Held]:
    return _held(states_within(scope, known_at).filter(person_id__in=people), "person_id", "state_id")


@statement
def _state_codes() -> QuerySet[State, tuple[str]]:
    return State.objects.values_list("code")


@statement
def _systems(organisations: Collection[UUID], known_at: datetime | None) -> QuerySet[SystemUsed, _Held]:
    used = SystemUsed.objects.filter(known(known_at), organisation_id__in=organisations)
    return _held(used, "organisation_id", "system_id")


@statement
def _services(organisations: Collection[UUID], known_at: datetime | None) -> QuerySet[ServiceOffered, _Held]:
    offered = ServiceOffered.objects.filter(known(known_at), organisation_id__in=organisations)
    return _held(offered, "organisation_id", "service_id")


def _held(rows: QuerySet[M], owner: str, value: str) -> QuerySet[M, _Held]:
    return rows.order_by(owner, value, "starts_on", "pk").values_list(owner, value, "starts_on", "ends_on")


def _dated(rows: Iterable[_Held]) -> dict[UUID, list[facts.Dated]]:
    found: dict[UUID, list[facts.Dated]] = defaultdict(list)
    for key, said, starts_on, ends_on in rows:
        found[key].append(facts.Dated(said, starts_on, ends_on))
    return found
