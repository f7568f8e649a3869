"""Whose records are seen, what is said of them, and what was known when."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.http import Http404
from pytest_django import DjangoAssertNumQueries

from preceptor.compliance.records.actions import accept_record, correct_record, refuse_record, withdraw_record
from preceptor.compliance.records.domain import HowKnown, KnownRecord, RecordId, RecordKind, Status
from preceptor.compliance.records.queries import (
    certificate_of,
    deciders_of,
    record_by_id,
    records_counting,
    records_known,
    records_of,
    waiting,
    waiting_count,
)
from preceptor.foundation.access import EVERYWHERE, Can, Scope
from preceptor.foundation.files import hold
from preceptor.register.people.actions import end_engagement, void_engagement
from tests.cast import ALDER, BUILDER, NOW, TODAY, Cast, Member
from tests.rooms.records.conftest import FIRE, PDF, Ledger, moment

EARLIER = replace(FIRE, on=date(2026, 11, 18))
LAST_DAY = date(2026, 6, 30)
FIRST_DAY_AWAY = LAST_DAY + timedelta(days=1)
LATER = NOW + timedelta(hours=1)


def _scope(member: Member) -> Scope:
    return member.viewer.scope(Can.SEE_RECORDS)


def _seen_by(member: Member, person: Member) -> list[RecordId]:
    return sorted(entry.id for entry in records_of(_scope(member), person.person))


def _leaves(cast: Cast, member: Member, code: str) -> None:
    end_engagement(by=BUILDER, at=moment(LAST_DAY), engagement=member.engagements[code], ends_on=FIRST_DAY_AWAY)


def _at(day: date, ledger: Ledger, member: Member, by: Member | None = None) -> RecordId:
    achievement = replace(FIRE, on=date(2026, 1, 5) + (day - LAST_DAY))
    return ledger.add(member, achievement, at=moment(day), by=by.viewer if by else BUILDER)


def test_a_practice_sees_its_people_and_people_see_themselves(cast: Cast, ledger: Ledger) -> None:
    record = ledger.add(cast.tomasz)

    assert _seen_by(cast.ruth, cast.tomasz) == [record]
    assert _seen_by(cast.tomasz, cast.tomasz) == [record]
    for other in (cast.aisha, cast.owen, cast.lorna, cast.nadia, cast.gareth):
        assert _seen_by(other, cast.tomasz) == []


def test_of_someone_who_left_a_practice_sees_what_was_recorded_up_to_the_last_day(cast: Cast, ledger: Ledger) -> None:
    before = _at(LAST_DAY - timedelta(days=40), ledger, cast.mei)
    on_the_day = _at(LAST_DAY, ledger, cast.mei)
    after = _at(LAST_DAY + timedelta(days=1), ledger, cast.mei)
    _leaves(cast, cast.mei, ALDER)

    assert _seen_by(cast.ruth, cast.mei) == sorted([before, on_the_day])
    assert _seen_by(cast.lorna, cast.mei) == sorted([before, on_the_day, after])
    assert _seen_by(cast.mei, cast.mei) == sorted([before, on_the_day, after])


def test_the_last_day_ends_at_midnight_in_london(cast: Cast, ledger: Ledger) -> None:
    last_minute = moment(LAST_DAY).replace(hour=22, minute=59)
    kept = ledger.add(cast.mei, replace(FIRE, on=LAST_DAY), at=last_minute)
    ledger.add(cast.mei, replace(FIRE, on=LAST_DAY - timedelta(days=1)), at=last_minute + timedelta(minutes=1))
    _leaves(cast, cast.mei, ALDER)

    assert _seen_by(cast.ruth, cast.mei) == [kept]


def test_what_a_practice_itself_wrote_down_later_about_a_leaver_it_sees(cast: Cast, ledger: Ledger) -> None:
    _leaves(cast, cast.mei, ALDER)
    ours = _at(LAST_DAY + timedelta(days=9), ledger, cast.mei, by=cast.ruth)
    theirs = _at(LAST_DAY + timedelta(days=10), ledger, cast.mei, by=cast.lorna)

    assert _seen_by(cast.ruth, cast.mei) == [ours]
    assert _seen_by(cast.lorna, cast.mei) == sorted([ours, theirs])


def test_an_engagement_entered_in_error_opens_nothing(cast: Cast, ledger: Ledger) -> None:
    _at(LAST_DAY, ledger, cast.mei)
    void_engagement(by=BUILDER, at=NOW, engagement=cast.mei.engagements[ALDER], reason="Another Mei Lin")

    assert _seen_by(cast.ruth, cast.mei) == []


def test_a_practice_never_learns_where_else_someone_works(cast: Cast, ledger: Ledger) -> None:
    record = ledger.add(cast.mei, replace(FIRE, note="Birch induction week"), by=cast.lorna.viewer)
    withdraw_record(by=cast.lorna.viewer, at=LATER, record=record, reason="Not her, says Birch")

    for reader, told in ((cast.ruth, False), (cast.lorna, True), (cast.mei, True), (cast.priya, True)):
        entry = record_by_id(_scope(reader), record)
        assert entry.decided is not None
        assert entry.withdrawn is not None
        said = (entry.recorded.by, entry.note, entry.decided.by, entry.withdrawn.by, entry.withdrawn.reason)
        if told:
            assert said == ("Lorna Blake", "Birch induction week", "Lorna Blake", "Lorna Blake", "Not her, says Birch")
        else:
            assert said == ("", "", "", "", "")
        assert entry.added_elsewhere is not told


def test_who_accepted_at_another_place_is_not_said(cast: Cast, ledger: Ledger) -> None:
    record = ledger.add(cast.mei)
    refuse_record(by=cast.lorna.viewer, at=LATER, record=record, reason="Ask Birch")

    here, there = (record_by_id(_scope(reader), record).decided for reader in (cast.ruth, cast.lorna))

    assert here is not None
    assert there is not None
    assert (here.by, here.reason, here.at) == ("", "", LATER)
    assert (there.by, there.reason) == ("Lorna Blake", "Ask Birch")


def test_records_come_newest_first_with_their_names(cast: Cast, ledger: Ledger) -> None:
    older = ledger.add(cast.tomasz, replace(FIRE, subject="safeguarding-adults", level=2, on=date(2026, 3, 1)))
    newer = ledger.add(cast.tomasz)

    entries = records_of(_scope(cast.ruth), cast.tomasz.person)

    assert [(one.id, one.subject_name, one.level_name, one.person_name) for one in entries] == [
        (newer, "Fire safety", "", "Tomasz Nowak"),
        (older, "Safeguarding adults", "Level 2", "Tomasz Nowak"),
    ]


def test_records_cost_the_same_for_one_and_for_three(
    cast: Cast, ledger: Ledger, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    scope = _scope(cast.ruth)
    ledger.add(cast.tomasz)
    with django_assert_num_queries(2):
        assert len(records_of(scope, cast.tomasz.person)) == 1
    with django_assert_num_queries(1):
        assert len(records_known(scope, [cast.tomasz.person])) == 1
    withdraw_record(by=cast.ruth.viewer, at=NOW, record=ledger.add(cast.tomasz, EARLIER), reason="Twice")
    ledger.add(cast.tomasz, replace(FIRE, subject="anaphylaxis"), by=cast.ruth.viewer)
    with django_assert_num_queries(2):
        assert len(records_of(scope, cast.tomasz.person)) == 3
    with django_assert_num_queries(1):
        assert len(records_known(scope, [cast.tomasz.person])) == 3
    with django_assert_num_queries(3):
        assert len(waiting(scope)) == 1


def test_the_judge_is_told_everything_that_can_change_a_verdict(cast: Cast, ledger: Ledger) -> None:
    achievement = replace(
        FIRE,
        kind=RecordKind.SESSION,
        minutes=90,
        participatory=True,
        expires_on=date(2028, 11, 19),
        title="Fire drill",
        provider="Vale Hub",
    )
    record = ledger.add(cast.tomasz, achievement)
    accept_record(by=cast.ruth.viewer, at=LATER, record=record)

    assert records_known(_scope(cast.ruth), [cast.tomasz.person, cast.aisha.person]) == [
        KnownRecord(
            id=record,
            person=cast.tomasz.person,
            subject="fire-safety",
            level=1,
            on=date(2026, 11, 19),
            kind=RecordKind.SESSION,
            minutes=90,
            participatory=True,
            expires_on=date(2028, 11, 19),
            status=Status.ACCEPTED,
            recorded_at=NOW,
            counts_from=LATER,
            withdrawn_at=None,
            how_known=HowKnown.DECLARED,
            title="Fire drill",
            provider="Vale Hub",
        )
    ]


def test_what_was_known_at_a_moment_leaves_out_what_was_said_later(cast: Cast, ledger: Ledger) -> None:
    record = ledger.add(cast.tomasz)
    accepted_at, withdrawn_at = NOW + timedelta(hours=2), NOW + timedelta(hours=4)
    accept_record(by=cast.ruth.viewer, at=accepted_at, record=record)
    withdraw_record(by=cast.ruth.viewer, at=withdrawn_at, record=record, reason="Wrong person")
    second = timedelta(seconds=1)

    def told(moment_asked: object) -> list[tuple[object, ...]]:
        found = records_known(EVERYWHERE, [cast.tomasz.person], moment_asked)  # type: ignore[arg-type] # or None
        return [(one.status, one.counts_from, one.withdrawn_at) for one in found]

    assert told(NOW - second) == []
    assert told(NOW) == told(accepted_at - second) == [(Status.PENDING, None, None)]
    assert told(accepted_at) == told(withdrawn_at - second) == [(Status.ACCEPTED, accepted_at, None)]
    assert told(withdrawn_at) == told(None) == [(Status.ACCEPTED, accepted_at, withdrawn_at)]


def test_a_refused_record_counts_from_no_moment(cast: Cast, ledger: Ledger) -> None:
    refuse_record(by=cast.ruth.viewer, at=LATER, record=ledger.add(cast.tomasz), reason="Not yours")

    assert [(one.status, one.counts_from) for one in records_known(EVERYWHERE, [cast.tomasz.person])] == [
        (Status.REFUSED, None)
    ]


def test_what_counts_now_is_told_lightly_and_the_same(cast: Cast, ledger: Ledger) -> None:
    ledger.add(cast.tomasz, replace(FIRE, minutes=30, expires_on=date(2028, 11, 19)), by=cast.ruth.viewer)
    ledger.add(cast.tomasz, EARLIER)
    earliest = replace(EARLIER, on=date(2026, 11, 17))
    withdraw_record(by=cast.ruth.viewer, at=NOW, record=ledger.add(cast.tomasz, earliest), reason="Twice")
    ledger.add(cast.owen)
    people = [cast.tomasz.person, cast.owen.person]

    found = records_counting(_scope(cast.ruth), people)

    status = {True: Status.ACCEPTED, False: Status.REFUSED, None: Status.PENDING}
    known = [one for one in records_known(_scope(cast.ruth), people) if one.withdrawn_at is None]
    assert sorted((*map(str, columns[:2]), *columns[2:-1], status[columns[-1]]) for columns in found) == sorted(
        (
            *(str(one.id), str(one.person), one.subject, one.level, one.on, one.kind),
            *(one.minutes, one.participatory, one.expires_on, one.status),
        )
        for one in known
    )
    assert len(found) == 2


def test_only_what_nobody_decided_on_waits_the_longest_first(cast: Cast, ledger: Ledger) -> None:
    late = ledger.add(cast.tomasz, at=LATER)
    early = ledger.add(cast.aisha)
    ledger.add(cast.helen, by=cast.ruth.viewer)
    elsewhere = ledger.add(cast.owen)
    refuse_record(by=cast.ruth.viewer, at=LATER, record=ledger.add(cast.tomasz, EARLIER), reason="Not yours")
    withdraw_record(by=cast.ruth.viewer, at=LATER, record=ledger.add(cast.tomasz, EARLIER), reason="Twice")
    scope = cast.ruth.viewer.scope(Can.DECIDE_RECORDS)

    assert [one.id for one in waiting(scope)] == [early, late]
    assert waiting_count(scope, cast.alder) == 2
    assert {one.id for one in waiting(EVERYWHERE)} == {early, late, elsewhere}
    assert [one.id for one in waiting(EVERYWHERE, cast.cedar)] == [elsewhere]
    assert waiting_count(scope, cast.cedar) == 0


def test_a_certificate_is_handed_to_whoever_sees_its_record(cast: Cast, ledger: Ledger) -> None:
    record = ledger.add(cast.tomasz, certificate=hold(PDF, "fire.pdf", NOW))

    assert certificate_of(_scope(cast.ruth), record).name == "fire.pdf"
    assert certificate_of(_scope(cast.tomasz), record).name == "fire.pdf"
    for other in (cast.owen, cast.aisha, cast.gareth):
        with pytest.raises(Http404):
            certificate_of(_scope(other), record)
    with pytest.raises(Http404):
        certificate_of(_scope(cast.ruth), ledger.add(cast.tomasz, EARLIER))


def test_who_decides_on_ones_records_is_said_by_name_and_never_oneself(cast: Cast) -> None:
    assert deciders_of(cast.tomasz.person, TODAY) == ["Ruth Okafor"]
    assert deciders_of(cast.mei.person, TODAY) == ["Lorna Blake", "Ruth Okafor"]
    assert deciders_of(cast.samir.person, TODAY) == ["Lorna Blake", "Nadia Hussain", "Ruth Okafor"]
    assert deciders_of(cast.ruth.person, TODAY) == []


def test_a_manager_who_left_decides_no_more(cast: Cast) -> None:
    end_engagement(by=BUILDER, at=moment(LAST_DAY), engagement=cast.ruth.engagement, ends_on=FIRST_DAY_AWAY)

    assert deciders_of(cast.tomasz.person, LAST_DAY) == ["Ruth Okafor"]
    assert deciders_of(cast.tomasz.person, LAST_DAY + timedelta(days=1)) == []


def test_a_correction_is_found_from_both_ends(cast: Cast, ledger: Ledger) -> None:
    wrong = ledger.add(cast.mei, by=cast.lorna.viewer)
    right = correct_record(
        by=cast.lorna.viewer, at=LATER, record=wrong, achievement=FIRE, how_known=HowKnown.COPY, reason="Better copy"
    )

    assert record_by_id(EVERYWHERE, wrong).corrected_by == right
    assert record_by_id(EVERYWHERE, right).corrects == wrong
    assert {one.id for one in records_of(_scope(cast.lorna), cast.mei.person)} == {wrong, right}
