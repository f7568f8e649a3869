"""Standing out of the ledgers: the loader and the judge against the world file, over time, and in constant queries."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from preceptor.compliance.records.actions import accept_record, refuse_record, withdraw_record
from preceptor.compliance.requirements.actions import (
    record_exemption,
    record_extension,
    record_leave,
    retire,
    withdraw_adjustment,
)
from preceptor.compliance.requirements.domain.decisions import Eased
from preceptor.compliance.requirements.queries import requirements_of
from preceptor.compliance.standing.domain.document import document_of
from preceptor.compliance.standing.domain.verdicts import Status
from preceptor.compliance.standing.domain.world import judge_document
from preceptor.compliance.standing.queries import (
    explained,
    load,
    loaded_now_and_then,
    loaded_of,
    loaded_of_person,
)
from preceptor.foundation.access import EVERYWHERE, Can
from preceptor.foundation.dates import end_of_day
from preceptor.register.people.actions import correct_engagement, end_engagement, void_engagement
from preceptor.register.people.queries import engagement_by_id, terms_of
from tests.cast import ALDER, BUILDER, NOW, TODAY, Member
from tests.rooms.workplace import Workplace

pytestmark = pytest.mark.django_db


def _status(work: Workplace, member: Member, key: str, on: date = TODAY, known_at: datetime | None = None) -> Status:
    loaded = loaded_of(EVERYWHERE, work.cast.alder, known_at=known_at)
    asked = next(one for one in loaded.asked.values() if one.key == key)
    return loaded.judge().verdict(str(member.engagements[ALDER]), str(asked.id), on).status


def test_a_practice_judged_from_its_ledgers_and_from_its_world_file_agree(
    work: Workplace, capsys: pytest.CaptureFixture[str]
) -> None:
    work.did(work.cast.aisha, "fire-safety", date(2025, 3, 1))
    work.did(work.cast.tomasz, "fire-safety", date(2023, 3, 1))
    work.did_later(work.cast.helen, "data-security", date(2026, 1, 10), datetime(2026, 6, 1, tzinfo=UTC))
    withdrawn = work.did(work.cast.helen, "fire-safety", date(2026, 2, 1))
    withdraw_record(by=BUILDER, at=datetime(2026, 9, 1, tzinfo=UTC), record=withdrawn, reason="Entered twice")
    record_leave(
        by=BUILDER,
        at=datetime(2026, 5, 1, tzinfo=UTC),
        engagement=work.cast.tomasz.engagement,
        eased=Eased(date(2026, 6, 1), "Parental leave", "The practice", date(2026, 9, 1)),
    )
    call_command("world", practice=ALDER)
    world = document_of(capsys.readouterr().out)

    for on in (date(2025, 2, 1), date(2025, 4, 1), date(2026, 7, 1), TODAY, date(2027, 12, 31)):
        for known_at in (None, datetime(2025, 6, 1, tzinfo=UTC), datetime(2026, 6, 1, 12, tzinfo=UTC), NOW):
            said = {"practice": ALDER, "format": "json", "as_of": on, "known_at": known_at}
            call_command("standing", **said)
            ours = json.loads(capsys.readouterr().out)

            assert ours == judge_document(world, as_of=on, known_at=known_at), (on, known_at)
            assert len(ours) > 40 or on < date(2025, 2, 2)


def test_every_adjustment_in_the_ledger_reaches_the_judge_until_it_is_withdrawn(work: Workplace) -> None:
    aisha, tomasz, helen = work.cast.aisha, work.cast.tomasz, work.cast.helen
    (fire,) = (one.id for one in requirements_of(EVERYWHERE, work.cast.alder) if one.key == "fire-safety")
    work.did(helen, "fire-safety", date(2024, 11, 1))
    eased = Eased(date(2026, 11, 1), "Away", "The practice", date(2027, 1, 1))

    before = [_status(work, one, "fire-safety") for one in (aisha, tomasz, helen)]
    made = [
        record_leave(by=BUILDER, at=NOW, engagement=aisha.engagement, eased=eased),
        record_exemption(by=BUILDER, at=NOW, engagement=tomasz.engagement, requirement=fire, eased=eased),
        record_extension(
            by=BUILDER,
            at=NOW,
            organisation=work.cast.alder,
            requirements=[fire],
            starts_on=date(2026, 10, 1),
            until_on=date(2027, 6, 30),
            reason="The supplier is closed",
            authority="The board",
        ),
    ]
    after = [_status(work, one, "fire-safety") for one in (aisha, tomasz, helen)]
    for one in made:
        withdraw_adjustment(by=BUILDER, at=NOW + timedelta(hours=1), adjustment=one, reason="Not so")

    assert before == [Status.OVERDUE, Status.OVERDUE, Status.OVERDUE]
    assert after == [Status.PAUSED, Status.NOT_NEEDED, Status.VALID]
    assert [_status(work, one, "fire-safety") for one in (aisha, tomasz, helen)] == before
    assert [_status(work, one, "fire-safety", known_at=NOW) for one in (aisha, tomasz, helen)] == after


def test_a_requirement_that_ended_is_not_needed_from_that_day_once_that_is_known(work: Workplace) -> None:
    (fire,) = (one.id for one in requirements_of(EVERYWHERE, work.cast.alder) if one.key == "fire-safety")
    retire(
        by=BUILDER,
        at=NOW,
        requirement=fire,
        ends_on=TODAY,
        reason="The landlord trains everybody",
        legal_reason="The landlord answers for it.",
    )

    aisha, days = work.cast.aisha, (TODAY - timedelta(days=1), TODAY)

    assert [_status(work, aisha, "fire-safety", on) for on in days] == [Status.OVERDUE, Status.NOT_NEEDED]
    earlier = NOW - timedelta(seconds=1)
    assert [_status(work, aisha, "fire-safety", on, earlier) for on in days] == [Status.OVERDUE, Status.OVERDUE]


def test_what_was_believed_of_the_register_is_judged_as_it_was_known(work: Workplace) -> None:
    tomasz, later = work.cast.tomasz, NOW + timedelta(hours=1)
    terms = terms_of(engagement_by_id(EVERYWHERE, tomasz.engagement))
    start = replace(terms, starts_on=TODAY)
    correct_engagement(by=BUILDER, at=later, engagement=tomasz.engagement, terms=start)

    assert _status(work, tomasz, "fire-safety", known_at=NOW) is Status.OVERDUE
    assert _status(work, tomasz, "fire-safety", known_at=later) is Status.DUE
    assert _status(work, tomasz, "fire-safety") is Status.DUE


def test_an_engagement_entered_in_error_is_judged_by_what_was_known_before_alone(work: Workplace) -> None:
    tomasz, later = work.cast.tomasz, NOW + timedelta(hours=1)
    void_engagement(by=BUILDER, at=later, engagement=tomasz.engagement, reason="Wrong practice")

    assert _status(work, tomasz, "fire-safety", known_at=NOW) is Status.OVERDUE
    assert str(tomasz.engagement) not in loaded_of(EVERYWHERE, work.cast.alder).seats
    assert str(tomasz.engagement) not in loaded_of(EVERYWHERE, work.cast.alder, known_at=later).seats


def test_a_late_entry_changes_the_past_with_hindsight_and_not_as_it_was_known(work: Workplace) -> None:
    first_time = date(2025, 2, 1) + timedelta(days=200)
    work.did_later(work.cast.aisha, "fire-safety", date(2025, 3, 1), NOW)

    assert _status(work, work.cast.aisha, "fire-safety", first_time) is Status.VALID
    assert (
        _status(work, work.cast.aisha, "fire-safety", first_time, datetime(2025, 12, 1, tzinfo=UTC)) is Status.OVERDUE
    )


def test_a_record_waits_until_a_manager_accepts_it(work: Workplace) -> None:
    work.did(work.cast.tomasz, "fire-safety", date(2026, 11, 1), by=work.cast.tomasz.viewer)

    loaded = loaded_of(work.cast.ruth.viewer.scope(Can.SEE_STANDING), work.cast.alder, on=TODAY)

    asked = next(key for key, one in loaded.asked.items() if one.key == "fire-safety")
    seat = str(work.cast.tomasz.engagements[ALDER])
    assert loaded.verdicts(TODAY)[seat, asked].status is Status.OVERDUE
    assert loaded.waiting()[seat, asked] == 1


def test_a_leaver_is_not_there_the_day_after_the_last_and_was_before(work: Workplace) -> None:
    end_engagement(by=BUILDER, at=NOW, engagement=work.cast.tomasz.engagement, ends_on=date(2026, 11, 1))
    scope = work.cast.ruth.viewer.scope(Can.SEE_STANDING)

    there = loaded_of(scope, work.cast.alder, on=date(2026, 10, 31)).seats
    gone = loaded_of(scope, work.cast.alder, on=date(2026, 11, 1)).seats

    assert str(work.cast.tomasz.engagement) in there
    assert str(work.cast.tomasz.engagement) not in gone


def test_the_number_of_queries_does_not_grow_with_people_or_practices(work: Workplace) -> None:
    for member in work.cast.everybody:
        work.did(member, "fire-safety", date(2025, 3, 1))
    counts = []
    for places in ([work.cast.cedar], [work.cast.alder], [work.cast.alder, work.cast.birch, work.cast.cedar]):
        with CaptureQueriesContext(connection) as asked:
            load(EVERYWHERE, places, on=TODAY)
        counts.append(len(asked))

    assert counts[1] == counts[2]
    assert counts[0] <= counts[1] <= 12


def test_another_practices_people_do_not_exist(work: Workplace) -> None:
    outsider = work.cast.owen.viewer.scope(Can.SEE_STANDING)

    with pytest.raises(Http404):
        loaded_of(outsider, work.cast.alder)
    with pytest.raises(Http404):
        explained(outsider, ALDER, work.cast.aisha.engagement, "fire-safety", on=TODAY)


def test_one_sees_oneself_at_every_place_and_nobody_else(work: Workplace) -> None:
    own = work.cast.mei.viewer.scope(Can.SEE_STANDING)

    found = loaded_of_person(own, work.cast.mei.person, on=TODAY)

    assert [one.organisation.code for one in found] == ["A81001", "A81002"]
    assert {seat.person for one in found for seat in one.seats.values()} == {work.cast.mei.person}
    with pytest.raises(Http404):
        explained(own, ALDER, work.cast.aisha.engagement, "fire-safety", on=TODAY)


def test_an_explanation_has_the_same_verdict_as_the_matrix(work: Workplace) -> None:
    work.did(work.cast.aisha, "fire-safety", date(2025, 3, 1))
    scope = work.cast.ruth.viewer.scope(Can.SEE_STANDING)
    loaded = loaded_of(scope, work.cast.alder, on=TODAY)

    for (engagement, requirement), verdict in loaded.verdicts(TODAY).items():
        if engagement == str(work.cast.aisha.engagement):
            key = loaded.asked[requirement].key
            assert explained(scope, ALDER, work.cast.aisha.engagement, key, on=TODAY).explanation.verdict == verdict


def test_now_and_then_read_together_are_what_each_is_read_alone(work: Workplace) -> None:
    cast, then = work.cast, TODAY - timedelta(weeks=1)
    known_at = end_of_day(then)
    before, since = known_at - timedelta(days=9), known_at + timedelta(days=2)
    work.did(cast.aisha, "fire-safety", date(2026, 3, 1))
    work.did_later(cast.tomasz, "fire-safety", date(2026, 4, 1), since)
    late = work.did_later(cast.helen, "fire-safety", date(2026, 5, 1), before, by=cast.helen.viewer)
    refused = work.did_later(cast.helen, "data-security", date(2026, 5, 1), before, by=cast.helen.viewer)
    work.did_later(cast.aisha, "data-security", date(2026, 5, 2), before, by=cast.aisha.viewer)
    wrong = work.did(cast.tomasz, "data-security", date(2026, 6, 1))
    long_gone = work.did(cast.aisha, "equality-diversity", date(2026, 6, 1))
    work.did(cast.samir, "fire-safety", date(2026, 2, 1))
    withdraw_record(by=BUILDER, at=before, record=long_gone, reason="Entered twice")
    accept_record(by=cast.ruth.viewer, at=since, record=late)
    refuse_record(by=cast.ruth.viewer, at=since, record=refused, reason="Not yours")
    withdraw_record(by=BUILDER, at=since, record=wrong, reason="Entered twice")
    end_engagement(by=BUILDER, at=since, engagement=cast.samir.engagements[ALDER], ends_on=TODAY - timedelta(days=1))
    place, scope = cast.alder, cast.ruth.viewer.scope(Can.SEE_STANDING)

    now, past = loaded_now_and_then(scope, place, on=TODAY, then=then, known_at=known_at)

    alone, past_alone = loaded_of(scope, place, on=TODAY), loaded_of(scope, place, on=then, known_at=known_at)
    assert now.verdicts(TODAY) == alone.verdicts(TODAY)
    assert past.verdicts(then) == past_alone.verdicts(then)
    assert now.waiting() == alone.waiting() != {}
    assert (now.seats, past.seats) == (alone.seats, past_alone.seats)
    seats = {str(one.engagements[ALDER]) for one in (cast.tomasz, cast.helen, cast.samir)}
    changed = {key for key in past.verdicts(then) if past.verdicts(then)[key] != now.verdicts(TODAY).get(key)}
    assert seats <= {engagement for engagement, _ in changed}


def test_now_and_then_do_not_exist_outside_the_scope(work: Workplace) -> None:
    outsider = work.cast.owen.viewer.scope(Can.SEE_STANDING)
    with pytest.raises(Http404):
        loaded_now_and_then(outsider, work.cast.alder, on=TODAY, then=TODAY, known_at=NOW)
