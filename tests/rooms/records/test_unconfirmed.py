"""Whose records are seen while someone has not said yes that they work at a place, and who decides on a leaver's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.http import Http404

from preceptor.compliance.records.actions import (
    accept_record,
    add_record,
    import_records,
    withdraw_record,
)
from preceptor.compliance.records.domain import HowKnown, RecordId, Status
from preceptor.compliance.records.domain.imports import NO_OPTIONS
from preceptor.compliance.records.queries import (
    certificate_of,
    deciders_of,
    held_of,
    import_plan,
    is_there,
    is_visible,
    owners_at,
    record_by_id,
    records_counting,
    records_known,
    records_of,
    waiting,
    waiting_count,
)
from preceptor.foundation.access import EVERYWHERE, Can, Scope
from preceptor.foundation.actions import Refusal
from preceptor.foundation.files import hold
from preceptor.foundation.journal import JournalLine
from preceptor.register.people.actions import add_person, confirm_engagement, deny_engagement, end_engagement
from preceptor.register.people.domain import EngagementId, PersonDetails, Terms
from preceptor.register.people.queries import engagements_of
from tests.cast import ALDER, BUILDER, NOW, Cast, Member
from tests.rooms.records.conftest import FIRE, PDF, Ledger, moment

LATER = NOW + timedelta(hours=1)
OTHER = replace(FIRE, subject="anaphylaxis")
GONE = date(2026, 10, 1)


def claim(cast: Cast) -> EngagementId:
    """Cedar Lane Surgery says that Helen Marsh of Alder Surgery works there."""
    person = add_person(
        by=cast.owen.viewer,
        at=NOW,
        organisation=cast.cedar,
        details=PersonDetails("H", "Marsh", email=cast.helen.email),
        terms=Terms("gp-salaried", "gp", "employed", date(2026, 11, 2)),
    )
    (row,) = engagements_of(scope_of(cast.owen), person)
    return EngagementId(row.engagement_id)


def scope_of(member: Member, permission: Can = Can.SEE_RECORDS) -> Scope:
    return member.viewer.scope(permission)


def seen_by(member: Member, person: Member) -> set[RecordId]:
    return {entry.id for entry in records_of(scope_of(member), person.person)}


def test_until_a_yes_a_place_sees_its_own_records_alone_on_every_read(cast: Cast, ledger: Ledger) -> None:
    theirs = ledger.add(cast.helen, certificate=hold(PDF, "fire.pdf", NOW))
    claim(cast)
    ours = ledger.add(cast.helen, OTHER, by=cast.owen.viewer)
    scope, helen = scope_of(cast.owen), cast.helen.person

    assert [(one.id, one.person_name) for one in records_of(scope, helen)] == [(ours, "H Marsh")]
    assert [one.id for one in records_known(scope, [helen])] == [ours]
    assert [columns[0] for columns in records_counting(scope, [helen])] == [str(ours)]
    assert [one.subject for one in held_of(scope, [helen])] == ["anaphylaxis"]
    assert (is_visible(scope, ours), is_visible(scope, theirs)) == (True, False)
    assert (is_there(scope, helen, OTHER), is_there(scope, helen, FIRE)) == (True, False)
    assert (waiting(scope, cast.cedar), waiting_count(scope, cast.cedar)) == ([], 0)
    assert ("H Marsh", "") in {(one.name, one.professional_number) for one in owners_at(scope, cast.cedar)}
    for read in (record_by_id, certificate_of):
        with pytest.raises(Http404):
            read(scope, theirs)
    with pytest.raises(Http404):
        accept_record(by=cast.owen.viewer, at=LATER, record=theirs)


def test_what_an_unconfirmed_place_writes_is_its_own_and_the_persons(cast: Cast, ledger: Ledger) -> None:
    engagement = claim(cast)
    ours = ledger.add(cast.helen, by=cast.owen.viewer)

    assert record_by_id(scope_of(cast.owen), ours).status is Status.ACCEPTED
    assert (seen_by(cast.ruth, cast.helen), seen_by(cast.helen, cast.helen)) == (set(), {ours})
    assert deciders_of(cast.helen.person, NOW.date()) == ["Ruth Okafor"]
    confirm_engagement(by=cast.helen.viewer, at=LATER, engagement=engagement)

    assert seen_by(cast.ruth, cast.helen) == {ours}


def test_yes_opens_what_is_there_also_as_of_a_moment_before_it_was_said(cast: Cast, ledger: Ledger) -> None:
    theirs = ledger.add(cast.helen)
    engagement = claim(cast)
    assert records_known(scope_of(cast.owen), [cast.helen.person], NOW) == []

    confirm_engagement(by=cast.helen.viewer, at=LATER, engagement=engagement)

    assert [one.id for one in records_known(scope_of(cast.owen), [cast.helen.person], NOW)] == [theirs]


def test_after_a_no_the_place_sees_what_it_wrote_and_can_take_it_back(cast: Cast, ledger: Ledger) -> None:
    ledger.add(cast.helen)
    engagement = claim(cast)
    ours = ledger.add(cast.helen, OTHER, by=cast.owen.viewer)
    deny_engagement(by=cast.helen.viewer, at=LATER, engagement=engagement)

    assert seen_by(cast.owen, cast.helen) == {ours}
    assert record_by_id(scope_of(cast.owen), ours).person_name == "H Marsh"
    assert seen_by(cast.ruth, cast.helen) & {ours} == set()
    with pytest.raises(Http404):
        ledger.add(cast.helen, replace(OTHER, on=date(2026, 11, 1)), by=cast.owen.viewer)
    withdraw_record(by=cast.owen.viewer, at=LATER, record=ours, reason="Not our Helen Marsh")
    assert record_by_id(EVERYWHERE, ours).withdrawn is not None


def test_what_is_in_the_records_already_is_refused_by_the_action(cast: Cast, ledger: Ledger) -> None:
    ledger.add(cast.tomasz)

    for by in (cast.tomasz.viewer, cast.ruth.viewer):
        with pytest.raises(Refusal, match="in the records already") as refused:
            ledger.add(cast.tomasz, by=by)
        assert refused.value.field == "on"


def leaves(cast: Cast) -> None:
    """Mei Lin leaves Alder Surgery, and goes on working at Birch Health Centre."""
    end_engagement(by=BUILDER, at=moment(GONE), engagement=cast.mei.engagements[ALDER], ends_on=GONE)


def test_what_an_old_place_adds_counts_if_it_was_done_there_and_else_waits_for_the_new(
    cast: Cast, ledger: Ledger
) -> None:
    leaves(cast)
    there = ledger.add(cast.mei, replace(FIRE, on=GONE - timedelta(days=1)), by=cast.ruth.viewer)
    before = ledger.add(cast.mei, replace(FIRE, on=date(2020, 3, 2)), by=cast.ruth.viewer)
    after = ledger.add(cast.mei, replace(FIRE, on=GONE), by=cast.ruth.viewer)

    ruth, lorna = (scope_of(one, Can.DECIDE_RECORDS) for one in (cast.ruth, cast.lorna))
    assert record_by_id(EVERYWHERE, there).status is Status.ACCEPTED
    assert ([one.id for one in waiting(ruth, cast.alder)], waiting_count(ruth, cast.alder)) == ([], 0)
    assert {one.id for one in waiting(lorna, cast.birch)} == {before, after}
    with pytest.raises(Refusal, match="so where they work now decides"):
        accept_record(by=cast.ruth.viewer, at=LATER, record=before)
    accept_record(by=cast.lorna.viewer, at=LATER, record=before)
    assert record_by_id(EVERYWHERE, before).status is Status.ACCEPTED


def test_what_someone_sent_before_they_left_is_still_the_old_places_to_decide(cast: Cast, ledger: Ledger) -> None:
    sent = ledger.add(cast.mei, replace(FIRE, on=date(2020, 3, 2)), at=moment(GONE - timedelta(days=1)))
    leaves(cast)

    assert [one.id for one in waiting(scope_of(cast.ruth, Can.DECIDE_RECORDS), cast.alder)] == [sent]
    accept_record(by=cast.ruth.viewer, at=LATER, record=sent)


def test_an_old_places_import_waits_in_the_same_way(cast: Cast) -> None:
    leaves(cast)
    content = (
        b"email,subject,completed on\n"
        b"mei.lin@example.nhs.uk,Fire,30/09/2026\n"
        b"mei.lin@example.nhs.uk,Fire,01/10/2026\n"
        b"mei.lin@example.nhs.uk,Fire,02/03/2020\n"
        b"tomasz.nowak@example.nhs.uk,Fire,02/03/2020\n"
    )
    scope, file = scope_of(cast.ruth, Can.IMPORT), hold(content, "training.csv", NOW)
    plan = import_plan(scope, cast.alder, "training.csv", content, today=NOW.date(), importer=cast.ruth.person)

    import_records(
        by=cast.ruth.viewer, at=NOW, organisation=cast.alder, file=file, options=NO_OPTIONS, agreed=plan.digest
    )

    assert [(one.line, one.waits) for one in plan.new] == [(2, False), (3, True), (4, True), (5, False)]
    assert {one.on for one in waiting(EVERYWHERE)} == {date(2026, 10, 1), date(2020, 3, 2)}
    assert {one.person for one in waiting(EVERYWHERE)} == {cast.mei.person}


def test_the_lines_of_records_in_the_journal_name_the_organisation(cast: Cast, ledger: Ledger) -> None:
    sent = ledger.add(cast.tomasz)
    accept_record(by=cast.ruth.viewer, at=NOW, record=sent)
    withdraw_record(by=cast.ruth.viewer, at=LATER, record=sent, reason="Wrong person")
    add_record(by=cast.lorna.viewer, at=NOW, person=cast.mei.person, achievement=FIRE, how_known=HowKnown.COPY)

    lines = JournalLine.objects.filter(verb__startswith="record.").order_by("pk")
    assert [(line.verb, line.organisation) for line in lines] == [
        ("record.added", None),
        ("record.accepted", cast.alder),
        ("record.withdrawn", cast.alder),
        ("record.added", cast.birch),
    ]
