"""An induction begins, is shown, read and learned, waits for the right people, and is signed by somebody else."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from preceptor.compliance.records.models import Record
from preceptor.compliance.standing.domain.verdicts import Status
from preceptor.compliance.standing.queries import loaded_of
from preceptor.foundation.access import Can, Scope, system_account
from preceptor.foundation.actions import Refusal
from preceptor.foundation.dates import london_date
from preceptor.foundation.gates import acting
from preceptor.register.people.actions import add_engagement
from preceptor.register.people.domain import Terms
from preceptor.training.inductions.actions import (
    accept,
    accept_by_link,
    end_link,
    help_done,
    make_link,
    own_done,
    plan_induction,
    set_aside,
    sign_off,
    start_induction,
    stop_induction,
    tick_off,
    undo,
)
from preceptor.training.inductions.domain import Plan, State, TextId
from preceptor.training.inductions.domain.course import InductionId
from preceptor.training.inductions.domain.signing import digest_of, listed, seal_of
from preceptor.training.inductions.models import Induction, InductionEnd, InductionStep, InductionText
from preceptor.training.inductions.queries import (
    course_by_token,
    course_of,
    courses_at,
    courses_helped,
    ended_at,
    own_course,
    own_courses,
    programme_at,
    suggested_at,
    tasks_waiting,
)
from preceptor.ui.words import day, full_day
from tests.cast import ALDER, BUILDER, Member, signed_in
from tests.rooms.inducted import LINK, Inducted, write_different
from tests.rooms.skilled import follow

pytestmark = pytest.mark.django_db


def left(inducted: Inducted, induction: InductionId) -> list[str]:
    return [one.item.key for one in inducted.course(induction).left]


def signs(inducted: Inducted, induction: InductionId, by: Member | None = None, seal: str = "") -> None:
    sign_off(
        by=(by or inducted.cast.ruth).viewer,
        at=inducted.now,
        organisation=inducted.cast.alder,
        induction=induction,
        statement="Settled in well",
        seal=seal or seal_of(inducted.course(induction)),
    )


def trained(inducted: Inducted, member: Member) -> None:
    """Everything the programme for receptionists asks is in date since before the first day."""
    subjects = ("data-security", "fire-safety", "safeguarding-adults", "safeguarding-children", "safeguarding")
    for subject in (*subjects, "resuscitation", "infection-prevention", "equality-diversity", "additional-needs"):
        inducted.work.did(member, subject, inducted.today - timedelta(days=20), level=1)


def test_a_receptionists_induction_waits_for_the_right_people_in_turn(inducted: Inducted) -> None:
    tomasz = inducted.cast.tomasz

    course = inducted.course(inducted.begins(tomasz))

    waiting = {one.item.key: one.item.who.value for one in course.left}
    assert list(waiting)[:4] == ["smartcard", "confidentiality", "data-security-induction", "room"]
    assert (waiting["smartcard"], waiting["room"], waiting["sign-off"]) == ("it", "buddy", "manager")
    assert course.next is not None
    assert (course.next.item.key, course.done, course.begun.name) == ("smartcard", 0, "Tomasz Nowak")


def test_what_is_shown_names_who_showed_it_and_writes_a_record_where_it_is_one(inducted: Inducted) -> None:
    tomasz = inducted.cast.tomasz
    induction = inducted.begins(tomasz)

    inducted.ticks(induction, "data-security-induction")
    inducted.ticks(induction, "room")

    entry = inducted.course(induction).entry("room")
    assert entry is not None
    assert entry.step is not None
    assert (entry.state, entry.step.shown_by) == (State.DONE, "Karen Doyle")
    written = Record.objects.filter(person_id=tomasz.person).values_list("subject_id", "on")
    assert set(written) == {("data-security-induction", inducted.today)}


def test_training_is_ticked_from_the_own_record_by_the_judge(inducted: Inducted) -> None:
    tomasz = inducted.cast.tomasz
    induction = inducted.begins(tomasz)
    inducted.work.did(tomasz, "fire-safety", inducted.today - timedelta(days=40))
    before = inducted.course(induction)

    inducted.work.did(tomasz, "data-security", inducted.today)

    after = inducted.course(induction)
    states = {one.item.key: one.state for one in after.entries}
    assert (states["fire"], states["data-security"]) == (State.BEFORE, State.DONE)
    assert (after.done, after.of) == (before.done + 1, before.of)


def test_a_new_version_of_a_text_asks_again_and_the_old_one_is_refused(inducted: Inducted, client: Client) -> None:
    tomasz = inducted.cast.tomasz
    induction = inducted.begins(tomasz)
    inducted.reads(tomasz, induction, "different")
    old = InductionText.objects.get(owner=inducted.cast.alder, key="different")
    assert "different" not in left(inducted, induction)

    write_different(inducted.cast.alder, inducted.now, seen=1, line="Repeats are signed at 4pm.")

    assert "different" in left(inducted, induction)
    asked = inducted.course(induction).entry("different")
    assert asked is not None
    assert asked.verdict is not None
    assert asked.verdict.status is Status.DUE
    assert asked.older_on == london_date(inducted.now)
    page = signed_in(client, tomasz).get(reverse("inductions:own", args=[induction])).content.decode()
    assert page.count("An older version was accepted on") == 1
    with pytest.raises(Refusal, match="newer version"):
        accept(by=tomasz.viewer, at=inducted.now, induction=induction, item="different", text=TextId(old.pk))
    inducted.reads(tomasz, induction, "different")
    assert "different" not in left(inducted, induction)
    assert "An older version" not in client.get(reverse("inductions:own", args=[induction])).content.decode()


def test_who_comes_back_does_only_what_has_changed(inducted: Inducted, client: Client) -> None:
    tomasz = inducted.cast.tomasz
    first = inducted.begins(tomasz, days_ago=30)
    inducted.finishes(tomasz, first)
    stop_induction(
        by=inducted.cast.ruth.viewer,
        at=inducted.now,
        organisation=inducted.cast.alder,
        induction=first,
        reason="She went on leave",
    )
    write_different(inducted.cast.alder, inducted.now, seen=1, line="Repeats are signed at 4pm.")
    signed_in(client, inducted.cast.ruth)
    text = client.get(reverse("inductions:text", args=[ALDER, "different"])).content.decode()
    start = client.get(reverse("inductions:start", args=[ALDER, tomasz.engagement])).content.decode()

    assert "accepted an older version and not this one: Tomasz Nowak" in text
    assert re.search(r'value="back"[^>]*checked', start)
    again = inducted.course(inducted.begins(tomasz, why="back", days_ago=0))

    by_hand = {one.item.key for one in again.left if one.item.kind in {"shown", "read", "skills"}}
    assert by_hand == {"different"}
    different = again.entry("different")
    assert different is not None
    assert different.older_on is not None
    assert {one.item.key: one.state for one in again.entries}["room"] is State.BEFORE
    assert again.had >= 8


def test_one_is_signed_off_when_all_is_done_and_the_record_follows(inducted: Inducted) -> None:
    tomasz = inducted.cast.tomasz
    trained(inducted, tomasz)
    induction = inducted.begins(tomasz)
    with pytest.raises(
        Refusal, match=r"15 things are left before it can be signed off: Log-in and smartcard work; .*; and 12 more$"
    ):
        signs(inducted, induction)
    inducted.finishes(tomasz, induction)
    assert inducted.course(induction).is_ready
    looked_at = seal_of(inducted.course(induction))
    given: dict[str, Any] = {"by": inducted.cast.ruth.viewer, "at": inducted.now, "organisation": inducted.cast.alder}
    undo(**given, induction=induction, item="room", reason="The wrong day")
    set_aside(**given, induction=induction, item="room", reason="She knows the building")
    with pytest.raises(Refusal, match="changed while you looked"):
        signs(inducted, induction, seal=looked_at)
    undo(**given, induction=induction, item="room", reason="She does not")
    inducted.ticks(induction, "room")
    seen = listed(inducted.course(induction))

    signs(inducted, induction)

    end = InductionEnd.objects.get(pk=induction)
    assert "Room, panic button, fire exits: done" in end.content
    assert f"Room, panic button, fire exits: done, {day(inducted.today)}, Karen Doyle" in seen
    assert [one for one in seen if one.startswith("Three things we do differently here, version 1: done")]
    assert end.sha256 == digest_of(end.content)
    assert Record.objects.filter(person_id=tomasz.person, subject_id="practice-induction").exists()
    scope = inducted.cast.ruth.viewer.scope(Can.SEE_INDUCTIONS)
    assert courses_at(scope, inducted.cast.alder, inducted.today) == []
    assert [one.name for one in ended_at(scope, inducted.cast.alder)] == ["Tomasz Nowak"]
    assert inducted.course(induction).left == ()


def test_it_is_not_signed_off_while_something_is_open_and_the_page_says_what(
    inducted: Inducted, client: Client
) -> None:
    tomasz = inducted.cast.tomasz
    induction = inducted.begins(tomasz)
    inducted.finishes(tomasz, induction)
    signed_in(client, inducted.cast.ruth)

    told = client.get(reverse("inductions:sign-off", args=[ALDER, induction]), follow=True).text

    assert told.count("left before it can be signed off: ") == 2, "as a remark, and where the button would be"
    assert "Training cannot be left out here" in told
    assert reverse("standing:why", args=[ALDER, tomasz.engagement, "fire-safety"]) in told
    assert "Sign off</a>" not in told


def test_skills_that_are_asked_are_signed_for_and_not_ticked_off(inducted: Inducted, client: Client) -> None:
    ruth, aisha, tomasz = inducted.cast.ruth, inducted.cast.aisha, inducted.cast.tomasz
    induction = inducted.begins(tomasz)
    by_hand = tasks_waiting(aisha.viewer.scope(Can.HELP_INDUCTIONS), aisha.person, inducted.today)
    follow(inducted.work)
    entry = inducted.course(induction).entry("desk-skills")
    assert entry is not None
    assert "Lock the screen" in "; ".join(entry.skills_left)
    waiting = tasks_waiting(aisha.viewer.scope(Can.HELP_INDUCTIONS), aisha.person, inducted.today)

    with pytest.raises(Refusal, match="For an assessor to sign: "):
        inducted.ticks(induction, "desk-skills")
    with pytest.raises(Refusal, match="For an assessor to sign: "):
        help_done(by=aisha.viewer, at=inducted.now, induction=induction, item="desk-skills", on=inducted.today)
    signed_in(client, ruth)
    page = client.get(reverse("inductions:item", args=[ALDER, induction, "desk-skills"])).text
    board = client.get(reverse("inductions:course", args=[ALDER, induction])).text
    signed_in(client, aisha)
    helped = client.get(reverse("inductions:help", args=[induction, "desk-skills"])).status_code
    set_aside(
        by=ruth.viewer,
        at=inducted.now,
        organisation=inducted.cast.alder,
        induction=induction,
        item="desk-skills",
        reason="Karen signs next week",
    )

    assert "It was shown or done" not in page
    assert "It is done when these are. For an assessor to sign: " in page
    assert "Why is it left out?" in page
    assert reverse("skills:person", args=[ALDER, tomasz.person]) in board
    assert (helped, waiting) == (404, by_hand - 1)
    (said,) = (one for one in listed(inducted.course(induction)) if one.startswith("The appointment book"))
    assert "set aside, not shown: " in said
    assert said.endswith("Karen signs next week")


def test_a_text_behind_a_link_that_stopped_says_so(inducted: Inducted, client: Client) -> None:
    induction = inducted.begins(inducted.cast.tomasz)
    given: dict[str, Any] = {"by": inducted.cast.ruth.viewer, "at": inducted.now, "organisation": inducted.cast.alder}
    make_link(**given, induction=induction, link_sha256=sha256(LINK.encode()).hexdigest())
    page = reverse("inductions:pack-read", args=[LINK, "different"])
    before = client.get(page).status_code
    end_link(**given, induction=induction)

    gone = client.get(page)

    assert (before, gone.status_code) == (200, 404)
    assert "This link does not work any more" in gone.text


def test_an_induction_begins_for_who_starts_later_and_its_days_are_days_of_theirs(
    inducted: Inducted, client: Client
) -> None:
    alder, now, today = inducted.cast.alder, inducted.now, inducted.today
    starts_on, ends_on = today + timedelta(days=9), today + timedelta(days=20)
    later = add_engagement(
        by=inducted.cast.ruth.viewer,
        at=now,
        organisation=alder,
        person=inducted.cast.tomasz.person,
        terms=Terms("care-coordinator", "dpc", "employed", starts_on, ends_on),
    )
    signed_in(client, inducted.cast.ruth)

    page = client.get(reverse("inductions:begin", args=[ALDER])).text

    assert reverse("inductions:start", args=[ALDER, later]) in page
    assert f"from {full_day(starts_on)}" in page
    with pytest.raises(Refusal, match="They work here no more on this day"):
        start_induction(
            by=inducted.cast.ruth.viewer,
            at=now,
            organisation=alder,
            engagement=later,
            programme=programme_at(Scope(frozenset({alder})), alder, "receptionist").id,
            first_on=starts_on,
            why="starts",
            plan=Plan(session_on=ends_on),
        )
    assert not Induction.objects.filter(engagement_id=later).exists()


def test_nobody_runs_or_signs_their_own_induction(inducted: Inducted) -> None:
    ruth, alder, at = inducted.cast.ruth, inducted.cast.alder, inducted.now
    induction = inducted.begins(ruth, programme="manager")

    acts: tuple[Callable[[], None], ...] = (
        lambda: signs(inducted, induction),
        lambda: inducted.ticks(induction, "safeguarding"),
        lambda: set_aside(by=ruth.viewer, at=at, organisation=alder, induction=induction, item="room", reason="Known"),
        lambda: stop_induction(by=ruth.viewer, at=at, organisation=alder, induction=induction, reason="Enough"),
    )
    for act in acts:
        with pytest.raises(Refusal, match="their own induction"):
            act()


def test_the_database_refuses_a_signature_for_oneself_and_any_change(inducted: Inducted) -> None:
    tomasz = inducted.cast.tomasz
    induction = inducted.begins(tomasz)
    inducted.ticks(induction, "room")
    given: dict[str, Any] = {"on": inducted.today, "at": inducted.now, "by_name": "Tomasz", "statement": "Fine"}
    text = {"content": "All of it", "sha256": digest_of("All of it")}

    def refused(error: type[Exception], act: Callable[[], object]) -> None:
        with pytest.raises(error), transaction.atomic(), acting():
            act()

    row = {"induction_id": induction, "person_id": tomasz.person, "ending": "signed", **given, **text}
    refused(IntegrityError, lambda: InductionEnd.objects.create(**row, signer_id=tomasz.person))
    refused(IntegrityError, lambda: InductionEnd.objects.create(**row))
    helen = inducted.cast.helen.person
    refused(IntegrityError, lambda: InductionEnd.objects.create(**row | {"person_id": helen}, signer_id=tomasz.person))
    refused(IntegrityError, lambda: InductionEnd.objects.create(**row | {"sha256": "0" * 64}, signer_id=helen))
    refused(DatabaseError, lambda: InductionStep.objects.update(item="other"))
    refused(DatabaseError, lambda: Induction.objects.filter(pk=induction).delete())
    refused(DatabaseError, lambda: InductionText.objects.update(content="other"))


def test_the_buddy_and_it_see_their_own_tasks_and_nothing_else(inducted: Inducted) -> None:
    aisha, helen, tomasz = inducted.cast.aisha, inducted.cast.helen, inducted.cast.tomasz
    induction = inducted.begins(tomasz)
    at, today = inducted.now, inducted.today
    (helped,) = courses_helped(helen.viewer.scope(Can.HELP_INDUCTIONS), helen.person, today)

    assert [one.item.key for one in helped.tasks_of(helen.person)] == ["smartcard"]
    help_done(by=helen.viewer, at=at, induction=induction, item="smartcard", on=today)
    with pytest.raises(Refusal, match="not one of your tasks"):
        help_done(by=helen.viewer, at=at, induction=induction, item="room", on=today)
    with pytest.raises(Refusal, match="do not help"):
        help_done(by=inducted.cast.mei.viewer, at=at, induction=induction, item="room", on=today)
    help_done(by=aisha.viewer, at=at, induction=induction, item="room", on=today, note="Also the car park")

    done = {one.item.key: one.step.by_name for one in inducted.course(induction).entries if one.step}
    assert done == {"smartcard": "Dr Helen Marsh", "room": "Aisha Rahman"}
    assert tasks_waiting(helen.viewer.scope(Can.HELP_INDUCTIONS), helen.person, today) == 0


def test_a_new_person_ticks_off_their_own_and_nobody_elses(inducted: Inducted) -> None:
    tomasz, at, today = inducted.cast.tomasz, inducted.now, inducted.today
    induction = inducted.begins(tomasz)

    own_done(by=tomasz.viewer, at=at, induction=induction, item="policies", on=today, shown_by="")
    with pytest.raises(Refusal, match="Whoever shows you this"):
        own_done(by=tomasz.viewer, at=at, induction=induction, item="room", on=today, shown_by="Nobody")
    with pytest.raises(Http404):
        own_done(by=inducted.cast.aisha.viewer, at=at, induction=induction, item="policies", on=today, shown_by="")

    assert "policies" not in left(inducted, induction)
    assert own_courses(inducted.cast.aisha.person, today) == []
    with pytest.raises(Http404):
        own_course(inducted.cast.aisha.person, induction, today)


def test_something_is_left_out_with_a_reason_but_never_data_security(inducted: Inducted) -> None:
    ruth, alder, at = inducted.cast.ruth.viewer, inducted.cast.alder, inducted.now
    induction = inducted.begins(inducted.cast.tomasz)
    before = inducted.course(induction).of

    set_aside(by=ruth, at=at, organisation=alder, induction=induction, item="callers", reason="Did it for years")
    for item in ("data-security-induction", "data-security", "sign-off"):
        with pytest.raises(Refusal):
            set_aside(by=ruth, at=at, organisation=alder, induction=induction, item=item, reason="No time")

    assert inducted.course(induction).of == before - 1


def test_a_tick_is_taken_back_with_its_record_and_stays_in_the_history(inducted: Inducted) -> None:
    tomasz = inducted.cast.tomasz
    induction = inducted.begins(tomasz)
    inducted.ticks(induction, "data-security-induction")

    undo(
        by=inducted.cast.ruth.viewer,
        at=inducted.now,
        organisation=inducted.cast.alder,
        induction=induction,
        item="data-security-induction",
        reason="That was somebody else",
    )

    assert "data-security-induction" in left(inducted, induction)
    assert Record.objects.get(person_id=tomasz.person).withdrawal is not None
    assert InductionStep.objects.filter(induction=induction).count() == 2
    inducted.ticks(induction, "data-security-induction")
    assert "data-security-induction" not in left(inducted, induction)


def test_what_is_impossible_is_refused_in_words(inducted: Inducted) -> None:
    ruth, alder = inducted.cast.ruth.viewer, inducted.cast.alder
    tomasz, today = inducted.cast.tomasz, inducted.today
    induction = inducted.begins(tomasz)
    at = inducted.now
    ticking: dict[str, Any] = {"by": ruth, "at": at, "organisation": alder, "induction": induction}
    tomorrow = today + timedelta(days=1)

    for match, act in (
        ("already", lambda: inducted.begins(tomasz)),
        ("today or in the past", lambda: tick_off(**ticking, item="room", on=tomorrow, shown_by="Karen")),
        ("Say who", lambda: tick_off(**ticking, item="room", on=today, shown_by=" ")),
        ("by hand", lambda: tick_off(**ticking, item="fire", on=today, shown_by="Karen")),
        ("by hand", lambda: tick_off(**ticking, item="sign-off", on=today, shown_by="Karen")),
        ("nothing to take back", lambda: undo(**ticking, item="room", reason="Wrong")),
        ("to themselves", lambda: plan_induction(**ticking, plan=Plan(buddy=tomasz.person))),
        ("works here", lambda: plan_induction(**ticking, plan=Plan(it=inducted.cast.owen.person))),
        ("after the first session", lambda: plan_induction(**ticking, plan=Plan(log_in_on=tomorrow, session_on=today))),
    ):
        with pytest.raises(Refusal, match=match):
            act()


def test_a_link_opens_first_needs_takes_an_acceptance_and_dies(inducted: Inducted, client: Client) -> None:
    tomasz, at = inducted.cast.tomasz, inducted.now
    induction = inducted.begins(tomasz, days_ago=-3)
    ruth, alder = inducted.cast.ruth.viewer, inducted.cast.alder
    digest = sha256(LINK.encode()).hexdigest()
    make_link(by=ruth, at=at, organisation=alder, induction=induction, link_sha256=digest)

    shown = client.get(reverse("inductions:pack", args=[LINK])).content.decode()
    read = client.get(reverse("inductions:pack-read", args=[LINK, "different"])).content.decode()
    text = InductionText.objects.get(owner=alder, key="different")
    accepted = client.post(reverse("inductions:pack-read", args=[LINK, "different"]), {"text": str(text.pk)})

    assert "Redact before you file." in shown
    assert "Room, panic button, fire exits" in shown
    assert not any(words in shown for words in ("Fire safety training", "From your own record", "Sign-off"))
    assert not any(name in shown + read for name in ("Tomasz", "Nowak", "Aisha", "Helen", "Ruth"))
    assert accepted.status_code == 302
    assert "different" not in left(inducted, induction)
    for token, on in (("another", inducted.today), (LINK, inducted.today + timedelta(days=11))):
        with pytest.raises(Http404):
            course_by_token(token, on)
    make_link(by=ruth, at=at, organisation=alder, induction=induction, link_sha256=sha256(b"new").hexdigest())
    dead = client.get(reverse("inductions:pack", args=[LINK]))
    assert (dead.status_code, "Ask the practice for another." in dead.content.decode()) == (404, True)
    with pytest.raises(Http404):
        accept_by_link(by=system_account("x"), at=at, token=LINK, item="messages", text=TextId(text.pk))


def test_who_has_just_begun_is_suggested_and_begins_with_one_press(inducted: Inducted, client: Client) -> None:
    cast = inducted.cast
    scope = Scope(frozenset({cast.alder}))
    assert suggested_at(scope, cast.alder, inducted.today) == []
    begun = cast.mei.engagements[ALDER]
    first = next(one.starts_on for one in _stays(inducted) if one.engagement == str(begun))
    today = first + timedelta(days=3)

    (one,) = suggested_at(scope, cast.alder, today)

    assert (one.stay.name, one.why, one.first_on) == ("Dr Mei Lin", "starts", first)
    locum = programme_at(scope, cast.alder, "locum-gp")
    day = {"first_on_day": first.day, "first_on_month": first.month, "first_on_year": first.year}
    address = reverse("inductions:start", args=[ALDER, begun])
    answer = signed_in(client, cast.ruth).post(address, {"programme": str(locum.id), "why": "starts", **day})
    assert answer.status_code == 302
    assert Induction.objects.get(person_id=cast.mei.person).programme_id == locum.id
    assert suggested_at(scope, cast.alder, today) == []


def _stays(inducted: Inducted) -> list[Any]:
    found = loaded_of(Scope(frozenset({inducted.cast.alder})), inducted.cast.alder)
    return list(found.seats.values())


def test_the_wrong_person_begins_and_sees_nothing(inducted: Inducted, client: Client) -> None:
    cast, at = inducted.cast, inducted.now
    induction = inducted.begins(cast.tomasz)
    scope = Scope(frozenset({cast.alder}))
    programme = programme_at(scope, cast.alder, "gp").id
    for wrong, error in ((cast.owen, Http404), (cast.aisha, PermissionDenied)):
        with pytest.raises(error):
            start_induction(
                by=wrong.viewer,
                at=at,
                organisation=cast.alder,
                engagement=cast.helen.engagement,
                programme=programme,
                first_on=inducted.today,
                why="starts",
                plan=Plan(),
            )
        link = signed_in(client, wrong).post(reverse("inductions:link", args=[ALDER, induction]))
        assert link.status_code in {403, 404}
    with pytest.raises(Http404):
        course_of(cast.owen.viewer.scope(Can.SEE_INDUCTIONS), cast.alder, induction, inducted.today)
    helping = reverse("inductions:help", args=[induction, "room"])
    assert signed_in(client, cast.mei).get(helping).status_code == 404
    own = reverse("inductions:own", args=[induction])
    assert signed_in(client, cast.aisha).get(own).status_code == 404
    assert signed_in(client, cast.tomasz).get(own).status_code == 200


def test_the_board_costs_the_same_for_one_and_for_three(inducted: Inducted, client: Client) -> None:
    cast = inducted.cast
    signed_in(client, cast.ruth)
    address = reverse("inductions:board", args=[ALDER])
    counted, page = [], ""
    for some in ((cast.tomasz,), (cast.aisha, cast.helen)):
        for member in some:
            inducted.begins(member, plan=Plan())
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            page = client.get(address).content.decode()
        counted.append(len(queries))

    assert "Tomasz Nowak" in page
    assert "Aisha Rahman" in page
    # One person's facts are asked for by person, which takes as many.
    assert counted[1] <= counted[0]


def test_the_evidence_says_who_was_inducted_when_and_by_whom(inducted: Inducted, client: Client) -> None:
    cast = inducted.cast
    trained(inducted, cast.tomasz)
    done = inducted.begins(cast.tomasz)
    inducted.finishes(cast.tomasz, done)
    signs(inducted, done)
    inducted.begins(cast.aisha, plan=Plan())

    lines = signed_in(client, cast.ruth).get(reverse("inductions:csv", args=[ALDER])).content.decode("utf-8-sig")

    going, gone = (line for line in lines.splitlines() if line.startswith(("Aisha", "Tomasz")))
    assert "Not yet" in going
    assert gone.split(",")[7] == inducted.today.isoformat()
    assert f"Signed off,Ruth Okafor,{InductionEnd.objects.get(pk=done).sha256}" in gone
    page = client.get(reverse("practices:person", args=[ALDER, cast.tomasz.person])).content.decode()
    assert reverse("inductions:course", args=[ALDER, done]) in page
    assert f": signed off on {day(inducted.today)}" in page


def test_the_builder_may_run_one_but_follows_none_and_an_account_of_nobody_ticks_nothing(inducted: Inducted) -> None:
    induction = inducted.begins(inducted.cast.tomasz)
    nobody = replace(inducted.cast.ruth.viewer, person=None)

    given: dict[str, Any] = {"by": nobody, "at": inducted.now, "organisation": inducted.cast.alder}
    with pytest.raises(Refusal, match="Only a person"):
        tick_off(**given, induction=induction, item="room", on=inducted.today, shown_by="Karen Doyle")

    with pytest.raises(Refusal, match="Only a person"):
        own_done(by=BUILDER, at=inducted.now, induction=induction, item="policies", on=inducted.today, shown_by="")
