"""Standing out of the ledgers: the loader and the judge against the world file, over time, and in constant queries."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.http import Http404
from django.test.utils import CaptureQueriesContext

from preceptor.compliance.records.actions import withdraw_record
from preceptor.compliance.requirements.actions import record_leave
from preceptor.compliance.requirements.domain.decisions import Eased
from preceptor.compliance.standing.domain.document import document_of
from preceptor.compliance.standing.domain.verdicts import Status
from preceptor.compliance.standing.domain.world import judge_document
from preceptor.compliance.standing.queries import explained, load, loaded_of, loaded_of_person
from preceptor.foundation.access import EVERYWHERE, Can
from preceptor.register.people.actions import end_engagement
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
