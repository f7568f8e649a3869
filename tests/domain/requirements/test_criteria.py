"""Criteria are read exactly and written back the same; every kind has an example here."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preceptor.compliance.requirements.domain.criteria import (
    CRITERIA,
    Achieved,
    AllOf,
    AnyOf,
    Count,
    Criterion,
    Expiry,
    FirstThen,
    Hours,
    State,
    read_criterion,
    written_criterion,
)
from preceptor.compliance.requirements.domain.reading import DocumentError

SUBJECTS = st.sampled_from(("bls", "fire"))
LEVELS = st.integers(1, 3)
MONTHS = st.one_of(st.none(), st.integers(1, 1200))
KINDS = st.one_of(st.none(), st.lists(st.sampled_from(("course", "log")), min_size=1, max_size=2).map(tuple))
LEAF = st.one_of(
    st.builds(Achieved, SUBJECTS, st.just(None), LEVELS, KINDS, st.sampled_from(Expiry)),
    st.builds(Achieved, SUBJECTS, st.integers(1, 40), LEVELS, KINDS, st.sampled_from(Expiry), st.integers(0, 27)),
    st.builds(Count, SUBJECTS, st.integers(1, 20), MONTHS, LEVELS, KINDS),
    st.builds(
        Hours,
        st.lists(SUBJECTS, min_size=1, max_size=2).map(tuple),
        st.integers(0, 600),
        MONTHS,
        LEVELS,
        st.one_of(st.none(), st.integers(0, 300)),
    ),
    st.builds(State, st.just("registered:nmc")),
)


def combined(parts: st.SearchStrategy[Criterion]) -> st.SearchStrategy[Criterion]:
    """One combinator over some parts."""
    lists = st.lists(parts, min_size=1, max_size=3).map(tuple)
    return st.one_of(st.builds(AllOf, lists), st.builds(AnyOf, lists), st.builds(FirstThen, parts, parts))


@given(st.one_of(LEAF, combined(LEAF), combined(st.one_of(LEAF, combined(LEAF)))))
def test_a_criterion_is_read_as_it_was_written(criterion: Criterion) -> None:
    assert read_criterion(written_criterion(criterion)) == criterion


EXAMPLES: dict[str, tuple[object, Criterion]] = {
    "achieved": (
        {"subject": "bls", "level": 2, "months": 12, "expiry": "replace", "early_days": 60, "kinds": ["course"]},
        Achieved("bls", 12, 2, ("course",), Expiry.REPLACE, 60),
    ),
    "count": ({"subject": "smears", "at_least": 20, "months": None}, Count("smears", 20, None)),
    "hours": (
        {"subjects": ["sg"], "minutes": 480, "participatory_minutes": 240, "months": 36},
        Hours(("sg",), 480, 36, 1, 240),
    ),
    "state": ({"state": "registered:nmc"}, State("registered:nmc")),
    "all_of": ([{"state": {"state": "a"}}, {"state": {"state": "b"}}], AllOf((State("a"), State("b")))),
    "any_of": ([{"state": {"state": "a"}}], AnyOf((State("a"),))),
    "first_then": (
        {"first": {"state": {"state": "a"}}, "then": {"state": {"state": "b"}}},
        FirstThen(State("a"), State("b")),
    ),
}


def test_every_kind_has_an_example() -> None:
    assert sorted(EXAMPLES) == sorted(CRITERIA)


@pytest.mark.parametrize("key", EXAMPLES)
def test_each_kind_is_read_from_its_key(key: str) -> None:
    value, criterion = EXAMPLES[key]

    assert read_criterion({key: value}) == criterion


def test_defaults_are_level_one_any_kind_and_capped_by_the_certificate() -> None:
    assert read_criterion({"achieved": {"subject": "bls", "months": 12}}) == Achieved(
        subject="bls", months=12, level=1, kinds=None, expiry=Expiry.CAP, early_days=None
    )


ACHIEVED = {"subject": "bls", "months": 12}
A = {"state": {"state": "a"}}
WRONG: list[tuple[object, str]] = [
    (None, "met_by"),
    ({}, "met_by"),
    ({"done": {}}, "met_by.done"),
    ({"achieved": ACHIEVED, "state": {}}, "met_by"),
    ({"achieved": None}, "met_by.achieved"),
    ({"achieved": {"subject": "bls"}}, "met_by.achieved.months"),
    ({"achieved": {"months": 12}}, "met_by.achieved.subject"),
    ({"achieved": {**ACHIEVED, "subject": ""}}, "met_by.achieved.subject"),
    ({"achieved": {**ACHIEVED, "months": 0}}, "met_by.achieved.months"),
    ({"achieved": {**ACHIEVED, "months": 1201}}, "met_by.achieved.months"),
    ({"achieved": {**ACHIEVED, "months": 12.0}}, "met_by.achieved.months"),
    ({"achieved": {**ACHIEVED, "months": True}}, "met_by.achieved.months"),
    ({"achieved": {**ACHIEVED, "months": "12"}}, "met_by.achieved.months"),
    ({"achieved": {**ACHIEVED, "level": 0}}, "met_by.achieved.level"),
    ({"achieved": {**ACHIEVED, "level": None}}, "met_by.achieved.level"),
    ({"achieved": {**ACHIEVED, "kinds": []}}, "met_by.achieved.kinds"),
    ({"achieved": {**ACHIEVED, "expiry": "keep"}}, "met_by.achieved.expiry"),
    ({"achieved": {**ACHIEVED, "early_days": -1}}, "met_by.achieved.early_days"),
    ({"achieved": {**ACHIEVED, "early_days": 28 * 12}}, "met_by.achieved.early_days"),
    ({"achieved": {"subject": "bls", "months": None, "early_days": 0}}, "met_by.achieved.early_days"),
    ({"achieved": {**ACHIEVED, "minutes": 60}}, "met_by.achieved.minutes"),
    ({"count": {"subject": "bls", "months": 12}}, "met_by.count.at_least"),
    ({"count": {"subject": "bls", "months": 12, "at_least": 0}}, "met_by.count.at_least"),
    ({"count": {"subject": "bls", "at_least": 2}}, "met_by.count.months"),
    ({"hours": {"subjects": [], "minutes": 60, "months": 12}}, "met_by.hours.subjects"),
    ({"hours": {"subjects": ["bls"], "months": 12}}, "met_by.hours.minutes"),
    ({"hours": {"subjects": ["bls"], "minutes": -1, "months": 12}}, "met_by.hours.minutes"),
    ({"hours": {"subjects": ["bls"], "minutes": 60, "months": 12, "kinds": ["a"]}}, "met_by.hours.kinds"),
    ({"state": {}}, "met_by.state.state"),
    ({"state": "registered:nmc"}, "met_by.state"),
    ({"all_of": []}, "met_by.all_of"),
    ({"any_of": [A, {"state": {"state": 1}}]}, "met_by.any_of[1].state.state"),
    ({"first_then": {"first": A}}, "met_by.first_then.then"),
    ({"first_then": {"first": A, "then": A, "last": A}}, "met_by.first_then.last"),
    ({"all_of": [{"any_of": [{"all_of": [A]}]}]}, "met_by.all_of[0].any_of[0].all_of"),
    ({"any_of": [{"first_then": {"first": A, "then": {"all_of": [A]}}}]}, "met_by.any_of[0].first_then.then.all_of"),
]


@pytest.mark.parametrize(("value", "place"), WRONG)
def test_anything_else_is_refused_with_its_place(value: object, place: str) -> None:
    with pytest.raises(DocumentError) as refused:
        read_criterion(value)

    assert refused.value.place == place
    assert str(refused.value) == f"{place}: {refused.value.problem}"


def test_the_leaves_of_a_criterion_come_with_their_places() -> None:
    criterion = AllOf((State("a"), FirstThen(Count("log", 2, None), AnyOf((State("b"),)))))

    assert list(criterion.leaves()) == [
        ("met_by.all_of[0].state", State("a")),
        ("met_by.all_of[1].first_then.first.count", Count("log", 2, None)),
        ("met_by.all_of[1].first_then.then.any_of[0].state", State("b")),
    ]
