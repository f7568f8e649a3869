"""Every change to the ledger. Each is a further row: nothing is edited or removed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.shortcuts import get_object_or_404

from preceptor.compliance.subjects.domain import Named, plain_name
from preceptor.compliance.subjects.queries import is_skill, subject_index
from preceptor.foundation.access import Can, Scope, Viewer
from preceptor.foundation.actions import Refusal, action, concerning
from preceptor.foundation.dates import london_date
from preceptor.foundation.files import HeldFile, StoredFile, held, store
from preceptor.register.models import Organisation
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_id
from preceptor.register.people.actions import lock
from preceptor.register.people.domain import PersonId
from preceptor.register.people.queries import person_by_id

from .domain import Achievement, HowKnown, ImportRunId, NotAllowedError, RecordId, RecordKind, refuse_future
from .domain.imports import Options, Pick, Plan
from .models import ImportRun, NamePick, Record, RecordDecision, RecordWithdrawal
from .queries import decidable, decider_for, import_plan, is_there, names_said, visible

_LONGEST_NAME: Final = 200


@action("record.added", may=Can.ADD_RECORD)
def add_record(
    *,
    by: Viewer,
    at: datetime,
    person: PersonId,
    achievement: Achievement,
    how_known: HowKnown,
    certificate: HeldFile | None = None,
) -> RecordId:
    """Appends something a person has done. It counts at once if whoever adds it may decide on that person's records.

    What people add for themselves waits, whatever their role: nobody decides on their own record. So does what a place
    that someone has left adds of the time before or after. Refuses what is in the records already.
    """
    holder = PersonId(person_by_id(by.scope(Can.ADD_RECORD), person).pk)
    _refuse_impossible(achievement, at)
    lock(holder)
    if is_there(by.scope(Can.ADD_RECORD), holder, achievement):
        raise Refusal("This is in the records already, with the same date. Check the date, or cancel", field="on")
    file = store(certificate, at=at, by=by.user) if certificate else None
    row = _append(by, at, holder, achievement, how_known, file, None)
    _accept_if_allowed(by, at, row)
    return RecordId(row.pk)


@action("record.accepted", may=Can.DECIDE_RECORDS)
def accept_record(*, by: Viewer, at: datetime, record: RecordId) -> None:
    """Lets a record count from this moment on. Refuses one's own, and one that is decided or withdrawn already."""
    _decide(by, at, record, accepted=True, reason="")


@action("record.refused", may=Can.DECIDE_RECORDS)
def refuse_record(*, by: Viewer, at: datetime, record: RecordId, reason: str) -> None:
    """Says that a record does not count, and why. The person reads the reason."""
    if not reason.strip():
        raise Refusal("Say why you do not accept it. The person will read this", field="reason")
    _decide(by, at, record, accepted=False, reason=reason.strip())


@action("record.withdrawn", may=Can.WITHDRAW_RECORD)
def withdraw_record(*, by: Viewer, at: datetime, record: RecordId, reason: str) -> None:
    """Takes a record back: from this moment on it counts for nothing. It stays in the ledger with the reason."""
    row = _locked(by.scope(Can.WITHDRAW_RECORD), record)
    _refuse_others(by, row)
    _withdraw(by, at, row, Can.WITHDRAW_RECORD, reason)


@action("record.taken-back", may=Can.ADD_RECORD)
def take_back_record(*, by: Viewer, at: datetime, record: RecordId) -> None:
    """Takes back what one sent oneself, while nobody has decided on it."""
    row = _locked(Scope(person=by.person), record)
    if RecordDecision.objects.filter(record=row).exists():
        raise Refusal("Someone has already decided on this record. Ask your manager to withdraw it")
    _withdraw(by, at, row, Can.ADD_RECORD, "Taken back before anyone decided")


@action("record.corrected", may=Can.WITHDRAW_RECORD)
def correct_record(
    *,
    by: Viewer,
    at: datetime,
    record: RecordId,
    achievement: Achievement,
    how_known: HowKnown,
    reason: str,
    certificate: HeldFile | None = None,
) -> RecordId:
    """Puts a new record in the place of a wrong one, which is withdrawn with the reason. The certificate goes along.

    Both or neither. A correction of one's own record waits for someone else, as any of one's own does.
    """
    wrong = _locked(by.scope(Can.WITHDRAW_RECORD), record)
    _refuse_others(by, wrong)
    _refuse_impossible(achievement, at)
    _withdraw(by, at, wrong, Can.WITHDRAW_RECORD, reason)
    file = store(certificate, at=at, by=by.user) if certificate else wrong.certificate
    row = _append(by, at, PersonId(wrong.person_id), achievement, how_known, file, wrong)
    _accept_if_allowed(by, at, row)
    return RecordId(row.pk)


@action("record.signed", may=Can.SIGN_SKILLS)
def sign_record(
    *,
    by: Viewer,
    at: datetime,
    person: PersonId,
    organisation: OrganisationId,
    achievement: Achievement,
    logged: Sequence[RecordId] = (),
) -> RecordId:
    """Appends a sign-off that counts at once, and lets the logged procedures behind it count.

    Refuses anything but a sign-off of a skill, and one's own. Whether whoever signs may is for the room that asks.
    """
    _refuse_no_skill(achievement, RecordKind.SIGN_OFF, at)
    if by.person == person:
        raise Refusal("Nobody signs for themselves")
    for row in Record.objects.filter(pk__in=logged, person_id=person, decision=None, withdrawal=None).order_by("pk"):
        _accept_for(by, at, row, organisation)
    row = _row(by, at, person, achievement, HowKnown.OBSERVED, organisation)
    row.save(force_insert=True)
    _accept_for(by, at, row, organisation)
    return RecordId(row.pk)


@action("record.said", may=Can.RATE_SKILLS)
def say_record(*, by: Viewer, at: datetime, organisation: OrganisationId, achievement: Achievement) -> RecordId:
    """Appends one's own word on a skill. That one knows of it counts at once; a logged procedure waits for a signature.

    Refuses a kind of record that somebody else has to vouch for.
    """
    if by.person is None:
        raise Refusal("Only a person can say this")
    own_word = achievement.kind is RecordKind.REFLECTION and achievement.level == 1
    _refuse_no_skill(achievement, RecordKind.REFLECTION if own_word else RecordKind.LOG, at)
    row = _row(by, at, PersonId(by.person), achievement, HowKnown.DECLARED, organisation)
    row.save(force_insert=True)
    if own_word:
        _accept_for(by, at, row, organisation)
    return RecordId(row.pk)


class PlanChangedError(Refusal):
    """What a file would add is no longer what was agreed to."""


@action("records.imported", may=Can.IMPORT)
def import_records(
    *, by: Viewer, at: datetime, organisation: OrganisationId, file: HeldFile, options: Options, agreed: str
) -> ImportRunId:
    """Adds every new record of a held file, or nothing. They count at once, but for those that wait for someone else.

    Those are the importer's own, and of people who have left what they did before or after they worked here.
    `agreed` is the digest of the plan someone said yes to: if the file would add anything else by now, it is refused.
    """
    place = Organisation.objects.select_for_update().get(pk=organisation_by_id(by.scope(Can.IMPORT), organisation).pk)
    content = held(file)
    if content is None:
        raise PlanChangedError(f"“{file.name}” was not used in time. Choose it again", field="file")
    plan = import_plan(
        by.scope(Can.IMPORT),
        OrganisationId(place.pk),
        file.name,
        content,
        today=london_date(at),
        importer=PersonId(by.person) if by.person else None,
        options=options,
    )
    if plan.problems:
        raise Refusal("The file has problems, so nothing was imported", field="file")
    if plan.digest != agreed:
        raise PlanChangedError("Something changed since you looked. Check what would be added now", field="file")
    run = ImportRun.objects.create(
        file_name=file.name, sha256=file.sha256, organisation=place, at=at, by_name=by.name, row_count=len(plan.new)
    )
    _append_all(by, at, run, plan)
    return ImportRunId(run.pk)


@action("names.picked", may=Can.IMPORT)
def pick_names(
    *, by: Viewer, at: datetime, organisation: OrganisationId, picks: Mapping[str, tuple[Pick, Named | None]]
) -> int:
    """Keeps what names in files mean at an organisation, for the files to come. Says how many were new.

    The last word on a name holds, and the words before it stay in the ledger. What is so already is not kept twice.
    """
    place = OrganisationId(organisation_by_id(by.scope(Can.IMPORT), organisation).pk)
    held = names_said(by.scope(Can.IMPORT), place)
    fresh = 0
    for words, (pick, means) in picks.items():
        before = held.get(plain_name(words))
        if before is None or (before.pick, before.means) != (pick, means):
            _say(by, at, place, words, pick, means)
            fresh += 1
    return fresh


@action("name.forgotten", may=Can.IMPORT)
def forget_name(*, by: Viewer, at: datetime, organisation: OrganisationId, words: str) -> None:
    """Takes back what a name means at an organisation: the next file with it asks again. Records brought in stay."""
    place = OrganisationId(organisation_by_id(by.scope(Can.IMPORT), organisation).pk)
    if plain_name(words) not in names_said(by.scope(Can.IMPORT), place):
        raise Refusal("That has been taken back already")
    _say(by, at, place, words, Pick.FORGET, None)


@action("name.answered", may=Can.APPROVE_EQUIVALENCES)
def answer_name(
    *, by: Viewer, at: datetime, organisation: OrganisationId, words: str, pick: Pick, means: Named | None = None
) -> None:
    """Answers a practice that asked what a name means: a subject and level, or that it is to be left out."""
    scope = by.scope(Can.APPROVE_EQUIVALENCES)
    place = OrganisationId(organisation_by_id(scope, organisation).pk)
    asked = names_said(scope, place).get(plain_name(words))
    if asked is None or asked.pick is not Pick.ASK:
        raise Refusal("Nobody waits for an answer about this any more")
    if pick not in {Pick.SUBJECT, Pick.LEAVE_OUT}:
        raise Refusal("Choose what it is, or that it is left out", field="means")
    _say(by, at, place, asked.words, pick, means)


def _refuse_no_skill(achievement: Achievement, kind: RecordKind, at: datetime) -> None:
    """Refuses what is not of this kind, not of a skill, or of a day to come."""
    try:
        refuse_future(achievement, london_date(at))
    except NotAllowedError as refused:
        raise Refusal(str(refused), field=refused.field) from refused
    if achievement.kind is not kind or not is_skill(achievement.subject):
        raise Refusal("Choose a skill from the list", field="subject")


def _accept_for(by: Viewer, at: datetime, row: Record, organisation: OrganisationId) -> None:
    RecordDecision.objects.create(
        record=row, accepted=True, at=at, by=by.user, by_name=by.name, organisation_id=organisation
    )


def _say(by: Viewer, at: datetime, place: OrganisationId, words: str, pick: Pick, means: Named | None) -> None:
    """One more word on a name. Refuses a name that is too long or empty, and a subject or level there is not."""
    name = plain_name(words)
    if not name or len(words) > _LONGEST_NAME:
        raise Refusal(f"A name must have 1 to {_LONGEST_NAME} letters")
    if (pick is Pick.SUBJECT) != (means is not None):
        raise Refusal("Choose what it is from the list", field="means")
    if means is not None:
        subject = subject_index().subject(means.subject)
        if subject is None or not subject.has(means.level):
            raise Refusal("Choose what it is from the list", field="means")
    NamePick.objects.create(
        organisation_id=place,
        name=name,
        words=words,
        pick=pick.value,
        subject_id=means.subject if means else None,
        level=means.level if means else None,
        at=at,
        by=by.user,
        by_name=by.name,
    )


def _append_all(by: Viewer, at: datetime, run: ImportRun, plan: Plan) -> None:
    """Writes the new records and their acceptances, two statements for a thousand."""
    rows = [
        (
            _row(by, at, new.person, new.achievement, HowKnown.IMPORTED, run.organisation_id, import_run=run),
            new.waits,
        )
        for new in plan.new
    ]
    Record.objects.bulk_create([row for row, _ in rows], batch_size=1000)
    decisions = [
        RecordDecision(
            record=row, accepted=True, at=at, by=by.user, by_name=by.name, organisation_id=run.organisation_id
        )
        for row, waits in rows
        if not waits
    ]
    RecordDecision.objects.bulk_create(decisions, batch_size=1000)


def _refuse_impossible(achievement: Achievement, at: datetime) -> None:
    """Refuses a day to come, and a subject or a level there is not."""
    try:
        refuse_future(achievement, london_date(at))
    except NotAllowedError as refused:
        raise Refusal(str(refused), field=refused.field) from refused
    subject = subject_index().subject(achievement.subject)
    if subject is None or not subject.has(achievement.level):
        raise Refusal("Choose what it was from the list", field="subject")


def _refuse_others(by: Viewer, row: Record) -> None:
    """Refuses to touch what another organisation wrote down or accepted: it relies on it."""
    scope = by.scope(Can.WITHDRAW_RECORD)
    if row.organisation_id and not scope.holds(row.organisation_id):
        raise Refusal("Another organisation added this record, so only they can change it")
    accepted = RecordDecision.objects.filter(record=row, accepted=True, organisation__isnull=False).first()
    if accepted and accepted.organisation_id and not scope.holds(accepted.organisation_id):
        raise Refusal("Another organisation accepted this record and relies on it, so only they can change it")


def _append(
    by: Viewer,
    at: datetime,
    person: PersonId,
    achievement: Achievement,
    how_known: HowKnown,
    certificate: StoredFile | None,
    corrects: Record | None,
) -> Record:
    organisation = None if by.person == person else _speaking_for(by, Can.ADD_RECORD, person, at)
    concerning(organisation)
    row = _row(by, at, person, achievement, how_known, organisation, certificate=certificate, corrects=corrects)
    row.save(force_insert=True)
    return row


def _row(
    by: Viewer,
    at: datetime,
    person: PersonId,
    achievement: Achievement,
    how_known: HowKnown,
    organisation: UUID | None,
    *,
    certificate: StoredFile | None = None,
    corrects: Record | None = None,
    import_run: ImportRun | None = None,
) -> Record:
    return Record(
        person_id=person,
        subject_id=achievement.subject,
        level=achievement.level,
        on=achievement.on,
        kind=achievement.kind.value,
        minutes=achievement.minutes,
        participatory=achievement.participatory,
        expires_on=achievement.expires_on,
        title=achievement.title,
        provider=achievement.provider,
        note=achievement.note,
        how_known=how_known.value,
        certificate=certificate,
        organisation_id=organisation,
        recorded_at=at,
        recorded_by=by.user,
        recorded_by_name=by.name,
        corrects=corrects,
        import_run=import_run,
    )


def _accept_if_allowed(by: Viewer, at: datetime, row: Record) -> None:
    """Accepts what was just written, when whoever wrote it may decide on it and it is not their own."""
    may_decide = Record.objects.filter(decidable(by.scope(Can.DECIDE_RECORDS)), pk=row.pk)
    if by.person != row.person_id and by.may(Can.DECIDE_RECORDS) and may_decide.exists():
        _write_decision(by, at, row, accepted=True, reason="")


def _decide(by: Viewer, at: datetime, record: RecordId, *, accepted: bool, reason: str) -> None:
    scope = by.scope(Can.DECIDE_RECORDS)
    row = _locked(scope, record)
    if by.person == row.person_id:
        raise Refusal("This is your own record, so someone else must decide on it")
    if not Record.objects.filter(decidable(scope), pk=row.pk).exists():
        raise Refusal("They had left when this was added, and did it at another time, so where they work now decides")
    if RecordWithdrawal.objects.filter(record=row).exists():
        raise Refusal("This record was withdrawn, so there is nothing to decide")
    decided = RecordDecision.objects.filter(record=row).first()
    if decided:
        raise Refusal(f"This record is already {'accepted' if decided.accepted else 'refused'}")
    _write_decision(by, at, row, accepted=accepted, reason=reason)


def _write_decision(by: Viewer, at: datetime, row: Record, *, accepted: bool, reason: str) -> None:
    organisation = _speaking_for(by, Can.DECIDE_RECORDS, PersonId(row.person_id), at)
    concerning(organisation)
    RecordDecision.objects.create(
        record=row,
        accepted=accepted,
        reason=reason,
        at=at,
        by=by.user,
        by_name=by.name,
        organisation_id=organisation,
    )


def _withdraw(by: Viewer, at: datetime, row: Record, permission: Can, reason: str) -> None:
    if not reason.strip():
        raise Refusal("Say why. The record stays in the history with this reason", field="reason")
    if RecordWithdrawal.objects.filter(record=row).exists():
        raise Refusal("This record is already withdrawn")
    organisation = _speaking_for(by, permission, PersonId(row.person_id), at)
    concerning(organisation)
    RecordWithdrawal.objects.create(
        record=row,
        reason=reason.strip(),
        at=at,
        by=by.user,
        by_name=by.name,
        organisation_id=organisation,
    )


def _speaking_for(by: Viewer, permission: Can, person: PersonId, at: datetime) -> OrganisationId | None:
    return decider_for(by.scope(permission), person, london_date(at))


def _locked(scope: Scope, record: RecordId) -> Record:
    """The record, held until the action is over, so that two decisions at once cannot both be made."""
    return get_object_or_404(Record.objects.select_for_update(), visible(scope), pk=record)
