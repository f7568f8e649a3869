"""Figures of groups, from which nobody's own answers can be worked out, and suggestions."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from preceptor.foundation.disclosure import FEWEST
from preceptor.training.capability.domain import (
    Answers,
    Domain,
    Questionnaire,
    Score,
    Statement,
    across,
    report,
    suggestions,
)

ASKED = Questionnaire(
    1,
    "made up",
    date(2026, 1, 1),
    False,
    (
        Domain("a", "A", "", (Statement("one", "One", "Try one"), Statement("two", "Two", "Try two"))),
        Domain("b", "B", "", (Statement("three", "Three", "Try three"),)),
    ),
    Domain("c", "C", "", (Statement("agree", "Agree"),)),
)
SCORES = st.builds(Score, st.integers(0, 10), st.integers(0, 10))
ANSWERS = st.builds(
    lambda one, two, three, agree: Answers({"a": {"one": one, "two": two}, "b": {"three": three}}, {"agree": agree}),
    *(SCORES, SCORES, SCORES),
    st.integers(1, 5),
)
GROUPED = st.lists(st.tuples(st.sampled_from("xyz"), ANSWERS), max_size=25)


def answers(now: int, need: int = 10, agree: int = 5) -> Answers:
    score = Score(now, need)
    return Answers({"a": {"one": score, "two": score}, "b": {"three": score}}, {"agree": agree})


@given(GROUPED)
def test_no_figure_is_of_fewer_than_five_and_none_is_left_by_taking_others_away(
    answered: list[tuple[str, Answers]],
) -> None:
    found = report(ASKED, answered)

    shown = sum(one.people for one in found.groups.values())
    assert (found.everybody is None) == (len(answered) < FEWEST)
    assert all(one.people >= FEWEST for one in found.groups.values())
    if found.groups:
        assert len(answered) - shown == 0 or len(answered) - shown >= FEWEST


@given(st.lists(GROUPED, max_size=5))
def test_what_is_counted_across_places_is_whole_places_of_five_or_more(
    places: list[list[tuple[str, Answers]]],
) -> None:
    assert len(across(places)) == sum(len(one) for one in places if len(one) >= FEWEST)


def test_figures_say_means_who_has_a_wide_gap_and_who_agrees() -> None:
    found = report(ASKED, [("x", answers(4, 5, 5)), *(("x", answers(8, 10, 3)) for _ in range(4))]).everybody

    assert found is not None
    assert (found.people, found.means["a"].now, found.means["a"].need) == (5, 7.2, 9.0)
    assert (found.wide["b"], found.agree["agree"]) == (4, 1)


def test_a_small_group_is_shown_with_nobody_and_hides_the_others_it_would_be_left_of() -> None:
    found = report(ASKED, [*(("x", answers(4)) for _ in range(6)), ("y", answers(4))])

    assert found.everybody is not None
    assert found.groups == {}


def test_suggestions_begin_with_the_widest_gap_and_leave_out_what_is_near_enough() -> None:
    said = Answers({"a": {"one": Score(7, 8), "two": Score(5, 8)}, "b": {"three": Score(1, 9)}}, {})

    assert [one.statement.suggests for one in suggestions(ASKED, said)] == ["Try three", "Try two"]


def test_answers_are_whole_only_when_every_statement_is_answered() -> None:
    assert answers(1).is_whole(ASKED)
    assert not Answers(answers(1).scores, {}).is_whole(ASKED)
    assert not Answers({"a": {"one": Score(1, 1)}, "b": {"three": Score(1, 1)}}, {"agree": 1}).is_whole(ASKED)
