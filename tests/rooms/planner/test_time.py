"""What rules demand, what was given of it, and who may say and see it."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from uuid import UUID

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from preceptor.compliance.records.domain import RecordId
from preceptor.compliance.records.models import Record
from preceptor.compliance.requirements.actions import record_leave
from preceptor.compliance.requirements.domain.decisions import Eased
from preceptor.compliance.standing.queries import loaded_of
from preceptor.foundation.access import EVERYWHERE
from preceptor.foundation.actions import Refusal
from preceptor.training.planner.actions import call_off, offer_time, say_time
from preceptor.training.planner.domain.demand import Report, tally
from preceptor.training.planner.domain.times import Done
from preceptor.training.planner.models import ProtectedDate, RecordTime
from preceptor.training.planner.queries import (
    next_time,
    only,
    report_of,
    reports_beneath,
    reports_of_person,
    times_for_record,
    times_said,
)
from tests.cast import ALDER, BIRCH, BUILDER, NETWORK, Member, signed_in
from tests.rooms.skilled import follow_at, spoken_of
from tests.rooms.timed import protected, time_offered
from tests.rooms.workplace import Workplace

pytestmark = pytest.mark.django_db
FIRE = "fire-safety"
LOCK = "skill-lock-screen"


def today(work: Workplace) -> date:
    return work.now.date()


def report(work: Workplace) -> Report:
    return report_of(
        EVERYWHERE, work.cast.alder, today(work) - timedelta(days=60), today(work) + timedelta(days=1), today(work)
    )


def fire(work: Workplace, member: Member) -> tuple[int, Done | None]:
    """The minutes of fire safety demanded of somebody, and what became of them."""
    key = next(one for one, asked in loaded_of(EVERYWHERE, work.cast.alder).asked.items() if asked.key == FIRE)
    (found,) = [
        one
        for who in report(work).people
        for one in who.demands
        if one.requirement == str(key) and one.engagement == str(member.engagements[ALDER])
    ]
    return found.minutes, found.done


def test_what_is_done_counts_as_not_said_until_somebody_says(work: Workplace) -> None:
    cast, now = work.cast, work.now
    minutes, before = fire(work, cast.aisha)
    done_on = today(work) - timedelta(days=5)
    (key,) = time_offered(BUILDER, now, cast.alder, done_on)
    record = work.did(cast.aisha, FIRE, done_on)
    unsaid = fire(work, cast.aisha)

    told = []
    for done, which in ((Done.HOME, None), (Done.WORK, None), (Done.PROTECTED, key)):
        say_time(by=cast.aisha.viewer, at=now, record=record, done=done, time=which)
        told.append(fire(work, cast.aisha))

    assert minutes > 0
    assert before is None
    assert unsaid == (minutes, Done.UNSAID)
    assert told == [(minutes, Done.HOME), (minutes, Done.WORK), (minutes, Done.PROTECTED)]
    assert RecordTime.objects.count() == 3
    assert report(work).tally.given == minutes


def test_skills_demand_time_too_and_what_was_done_at_home_is_seen(work: Workplace) -> None:
    cast, now = work.cast, work.now
    follow_at(cast.alder, now)
    spoken_of(work, cast.alder, cast.aisha, cast.ruth)
    record = Record.objects.filter(person_id=cast.aisha.person, subject_id=LOCK).latest("recorded_at")

    before = next(one for one in report(work).people if one.person == str(cast.aisha.person))
    say_time(by=cast.aisha.viewer, at=now, record=RecordId(record.pk), done=Done.HOME)
    after = next(one for one in report(work).people if one.person == str(cast.aisha.person))

    assert tally(before.skills).home == 0
    assert tally(after.skills).home > 0
    assert tally(after.skills).not_done > 0
    assert (before.demands, tally(before.skills).demanded) == (after.demands, tally(after.skills).demanded)
    said = times_said(list(Record.objects.filter(subject_id=LOCK, on=record.on).values_list("pk", flat=True)))
    assert {done for done, _ in said.values()} == {Done.HOME}


def test_the_parts_add_up_for_everybody(work: Workplace) -> None:
    record = work.did(work.cast.aisha, FIRE, today(work) - timedelta(days=5))
    say_time(by=work.cast.ruth.viewer, at=work.now, record=record, done=Done.HOME)

    found = report(work).tally

    assert found.home > 0
    assert found.not_done > 0
    assert found.demanded == found.protected + found.work + found.home + found.unsaid + found.not_done


def test_a_record_that_waits_is_not_done(work: Workplace) -> None:
    work.did(work.cast.aisha, FIRE, today(work) - timedelta(days=5), by=work.cast.aisha.viewer)

    assert fire(work, work.cast.aisha)[1] is None


def test_protected_time_is_for_whoever_is_there_and_in_the_group(work: Workplace) -> None:
    cast, now = work.cast, work.now
    day = today(work) + timedelta(days=20)
    away = Eased(day - timedelta(days=3), "Other leave", "Partners’ meeting", day + timedelta(days=3))
    record_leave(by=BUILDER, at=now, engagement=cast.aisha.engagement, eased=away)
    time_offered(BUILDER, now, cast.alder, day)
    loaded = loaded_of(EVERYWHERE, cast.alder, on=today(work))
    found = next_time(EVERYWHERE, loaded, today(work))
    time_offered(BUILDER, now, cast.alder, day - timedelta(days=7), groups=("admin",))
    admin = next_time(EVERYWHERE, loaded, today(work))

    assert found is not None
    assert (found.free, found.of) == (5, 6)
    assert admin is not None
    assert (admin.time.on, admin.free) == (day - timedelta(days=7), 2)


def test_time_of_the_network_is_for_its_practices(work: Workplace) -> None:
    cast, now = work.cast, work.now
    day = today(work) + timedelta(days=10)
    time_offered(cast.nadia.viewer, now, cast.network, day)

    there = [next_time(EVERYWHERE, loaded_of(EVERYWHERE, one), today(work)) for one in (cast.alder, cast.cedar)]

    assert [bool(one) for one in there] == [True, False]
    later = day + timedelta(days=1)
    (own,) = reports_of_person(only(cast.tomasz.person), cast.tomasz.person, today(work), day, today(work), later=later)
    assert [one.on for one in own.times] == [day]


def test_a_person_sees_the_dates_their_manager_sees_and_what_does_not_count_yet(
    work: Workplace, client: Client
) -> None:
    cast, now = work.cast, work.now
    time_offered(cast.ruth.viewer, now, cast.alder, today(work) + timedelta(days=3), times=8)
    work.did(cast.aisha, FIRE, today(work) - timedelta(days=5), by=cast.aisha.viewer)
    work.did(cast.aisha, "data-security", today(work) - timedelta(days=4))

    place = signed_in(client, cast.ruth).get(reverse("planner:time", args=[ALDER])).content.decode()
    own = signed_in(client, cast.aisha).get(reverse("planner:mine")).content.decode()

    ahead = list(re.findall(r"[A-Z][a-z]+day \d+ [A-Z][a-z]+ \d{4}", place))
    assert len(dict.fromkeys(ahead)) >= 5
    assert [one for one in dict.fromkeys(ahead) if one not in own] == []
    assert own.count("waits to be accepted and does not count yet") == 2, "of one record: what is read, and its button"


def test_time_repeats_monthly_and_one_date_is_called_off(work: Workplace) -> None:
    cast, now = work.cast, work.now
    day = today(work) + timedelta(days=3)
    first, second, third = time_offered(cast.ruth.viewer, now, cast.alder, day, times=3)

    call_off(by=cast.ruth.viewer, at=now, time=first, reason="Too many away")
    found = next_time(EVERYWHERE, loaded_of(EVERYWHERE, cast.alder), today(work))

    assert found is not None
    assert found.time.id == second != third
    with pytest.raises(Refusal, match="called off already"):
        call_off(by=cast.ruth.viewer, at=now, time=first, reason="Again")
    with pytest.raises(Http404):
        call_off(by=cast.lorna.viewer, at=now, time=second, reason="Not ours")


def test_what_cannot_be_offered_is_refused(work: Workplace) -> None:
    cast, now = work.cast, work.now
    day = today(work) + timedelta(days=3)
    time_offered(cast.ruth.viewer, now, cast.alder, day)

    for changes, says in (
        ({}, "at that hour already"),
        ({"ends_at": time(13)}, "end must be after"),
        ({"covered_by": " "}, "who covers"),
        ({"groups": ("no-such",)}, "groups from the list"),
        ({"times": 99}, "from 1 to 24"),
        ({"on": day + timedelta(days=900)}, "within two years"),
    ):
        with pytest.raises(Refusal, match=says):
            offer_time(by=cast.ruth.viewer, at=now, organisation=cast.alder, new=protected(**{"on": day, **changes}))
    with pytest.raises(PermissionDenied):
        time_offered(cast.aisha.viewer, now, cast.alder, day)


def test_nobody_speaks_for_somebody_elsewhere_or_of_time_that_was_not_theirs(work: Workplace) -> None:
    cast, now = work.cast, work.now
    record = work.did(cast.aisha, FIRE, today(work) - timedelta(days=5))
    (late,) = time_offered(BUILDER, now, cast.alder, today(work) - timedelta(days=1))
    (others,) = time_offered(BUILDER, now, cast.birch, today(work) - timedelta(days=6))

    for member in (cast.tomasz, cast.lorna, cast.nadia):
        with pytest.raises(Http404):
            say_time(by=member.viewer, at=now, record=record, done=Done.WORK)
    for key in (late, others):
        with pytest.raises(Refusal, match="from the list"):
            say_time(by=cast.aisha.viewer, at=now, record=record, done=Done.PROTECTED, time=key)

    assert times_for_record(only(cast.aisha.person), cast.aisha.person, today(work) - timedelta(days=5)) == []
    assert times_said([record]) == {}


def test_figures_about_fewer_than_five_people_are_held_back(work: Workplace, client: Client) -> None:
    cast = work.cast
    first, end = today(work) - timedelta(days=60), today(work) + timedelta(days=1)
    found = {
        one.code: one.report for one in reports_beneath(EVERYWHERE, [cast.alder, cast.birch], first, end, today(work))
    }
    page = signed_in(client, cast.nadia).get(reverse("planner:across", args=[NETWORK])).content.decode()

    assert found[BIRCH] is None
    assert found[ALDER]
    assert "Held back" in page
    assert "Aisha" not in page


@pytest.mark.parametrize("table", ["training_protecteddate", "training_recordtime", "training_protecteddatecalledoff"])
def test_the_database_refuses_to_rewrite(work: Workplace, table: str) -> None:
    cast, now = work.cast, work.now
    (key,) = time_offered(BUILDER, now, cast.alder, today(work) + timedelta(days=3))
    call_off(by=BUILDER, at=now, time=key, reason="Snow")
    record = work.did(cast.aisha, FIRE, today(work) - timedelta(days=5))
    say_time(by=BUILDER, at=now, record=record, done=Done.WORK)

    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET by_name = 'x'"):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_pages_say_the_hours_and_cost_the_same_for_one_date_and_three(work: Workplace, client: Client) -> None:
    cast, now = work.cast, work.now
    record = work.did(cast.aisha, FIRE, today(work) - timedelta(days=5))
    say_time(by=cast.aisha.viewer, at=now, record=record, done=Done.HOME)
    signed_in(client, cast.ruth)
    address = reverse("planner:time", args=[ALDER])
    client.get(address)

    counts, page = [], ""
    for days, times in ((10, 1), (20, 2)):
        time_offered(cast.ruth.viewer, now, cast.alder, today(work) + timedelta(days=days), times=times)
        work.did(cast.tomasz, FIRE, today(work) - timedelta(days=days))
        with CaptureQueriesContext(connection) as queries:
            page = client.get(address).content.decode()
        counts.append(len(queries))
    table = client.get(reverse("planner:csv", args=[ALDER])).content.decode("utf-8-sig")

    assert counts[0] == counts[1]
    assert "hours our own rules demand" in page
    assert "Aisha Rahman,Practice nurse," in table
    person = client.get(reverse("planner:person", args=[ALDER, cast.aisha.person])).content.decode()
    assert "at home, in own time" in person
    assert client.get(reverse("planner:person", args=[ALDER, cast.lorna.person])).status_code == 404


def test_people_say_on_a_form_when_something_was_done(work: Workplace, client: Client) -> None:
    cast, now = work.cast, work.now
    record = RecordId(work.did(cast.tomasz, FIRE, today(work) - timedelta(days=5)))
    (key,) = time_offered(BUILDER, now, cast.alder, today(work) - timedelta(days=5))
    signed_in(client, cast.tomasz)
    address = reverse("planner:say", args=[record])

    empty = client.post(address, {"done": "protected"}).content.decode()
    kept = client.post(address, {"done": "protected", "time": str(key)})

    assert "Choose which protected time it was" in empty
    assert kept["Location"] == reverse("planner:mine")
    assert times_said([record]) == {str(record): (Done.PROTECTED, UUID(str(key)))}
    assert "in protected time" in client.get(reverse("planner:mine")).content.decode()
    assert ProtectedDate.objects.count() == 1
