"""What a change would do, told in figures; worked examples; and one person before and after."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preceptor.compliance.requirements.domain.audience import Everyone, Role
from preceptor.compliance.requirements.domain.criteria import (
    Achieved,
    AllOf,
    AnyOf,
    Count,
    Criterion,
    FirstThen,
    Hours,
    State,
)
from preceptor.compliance.requirements.domain.transitions import AtOnce, AtRenewal, NewStarters, Transition
from preceptor.compliance.requirements.domain.versions import Version
from preceptor.compliance.requirements.domain.words import Names
from preceptor.compliance.rulemaking.domain.effects import (
    NEW,
    Change,
    by,
    figures,
    quarters,
    three_ways,
    tried,
)
from preceptor.compliance.rulemaking.domain.examples import example, example_sentence
from preceptor.compliance.rulemaking.domain.lives import lives
from preceptor.compliance.rulemaking.domain.questions import Question, next_after, question_of
from preceptor.compliance.standing.domain.facts import Engagement, Organisation, Person, Record, World
from preceptor.compliance.standing.domain.noticing import noticing, stuck
from preceptor.compliance.standing.domain.verdicts import Status
from tests.domain.requirements.test_criteria import LEAF, combined

TODAY, NEW_YEAR = date(2026, 11, 23), date(2027, 1, 1)
NAMES = Names(subjects={"fire": "Fire safety"}, states={"nmc": "Registered with the NMC"})
OLD = Version(date(2022, 4, 1), None, Everyone(), Achieved("fire", 24), 14)
YEARLY = Version(NEW_YEAR, None, Everyone(), Achieved("fire", 12), 14, transition=AtRenewal())
WORLD = World(
    organisations=(Organisation("a"),),
    people=(Person("ana"), Person("ben"), Person("cy")),
    engagements=(
        Engagement("e1", "ana", "a", date(2020, 1, 1), role="nurse"),
        Engagement("e2", "ben", "a", date(2020, 1, 1), role="clerk"),
        Engagement("e3", "cy", "a", date(2020, 1, 1), role="clerk"),
    ),
    records=(
        Record("1", "ana", "fire", date(2026, 5, 4)),
        Record("2", "ben", "fire", date(2025, 6, 9)),
        Record("3", "cy", "fire", date(2025, 2, 25)),
    ),
)


def change(way: Transition | None = None, version: Version = YEARLY, **more: int) -> Change:
    """Fire safety every year instead of two, or something else; half an hour each time."""
    new = replace(version, transition=way or version.transition)
    return Change("fire", (OLD,), new, **({"minutes_before": 30, "minutes_after": 30} | more))


@pytest.mark.parametrize(
    ("way", "overdue", "later", "sooner"),
    [(AtRenewal(), 0, None, 2), (AtOnce(0), 2, None, 3), (AtOnce(90), 0, 1, 3), (NewStarters(), 0, None, 0)],
)
def test_each_way_to_take_over_has_its_own_figures(
    way: Transition, overdue: int, later: int | None, sooner: int
) -> None:
    one = change(way)

    found = figures(tried(WORLD, "a", one), one)

    assert (found.people, found.required, found.not_required, found.valid) == (3, 0, 0, 0)
    assert (found.overdue, found.overdue_later, found.sooner) == (overdue, later, sooner)
    assert found.noticed == sooner


def test_hours_now_and_then_each_take_their_own_minutes() -> None:
    one = change(minutes_before=30, minutes_after=45)

    found = figures(tried(WORLD, "a", one), one)

    # Now: 25 Feb 2027, 9 Jun 2027 and 4 May 2028. Then: also 25 Feb 2028 and 9 Jun 2028.
    assert (found.minutes_before, found.minutes_after) == (3 * 30, 5 * 45)


def test_the_three_ways_stand_side_by_side_and_the_chosen_one_is_marked() -> None:
    for way, grace in ((AtRenewal(), 90), (AtOnce(28), 28), (NewStarters(), 90)):
        ways = three_ways(WORLD, "a", change(way))

        assert [one.transition for one in ways] == [AtRenewal(), AtOnce(grace), NewStarters()]
        assert [one.transition for one in ways if one.is_chosen] == [way]
        assert ways[1].days == (NEW_YEAR, NEW_YEAR + timedelta(days=grace))
    assert three_ways(WORLD, "a", Change(NEW, (), replace(YEARLY, transition=None))) == ()


def test_quarters_count_everything_that_is_done_in_them() -> None:
    trial = tried(WORLD, "a", change())

    found = [(one.year, one.number, one.before, one.after) for one in quarters(trial)]

    assert found == [
        (2027, 1, 1, 1),
        (2027, 2, 1, 1),
        (2027, 3, 0, 0),
        (2027, 4, 0, 0),
        (2028, 1, 0, 1),
        (2028, 2, 1, 2),
        (2028, 3, 0, 0),
        (2028, 4, 0, 0),
    ]


def test_who_notices_first_is_at_the_top_and_roles_add_up() -> None:
    one = change()
    trial = tried(WORLD, "a", one)

    roles = by(trial, one, {"e1": "Nurse", "e2": "Clerk", "e3": "Clerk"})

    assert [found.engagement for found in noticing(trial)] == ["e3", "e2"]
    assert {name: (some.people, some.sooner) for name, some in roles.items()} == {"Clerk": (2, 2), "Nurse": (1, 0)}
    assert sum(some.minutes_after for some in roles.values()) == figures(trial, one).minutes_after


def test_a_new_rule_is_newly_required_and_a_smaller_one_lets_people_off() -> None:
    new = Change(NEW, (), replace(YEARLY, transition=None, met_by=Achieved("lift", 12)))
    smaller = change(AtOnce(0), replace(YEARLY, audience=Role(("nurse",))))

    first, second = (figures(tried(WORLD, "a", one), one) for one in (new, smaller))

    assert (first.required, first.not_required, first.is_shown) == (3, 0, False)
    assert (second.required, second.not_required) == (0, 2)
    assert replace(first, people=5).is_shown


def test_what_never_runs_out_never_ends_at_renewal_and_what_nobody_can_do_is_counted() -> None:
    for_ever = replace(OLD, met_by=Achieved("fire", None))
    assert Change("fire", (for_ever,), YEARLY).never_ends
    assert not Change("fire", (for_ever,), replace(YEARLY, transition=AtOnce(0))).never_ends
    assert not change().never_ends

    held = change(AtOnce(0), replace(YEARLY, met_by=State("nmc")))

    assert stuck(tried(WORLD, "a", held).differences) == 3


def test_one_life_before_and_after() -> None:
    found = lives(WORLD, "e1", change(), TODAY)

    assert (found.first_on, found.last_on) == (date(2025, 1, 1), date(2031, 12, 31))
    assert found.before is not None
    assert found.before.renewals == (date(2028, 5, 4), date(2030, 5, 4))
    assert found.after.renewals == tuple(date(year, 5, 4) for year in (2028, 2029, 2030, 2031))
    statuses = [(one.status, one.first_on, one.last_on, one.is_open) for one in found.after.stretches]
    assert statuses == [
        (Status.OVERDUE, date(2025, 1, 1), date(2026, 5, 3), False),
        (Status.VALID, date(2026, 5, 4), date(2028, 3, 4), False),
        (Status.DUE_SOON, date(2028, 3, 5), date(2028, 5, 4), False),
        (Status.OVERDUE, date(2028, 5, 5), date(2031, 12, 31), True),
    ]
    assert lives(WORLD, "e1", Change(NEW, (), replace(YEARLY, transition=None)), TODAY).before is None


@pytest.mark.parametrize(
    ("criterion", "said"),
    [
        (
            Achieved("fire", 12, early_days=60),
            (
                "Someone who does it on 15 March 2027 is valid until the end of 15 March 2028. If they do it again on "
                "1 February 2028, they are valid until the end of 15 March 2029."
            ),
        ),
        (
            Achieved("fire", 12),
            (
                "Someone who does it on 15 March 2027 is valid until the end of 15 March 2028. If they do it again on "
                "1 February 2028, they are valid until the end of 1 February 2029."
            ),
        ),
        (Achieved("fire", None), "Someone who does it on 15 March 2027 is valid for ever."),
        (Achieved("fire", 1), "Someone who does it on 15 March 2027 is valid until the end of 15 April 2027."),
        (
            Count("fire", 3, 24),
            (
                "Someone who has fire safety recorded 3 times on 15 March 2027 is valid until the end of 15 "
                "March 2029. If they do it again on 1 February 2029, they are valid until the end of 1 February 2031."
            ),
        ),
        (
            Hours(("fire",), 480, 36),
            (
                "Someone who has 8 hours of fire safety recorded on 15 March 2027 is valid until the end of 15 March "
                "2030. If they do it again on 1 February 2030, they are valid until the end of 1 February 2033."
            ),
        ),
        (
            State("nmc"),
            "Someone who is registered with the NMC from 15 March 2027 is valid for as long as that lasts.",
        ),
        (AnyOf((State("nmc"), Achieved("fire", None))), "Someone who does it on 15 March 2027 is valid for ever."),
    ],
)
def test_the_worked_example_has_real_dates(criterion: Criterion, said: str) -> None:
    found = example(criterion, TODAY)

    assert found is not None
    assert example_sentence(found, NAMES) == said


@given(st.one_of(LEAF, combined(LEAF)))
def test_every_criterion_has_a_worked_example_that_the_judge_agrees_with(criterion: Criterion) -> None:
    found = example(criterion, TODAY)

    if found is None:  # nothing at all is needed, such as no minutes of it
        assert "0 minutes" in criterion.words(NAMES)
        return
    assert found.until is None or found.until >= found.on
    assert found.again_until is None or (found.until is not None and found.again_until >= found.until)
    assert "Someone who" in example_sentence(found, NAMES)


def test_lists_and_orders_are_told_with_everything_they_ask() -> None:
    both = example(AllOf((Achieved("fire", 12), Count("bls", 2, None))), TODAY)
    order = example(FirstThen(Achieved("fire", None), Achieved("bls", 12)), TODAY)

    assert both is not None
    assert order is not None
    assert example_sentence(both, NAMES).startswith("Someone who has fire safety recorded and has bls recorded 2 times")
    assert example_sentence(order, NAMES) == "Someone who does it on 15 March 2027 is valid for ever."


def test_questions_come_one_after_another_and_fields_belong_to_them() -> None:
    assert [next_after(one) for one in Question] == [*list(Question)[1:], None]
    assert question_of("met_by") is Question.MET
    assert question_of("what-and-why") is Question.WHAT
    assert question_of("from") is Question.OVER
    assert question_of("") is None
