"""Whatever a rule can say goes to the form and back unchanged."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preceptor.compliance.requirements.domain.audience import All, Any, Audience, Everyone, Not, Role, Task
from preceptor.compliance.requirements.domain.criteria import Achieved, AllOf, Count, Criterion, FirstThen, Hours
from preceptor.compliance.requirements.domain.criteria import State as Held
from preceptor.compliance.rulemaking.domain import asking, conditions
from preceptor.compliance.rulemaking.domain.trees import Node, Problem, changed, fields_of, node_in
from preceptor.compliance.standing.domain.audiences import Places, Who, in_audience
from preceptor.compliance.standing.domain.facts import Dated, Engagement, Organisation
from tests.domain.requirements.test_audience import AUDIENCES
from tests.domain.requirements.test_criteria import LEAF, combined

CRITERIA = st.one_of(LEAF, combined(LEAF), combined(st.one_of(LEAF, combined(LEAF))))
NURSE, CHAPERONE, GP = Role(("practice-nurse",)), Task(("chaperone",)), Role(("gp-partner",))
CAUGHT = Node("task", {"is": ("not",), "of": ("chaperone",)})


@given(AUDIENCES)
def test_an_audience_goes_to_the_form_and_back_unchanged(audience: Audience) -> None:
    tree = conditions.tree_of(audience)

    back = node_in(fields_of(tree, conditions.AT), conditions.AT, conditions.NAMES)

    assert back == tree
    assert conditions.problems_in(back) == []
    assert conditions.audience_in(back, audience) == audience


@given(AUDIENCES)
def test_the_form_says_the_same_of_everybody_even_where_it_says_it_otherwise(audience: Audience) -> None:
    rebuilt = conditions.audience_in(conditions.tree_of(audience))

    places = Places((Organisation("a"),))
    for role in ("a", "b", "c", None):
        who = Who(Engagement("e", "a", "a", date(2020, 1, 1), role=role, kind="b", tasks=(Dated("c"),)), places)
        assert in_audience(rebuilt)(who) == in_audience(audience)(who)


@given(CRITERIA)
def test_a_criterion_goes_to_the_form_and_back_unchanged(criterion: Criterion) -> None:
    tree = asking.tree_of(criterion)

    back = node_in(fields_of(tree, asking.AT), asking.AT, asking.NAMES)

    assert back == tree
    assert asking.problems_in(back) == []
    assert asking.criterion_in(back, criterion) == criterion
    assert asking.criterion_in(back) == criterion


@given(CRITERIA)
def test_changing_no_leaf_changes_nothing_and_each_leaf_has_its_own_number(criterion: Criterion) -> None:
    numbers = list[int]()

    def seen(number: int, leaf: Criterion) -> Criterion:
        numbers.append(number)
        return leaf

    same = asking.changed_leaves(criterion, seen)

    assert same == criterion
    assert numbers == list(range(len(list(criterion.leaves()))))


@pytest.mark.parametrize(
    ("audience", "shown"),
    [
        (Everyone(), Node("everyone")),
        (NURSE, Node("all", parts=(Node("role", {"is": ("is",), "of": ("practice-nurse",)}),))),
        (Not(CHAPERONE), Node("all", parts=(CAUGHT,))),
        (Not(Not(CHAPERONE)), conditions.tree_of(CHAPERONE)),
        (Not(Any((GP, CHAPERONE))), conditions.tree_of(All((Not(GP), Not(CHAPERONE))))),
        (All((Any((NURSE,)), GP)), conditions.tree_of(All((NURSE, GP)))),
    ],
)
def test_every_audience_is_lists_of_lines(audience: Audience, shown: Node) -> None:
    assert conditions.tree_of(audience) == shown


def test_a_condition_is_added_filled_in_and_taken_away() -> None:
    tree = conditions.tree_of(NURSE)
    asked = {"c_add": ("task",), "c-1_add": ("role",)}

    longer = changed(tree, "c", "add:c", asked, conditions.made)
    assert longer is not None
    assert conditions.problems_in(longer) == [Problem("c-1_of", "Choose at least one, or remove the condition")]
    assert changed(longer, "c", "remove:c-1", {}, conditions.made) == tree
    grouped = changed(tree, "c", "add:c", {"c_add": ("any",)}, conditions.made)
    assert grouped is not None
    inside = changed(grouped, "c", "add:c-1", asked, conditions.made)
    assert inside is not None
    assert inside.parts[1] == Node("any", parts=(Node("role", {"is": ("is",)}),))


@pytest.mark.parametrize("button", ["save", "remove:x", "remove:c-9", "remove:c-x", "drop:c"])
def test_a_button_that_is_none_of_the_trees_changes_nothing(button: str) -> None:
    assert changed(conditions.tree_of(NURSE), "c", button, {}, conditions.made) is None


def test_what_cannot_be_said_is_named_where_it_stands() -> None:
    group = Node("all", parts=(Node("any", parts=(CAUGHT,)), Node("any"), Node("role", {"is": ("is",)})))

    assert [one.field for one in conditions.problems_in(group)] == ["c-0-0_is", "c-1_add", "c-2_of"]
    assert [one.field for one in conditions.problems_in(Node("any"))] == ["c_add"]
    assert conditions.problems_in(Node("everyone")) == []


def test_a_criterion_names_what_is_missing_and_what_is_no_number() -> None:
    count = Node("count", {"subject": ("cytology",), "level": ("0",), "at_least": ("many",)})
    tree = Node("all_of", parts=(count, Node("hours", {"level": ("1",)}), Node("state"), Node("first_then")))

    assert [(one.field, one.message) for one in asking.problems_in(tree)] == [
        ("w-0_level", "Level must be a whole number, 1 or more"),
        ("w-0_at_least", "How many times must be a whole number, 1 or more"),
        ("w-1_subjects", "Choose at least one subject"),
        ("w-1_minutes", "Enter the minutes in all"),
        ("w-2_state", "Choose what they must hold"),
        ("w-3_add", "Add something to the list, or remove it"),
    ]


def test_lists_inside_lists_inside_lists_are_refused() -> None:
    leaf = asking.tree_of(Achieved("bls", 12))
    tree = Node("all_of", parts=(Node("any_of", parts=(Node("all_of", parts=(leaf,)),)),))

    assert [one.field for one in asking.problems_in(tree)] == ["w-0-0_key"]


def test_something_more_is_asked_by_putting_it_into_a_list() -> None:
    tree = asking.tree_of(Achieved("bls", 12))

    joined = changed(tree, "w", "join:w", {"w_join": ("all_of",)}, asking.made)
    assert joined is not None
    longer = changed(joined, "w", "add:w", {"w_add": ("state",)}, asking.made)
    assert longer == Node("all_of", parts=(tree, Node("state")))
    after = changed(tree, "w", "join:w", {"w_join": ("first_then",)}, asking.made)
    assert after == Node("first_then", parts=(tree, Node("achieved", {"level": ("1",)})))


def test_what_other_questions_ask_is_kept_and_what_is_new_counts_for_ever() -> None:
    tree = asking.tree_of(Achieved("bls", 12, early_days=60))
    other = Node("achieved", dict(tree.values) | {"subject": ("fire",)})

    assert asking.criterion_in(other) == Achieved("fire", 12, early_days=60)
    assert asking.criterion_in(Node("count", {"subject": ("fire",), "at_least": ("2",), "level": ("1",)})) == Count(
        "fire", 2, None
    )
    assert asking.criterion_in(
        Node("count", dict(other.values) | {"at_least": ("2",), "kept": ("nonsense",)})
    ) == Count("fire", 2, None)


def test_how_long_each_part_counts_is_changed_alone() -> None:
    rule = AllOf((Achieved("bls", 12, early_days=60), FirstThen(Held("nmc"), Hours(("bls",), 60, 24))))

    for_ever = asking.changed_leaves(rule, lambda number, leaf: asking.lasting(leaf, None if number == 0 else 6))

    assert for_ever == AllOf((Achieved("bls", None), FirstThen(Held("nmc"), Hours(("bls",), 60, 6))))
    assert (asking.lapses(rule), asking.lapses(FirstThen(Held("nmc"), Hours(("bls",), 60, 24)))) == (True, False)
