"""The matrix as a value: what it shows, leaves out, orders and counts."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from preceptor.compliance.standing.domain.verdicts import Status, Verdict
from preceptor.oversight.practices.domain import (
    COUNTED,
    IN_DATE,
    Order,
    Picture,
    Question,
    Share,
    What,
    Who,
    matrix,
    new_people,
    overdue_count,
    share,
)

ON = date(2026, 11, 23)


def _who(name: str, group: str = "nurse", position: int = 2, role: str = "practice-nurse", starts_on: date = ON) -> Who:
    given_name, family_name = name.split()
    return Who(
        f"e-{name}", f"p-{name}", name, f"{family_name} {given_name}", role, role, group, group, position, starts_on
    )


def _what(key: str, area: str = "safety", position: int = 1, column: str = "") -> What:
    return What(f"id-{key}", key, key.capitalize(), key, column or key, area, area.capitalize(), 1, position)


def _verdict(who: Who, what: What, status: Status, when: date | None = None) -> Verdict:
    return Verdict(
        who.engagement,
        what.id,
        status,
        when if status in IN_DATE else None,
        when if status is Status.DUE else None,
        when if status is Status.OVERDUE else None,
        None,
        ever_met=True,
    )


AISHA = _who("Aisha Rahman")
TOMASZ = _who("Tomasz Nowak", "admin", 4, "receptionist")
HELEN = _who("Helen Marsh", "gp", 1, "gp-partner")
FIRE, LIFE, LEVEL_1, LEVEL_2 = (
    _what("fire"),
    _what("life", position=2),
    _what("infection-1", "care", 1, "infection"),
    _what("infection-2", "care", 2, "infection"),
)
EVERYTHING = (FIRE, LIFE, LEVEL_1, LEVEL_2)


def _picture(*verdicts: Verdict) -> Picture:
    return Picture(
        ON, (AISHA, TOMASZ, HELEN), EVERYTHING, {(one.engagement, one.requirement): one for one in verdicts}, {}
    )


WHOLE = _picture(
    _verdict(AISHA, FIRE, Status.OVERDUE, ON - timedelta(days=3)),
    _verdict(AISHA, LEVEL_2, Status.VALID, ON + timedelta(days=300)),
    _verdict(TOMASZ, FIRE, Status.DUE, ON + timedelta(days=3)),
    _verdict(TOMASZ, LEVEL_1, Status.OVERDUE, ON - timedelta(days=30)),
    _verdict(HELEN, FIRE, Status.DUE_SOON, ON + timedelta(days=30)),
)


def test_people_stand_by_staff_group_and_requirements_by_area() -> None:
    shown = matrix(WHOLE)

    assert [(section.title, [row.who.name for row in section.rows]) for section in shown.sections] == [
        ("gp", ["Helen Marsh"]),
        ("nurse", ["Aisha Rahman"]),
        ("admin", ["Tomasz Nowak"]),
    ]
    assert [(column.key, column.short, [one.key for one in column.parts]) for column in shown.columns] == [
        ("infection", "Infection", ["infection-1", "infection-2"]),
        ("fire", "fire", ["fire"]),
    ]


def test_a_requirement_nobody_here_needs_is_named_and_is_no_column() -> None:
    assert matrix(WHOLE).nobody_here == (LIFE,)


def test_levels_that_share_a_column_show_the_one_a_person_needs() -> None:
    rows = {row.who.name: row.verdicts[0] for row in matrix(WHOLE).rows}

    assert (rows["Aisha Rahman"].requirement, rows["Tomasz Nowak"].requirement) == (LEVEL_2.id, LEVEL_1.id)
    assert rows["Helen Marsh"].status is Status.NOT_NEEDED


def test_shares_count_valid_and_due_soon_of_those_and_overdue() -> None:
    shown = matrix(WHOLE)

    assert shown.shares == (Share(1, 2), Share(1, 2))
    assert (shown.share, shown.share.percent) == (Share(2, 4), 50)


def test_most_urgent_first_puts_the_longest_overdue_at_the_top() -> None:
    shown = matrix(WHOLE, Question(order=Order.URGENT))

    assert [row.who.name for row in shown.rows] == ["Tomasz Nowak", "Aisha Rahman", "Helen Marsh"]


def test_filters_leave_people_and_columns_out_and_say_of_how_many() -> None:
    by_name = matrix(WHOLE, Question(name="aish rah"))
    by_role = matrix(WHOLE, Question(role="receptionist"))
    by_status = matrix(WHOLE, Question(status=Status.OVERDUE))
    by_requirement = matrix(WHOLE, Question(requirement="infection-1"))
    by_area = matrix(WHOLE, Question(area="safety", group="gp"))

    assert [row.who.name for row in by_name.rows] == ["Aisha Rahman"]
    assert [row.who.name for row in by_role.rows] == ["Tomasz Nowak"]
    assert {row.who.name for row in by_status.rows} == {"Aisha Rahman", "Tomasz Nowak"}
    assert [row.who.name for row in by_requirement.rows] == ["Tomasz Nowak"]
    assert [row.who.name for row in by_area.rows] == ["Helen Marsh"]
    assert (by_name.people_of_all, by_name.columns_of_all) == (3, 2)


def test_asked_for_a_status_only_people_and_columns_with_it_remain_with_what_else_they_hold() -> None:
    overdue = matrix(WHOLE, Question(status=Status.OVERDUE))
    due_soon = matrix(WHOLE, Question(status=Status.DUE_SOON))
    paused = matrix(WHOLE, Question(status=Status.PAUSED))

    assert {row.who.name: [one.status for one in row.verdicts] for row in overdue.rows} == {
        "Aisha Rahman": [Status.VALID, Status.OVERDUE],
        "Tomasz Nowak": [Status.OVERDUE, Status.DUE],
    }
    assert [row.tally for row in overdue.rows] == [
        {Status.VALID: 1, Status.OVERDUE: 1},
        {Status.OVERDUE: 1, Status.DUE: 1},
    ]
    assert overdue.shares == (Share(1, 2), Share(0, 1))
    assert [column.key for column in due_soon.columns] == ["fire"]
    assert [row.who.name for row in due_soon.rows] == ["Helen Marsh"]
    assert (paused.rows, paused.columns, paused.columns_of_all) == ((), (), 2)


def test_what_a_status_leaves_is_said_in_words() -> None:
    said = {one: matrix(WHOLE, Question(status=one)).only for one in (Status.OVERDUE, Status.DUE)}

    assert said == {
        Status.OVERDUE: "Only people and requirements with something overdue, with all their cells.",
        Status.DUE: "Only people and requirements with something to do for the first time, with all their cells.",
    }
    assert matrix(WHOLE).only == ""


@given(st.sampled_from(list(Status)))
def test_a_status_asked_for_is_never_lost(status: Status) -> None:
    assert matrix(WHOLE, Question(status=status)).tally.get(status, 0) == matrix(WHOLE).tally.get(status, 0)


@given(
    st.dictionaries(
        st.tuples(st.sampled_from([AISHA, TOMASZ, HELEN]), st.sampled_from(EVERYTHING)), st.sampled_from(list(Status))
    )
)
def test_what_is_overdue_is_counted_without_the_matrix_as_in_it(found: dict[tuple[Who, What], Status]) -> None:
    picture = _picture(*(_verdict(who, what, status, ON) for (who, what), status in found.items()))

    assert overdue_count(EVERYTHING, picture.verdicts) == matrix(picture).tally.get(Status.OVERDUE, 0)


def test_an_empty_practice_has_an_empty_matrix() -> None:
    shown = matrix(Picture(ON, (), EVERYTHING, {}, {}))

    assert (shown.rows, shown.columns, shown.nobody_here, shown.share) == (
        (),
        (),
        (*EVERYTHING[2:], FIRE, LIFE),
        Share(),
    )


def test_new_people_began_within_eight_weeks() -> None:
    people = tuple(
        _who(f"New {number}", starts_on=ON + timedelta(days=days)) for number, days in enumerate((-56, -55, 0, 1))
    )

    assert [who.name for who in new_people(Picture(ON, people, (), {}, {}))] == ["New 2", "New 1"]


def test_a_whole_share_is_a_hundred_per_cent_only_when_it_is_all() -> None:
    assert (Share(999, 1000).percent, Share(1000, 1000).percent, Share().percent) == (99, 100, 0)


statuses = st.lists(st.sampled_from(list(Status)), max_size=60)


@given(statuses)
def test_the_share_is_that_of_the_statuses_however_they_are_arranged(found: list[Status]) -> None:
    verdicts = [_verdict(AISHA, FIRE, one) for one in found]

    assert share(verdicts) == share(reversed(verdicts))
    assert share(verdicts).of == sum(one in COUNTED for one in found)
    assert share(verdicts).in_date == sum(one in IN_DATE for one in found)
