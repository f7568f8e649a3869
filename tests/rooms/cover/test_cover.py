"""What is critical, who is able by the judge, what the rota leaves open, and who may see it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256
from uuid import UUID

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection, transaction
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from preceptor.compliance.requirements.actions import record_leave
from preceptor.compliance.requirements.domain.catalogue import Catalogue
from preceptor.compliance.requirements.domain.decisions import Eased
from preceptor.compliance.requirements.jobs import catalogue_in
from preceptor.compliance.standing.queries import loaded_of, with_skills
from preceptor.foundation.access import EVERYWHERE, Can
from preceptor.foundation.actions import Refusal
from preceptor.register.people.actions import add_person, end_engagement
from preceptor.register.people.domain import PersonDetails, Terms
from preceptor.training.cover.actions import change_ability, drop_ability, undo_rota, write_rota
from preceptor.training.cover.domain.abilities import Need, NeedKind, NewAbility
from preceptor.training.cover.domain.covering import AHEAD, Covering
from preceptor.training.cover.domain.rota import WEEK, NewRota, Session, monday_of, replaced_alone, rota_on
from preceptor.training.cover.models import CriticalAbility, RotaTurn, RotaVersion
from preceptor.training.cover.pages import takes_words
from preceptor.training.cover.queries import (
    abilities_at,
    counts_beneath,
    covering_of,
    covering_of_loaded,
    desk_at,
    reasons_on,
    rotas_at,
    rotas_written,
    staff_at,
    suggestions,
)
from preceptor.training.services.domain.desk import Asked
from preceptor.training.services.domain.readiness import Wanted
from preceptor.training.skills.domain import Level
from preceptor.ui.words import day
from tests.cast import ALDER, BIRCH, BUILDER, NETWORK, Member, signed_in
from tests.rooms.covered import CHAPERONE, chosen, on_all_week, turns_of
from tests.rooms.skilled import FILING, follow_at, spoken_of
from tests.rooms.workplace import Workplace

pytestmark = pytest.mark.django_db
TRAINED = (Need(NeedKind.REQUIREMENT, ("life-support-everyone", "life-support-clinical")),)


def here(work: Workplace) -> Covering:
    return covering_of(work.cast.ruth.viewer.scope(Can.SEE_PRACTICE), work.cast.alder, work.now.date())


def holders(work: Workplace, on: date | None = None) -> list[str]:
    found = here(work)
    return [one.name for one in found.holders(found.abilities[0], on or work.now.date())]


def gaps(work: Workplace) -> list[tuple[date, str]]:
    today = work.now.date()
    return [(one.day, one.session.value) for one in here(work).gaps(today, today + AHEAD)]


def away(work: Workplace, member: Member, starts_on: date) -> None:
    eased = Eased(starts_on, "Other leave", "Partners’ meeting", starts_on + WEEK)
    record_leave(by=BUILDER, at=work.now, engagement=member.engagement, eased=eased)


def test_whoever_holds_the_task_is_able_and_leave_opens_gaps_before_they_happen(work: Workplace) -> None:
    cast, now = work.cast, work.now
    chosen(cast.ruth.viewer, now, cast.alder)
    on_all_week(cast.ruth.viewer, now, cast.alder, cast.tomasz, cast.aisha)
    before = gaps(work)

    leave = monday_of(now.date()) + 3 * WEEK
    away(work, cast.tomasz, leave)

    sessions = [(leave + timedelta(days=at), part) for at in range(5) for part in ("morning", "afternoon")]
    assert holders(work) == ["Tomasz Nowak"]
    assert before == []
    assert gaps(work) == sessions


def test_a_requirement_is_judged_on_the_day(work: Workplace) -> None:
    cast, now = work.cast, work.now
    chosen(cast.ruth.viewer, now, cast.alder, needs=TRAINED)
    work.did(cast.tomasz, "resuscitation", now.date() - timedelta(days=335))
    work.did(cast.aisha, "resuscitation", now.date() - timedelta(days=20), level=2)

    later = now.date() + timedelta(days=90)
    one = here(work).abilities[0]
    near = [(each.worker.name, each.words.split(" ")[0]) for each in here(work).near[one.id]]
    reasons = reasons_on(EVERYWHERE, cast.alder, [one], later)[one]
    assert holders(work) == ["Tomasz Nowak", "Aisha Rahman"]
    assert holders(work, later) == ["Aisha Rahman"]
    assert reasons[str(cast.tomasz.engagement)].startswith("overdue since")
    assert str(cast.aisha.engagement) not in reasons
    assert [words for _, words in near] == ["overdue"] * len(near)
    assert near


def test_a_skill_counts_for_whoever_is_signed_for_it(work: Workplace) -> None:
    cast, now = work.cast, work.now
    follow_at(cast.alder, now)
    skill = Need(NeedKind.SKILL, (FILING,), 2)
    chosen(cast.ruth.viewer, now, cast.alder, needs=(skill,), during=())

    spoken = here(work)
    assert holders(work) == []
    assert spoken.near[spoken.abilities[0].id] == ()
    with pytest.raises(Refusal, match="Choose what it takes"):
        chosen(cast.ruth.viewer, now, cast.alder, title="Other", needs=(replace(skill, one_of=("no-such",)),))


def test_somebody_signed_for_is_able_also_where_facts_were_read_without_skills(work: Workplace) -> None:
    cast, now = work.cast, work.now
    follow_at(cast.alder, now)
    spoken_of(work, cast.alder, cast.aisha, cast.ruth)
    chosen(cast.ruth.viewer, now, cast.alder, needs=(Need(NeedKind.SKILL, ("lock-screen",), 2),), during=())
    today = now.date()
    without = loaded_of(EVERYWHERE, cast.alder, skills=False)
    everything = loaded_of(EVERYWHERE, cast.alder)

    assert holders(work) == ["Aisha Rahman"]
    assert covering_of_loaded(EVERYWHERE, without, today).able == here(work).able
    assert set(with_skills(EVERYWHERE, without).world.records) == set(everything.world.records)
    assert set(without.world.records) < set(everything.world.records)
    assert without.verdicts(today) == everything.verdicts(today)


def test_a_desk_is_covered_by_whoever_can_do_what_is_asked_of_their_role(work: Workplace) -> None:
    cast, today = work.cast, work.now.date()
    follow_at(cast.alder, work.now)
    spoken_of(work, cast.alder, cast.aisha, cast.ruth)
    on_all_week(cast.ruth.viewer, work.now, cast.alder, cast.aisha)
    shown, other = (Wanted(key, key, Level.CAN) for key in ("lock-screen", FILING))

    def covered(**wanted: tuple[Wanted, ...]) -> tuple[int, int]:
        roles = {role.replace("_", "-"): some for role, some in wanted.items()}
        desk = desk_at(cast.ruth.viewer, cast.alder, Asked("video", "Video", roles, (shown, other)), today)
        return (desk.covered, desk.sessions) if desk else (-1, -1)

    everything = covered(receptionist=(shown,))
    of_nurses = covered(practice_nurse=(shown,))

    assert everything == (0, of_nurses[1])
    assert of_nurses[0] == of_nurses[1] > 0
    assert desk_at(cast.nadia.viewer, cast.alder, Asked("video", "Video", {}, (shown,)), today) is None


def test_somebody_who_leaves_is_not_on_after_their_last_day(work: Workplace) -> None:
    cast, now = work.cast, work.now
    chosen(cast.ruth.viewer, now, cast.alder)
    on_all_week(cast.ruth.viewer, now, cast.alder, cast.tomasz, cast.aisha)

    end_engagement(by=BUILDER, at=now, engagement=cast.tomasz.engagement, ends_on=monday_of(now.date()) + 11 * WEEK)

    first = gaps(work)[0]
    assert first == (monday_of(now.date()) + 11 * WEEK, "morning")


def test_somebody_who_starts_on_a_wednesday_is_put_down_and_counts_from_then(work: Workplace) -> None:
    cast, now = work.cast, work.now
    monday = monday_of(now.date()) + WEEK
    chosen(cast.ruth.viewer, now, cast.alder)
    terms = Terms("receptionist", "admin", "employed", monday + timedelta(days=2))
    add_person(by=BUILDER, at=now, organisation=cast.alder, details=PersonDetails("Nia", "Adeyemi"), terms=terms)
    nia = next(one for one in staff_at(EVERYWHERE, cast.alder, monday) if one.name == "Nia Adeyemi")
    turns = {slot: frozenset({nia.engagement}) for slot in turns_of(cast.tomasz)}
    write_rota(by=cast.ruth.viewer, at=now, organisation=cast.alder, new=NewRota(monday, 1, once=False, turns=turns))

    on = {
        day: [one.name for one in here(work).on_in(monday + timedelta(days=day), Session.MORNING)] for day in range(5)
    }
    assert on == {0: [], 1: [], 2: ["Nia Adeyemi"], 3: ["Nia Adeyemi"], 4: ["Nia Adeyemi"]}
    assert "Nia Adeyemi" not in {one.name for one in staff_at(EVERYWHERE, cast.alder, monday - WEEK)}


def test_the_last_written_rota_holds_and_can_be_taken_back(work: Workplace) -> None:
    cast, now = work.cast, work.now
    first = on_all_week(cast.ruth.viewer, now, cast.alder, cast.tomasz)
    later = now + timedelta(seconds=1)
    new = NewRota(monday_of(now.date()), 1, once=True, turns=turns_of(cast.aisha))
    second = write_rota(by=cast.ruth.viewer, at=later, organisation=cast.alder, new=new)
    held = rotas_at(EVERYWHERE, [cast.alder], now.date())[cast.alder]

    with pytest.raises(Refusal, match="written last"):
        undo_rota(by=cast.ruth.viewer, at=later, organisation=cast.alder, rota=first)
    undo_rota(by=cast.ruth.viewer, at=later, organisation=cast.alder, rota=second)

    day = monday_of(now.date())
    shown = rota_on(held, day)
    assert shown is not None
    assert shown.id == second
    assert [one.id for one in rotas_at(EVERYWHERE, [cast.alder], now.date())[cast.alder]] == [first]
    assert RotaVersion.objects.count() == 2


def test_only_what_may_still_hold_is_read_and_a_week_changed_meanwhile_is_not_overwritten(work: Workplace) -> None:
    cast, now = work.cast, work.now
    monday, turns = monday_of(now.date()), turns_of(cast.tomasz)

    def written(number: int, new: NewRota, seen: str | None = None) -> UUID:
        at = now + timedelta(seconds=number)
        return write_rota(by=cast.ruth.viewer, at=at, organisation=cast.alder, new=new, seen=seen)

    alone = NewRota(monday + 2 * WEEK, 1, once=True, turns=turns)
    first = written(0, NewRota(monday - WEEK, 1, once=False, turns=turns), seen="")
    written(1, alone)
    before = rotas_at(EVERYWHERE, [cast.alder], monday)[cast.alder]
    fourth = NewRota(monday, 4, once=False, turns=turns)
    usual = written(2, replace(fourth, every=1))
    week = written(3, alone)

    assert replaced_alone(before, replace(fourth, every=2)) == [alone.starts_on]
    assert replaced_alone(before, fourth) == replaced_alone(before, replace(fourth, once=True)) == []
    assert [one.id for one in rotas_at(EVERYWHERE, [cast.alder], monday)[cast.alder]] == [week, usual]
    assert first in {one.id for one in rotas_at(EVERYWHERE, [cast.alder], monday - WEEK)[cast.alder]}
    with pytest.raises(Refusal, match="Ruth Okafor changed the rota while you typed"):
        written(4, fourth, seen=str(usual))


def test_what_cannot_be_put_down_is_refused(work: Workplace) -> None:
    cast, now = work.cast, work.now
    monday = monday_of(now.date())

    def refused(new: NewRota, says: str) -> None:
        with pytest.raises(Refusal, match=says):
            write_rota(by=cast.ruth.viewer, at=now, organisation=cast.alder, new=new)

    turns = turns_of(cast.tomasz)
    refused(NewRota(monday + timedelta(days=1), 1, once=False, turns=turns), "begins on a Monday")
    refused(NewRota(monday, 9, once=False, turns=turns), "every 1 to 8 weeks")
    refused(NewRota(monday - 60 * WEEK, 1, once=False, turns=turns), "within a year")
    refused(NewRota(monday, 1, once=False, turns=turns_of(cast.lorna, code=BIRCH)), "does not work here")


def test_what_is_critical_ends_with_a_reason_and_stays_to_be_read(work: Workplace) -> None:
    cast, now = work.cast, work.now
    key = chosen(cast.ruth.viewer, now, cast.alder)

    with pytest.raises(Refusal, match="of that name already"):
        chosen(cast.ruth.viewer, now, cast.alder)
    with pytest.raises(Refusal, match="Only a practice"):
        chosen(cast.nadia.viewer, now, cast.network)
    drop_ability(
        by=cast.ruth.viewer,
        at=now,
        organisation=cast.alder,
        ability=key,
        ends_on=now.date() + WEEK,
        reason="The nurses do it now",
    )
    chosen(cast.ruth.viewer, now, cast.alder, starts_on=now.date() + 2 * WEEK)

    found = abilities_at(EVERYWHERE, [cast.alder])[cast.alder]
    assert [(one.starts_on, one.ends_on) for one in found] == [
        (now.date(), now.date() + WEEK),
        (now.date() + 2 * WEEK, None),
    ]


def test_what_is_critical_changes_from_a_day_on_and_before_it_counts_as_it_did(work: Workplace) -> None:
    cast, now = work.cast, work.now
    today, ruth = now.date(), cast.ruth.viewer
    key = chosen(ruth, now, cast.alder)
    was = abilities_at(EVERYWHERE, [cast.alder])[cast.alder][0]

    def changed(number: int, key: UUID, starts_on: date, least: int = 1, title: str = was.title) -> UUID:
        new = NewAbility(title, was.needs, was.during, least, was.reason, starts_on)
        at = now + timedelta(seconds=number)
        return change_ability(by=ruth, at=at, organisation=cast.alder, ability=key, new=new)

    with pytest.raises(Refusal, match="Nothing would change"):
        changed(1, key, today + WEEK)
    later = changed(2, key, today + WEEK, least=2)
    corrected = changed(3, later, today + WEEK, title="Two of them", least=2)

    found = abilities_at(EVERYWHERE, [cast.alder])[cast.alder]
    assert corrected == later != key
    assert {(one.title, one.least, one.starts_on, one.ends_on, one.why_ended) for one in found} == {
        (was.title, was.least, today, today + WEEK, "Changed"),
        ("Two of them", 2, today + WEEK, None, ""),
    }
    with pytest.raises(Refusal, match="not counted as critical any more"):
        changed(4, key, today, least=3)
    assert CriticalAbility.objects.count() == 4


@pytest.mark.parametrize("table", ["training_criticalability", "training_rotaversion", "training_rotaturn"])
def test_the_database_refuses_to_rewrite(work: Workplace, table: str) -> None:
    cast, now = work.cast, work.now
    chosen(cast.ruth.viewer, now, cast.alder)
    on_all_week(cast.ruth.viewer, now, cast.alder, cast.tomasz)

    for statement in (f"DELETE FROM {table}", f"UPDATE {table} SET id = id"):
        with pytest.raises(DatabaseError, match="refused"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)

    assert CriticalAbility.objects.count() == 1
    assert RotaTurn.objects.count() == 10


def test_suggestions_name_what_is_in_the_catalogue() -> None:
    catalogue: Catalogue = catalogue_in()
    known = {
        NeedKind.REQUIREMENT: {one.key for one in catalogue.requirements},
        NeedKind.TASK: {one.key for one in catalogue.tasks},
    }
    sources = {one.key for one in catalogue.sources}

    for one in suggestions():
        assert one.source in sources, one.key
        for need in one.needs:
            assert need.kind is NeedKind.SKILL or set(need.one_of) <= known[need.kind], one.key
    assert len({one.title for one in suggestions()}) == len(suggestions()) > 5


def test_what_an_ability_takes_is_said_by_name_and_that_nobody_here_is_asked_for_it() -> None:
    needs = [(NeedKind.REQUIREMENT, ("clinical", "everyone"), 0), (NeedKind.SKILL, ("redact",), 2)]
    national = {"clinical": "Life support", "everyone": "First aid", "redact": "Redact a letter"}

    assert takes_words(needs, {"everyone": "First aid here"}, national) == [
        "In date for First aid here",
        "Signed for Redact a letter (not asked of anybody here yet)",
    ]


def test_a_lead_sees_counts_of_five_people_or_more(work: Workplace, client: Client) -> None:
    cast, now = work.cast, work.now
    chosen(cast.ruth.viewer, now, cast.alder)
    on_all_week(cast.ruth.viewer, now, cast.alder, cast.aisha)

    counts_beneath(EVERYWHERE, [cast.alder], now.date())
    with CaptureQueriesContext(connection) as one_place:
        counts_beneath(EVERYWHERE, [cast.alder], now.date())
    with CaptureQueriesContext(connection) as both:
        rows = {one.code: one for one in counts_beneath(EVERYWHERE, [cast.alder, cast.birch], now.date())}
    page = signed_in(client, cast.nadia).get(reverse("cover:across", args=[NETWORK])).content.decode()

    assert (rows[ALDER].abilities, rows[ALDER].only_one, rows[ALDER].nobody) == (1, 1, 0)
    assert rows[ALDER].gaps
    assert rows[BIRCH].abilities is None
    assert len(both) == len(one_place)
    assert "Held back" in page
    assert "Tomasz" not in page


def test_the_page_costs_the_same_for_one_ability_and_for_three(work: Workplace, client: Client) -> None:
    cast, now = work.cast, work.now
    chosen(cast.ruth.viewer, now, cast.alder)
    on_all_week(cast.ruth.viewer, now, cast.alder, cast.tomasz)
    signed_in(client, cast.ruth)
    address = reverse("cover:cover", args=[ALDER])
    client.get(address)

    counts = []
    for title in ("Second", "Third"):
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        counts.append(len(queries))
        chosen(cast.ruth.viewer, now, cast.alder, title=title, needs=TRAINED)
        on_all_week(cast.ruth.viewer, now, cast.alder, cast.tomasz, cast.aisha, cast.helen)

    assert counts[0] == counts[1]


def test_who_is_away_today_is_not_counted_as_here_and_what_would_be_missing_is_named(
    work: Workplace, client: Client
) -> None:
    cast, now, today = work.cast, work.now, work.now.date()
    chosen(cast.ruth.viewer, now, cast.alder, needs=(Need(NeedKind.TASK, ("chaperone", "vaccinator")),))
    on_all_week(cast.ruth.viewer, now, cast.alder, cast.aisha, cast.tomasz)
    path = reverse("cover:cover", args=[ALDER])
    both = signed_in(client, cast.ruth).get(path).content.decode()

    away(work, cast.tomasz, today)

    page, csv = (client.get(one).content.decode() for one in (path, reverse("cover:csv", args=[ALDER])))
    without = client.get(path, {"away": str(cast.aisha.person)}).content.decode()
    spared = client.get(path, {"away": str(cast.helen.person)}).content.decode()
    told = f"{cast.tomasz.name} (away until {day(today + WEEK - timedelta(days=1))})"
    assert 'data-label="Now">2</td>' in both
    assert 'data-label="Now">1</td>' in page
    assert (told in both, told in page, told in csv) == (False, True, True)
    assert "would have too few people who are able:" in without
    assert without.count("Nobody able in") == 1
    assert "No more sessions until" in spared


def test_sessions_that_are_not_checked_are_named_before_and_after_a_file_is_put_down(
    work: Workplace, client: Client
) -> None:
    cast, now = work.cast, work.now
    monday, cover = monday_of(now.date()), reverse("cover:cover", args=[ALDER])
    chosen(cast.ruth.viewer, now, cast.alder)
    on_all_week(cast.ruth.viewer, now - timedelta(minutes=1), cast.alder, cast.tomasz)
    whole = signed_in(client, cast.ruth).get(cover).content.decode()
    given = {"starts_on_day": monday.day, "starts_on_month": monday.month, "starts_on_year": monday.year, "how": "1"}
    file = SimpleUploadedFile("rota.csv", b"name,monday morning,monday evening\nTomasz Nowak,yes,yes\n")

    check = client.post(reverse("cover:import", args=[ALDER]), {**given, "file": file})
    asked = client.get(check["Location"]).content.decode()
    who = cast.tomasz.engagement
    digest = sha256(f"0 evening {who}\n0 morning {who}".encode()).hexdigest()
    client.post(check["Location"], {"agreed": digest})

    after = client.get(cover).content.decode()
    friday = reverse("cover:session", args=[ALDER, (monday + timedelta(days=4)).isoformat(), "morning"])
    assert "counts as closed" not in whole
    assert "Nobody is put down for Monday afternoon, Tuesday morning," in asked
    assert "Nobody is put down for Monday afternoon, all of Tuesday, all of Wednesday" in after
    assert "This session is never on the rota" in client.get(friday).content.decode()


def test_a_session_says_who_was_on_and_why_the_others_do_not_count(work: Workplace, client: Client) -> None:
    cast, now = work.cast, work.now
    chosen(cast.ruth.viewer, now, cast.alder)
    on_all_week(cast.ruth.viewer, now, cast.alder, cast.tomasz, cast.aisha)
    monday = monday_of(now.date()) + WEEK
    away(work, cast.tomasz, monday)
    signed_in(client, cast.ruth)

    page = client.get(reverse("cover:session", args=[ALDER, monday.isoformat(), "morning"])).content.decode()
    table = client.get(reverse("cover:csv", args=[ALDER])).content.decode("utf-8-sig")
    main = client.get(reverse("cover:cover", args=[ALDER]), {"away": str(cast.tomasz.person)}).content.decode()

    assert "does not hold the task Chaperone" in page
    assert "Tomasz Nowak: on leave" in page
    assert f"{monday.isoformat()},morning,Chaperone,0,1,Aisha Rahman" in table
    assert "Only Tomasz Nowak" in main
    assert "nobody would be left for chaperone" in main
    for wrong in ("2026-13-01", "1800-01-01", "x"):
        assert client.get(reverse("cover:session", args=[ALDER, wrong, "morning"])).status_code == 404


def test_a_file_is_checked_before_it_is_put_down(work: Workplace, client: Client) -> None:
    cast, now = work.cast, work.now
    monday = monday_of(now.date())
    signed_in(client, cast.ruth)
    starts = {"starts_on_day": monday.day, "starts_on_month": monday.month, "starts_on_year": monday.year, "how": "1"}

    def brought(content: bytes) -> str:
        file = SimpleUploadedFile("rota.csv", content)
        answer = client.post(reverse("cover:import", args=[ALDER]), {**starts, "file": file})
        assert answer.status_code == 302
        return str(answer["Location"])

    wrong = client.get(brought(b"name,monday morning\nNobody Known,yes\n")).content.decode()
    right = brought(b"name,monday morning\nTomasz Nowak,yes\n")
    before = RotaVersion.objects.count()
    page = client.get(right).content.decode()
    digest = sha256(f"0 morning {cast.tomasz.engagement}".encode()).hexdigest()
    token = right.partition("file=")[2]
    stale = client.post(right, {"agreed": "0"})
    done = client.post(right, {"agreed": digest})

    assert "Nobody called “Nobody Known” works here" in wrong
    assert "Tomasz Nowak" in page
    assert before == 0
    assert token
    assert "Something changed since you looked" in stale.content.decode()
    assert done.status_code == 302
    rota = rotas_at(EVERYWHERE, [cast.alder], now.date())[cast.alder][0]
    assert rota.source == "rota.csv"
    assert {slot.session for slot in rota.turns} == {Session.MORNING}


def test_outside_the_scope_there_is_nothing(work: Workplace) -> None:
    cast, now = work.cast, work.now
    chosen(cast.ruth.viewer, now, cast.alder)
    on_all_week(cast.ruth.viewer, now, cast.alder, cast.tomasz)
    scope = cast.lorna.viewer.scope(Can.SEE_PRACTICE)

    with pytest.raises(Http404):
        covering_of(scope, cast.alder, now.date())
    with pytest.raises(Http404):
        chosen(cast.lorna.viewer, now, cast.alder, needs=CHAPERONE, title="Other")
    assert abilities_at(scope, [cast.alder]) == {}
    assert rotas_at(scope, [cast.alder], now.date()) == {}
    assert rotas_written(scope, cast.alder, 6) == []
    assert counts_beneath(scope, [cast.alder], now.date()) == []
