"""Audiences are read exactly, written back the same, and found by what they name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preceptor.compliance.requirements.domain.audience import (
    LEAVES,
    All,
    Any,
    At,
    Audience,
    Everyone,
    Leaf,
    Node,
    Not,
    PersonIs,
    Role,
    StaffGroup,
    Task,
    leaves,
    named,
    read_audience,
    written_audience,
)
from preceptor.compliance.requirements.domain.reading import DocumentError

ONE_OF = st.lists(st.sampled_from(("a", "b", "c")), min_size=1, max_size=3).map(tuple)
LEAF = st.builds(lambda kind, one_of: kind(one_of), st.sampled_from(tuple(LEAVES.values())), ONE_OF)


def combined(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    """One combinator over some parts."""
    lists = st.lists(parts, min_size=1, max_size=3).map(tuple)
    return st.one_of(st.builds(All, lists), st.builds(Any, lists), st.builds(Not, parts))


AUDIENCES = st.one_of(st.just(Everyone()), LEAF, combined(LEAF), combined(st.one_of(LEAF, combined(LEAF))))


@given(AUDIENCES)
def test_an_audience_is_read_as_it_was_written(audience: Audience) -> None:
    assert read_audience(written_audience(audience)) == audience


def test_every_leaf_has_its_own_word() -> None:
    said = {word: read_audience({word: ["x"]}) for word in LEAVES}

    assert sorted(said) == ["at", "kind", "person", "role", "service", "staff_group", "system", "task"]
    assert said == {word: kind(("x",)) for word, kind in LEAVES.items()}


def test_remarks_are_passed_over() -> None:
    assert read_audience({"role": ["gp"], "note": "asked by the partners"}) == Role(("gp",))


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ("nobody", "audience"),
        (None, "audience"),
        ([], "audience"),
        ({}, "audience"),
        ({"role": ["a"], "task": ["b"]}, "audience"),
        ({"rank": ["a"]}, "audience.rank"),
        ({"role": "a"}, "audience.role"),
        ({"role": []}, "audience.role"),
        ({"role": ["a", ""]}, "audience.role[1]"),
        ({"role": ["a", 1]}, "audience.role[1]"),
        ({"all": []}, "audience.all"),
        ({"any": {"role": ["a"]}}, "audience.any"),
        ({"not": [{"role": ["a"]}]}, "audience.not"),
        ({"all": ["everyone"]}, "audience.all[0]"),
        ({"all": [{"any": [{"not": {"role": ["a"]}}]}]}, "audience.all[0].any[0].not"),
        ({"not": {"not": {"all": [{"role": ["a"]}]}}}, "audience.not.not.all"),
    ],
)
def test_anything_else_is_refused_with_its_place(value: object, place: str) -> None:
    with pytest.raises(DocumentError) as refused:
        read_audience(value)

    assert refused.value.place == place
    assert refused.value.problem


def test_the_leaves_of_a_tree_come_with_their_places() -> None:
    tree = All((Role(("gp",)), Not(Any((At(("QHM",)), Task(("chaperone",)))))))

    assert list(leaves(tree)) == [
        (Role(("gp",)), "audience.all[0].role"),
        (At(("QHM",)), "audience.all[1].not.any[0].at"),
        (Task(("chaperone",)), "audience.all[1].not.any[1].task"),
    ]


@pytest.mark.parametrize(
    ("kind", "found"),
    [(PersonIs, {"p1", "p2"}), (At, {"A81001"}), (StaffGroup, set())],
)
def test_an_audience_says_whom_and_where_it_names(kind: type[Leaf], found: set[str]) -> None:
    tree = Any((PersonIs(("p1", "p2")), Not(PersonIs(("p1",))), At(("A81001",))))

    assert named(tree, kind) == found
    assert named(Everyone(), kind) == frozenset()
