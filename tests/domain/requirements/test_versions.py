"""Transitions, versions and requirements are read exactly and written back the same."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preceptor.compliance.requirements.domain.audience import Everyone
from preceptor.compliance.requirements.domain.criteria import State
from preceptor.compliance.requirements.domain.reading import DocumentError
from preceptor.compliance.requirements.domain.transitions import (
    AtOnce,
    AtRenewal,
    NewStarters,
    Transition,
    read_transition,
    written_transition,
)
from preceptor.compliance.requirements.domain.versions import (
    Requirement,
    Version,
    read_requirement,
    read_version,
    written_requirement,
)

PLAIN: dict[str, Any] = {
    "from": "2020-01-01",
    "audience": "everyone",
    "met_by": {"state": {"state": "a"}},
    "first_due_days": None,
}
TRANSITIONS = st.one_of(st.builds(AtOnce, st.integers(0, 40_000)), st.just(AtRenewal()), st.just(NewStarters()))


@given(TRANSITIONS)
def test_a_transition_is_read_as_it_was_written(transition: Transition) -> None:
    assert read_transition(written_transition(transition)) == transition


def test_grace_is_no_days_unless_said() -> None:
    assert read_transition({"at_once": {}}) == AtOnce(0)


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ("at_once", "transition"),
        ({}, "transition"),
        ({"at_once": {}, "at_renewal": {}}, "transition"),
        ({"later": {}}, "transition.later"),
        ({"at_once": {"grace_days": 40_001}}, "transition.at_once.grace_days"),
        ({"at_once": {"grace_days": 1.0}}, "transition.at_once.grace_days"),
        ({"at_renewal": None}, "transition.at_renewal"),
        ({"at_renewal": {"grace_days": 1}}, "transition.at_renewal.grace_days"),
        ({"new_starters": []}, "transition.new_starters"),
    ],
)
def test_any_other_transition_is_refused_with_its_place(value: object, place: str) -> None:
    with pytest.raises(DocumentError) as refused:
        read_transition(value)

    assert refused.value.place == place


def test_a_version_says_its_defaults() -> None:
    assert read_version(PLAIN) == Version(
        starts_on=date(2020, 1, 1),
        ends_on=None,
        audience=Everyone(),
        met_by=State("a"),
        first_due_days=None,
        notice_days=60,
        return_days=28,
        transition=None,
        published_at=None,
        source=None,
    )


def test_a_requirement_is_read_as_it_was_written() -> None:
    first = Version(
        starts_on=date(2020, 1, 1),
        ends_on=date(2021, 1, 1),
        audience=Everyone(),
        met_by=State("a"),
        first_due_days=30,
        published_at=datetime(2019, 12, 1, tzinfo=UTC),
        source={"key": "rcgp-safeguarding-2024", "clause": "3.1"},
    )
    second = Version(date(2021, 1, 1), None, Everyone(), State("b"), None, 0, 0, AtOnce(28))
    requirement = Requirement("sg", (first, second), "Safeguarding")

    assert read_requirement(written_requirement(requirement)) == requirement


@pytest.mark.parametrize(
    ("more", "place"),
    [
        ({"from": None}, "version.from"),
        ({"from": "01/01/2020"}, "version.from"),
        ({"from": "2021-02-29"}, "version.from"),
        ({"from": "20200101"}, "version.from"),
        ({"from": "1899-12-31"}, "version.from"),
        ({"from": "2201-01-01"}, "version.from"),
        ({"to": "2020-01-01"}, "version.to"),
        ({"to": "2019-01-01"}, "version.to"),
        ({"published_at": "2019-12-01"}, "version.published_at"),
        ({"published_at": "2019-12-01T00:00:00"}, "version.published_at"),
        ({"published_at": "2019-12-01T25:00:00Z"}, "version.published_at"),
        ({"first_due_days": -1}, "version.first_due_days"),
        ({"notice_days": None}, "version.notice_days"),
        ({"return_days": 40_001}, "version.return_days"),
        ({"review": "2020-01-01"}, "version.review"),
        ({"audience": {"role": []}}, "version.audience.role"),
        ({"transition": {"at_once": {"grace_days": -1}}}, "version.transition.at_once.grace_days"),
    ],
)
def test_a_version_that_says_something_else_is_refused_with_its_place(more: dict[str, Any], place: str) -> None:
    with pytest.raises(DocumentError) as refused:
        read_version({**PLAIN, **more})

    assert refused.value.place == place


@pytest.mark.parametrize("key", ["from", "audience", "met_by", "first_due_days"])
def test_what_a_version_must_say_is_missed(key: str) -> None:
    with pytest.raises(DocumentError) as refused:
        read_version({name: value for name, value in PLAIN.items() if name != key})

    assert refused.value.place == f"version.{key}"


@pytest.mark.parametrize(
    ("second", "place"),
    [
        ({**PLAIN, "from": "2021-01-01"}, "requirement.versions[1].transition"),
        ({**PLAIN, "transition": {"at_renewal": {}}}, "requirement.versions[1].from"),
        ({**PLAIN, "from": "2019-12-31", "transition": {"at_renewal": {}}}, "requirement.versions[1].from"),
    ],
)
def test_later_versions_start_later_and_say_how_they_take_over(second: dict[str, Any], place: str) -> None:
    with pytest.raises(DocumentError) as refused:
        read_requirement({"id": "bls", "versions": [PLAIN, second]})

    assert refused.value.place == place


def test_remarks_change_nothing_and_the_title_is_kept() -> None:
    said = {"id": "bls", "title": "Life support", "note": 1.5, "versions": [{**PLAIN, "reason": {"any": "thing"}}]}

    assert read_requirement(said) == Requirement("bls", (read_version(PLAIN),), "Life support")
