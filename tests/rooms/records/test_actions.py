"""Adding, accepting, refusing, withdrawing and correcting records."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.http import Http404

from preceptor.compliance.records.actions import (
    accept_record,
    add_record,
    correct_record,
    refuse_record,
    take_back_record,
    withdraw_record,
)
from preceptor.compliance.records.domain import Achievement, Entry, HowKnown, RecordId, RecordKind, Status
from preceptor.compliance.records.models import ImportRun, Record, RecordDecision, RecordWithdrawal
from preceptor.compliance.records.queries import record_by_id, records_of, waiting
from preceptor.foundation.access import EVERYWHERE, NOBODY, Can, Viewer
from preceptor.foundation.actions import Refusal
from preceptor.foundation.files import hold
from preceptor.foundation.gates import acting
from preceptor.foundation.journal import JournalLine
from tests.cast import BUILDER, NOW, Cast
from tests.rooms.records.conftest import FIRE, PDF, Ledger

LATER = NOW + timedelta(hours=1)


def _seen(record: RecordId) -> Entry:
    return record_by_id(EVERYWHERE, record)


def test_what_people_add_for_themselves_waits(cast: Cast, ledger: Ledger) -> None:
    entry = _seen(ledger.add(cast.tomasz))

    assert (entry.status, entry.is_waiting, entry.counts) == (Status.PENDING, True, False)
    assert (entry.recorded.by, entry.recorded.at, entry.decided) == ("Tomasz Nowak", NOW, None)


def test_what_a_manager_adds_counts_at_once_as_accepted_by_them(cast: Cast, ledger: Ledger) -> None:
    row = Record.objects.get(pk=ledger.add(cast.tomasz, by=cast.ruth.viewer))

    assert (row.decision.accepted, row.decision.by_name, row.decision.at) == (True, "Ruth Okafor", NOW)
    assert {row.organisation_id, row.decision.organisation_id} == {cast.alder}


def test_nobody_decides_on_their_own_record_not_even_the_only_manager(cast: Cast, ledger: Ledger) -> None:
    own = ledger.add(cast.ruth)

    assert _seen(own).status is Status.PENDING
    with pytest.raises(Refusal, match="your own record, so someone else must decide"):
        accept_record(by=cast.ruth.viewer, at=LATER, record=own)
    with pytest.raises(Refusal, match="your own record"):
        refuse_record(by=cast.ruth.viewer, at=LATER, record=own, reason="Changed my mind")
    accept_record(by=cast.priya.viewer, at=LATER, record=own)
    assert _seen(own).status is Status.ACCEPTED


def test_a_record_counts_from_the_moment_it_is_accepted(cast: Cast, ledger: Ledger) -> None:
    record = ledger.add(cast.tomasz)

    accept_record(by=cast.ruth.viewer, at=LATER, record=record)

    entry = _seen(record)
    assert entry.counts
    assert entry.decided is not None
    assert (entry.decided.at, entry.decided.by) == (LATER, "Ruth Okafor")


def test_a_refusal_needs_a_reason_and_keeps_it(cast: Cast, ledger: Ledger) -> None:
    record = ledger.add(cast.tomasz)

    with pytest.raises(Refusal) as refused:
        refuse_record(by=cast.ruth.viewer, at=LATER, record=record, reason="  ")
    refuse_record(by=cast.ruth.viewer, at=LATER, record=record, reason="The name is not yours")

    assert refused.value.field == "reason"
    entry = _seen(record)
    assert entry.decided is not None
    assert (entry.status, entry.decided.reason) == (Status.REFUSED, "The name is not yours")


def test_a_decision_is_made_once(cast: Cast, ledger: Ledger) -> None:
    record = ledger.add(cast.tomasz)
    accept_record(by=cast.ruth.viewer, at=NOW, record=record)

    with pytest.raises(Refusal, match="already accepted"):
        refuse_record(by=cast.ruth.viewer, at=LATER, record=record, reason="Too late")
    assert RecordDecision.objects.count() == 1


def test_a_withdrawn_record_stays_with_its_reason_and_cannot_be_decided(cast: Cast, ledger: Ledger) -> None:
    record = ledger.add(cast.tomasz)

    with pytest.raises(Refusal, match="Say why"):
        withdraw_record(by=cast.ruth.viewer, at=LATER, record=record, reason="")
    withdraw_record(by=cast.ruth.viewer, at=LATER, record=record, reason="Wrong person")

    entry = _seen(record)
    assert entry.withdrawn is not None
    assert (entry.withdrawn.reason, entry.withdrawn.by, entry.counts) == ("Wrong person", "Ruth Okafor", False)
    with pytest.raises(Refusal, match="withdrawn, so there is nothing to decide"):
        accept_record(by=cast.ruth.viewer, at=LATER, record=record)
    with pytest.raises(Refusal, match="already withdrawn"):
        withdraw_record(by=cast.ruth.viewer, at=LATER, record=record, reason="Again")


def test_a_correction_takes_the_place_of_what_was_wrong_and_keeps_both(cast: Cast, ledger: Ledger) -> None:
    held = hold(PDF, "fire.pdf", NOW)
    wrong = ledger.add(cast.tomasz, by=cast.ruth.viewer, certificate=held)
    right = replace(FIRE, on=date(2026, 11, 18))

    corrected = correct_record(
        by=cast.ruth.viewer,
        at=LATER,
        record=wrong,
        achievement=right,
        how_known=HowKnown.CERTIFICATE,
        reason="The day was misread",
    )

    before, after = _seen(wrong), _seen(corrected)
    assert (before.counts, before.corrected_by) == (False, corrected)
    assert (after.counts, after.on, after.corrects, after.how_known) == (True, right.on, wrong, HowKnown.CERTIFICATE)
    assert after.certificate == before.certificate
    with pytest.raises(Refusal, match="already withdrawn"):
        correct_record(
            by=cast.ruth.viewer, at=LATER, record=wrong, achievement=right, how_known=HowKnown.COPY, reason="Again"
        )


def test_a_correction_happens_whole_or_not_at_all(cast: Cast, ledger: Ledger) -> None:
    record = ledger.add(cast.tomasz, by=cast.ruth.viewer)

    with pytest.raises(Refusal, match="from the list"):
        correct_record(
            by=cast.ruth.viewer,
            at=LATER,
            record=record,
            achievement=replace(FIRE, subject="juggling"),
            how_known=HowKnown.COPY,
            reason="Typo",
        )

    assert _seen(record).counts
    assert RecordWithdrawal.objects.count() == 0


def test_a_manager_who_corrects_their_own_record_waits_for_someone_else(cast: Cast, ledger: Ledger) -> None:
    record = ledger.add(cast.ruth, by=cast.priya.viewer)
    assert _seen(record).counts

    corrected = correct_record(
        by=cast.ruth.viewer, at=LATER, record=record, achievement=FIRE, how_known=HowKnown.COPY, reason="Better copy"
    )

    assert _seen(corrected).is_waiting


def test_people_take_back_what_they_sent_only_while_nobody_has_decided(cast: Cast, ledger: Ledger) -> None:
    first = ledger.add(cast.tomasz)
    second = ledger.add(cast.tomasz, replace(FIRE, on=date(2026, 11, 18)))
    accept_record(by=cast.ruth.viewer, at=NOW, record=second)

    take_back_record(by=cast.tomasz.viewer, at=LATER, record=first)

    assert _seen(first).withdrawn is not None
    with pytest.raises(Refusal, match="already decided"):
        take_back_record(by=cast.tomasz.viewer, at=LATER, record=second)
    with pytest.raises(Http404):
        take_back_record(by=cast.ruth.viewer, at=LATER, record=second)


@pytest.mark.parametrize(
    ("achievement", "field"),
    [
        (replace(FIRE, on=date(2026, 11, 24)), "on"),
        (replace(FIRE, subject="juggling"), "subject"),
        (replace(FIRE, level=2), "subject"),
        (Achievement("safeguarding-adults", date(2026, 5, 3), 4), "subject"),
    ],
)
def test_a_day_to_come_and_a_subject_or_level_there_is_not_are_refused(
    cast: Cast, ledger: Ledger, achievement: Achievement, field: str
) -> None:
    with pytest.raises(Refusal) as refused:
        ledger.add(cast.tomasz, achievement)

    assert refused.value.field == field
    assert Record.objects.count() == 0


def test_the_day_is_today_in_london_when_it_is_not_yet_so_in_utc(cast: Cast, ledger: Ledger) -> None:
    summer_night = NOW.replace(month=6, day=30, hour=23, minute=30)

    record = ledger.add(cast.tomasz, replace(FIRE, on=date(2026, 7, 1)), at=summer_night)

    assert _seen(record).on == date(2026, 7, 1)


def test_a_certificate_is_stored_with_who_brought_it(cast: Cast, ledger: Ledger) -> None:
    record = ledger.add(cast.tomasz, certificate=hold(PDF, "C:\\scans\\fire.pdf", NOW))

    row = Record.objects.select_related("certificate").get(pk=record)
    assert row.certificate is not None
    assert (row.certificate.name, row.certificate.media_type, row.certificate.size) == (
        "fire.pdf",
        "application/pdf",
        len(PDF),
    )
    assert row.certificate.stored_by == cast.tomasz.user


def test_what_is_no_certificate_leaves_nothing_behind(cast: Cast, ledger: Ledger) -> None:
    with pytest.raises(Refusal, match="must be a PDF, JPEG, PNG or HEIC"):
        ledger.add(cast.tomasz, certificate=hold(b"MZ\x90 a program", "fire.pdf", NOW))

    assert Record.objects.count() == 0


def test_who_may_not_is_refused(cast: Cast, ledger: Ledger) -> None:
    record = ledger.add(cast.tomasz)

    for viewer in (NOBODY, cast.aisha.viewer, cast.gareth.viewer):
        with pytest.raises(PermissionDenied):
            accept_record(by=viewer, at=LATER, record=record)
        with pytest.raises(PermissionDenied):
            withdraw_record(by=viewer, at=LATER, record=record, reason="No")
    for viewer in (cast.owen.viewer, cast.lorna.viewer, cast.nadia.viewer):
        with pytest.raises(Http404):
            accept_record(by=viewer, at=LATER, record=record)
        with pytest.raises(Http404):
            add_record(by=viewer, at=LATER, person=cast.tomasz.person, achievement=FIRE, how_known=HowKnown.DECLARED)
    with pytest.raises(Http404):
        ledger.add(cast.aisha, by=cast.tomasz.viewer)
    assert [entry.id for entry in waiting(EVERYWHERE)] == [record]


def test_one_organisation_does_not_touch_what_another_wrote_down(cast: Cast, ledger: Ledger) -> None:
    record = ledger.add(cast.mei, by=cast.lorna.viewer)

    with pytest.raises(Refusal, match="Another organisation added this record"):
        withdraw_record(by=cast.ruth.viewer, at=LATER, record=record, reason="We disagree")
    withdraw_record(by=cast.lorna.viewer, at=LATER, record=record, reason="Ours to take back")


def test_every_change_leaves_a_line_in_the_journal(cast: Cast, ledger: Ledger) -> None:
    record = ledger.add(cast.tomasz)
    refuse_record(by=cast.ruth.viewer, at=LATER, record=record, reason="Not yours")

    lines = JournalLine.objects.filter(verb__startswith="record.").order_by("pk")
    assert [(line.verb, line.by_name) for line in lines] == [
        ("record.added", "Tomasz Nowak"),
        ("record.refused", "Ruth Okafor"),
    ]
    assert lines[0].result == str(record)
    assert lines[1].what == {"record": str(record), "reason": "Not yours"}


@pytest.mark.parametrize(
    ("column", "value", "constraint"),
    [
        ("level", 0, "record_level"),
        ("minutes", 60_001, "record_minutes"),
        ("kind", "dance", "record_kind"),
        ("how_known", "guessed", "record_how_known"),
        ("on", date(1949, 12, 31), "record_on_least"),
        ("expires_on", date(2026, 11, 18), "record_expires_after"),
        ("corrects_id", UUID(int=1), "record_corrects_another"),
    ],
)
def test_the_database_refuses_an_impossible_record(cast: Cast, column: str, value: object, constraint: str) -> None:
    columns: dict[str, object] = {
        "id": UUID(int=1),
        "person_id": cast.tomasz.person,
        "subject_id": "fire-safety",
        "on": date(2026, 11, 19),
        "kind": RecordKind.COURSE.value,
        "how_known": HowKnown.DECLARED.value,
        "recorded_at": NOW,
    }

    with acting(), pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Record.objects.create(**(columns | {column: value}))


def test_the_database_refuses_a_second_decision_and_one_without_a_reason(cast: Cast, ledger: Ledger) -> None:
    record = ledger.add(cast.tomasz)

    with acting(), pytest.raises(IntegrityError, match="record_refusal_has_reason"), transaction.atomic():
        RecordDecision.objects.create(record_id=record, accepted=False, at=NOW)
    with acting(), pytest.raises(IntegrityError, match="record_withdrawal_has_reason"), transaction.atomic():
        RecordWithdrawal.objects.create(record_id=record, reason="", at=NOW)
    accept_record(by=cast.ruth.viewer, at=NOW, record=record)
    with acting(), pytest.raises(IntegrityError, match="record_id"), transaction.atomic():
        RecordDecision.objects.create(record_id=record, accepted=True, at=NOW)


@pytest.mark.parametrize("table", ["record", "recorddecision", "recordwithdrawal", "importrun"])
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "UPDATE {} SET id = id"])
def test_the_database_refuses_to_rewrite_the_ledger(cast: Cast, ledger: Ledger, table: str, statement: str) -> None:
    record = ledger.add(cast.tomasz, by=cast.ruth.viewer)
    withdraw_record(by=cast.ruth.viewer, at=LATER, record=record, reason="Wrong person")
    with acting():
        ImportRun.objects.create(
            file_name="a.csv", sha256="0" * 64, organisation_id=cast.alder, at=NOW, by_name="", row_count=1
        )

    with acting(), pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(statement.format(f"compliance_{table}"))


def test_a_record_nobody_can_find_is_missing(cast: Cast) -> None:
    for viewer in (cast.ruth.viewer, BUILDER):
        with pytest.raises(Http404):
            accept_record(by=viewer, at=NOW, record=RecordId(uuid4()))


def test_leavers_keep_their_own_records(cast: Cast, ledger: Ledger) -> None:
    ledger.add(cast.tomasz)
    gone = Viewer(user=cast.tomasz.user, person=cast.tomasz.person, name="Tomasz Nowak")

    assert [entry.subject for entry in records_of(gone.scope(Can.SEE_RECORDS), cast.tomasz.person)] == ["fire-safety"]
