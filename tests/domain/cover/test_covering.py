"""Who is on, who is able, and where nobody able is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preceptor.compliance.standing.domain.days import ALWAYS, NEVER, Days, period
from preceptor.foundation.cells import Line, Sheet
from preceptor.training.cover.domain.abilities import Ability, Need, NeedKind
from preceptor.training.cover.domain.covering import Covering, Worker
from preceptor.training.cover.domain.reading import Member, plan_of
from preceptor.training.cover.domain.rota import CORE, Rota, Session, Slot, rota_on, turns_on

MONDAY = date(2026, 11, 23)
WEEK = timedelta(weeks=1)
MORNING, AFTERNOON = Session.MORNING, Session.AFTERNOON
NAMES = ("Ana", "Ben")


def ability(**changes: object) -> Ability:
    needs = (Need(NeedKind.TASK, ("chaperone",)),)
    one = Ability(UUID(int=1), "Chaperone", needs, (MORNING,), 1, "Asked for", date(2026, 1, 1), None, "Ruth")
    return replace(one, **changes)  # type: ignore[arg-type] # each test says what is different


def rota(starts_on: date, turns: dict[Slot, frozenset[str]], **changes: object) -> Rota:
    at = datetime(2026, 11, 1, 9, tzinfo=UTC)
    one = Rota(uuid5(UUID(int=0), str(starts_on)), starts_on, None, 1, turns, at, "Ruth")
    return replace(one, **changes)  # type: ignore[arg-type] # each test says what is different


def worker(name: str, away: Days = NEVER, engaged: Days = ALWAYS) -> Worker:
    return Worker(name, name, name, name, "receptionist", "Receptionist", engaged, away)


def covering(*, able: dict[str, Days], away: Days = NEVER, one: Ability | None = None) -> Covering:
    """Ana and Ben are on every Monday morning; Ana may be away."""
    chaperone = one or ability()
    on = {Slot(0, MORNING): frozenset(NAMES)}
    return Covering(
        on=MONDAY,
        abilities=(chaperone,),
        workers=(worker("Ana", away), worker("Ben")),
        rotas=(rota(MONDAY, on),),
        able={(chaperone.id, name): days for name, days in able.items()},
    )


def test_a_rota_repeats_until_a_later_word() -> None:
    usual = rota(MONDAY, {Slot(0, MORNING): frozenset({"Ana"})})
    other = rota(
        MONDAY + WEEK, {Slot(0, MORNING): frozenset({"Ben"})}, every=2, recorded_at=usual.recorded_at + timedelta(1)
    )
    once = rota(
        MONDAY + 2 * WEEK,
        {},
        ends_on=MONDAY + 3 * WEEK,
        recorded_at=other.recorded_at + timedelta(1),
    )

    weeks = [rota_on((usual, other, once), MONDAY + number * WEEK) for number in range(-1, 5)]

    assert weeks == [None, usual, other, once, other, usual]
    assert turns_on((usual, other, once), MONDAY + 2 * WEEK) == {}


def test_a_gap_comes_when_the_only_one_able_is_away() -> None:
    leave = period(MONDAY + 3 * WEEK, MONDAY + 4 * WEEK)
    here = covering(able={"Ana": ALWAYS}, away=leave)

    found = [(gap.day, gap.session, gap.able) for gap in here.gaps(MONDAY, MONDAY + 12 * WEEK)]

    assert found == [(MONDAY + 3 * WEEK, MORNING, 0)]


def test_a_gap_comes_when_what_somebody_is_able_to_do_runs_out() -> None:
    here = covering(able={"Ana": period(None, MONDAY + 2 * WEEK)})

    found = [gap.day for gap in here.gaps(MONDAY, MONDAY + 3 * WEEK)]

    assert found == [MONDAY + 2 * WEEK, MONDAY + 3 * WEEK]
    assert here.able_until(here.abilities[0], "Ana", MONDAY) == MONDAY + 2 * WEEK - timedelta(days=1)
    assert [one.name for one in here.holders(here.abilities[0], MONDAY)] == ["Ana"]
    assert here.holders(here.abilities[0], MONDAY + 2 * WEEK) == []


def test_a_session_nobody_is_put_down_for_has_no_gap() -> None:
    here = covering(able={}, one=ability(during=(AFTERNOON,)))

    assert list(here.gaps(MONDAY, MONDAY + WEEK)) == []


def test_sessions_never_on_the_rota_and_weeks_without_one_are_told_apart() -> None:
    everybody = frozenset(NAMES)
    on = {slot: everybody for slot in CORE if slot != Slot(4, AFTERNOON)}
    other = MONDAY + 2 * WEEK
    here = replace(
        covering(able={}),
        on=MONDAY + timedelta(days=5),  # a Saturday: the week had its sessions
        rotas=(
            rota(MONDAY, on),
            rota(other, {}, ends_on=other + WEEK, recorded_at=datetime(2026, 11, 2, 9, tzinfo=UTC)),
        ),
    )

    assert here.never_on() == (Slot(4, AFTERNOON),)
    assert here.empty_weeks() == (other,)
    assert replace(here, rotas=()).never_on() == CORE


def test_leave_says_until_when() -> None:
    gone = worker("Ana", period(MONDAY, MONDAY + timedelta(days=3)))

    assert [gone.away_until(MONDAY + timedelta(days=at)) for at in (-1, 0, 3)] == [
        None,
        MONDAY + timedelta(days=2),
        None,
    ]
    assert not gone.is_here(MONDAY)


def test_what_is_not_critical_yet_has_no_gap() -> None:
    here = covering(able={}, one=ability(starts_on=MONDAY + WEEK, ends_on=MONDAY + 2 * WEEK))

    assert [gap.day for gap in here.gaps(MONDAY, MONDAY + 3 * WEEK)] == [MONDAY + WEEK]


def test_without_somebody_it_is_as_if_they_were_away() -> None:
    here = covering(able={"Ana": ALWAYS, "Ben": NEVER})

    assert list(here.gaps(MONDAY, MONDAY)) == []
    assert [gap.day for gap in here.gaps(MONDAY, MONDAY, without="Ana")] == [MONDAY]
    assert list(here.gaps(MONDAY, MONDAY, without="Ben")) == []


def test_one_person_in_two_roles_counts_once() -> None:
    two = ability(least=2)
    here = covering(able={"Ana": ALWAYS, "Ben": ALWAYS}, one=two)
    same = replace(here, workers=(worker("Ana"), replace(worker("Ben"), person="Ana")))

    assert list(here.gaps(MONDAY, MONDAY)) == []
    assert [gap.able for gap in same.gaps(MONDAY, MONDAY)] == [1]
    assert len(same.holders(two, MONDAY)) == 1


@given(
    away=st.lists(st.integers(0, 40), min_size=2, max_size=2, unique=True).map(sorted),
    able=st.lists(st.integers(0, 40), min_size=2, max_size=2, unique=True).map(sorted),
)
def test_leave_never_closes_a_gap_and_training_never_opens_one(away: list[int], able: list[int]) -> None:
    first = MONDAY.toordinal()
    days, leave = ((first + some[0], first + some[1]) for some in (able, away))
    last = MONDAY + timedelta(days=40)

    def gaps(here: Covering) -> set[date]:
        return {gap.day for gap in here.gaps(MONDAY, last)}

    plain = gaps(covering(able={"Ana": days}))

    assert plain <= gaps(covering(able={"Ana": days}, away=leave))
    assert gaps(covering(able={"Ana": days, "Ben": leave})) <= plain


STAFF = (Member("1", "Dr Ana Lee", "GP partner"), Member("2", "Ben Ash", "Receptionist"), Member("3", "Kit Ash", "HCA"))


def sheet(*lines: tuple[str | None, ...]) -> Sheet:
    return Sheet("", tuple(Line(number, values) for number, values in enumerate(lines, start=1)))


def test_a_file_puts_people_down_by_name() -> None:
    plan = plan_of(
        sheet(
            ("Name", "Mon AM", "Monday afternoon", "Room"),
            ("Ana Lee", "yes", None, "2"),
            ("ben ash", "x", "Y", "3"),
        ),
        STAFF,
    )

    assert plan.problems == ()
    assert plan.turns == {Slot(0, MORNING): frozenset({"1", "2"}), Slot(0, AFTERNOON): frozenset({"2"})}
    assert plan.unread == ("D (Room)",)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        (("Ash", "x"), "“Ash” is 2 people or jobs here. Write the whole name"),
        (("Cy Young", "x"), "Nobody called “Cy Young” works here"),
        ((None, "x"), "There is no name"),
        (("Ben Ash", "perhaps"), "“perhaps” does not say whether they are on"),
    ],
)
def test_a_line_that_cannot_be_read_is_named(line: tuple[str | None, ...], says: str) -> None:
    plan = plan_of(sheet(("Name", "Monday morning"), line), STAFF)

    assert [(one.line, says in one.message) for one in plan.problems] == [(2, True)]


def test_two_of_one_name_are_told_apart_by_their_role_and_two_columns_of_one_session_are_refused() -> None:
    staff = (*STAFF, Member("4", "Ben Ash", "Driver"))

    told = plan_of(sheet(("Name", "Job title", "Mon AM"), ("Ben Ash", "driver", "x")), staff)
    alike = plan_of(sheet(("Name", "Mon AM"), ("Ben Ash", "x")), staff)
    twice = plan_of(sheet(("Name", "Mon AM", "Monday morning"), ("Ana Lee", "x", None)), staff)

    assert told.turns == {Slot(0, MORNING): frozenset({"4"})}
    which = "Say which in a column “Role”: “Receptionist” or “Driver”"
    assert [one.message for one in alike.problems] == [f"“Ben Ash” is 2 people or jobs here. {which}"]
    assert [one.message[:14] for one in twice.problems] == ["Another column"]


def test_a_file_without_sessions_is_refused_whole() -> None:
    assert len(plan_of(sheet(("Name", "Room"), ("Ana Lee", "2")), STAFF).problems) == 1
    assert len(plan_of(sheet(("Name", "Monday morning"), ("Ana Lee", None)), STAFF).problems) == 1
