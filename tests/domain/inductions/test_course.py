"""An induction by the judge: what is done, known before, set aside and late, without a database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preceptor.compliance.requirements.domain.versions import Requirement, read_version
from preceptor.compliance.standing.domain import facts
from preceptor.compliance.standing.domain.verdicts import Status
from preceptor.training.inductions.domain import (
    Course,
    Item,
    ItemKind,
    Plan,
    Programme,
    Stage,
    State,
    Text,
    TextId,
    TextVersion,
    Who,
)
from preceptor.training.inductions.domain.changing import NotAllowedError, changed, with_item, without
from preceptor.training.inductions.domain.clock import clock_of
from preceptor.training.inductions.domain.course import Begun, Ended, Ending, InductionId, Outcome, Step
from preceptor.training.inductions.domain.programme import STAGE_DAYS, fitting
from preceptor.training.inductions.domain.rules import Known, about, course
from preceptor.training.inductions.domain.suggesting import Stay, suggestions
from preceptor.training.inductions.domain.texts import contacts
from preceptor.training.inductions.pages.rows import row_of

FIRST = date(2026, 11, 2)
PERSON, PLACE = uuid4(), uuid4()
AT = datetime(2026, 11, 2, 9, tzinfo=UTC)
ROOM = Item("room", "Room and exits", ItemKind.SHOWN, Stage.SESSION, Who.BUDDY, 10, lasts_months=12)
READ = Item("read", "Read this", ItemKind.READ, Stage.LOG_IN, Who.PERSON, 5, text="statement")
TRAINING = Item(
    "safe", "Data security", ItemKind.TRAINING, Stage.WEEK, Who.PERSON, 60, requirements=("data-security",), stays=True
)
DESK = Item("desk", "The desk", ItemKind.SKILLS, Stage.WEEK, Who.BUDDY, 30, skills=("book", "lock"))
SIGN = Item("sign-off", "Sign-off", ItemKind.SIGN_OFF, Stage.MONTH, Who.MANAGER, 20, stays=True)
PROGRAMME = Programme(
    "reception",
    "Reception",
    "",
    ("receptionist",),
    ("agency",),
    "practice-induction",
    (READ, ROOM, TRAINING, DESK, SIGN),
)


def text(number: int = 1) -> TextVersion:
    key = TextId(UUID(int=number))
    return TextVersion(key, True, number, Text("statement", "Statement", 5, ("Words",)), "0", "", AT, "Ruth")


def begun(programme: Programme = PROGRAMME, first_on: date = FIRST, number: int = 1) -> Begun:
    return Begun(
        id=InductionId(UUID(int=number)),
        person=PERSON,
        name="Dean Whitlock",
        engagement="e1",
        organisation=PLACE,
        place="Alder Surgery",
        code="A81001",
        role_name="Receptionist",
        why="starts",
        first_on=first_on,
        programme=programme,
        version="version 1",
        plan=Plan(),
        started_at=AT,
    )


def skill(key: str) -> Requirement:
    rule = {
        "from": "2020-01-01",
        "audience": "everyone",
        "met_by": {"achieved": {"subject": f"skill-{key}", "level": 2, "months": None}},
        "first_due_days": 365,
    }
    return Requirement(f"skill-{key}", (read_version(rule),), key)


def known(
    *records: facts.Record,
    steps: tuple[Step, ...] = (),
    texts: tuple[TextVersion, ...] = (text(),),
    adjustments: tuple[facts.Adjustment, ...] = (),
    skills: tuple[str, ...] = (),
) -> Known:
    person = facts.Person(str(PERSON))
    engagement = facts.Engagement("e1", str(PERSON), "A81001", FIRST - timedelta(days=900), role="receptionist")
    return Known(
        world=facts.World(
            organisations=(facts.Organisation("A81001", "practice"),),
            people=(person,),
            engagements=(engagement,),
            records=records,
            adjustments=adjustments,
        ),
        training={},
        skills={key: (skill(key),) for key in skills},
        texts={one.text.key: one for one in texts},
        steps=steps,
    )


def step(
    item: Item, on: date = FIRST, *, induction: int = 1, outcome: Outcome = Outcome.DONE, by: str = "Karen"
) -> Step:
    told = about(item, text() if item.text else None)
    return Step(UUID(int=induction), item.key, told, outcome, on, AT, by, by, "Why not")


def record(subject: str, on: date, level: int = 1) -> facts.Record:
    return facts.Record(f"{subject}-{on}", str(PERSON), subject, on, level)


def states(found: Course) -> dict[str, State]:
    return {one.item.key: one.state for one in found.entries}


def test_everything_is_to_do_at_first_by_the_day_of_its_stage() -> None:
    found = course(begun(), known(), FIRST)

    due = {one.item.key: one.verdict.due_on for one in found.left if one.verdict}
    assert due == {one.key: FIRST + timedelta(days=STAGE_DAYS[one.stage]) for one in PROGRAMME.items}
    assert (found.done, found.of, found.stage, found.week) == (0, 5, Stage.LOG_IN, 1)


def test_the_day_after_it_is_overdue_and_on_leave_it_stands_still() -> None:
    late = course(begun(), known(), FIRST + timedelta(days=7))
    away = facts.Pause("p", "e1", FIRST + timedelta(days=1), FIRST + timedelta(days=60))
    paused = course(begun(), known(adjustments=(away,)), FIRST + timedelta(days=7))

    assert {one.verdict.status for one in late.left if one.verdict and one.item is not SIGN} == {Status.OVERDUE}
    assert {one.verdict.status for one in paused.left if one.verdict} == {Status.PAUSED}


def test_of_a_text_it_is_not_said_that_it_was_never_done_as_an_older_version_may_have_been() -> None:
    today = FIRST + timedelta(days=7)
    late = course(begun(), known(), today)

    said = {one.item.kind: row_of(late, one, "", "", today, to_self=True).tag for one in late.left}

    assert {kind.value: tag.date.endswith("never done") for kind, tag in said.items() if tag} == {
        **{kind.value: True for kind, tag in said.items() if tag},
        "read": False,
    }


def test_what_comes_before_the_session_is_due_by_the_session_planned() -> None:
    session = replace(begun(), plan=Plan(session_on=FIRST + timedelta(days=3)))

    room = course(session, known(), FIRST).entry("room")

    assert room is not None
    assert room.verdict is not None
    assert room.verdict.due_on == FIRST + timedelta(days=3)


def test_before_the_first_day_it_stands_as_it_will_then() -> None:
    found = course(begun(), known(), FIRST - timedelta(days=20))

    assert (found.on, found.since(FIRST - timedelta(days=20))) == (FIRST, "from 2 November")
    assert found.since(FIRST) == "first day today"


def test_a_text_in_another_version_and_an_item_in_other_words_ask_again() -> None:
    done = (step(READ, induction=2), step(ROOM, induction=2))
    other = replace(ROOM, says="And the new wing")
    programme = replace(PROGRAMME, items=(READ, other, TRAINING, DESK, SIGN))

    same = states(course(begun(), known(steps=done), FIRST))
    differently = states(course(begun(programme), known(steps=done, texts=(text(2),)), FIRST))

    assert (same["read"], same["room"]) == (State.BEFORE, State.BEFORE)
    assert (differently["read"], differently["room"]) == (State.TO_DO, State.TO_DO)


def test_what_was_shown_lapses_for_who_comes_back() -> None:
    long_ago = (step(ROOM, FIRST - timedelta(days=370), induction=2),)
    lately = (step(ROOM, FIRST - timedelta(days=300), induction=2),)

    assert states(course(begun(), known(steps=long_ago), FIRST))["room"] is State.TO_DO
    assert states(course(begun(), known(steps=lately), FIRST))["room"] is State.BEFORE


def test_training_counts_from_the_record_before_or_since() -> None:
    before = record("data-security", FIRST - timedelta(days=30))
    since = record("data-security", FIRST + timedelta(days=1))
    lapsed = record("data-security", FIRST - timedelta(days=400))
    today = FIRST + timedelta(days=2)

    found = [states(course(begun(), known(one), today))["safe"] for one in (before, since, lapsed)]

    assert found == [State.BEFORE, State.DONE, State.TO_DO]


def test_skills_already_shown_shorten_the_clinical_systems_part() -> None:
    book = record("skill-book", FIRST - timedelta(days=30), 2)
    lock = record("skill-lock", FIRST + timedelta(days=1), 2)
    today = FIRST + timedelta(days=1)

    one = course(begun(), known(book, skills=("book", "lock")), today).entry("desk")
    both = course(begun(), known(book, lock, skills=("book", "lock")), today).entry("desk")
    by_hand = course(begun(), known(book, steps=(step(DESK),), skills=("book", "lock")), today).entry("desk")

    assert one is not None
    assert (one.state, one.skills_left, one.skills_had) == (State.TO_DO, ("lock",), 1)
    assert both is not None
    assert both.state is State.DONE
    assert by_hand is not None
    assert (by_hand.state, by_hand.is_by_hand) == (State.TO_DO, False), "a tick is no signature"
    unasked = course(begun(), known(steps=(step(DESK),)), today).entry("desk")
    assert unasked is not None
    assert (unasked.state, unasked.is_by_hand) == (State.DONE, True), "no skill of it is asked of them here"


def test_what_is_set_aside_does_not_count_and_what_is_not_written_is_not_asked() -> None:
    aside = (step(ROOM, outcome=Outcome.ASIDE),)

    found = course(begun(), known(steps=aside, texts=()), FIRST)

    assert states(found)["room"] is State.ASIDE
    assert (found.of, found.unwritten) == (3, ("Read this",))


def test_the_signature_is_not_due_before_the_training_is() -> None:
    rule = {
        "from": "2020-01-01",
        "audience": "everyone",
        "met_by": {"achieved": {"subject": "data-security", "level": 1, "months": 12}},
        "first_due_days": 940,
    }
    asked = Requirement("ours", (read_version(rule),), "Data security")
    here = known()
    here = replace(
        here,
        world=replace(here.world, requirements=(asked,)),
        training={"data-security": "ours"},
        titles={"ours": "Data security and cyber"},
    )

    found = course(begun(), here, FIRST).entry("sign-off")
    alone = course(begun(), known(), FIRST).entry("sign-off")
    trained = course(begun(), here, FIRST).entry("safe")

    assert found is not None
    assert found.verdict is not None
    assert alone is not None
    assert alone.verdict is not None
    assert trained is not None
    assert trained.verdict is not None
    assert [(one.key, one.title, one.is_met) for one in trained.trained] == [
        ("data-security", "Data security and cyber", False)
    ]
    assert trained.verdict.due_on is not None
    assert alone.verdict.due_on is not None
    assert alone.verdict.due_on < trained.verdict.due_on
    assert found.verdict.due_on == trained.verdict.due_on


def test_only_the_signature_is_missing_when_all_else_is_done() -> None:
    steps = tuple(step(one) for one in (READ, ROOM, DESK))
    safe = record("data-security", FIRST)

    found = course(begun(), known(safe, steps=steps), FIRST)
    ended = Ended(Ending.SIGNED, FIRST, AT, "Ruth", "Fine", "Text", "0")
    signed = course(replace(begun(), ended=ended), known(safe, steps=steps), FIRST + timedelta(days=900))

    assert found.is_ready
    assert not course(begun(), known(steps=steps), FIRST).is_ready
    assert (signed.on, signed.left, signed.done) == (FIRST, (), 5)


KEYS = st.sets(st.sampled_from([READ, ROOM, DESK]))


@given(KEYS, KEYS, st.integers(0, 60))
def test_doing_more_never_leaves_more_to_do(some: set[Item], more: set[Item], days: int) -> None:
    today = FIRST + timedelta(days=days)

    less = course(begun(), known(steps=tuple(map(step, some))), today)
    further = course(begun(), known(steps=tuple(map(step, some | more))), today)

    assert {one.item.key for one in further.left} <= {one.item.key for one in less.left}
    assert further.done + len(further.left) == further.of


@given(st.permutations([READ, ROOM, DESK]))
def test_the_order_of_what_happened_is_irrelevant_to_what_is_left(order: list[Item]) -> None:
    found = course(begun(), known(steps=tuple(map(step, order))), FIRST)

    assert [one.item.key for one in found.left] == ["safe", "sign-off"]


def test_the_buddy_has_the_buddys_tasks_and_it_has_its_own() -> None:
    buddy, helper = uuid4(), uuid4()
    found = course(replace(begun(), plan=Plan(buddy=buddy, it=helper)), known(), FIRST)

    assert [one.item.key for one in found.tasks_of(buddy)] == ["room", "desk"]
    assert found.tasks_of(helper) == ()
    assert found.tasks_of(PERSON) == ()


def test_a_programme_fits_by_how_one_is_engaged_before_the_role() -> None:
    other = replace(PROGRAMME, key="agency", roles=(), kinds=("agency",))
    reception = replace(PROGRAMME, kinds=())

    assert fitting([reception, other], "receptionist", "employed") == reception
    assert fitting([reception, other], "receptionist", "agency") == other
    assert fitting([reception, other], "cleaner", "employed") is None


def test_a_programme_changes_only_as_it_may() -> None:
    added = with_item(PROGRAMME, replace(ROOM, key="new", title="The beep", stage=Stage.WEEK))
    assert [one.key for one in added.programme.items] == ["read", "room", "safe", "desk", "new", "sign-off"]
    assert without(PROGRAMME, ROOM).says == "“Room and exits” is dropped"
    said = changed(PROGRAMME, ROOM, replace(ROOM, title="Rooms", who=Who.IT)).says
    assert said == "“Room and exits”: now called “Rooms”, now for IT"

    wrongs: tuple[Callable[[], object], ...] = (
        lambda: without(PROGRAMME, TRAINING),
        lambda: without(PROGRAMME, SIGN),
        lambda: changed(PROGRAMME, ROOM, ROOM),
        lambda: changed(PROGRAMME, TRAINING, replace(TRAINING, who=Who.IT)),
        lambda: with_item(PROGRAMME, replace(ROOM, key="again")),
    )
    for wrong in wrongs:
        with pytest.raises(NotAllowedError):
            wrong()


def stay(engagement: str, starts_on: date, ends_on: date | None = None) -> Stay:
    return Stay(engagement, PERSON, "Dean", "receptionist", "Receptionist", "employed", starts_on, ends_on)


def test_who_starts_changes_roles_or_comes_back_is_suggested_once() -> None:
    today = date(2026, 11, 23)
    old = stay("old", date(2020, 1, 6), date(2026, 11, 16))
    long_gone = stay("gone", date(2020, 1, 6), date(2024, 1, 8))
    new = stay("new", date(2026, 11, 16))
    leave = ("old", date(2026, 1, 5), date(2026, 11, 9))

    assert [one.why for one in suggestions([new], [], {}, today)] == ["starts"]
    assert [one.why for one in suggestions([old, new], [], {}, today)] == ["role"]
    assert [one.why for one in suggestions([long_gone, new], [], {}, today)] == ["back"]
    settled = stay("old", date(2020, 1, 6))
    assert [one.first_on for one in suggestions([settled], [leave], {}, today)] == [date(2026, 11, 9)]
    assert suggestions([settled], [("old", date(2026, 10, 5), date(2026, 11, 9))], {}, today) == []
    assert suggestions([new], [], {"new": {date(2026, 11, 16)}}, today) == []
    assert suggestions([stay("far", today + timedelta(days=120))], [], {}, today) == []


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("8:30am", time(8, 30)),
        ("13.30", time(13, 30)),
        ("12am", time(0)),
        ("12 pm", time(12)),
        ("9", time(9)),
        ("", None),
    ],
)
def test_a_time_is_read_as_people_write_it(words: str, found: time | None) -> None:
    assert clock_of(words) == found


@pytest.mark.parametrize("words", ["soon", "25", "13pm", "9:61", "0am"])
def test_what_is_no_time_is_refused(words: str) -> None:
    with pytest.raises(ValueError, match="Enter a time"):
        clock_of(words)


def test_a_contact_says_what_for_and_has_a_number_to_ring() -> None:
    lines = ("Manager: Ruth Okafor, 020 7946 0123, or extension 200", "Ring twice")

    first, second = contacts(Text("contacts", "If you need someone now", 1, lines))

    assert (first.what, second.what) == ("Manager", "")
    assert [(one.words, one.number) for one in first.says] == [
        ("Ruth Okafor, ", ""),
        ("020 7946 0123", "02079460123"),
        (", or extension 200", ""),
    ]
