"""Every read of records."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from typing import Final, TypeAlias
from uuid import UUID

from django.db.models import Case, Exists, OuterRef, Q, QuerySet, TextField, When
from django.db.models.functions import Cast, Greatest
from django.http import Http404

from preceptor.compliance.subjects.domain import SKILLS_AREA
from preceptor.compliance.subjects.models import Subject, SubjectLevel
from preceptor.compliance.subjects.queries import subject_index
from preceptor.foundation.access import ROLE_TABLE, Can, Reach, Scope
from preceptor.foundation.cells import Problem
from preceptor.foundation.facts import holding, known
from preceptor.foundation.models import StoredFile
from preceptor.foundation.statements import statement
from preceptor.foundation.tables import NotATableError, read_sheets
from preceptor.register.accounts.models import RoleHeld
from preceptor.register.models import Organisation
from preceptor.register.organisations.domain import OrganisationId, Period
from preceptor.register.people.domain import PersonId
from preceptor.register.people.models import Claim, EngagementTerm, Person
from preceptor.register.people.queries import as_seen, confirmed, names_seen, within, within_confirmed

from .domain import (
    Achievement,
    Certificate,
    Entry,
    Held,
    HowKnown,
    ImportRunId,
    KnownRecord,
    Owner,
    RecordId,
    RecordKind,
    Said,
    status_of,
)
from .domain.imports import NO_OPTIONS, NameSaid, Options, Pick, Plan, Surroundings, last_words, meaning, plan_of
from .models import NamePick, Record, RecordDecision, RecordWithdrawal

_KINDS: Final = {kind.value: kind for kind in RecordKind}
_HOW: Final = {how.value: how for how in HowKnown}

# A record as it counts now: its id and person as text, subject, level, day, kind, minutes, whether participatory, the
# last valid day of its certificate, and whether it was accepted (None while it waits).
Counting: TypeAlias = "tuple[str, str, str, int, date, str, int, bool, date | None, bool | None]"
_COUNTING: Final = (
    *("id_text", "person_text", "subject_id", "level", "on", "kind", "minutes", "participatory", "expires_on"),
    "decision__accepted",
)
# The same with the moment it counts from, once accepted, and the moment it was withdrawn.
Stamped: TypeAlias = (
    "tuple[str, str, str, int, date, str, int, bool, date | None, bool | None, datetime | None, datetime | None]"
)

# The columns of a record for the judge, in the order they are asked for.
_Columns: TypeAlias = (
    "tuple[UUID, UUID, str, int, date, str, int, bool, date | None,"
    " datetime, str, str, str, bool | None, datetime | None, datetime | None]"
)


def visible(scope: Scope) -> Q:
    """The condition that a record is in a scope: the one rule of whose records a practice sees.

    One's own always. Of the people of an organisation in the scope: everything while they are engaged there; once they
    have left, what was recorded up to their last day, and what that organisation itself wrote down later. While someone
    has not said yes that they work there, and when they said no, what that organisation wrote down and nothing else;
    and nobody else sees that.
    """
    if scope.everywhere:
        return Q()
    engaged = EngagementTerm.objects.filter(
        (confirmed() & (Q(ends_on=None) | Q(ends_on__gt=OuterRef("recorded_at__date"))))
        | Q(engagement__organisation_id=OuterRef("organisation_id")),
        known(None),
        void=False,
        engagement__organisation_id__in=scope.organisations,
        engagement__person_id=OuterRef("person_id"),
    )
    staying = EngagementTerm.objects.filter(
        confirmed(), known(None), void=False, ends_on=None, engagement__organisation_id__in=scope.organisations
    )
    # Most people have not left, and few were ever asked about: they are looked up once, the others record by record.
    theirs = Q(person_id__in=staying.values("engagement__person_id")) | Q(Exists(engaged))
    ours = Q(organisation_id__in=scope.organisations)
    doubted = Claim.objects.filter(Q(answer=None) | Q(answer__is_yes=False)).values("engagement__person_id")
    sure = ours | Q(organisation=None) | ~Q(person_id__in=doubted) | ~Q(Exists(_hearsay()))
    denied = Q(person_id__in=doubted) & Q(Exists(_claims().filter(answer__is_yes=False)))
    condition = (theirs & sure) | (ours & denied)
    return condition | Q(person_id=scope.person) if scope.person else condition


def _claims() -> QuerySet[Claim]:
    """The claims of the organisation that wrote a record down that its person works there."""
    return Claim.objects.filter(
        engagement__person_id=OuterRef("person_id"), engagement__organisation_id=OuterRef("organisation_id")
    )


def _hearsay() -> QuerySet[Claim]:
    """Those of them without a yes, where nothing else says that the person ever worked there."""
    sure = EngagementTerm.objects.filter(
        confirmed(),
        known(None),
        void=False,
        engagement__person_id=OuterRef("engagement__person_id"),
        engagement__organisation_id=OuterRef("engagement__organisation_id"),
    )
    return _claims().filter(~Exists(sure), Q(answer=None) | Q(answer__is_yes=False))


def decidable(scope: Scope) -> Q:
    """The condition that a record is for the scope to decide on.

    It is for whoever engaged its person when it was recorded or does since, and for whoever engaged them on the day it
    was done: a place that someone has left does not say what they did before or after.
    """
    if scope.everywhere:
        return Q()
    engaged = EngagementTerm.objects.filter(
        Q(ends_on=None)
        | Q(ends_on__gt=OuterRef("recorded_at__date"))
        | Q(starts_on__lte=OuterRef("on"), ends_on__gt=OuterRef("on")),
        known(None),
        void=False,
        engagement__organisation_id__in=scope.organisations,
        engagement__person_id=OuterRef("person_id"),
    )
    return Q(Exists(engaged))


def records_of(scope: Scope, person: PersonId) -> list[Entry]:
    """A person's records with their history, what happened last first."""
    return _entries(
        scope, Record.objects.filter(visible(scope), person_id=person).order_by("-on", "-recorded_at", "pk")
    )


def record_by_id(scope: Scope, record: RecordId) -> Entry:
    """One record with its history. Outside the scope it does not exist."""
    found = _entries(scope, Record.objects.filter(visible(scope), pk=record))
    if not found:
        raise Http404
    return found[0]


def is_visible(scope: Scope, record: RecordId) -> bool:
    """Is this record in the scope?"""
    return Record.objects.filter(visible(scope), pk=record).exists()


def is_there(scope: Scope, person: PersonId, achievement: Achievement) -> bool:
    """Is the same in the ledger already, waiting or accepted? Never of procedures: each one logged is another."""
    if achievement.kind is RecordKind.LOG:
        return False
    same = Record.objects.filter(
        visible(scope),
        person_id=person,
        subject_id=achievement.subject,
        level=achievement.level,
        on=achievement.on,
        kind=achievement.kind.value,
        withdrawal=None,
    )
    return same.exclude(decision__accepted=False).exists()


def waiting(scope: Scope, organisation: OrganisationId | None = None) -> list[Entry]:
    """The records nobody has decided on yet, of everyone or of one organisation's people, the longest waiting first."""
    return _entries(scope, _waiting(scope, organisation).order_by("recorded_at", "pk"))


def waiting_count(scope: Scope, organisation: OrganisationId) -> int:
    """How many records of an organisation's people nobody has decided on yet."""
    return _waiting(scope, organisation).count()


def _waiting(scope: Scope, organisation: OrganisationId | None) -> QuerySet[Record]:
    """The records without a decision first, which are few, and of those what the scope sees and decides."""
    found = [pk for (pk,) in _undecided(organisation)]
    if not found:
        return Record.objects.none()
    return Record.objects.filter(visible(scope), decidable(scope), pk__in=found)


@statement
def _undecided(organisation: OrganisationId | None) -> QuerySet[Record, tuple[UUID]]:
    """What waits for a manager. A logged procedure of a skill waits for whoever signs for the skill."""
    rows = Record.objects.filter(decision=None, withdrawal=None).exclude(
        kind=RecordKind.LOG.value, subject__area_id=SKILLS_AREA
    )
    if organisation is not None:
        rows = rows.filter(_engaged_at(organisation))
    return rows.values_list("pk")


def certificate_of(scope: Scope, record: RecordId) -> StoredFile:
    """The file that came with a record. Outside the scope it does not exist."""
    found = Record.objects.filter(visible(scope), pk=record).select_related("certificate").first()
    if found is None or found.certificate is None:
        raise Http404
    return found.certificate


def records_known(scope: Scope, people: Collection[PersonId], known_at: datetime | None = None) -> list[KnownRecord]:
    """What was known of these people's records at a moment, or is now, in a stable order. One query.

    Decisions and withdrawals made after the moment are not in it; withdrawn records are, with the moment of withdrawal.
    """
    rows = Record.objects.filter(visible(scope), person_id__in=people)
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    columns = rows.order_by("person_id", "on", "recorded_at", "pk").values_list(
        *("pk", "person_id", "subject_id", "level", "on", "kind", "minutes", "participatory", "expires_on"),
        *("recorded_at", "how_known", "title", "provider"),
        *("decision__accepted", "decision__at", "withdrawal__at"),
    )
    return [_known_record(row, known_at) for row in columns]


def records_counting(scope: Scope, people: Collection[PersonId], *, skills: bool | None = None) -> list[Counting]:
    """These people's records as they are known now, without those withdrawn and without their stamps. One query.

    For judging many people at once: a tenth of the cost of `records_known`, and the same verdicts. Those of skills
    alone, or those of everything else: no requirement of training names a skill.
    """
    return _counting(scope, people, skills)


@statement
def _counting(
    scope: Scope,
    people: Collection[PersonId],
    skills: bool | None,  # noqa: FBT001 - the inputs of a statement go by position
) -> QuerySet[Record, Counting]:
    rows = _about(Record.objects.filter(visible(scope), person_id__in=people, withdrawal=None), skills)
    texts = rows.annotate(id_text=Cast("pk", TextField()), person_text=Cast("person_id", TextField()))
    return texts.values_list(*_COUNTING)


def records_stamped(
    scope: Scope, people: Collection[PersonId], known_at: datetime | None, *, skills: bool | None = None
) -> Iterator[Stamped]:
    """The same as was known at a moment, or now, withdrawn ones too, each with the moments it counts from and until.

    Decisions and withdrawals made after the moment are not in it. One query.
    """
    for row in _stamped(scope, people, known_at, skills):
        (accepted, decided_at, withdrawn_at) = row[9:]
        if known_at is not None and decided_at is not None and decided_at > known_at:
            accepted, decided_at = None, None
        if known_at is not None and withdrawn_at is not None and withdrawn_at > known_at:
            withdrawn_at = None
        yield (*row[:9], accepted, decided_at if accepted else None, withdrawn_at)


@statement
def _stamped(
    scope: Scope,
    people: Collection[PersonId],
    known_at: datetime | None,
    skills: bool | None,  # noqa: FBT001 - the inputs of a statement go by position
) -> QuerySet[Record, Stamped]:
    rows = _about(Record.objects.filter(visible(scope), person_id__in=people), skills)
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    texts = rows.annotate(id_text=Cast("pk", TextField()), person_text=Cast("person_id", TextField()))
    return texts.values_list(*_COUNTING, "decision__at", "withdrawal__at")


def _about(rows: QuerySet[Record], skills: bool | None) -> QuerySet[Record]:  # noqa: FBT001 - as it was asked for
    """Records of skills, of everything else, or all. The codes are looked up; a join takes twice as long."""
    if skills is None:
        return rows
    codes = Subject.objects.filter(area_id=SKILLS_AREA).values("code")
    return rows.filter(subject_id__in=codes) if skills else rows.exclude(subject_id__in=codes)


def records_since(
    scope: Scope, people: Collection[PersonId], since: datetime, *, skills: bool | None = None
) -> list[Stamped]:
    """These people's records for judging by what is known now and by what was known at a moment. One query.

    As they are now, those withdrawn since among them. Only what happened since brings its stamp: without one a record
    counted at the moment as it does now.
    """
    return _since(scope, people, since, skills)


@statement
def _since(
    scope: Scope,
    people: Collection[PersonId],
    since: datetime,
    skills: bool | None,  # noqa: FBT001 - the inputs of a statement go by position
) -> QuerySet[Record, Stamped]:
    rows = Record.objects.filter(visible(scope), Q(withdrawal=None) | Q(withdrawal__at__gt=since), person_id__in=people)
    rows = _about(rows, skills)
    is_new = Q(decision__at__gt=since) | Q(recorded_at__gt=since)
    texts = rows.annotate(
        id_text=Cast("pk", TextField()),
        person_text=Cast("person_id", TextField()),
        counts_from=Case(When(is_new, then=Greatest("decision__at", "recorded_at"))),
    )
    return texts.values_list(*_COUNTING, "counts_from", "withdrawal__at")


def _known_record(row: _Columns, known_at: datetime | None) -> KnownRecord:
    (pk, person, subject, level, on, kind, minutes, participatory, expires_on) = row[:9]
    (recorded_at, how_known, title, provider, accepted, decided_at, withdrawn_at) = row[9:]
    if known_at is not None:
        if decided_at is not None and decided_at > known_at:
            accepted, decided_at = None, None
        if withdrawn_at is not None and withdrawn_at > known_at:
            withdrawn_at = None
    return KnownRecord(
        id=RecordId(pk),
        person=PersonId(person),
        subject=subject,
        level=level,
        on=on,
        kind=_KINDS[kind],
        minutes=minutes,
        participatory=participatory,
        expires_on=expires_on,
        status=status_of(accepted),
        recorded_at=recorded_at,
        counts_from=decided_at if accepted else None,
        withdrawn_at=withdrawn_at,
        how_known=_HOW[how_known],
        title=title,
        provider=provider,
    )


def deciders_of(person: PersonId, today: date) -> list[str]:
    """The names of those who decide on a person's own records today, by name. For that person's eyes."""
    places = EngagementTerm.objects.filter(
        confirmed(), known(None), holding(today), void=False, engagement__person_id=person
    )
    roles = [role for role, reaches in ROLE_TABLE.items() if Can.DECIDE_RECORDS in reaches[Reach.HERE]]
    in_force = EngagementTerm.objects.filter(known(None), holding(today), void=False)
    held = RoleHeld.objects.filter(
        known(None),
        holding(today),
        role__in=roles,
        engagement__organisation_id__in=places.values("engagement__organisation_id"),
        engagement_id__in=in_force.values("engagement_id"),
    ).exclude(engagement__person_id=person)
    people = {row.engagement.person for row in held.select_related("engagement__person")}
    return [str(one) for one in sorted(people, key=lambda one: (one.family_name, one.given_name, str(one.pk)))]


def owners_at(scope: Scope, organisation: OrganisationId) -> list[Owner]:
    """Everyone who is, was or will be engaged at an organisation, as a file of records may name them."""
    terms = EngagementTerm.objects.filter(
        within(scope, "engagement__person_id"), known(None), void=False, engagement__organisation_id=organisation
    )
    rows = as_seen(scope, terms.order_by("pk"))
    people = {row.engagement.person_id: row.engagement.person for row in rows}
    periods: dict[UUID, list[Period]] = {}
    for row in rows:
        periods.setdefault(row.engagement.person_id, []).append(Period(row.starts_on, row.ends_on))
    return [
        Owner(
            PersonId(one.pk),
            str(one),
            one.given_name,
            one.family_name,
            one.email or "",
            one.professional_number,
            tuple(periods[one.pk]),
        )
        for one in sorted(people.values(), key=lambda one: (one.family_name, one.given_name, str(one.pk)))
    ]


def held_of(scope: Scope, people: Collection[PersonId]) -> list[Held]:
    """What the ledger already holds of these people, for an import to compare with. One query."""
    rows = Record.objects.filter(visible(scope), person_id__in=people).values_list(
        *("person_id", "subject_id", "level", "on", "kind", "withdrawal__at", "corrected_by__pk")
    )
    return [
        Held(PersonId(person), subject, level, on, RecordKind(kind), withdrawn is not None, corrected is not None)
        for person, subject, level, on, kind, withdrawn, corrected in rows.order_by("person_id", "on", "pk")
    ]


def import_plan(
    scope: Scope,
    organisation: OrganisationId,
    name: str,
    content: bytes,
    *,
    today: date,
    importer: PersonId | None = None,
    options: Options = NO_OPTIONS,
) -> Plan:
    """What a file of past training would add at an organisation. A constant number of queries, and nothing is saved."""
    try:
        sheets = read_sheets(name, content)
    except NotATableError as refused:
        return Plan(problems=(Problem("", 0, "", str(refused)),))
    owners = owners_at(scope, organisation)
    held = held_of(scope, [owner.id for owner in owners])
    names = names_said(scope, organisation)
    around = Surroundings(tuple(owners), tuple(held), subject_index(), today, importer, names)
    return plan_of(sheets, around, options)


def names_said(scope: Scope, organisation: OrganisationId) -> Mapping[str, NameSaid]:
    """What names mean in the files of an organisation, by name: the last word on each, those said last at the end."""
    rows = NamePick.objects.filter(_in_scope(scope), organisation_id=organisation).order_by("pk")
    return last_words(_name_said(row) for row in rows)


def names_asked(scope: Scope) -> list[tuple[Organisation, NameSaid]]:
    """The names that organisations of a scope wait for an answer about, the longest waiting first. One query."""
    rows = NamePick.objects.filter(_in_scope(scope)).select_related("organisation").order_by("pk")
    places: dict[UUID, Organisation] = {}
    said: dict[UUID, list[NameSaid]] = {}
    for row in rows:
        places[row.organisation_id] = row.organisation
        said.setdefault(row.organisation_id, []).append(_name_said(row))
    asked = [
        (places[key], one) for key, some in said.items() for one in last_words(some).values() if one.pick is Pick.ASK
    ]
    return sorted(asked, key=lambda one: (one[1].at, one[0].code, one[1].name))


def _in_scope(scope: Scope) -> Q:
    return Q() if scope.everywhere else Q(organisation_id__in=scope.organisations)


def _name_said(row: NamePick) -> NameSaid:
    means = meaning(row.subject_id, row.level) if row.subject_id and row.level else None
    return NameSaid(row.words, Pick(row.pick), means, row.at, row.by_name)


def run_count(run: ImportRunId) -> int:
    """How many records an import added."""
    return Record.objects.filter(import_run_id=run).count()


def decider_for(scope: Scope, person: PersonId, today: date) -> OrganisationId | None:
    """The organisation of the scope that speaks of a person: where they work today, else where they last did."""
    rows = EngagementTerm.objects.filter(
        known(None),
        void=False,
        engagement__organisation_id__in=scope.organisations,
        engagement__person_id=person,
    ).order_by("-starts_on", "engagement__organisation_id")
    found = rows.filter(holding(today)).first() or rows.first()
    return OrganisationId(found.engagement.organisation_id) if found else None


def _engaged_at(organisation: OrganisationId) -> Q:
    terms = EngagementTerm.objects.filter(
        known(None), void=False, engagement__organisation_id=organisation, engagement__person_id=OuterRef("person_id")
    )
    return Q(Exists(terms))


def _entries(scope: Scope, rows: QuerySet[Record]) -> list[Entry]:
    """Rows with everything that is said of them, in two queries however many there are.

    A third asks what the scope calls those who have not said yes that they work there.
    """
    if rows.query.is_empty():
        return []
    known_here = Person.objects.filter(within_confirmed(scope), pk=OuterRef("person_id"))
    found = list(
        rows.annotate(is_known=Exists(known_here)).select_related(
            "person", "subject", "certificate", "import_run", "decision", "withdrawal", "corrected_by"
        )
    )
    levels = SubjectLevel.objects.filter(subject_id__in={row.subject_id for row in found})
    names = {(one.subject_id, one.level): one.name for one in levels}
    unknown = {row.person_id for row in found if not row.is_known}
    called = names_seen(scope, unknown) if unknown else {}
    return [
        _entry(scope, row, called.get(row.person_id, str(row.person)), names.get((row.subject_id, row.level), ""))
        for row in found
    ]


def _entry(scope: Scope, row: Record, person_name: str, level_name: str) -> Entry:
    decision, withdrawal = getattr(row, "decision", None), getattr(row, "withdrawal", None)
    ours = _is_told(scope, row.person_id, row.organisation_id)
    corrected_by = getattr(row, "corrected_by", None)
    certificate = row.certificate
    return Entry(
        id=RecordId(row.pk),
        person=PersonId(row.person_id),
        person_name=person_name,
        subject=row.subject_id,
        subject_name=row.subject.name,
        level=row.level,
        level_name=level_name,
        on=row.on,
        kind=_KINDS[row.kind],
        minutes=row.minutes,
        participatory=row.participatory,
        expires_on=row.expires_on,
        title=row.title,
        provider=row.provider,
        note=row.note if ours else "",
        how_known=_HOW[row.how_known],
        certificate=Certificate(certificate.name, certificate.media_type, certificate.size) if certificate else None,
        status=status_of(decision.accepted if decision else None),
        recorded=Said(row.recorded_at, row.recorded_by_name if ours else ""),
        decided=_said(scope, row.person_id, decision),
        withdrawn=_said(scope, row.person_id, withdrawal),
        corrects=RecordId(row.corrects_id) if row.corrects_id else None,
        corrected_by=RecordId(corrected_by.pk) if corrected_by else None,
        file_name=row.import_run.file_name if row.import_run and ours else "",
        added_elsewhere=not ours,
    )


def _said(scope: Scope, person: UUID, by: RecordDecision | RecordWithdrawal | None) -> Said | None:
    if by is None:
        return None
    told = _is_told(scope, person, by.organisation_id)
    return Said(by.at, by.by_name if told else "", by.reason if told else "")


def _is_told(scope: Scope, person: UUID, organisation: UUID | None) -> bool:
    """May the asker know who did this? Where someone else works is no business of a practice."""
    return organisation is None or scope.holds(organisation) or scope.person == person
