"""What must always hold (standing.md, section 7), tried on the judge itself."""

import copy
import json
import random
import re
from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Any, TypeAlias

from hypothesis import assume, given
from hypothesis import strategies as st

from preceptor.compliance.standing.domain.world import judge_document

from .worlds import ANCHORS, adjustments, days, moments, records, worlds

Json: TypeAlias = dict[str, Any]
Pair: TypeAlias = tuple[str, str, date]

BEST_FIRST = ("valid", "due_soon", "due", "overdue")
ORDERED_LISTS = ("versions",)
SOME_DAYS = st.lists(days(), min_size=2, max_size=6, unique=True)
LATER_THAN_ALL = datetime(2026, 1, 1, tzinfo=UTC)


def answers(world: Json, asked: Iterable[date], known_at: datetime | None = None) -> dict[Pair, Json]:
    """What the judge says of each pair on each day; pairs that are not needed are not there."""
    return {
        (str(verdict["engagement"]), str(verdict["requirement"]), day): verdict
        for day in asked
        for verdict in judge_document(world, as_of=day, known_at=known_at)
    }


def status_of(said: dict[Pair, Json], pair: Pair) -> str:
    """The status of a pair, `not_needed` included."""
    return str(said[pair]["status"]) if pair in said else "not_needed"


def rewritten(value: object, change: Callable[[object, str], object], key: str = "") -> object:
    """A copy of a document with every part put through a change, the innermost first."""
    if isinstance(value, dict):
        return change({name: rewritten(inner, change, name) for name, inner in value.items()}, key)
    if isinstance(value, list):
        return change([rewritten(inner, change, key) for inner in value], key)
    return change(value, key)


def without(world: Json, **dropped: Callable[[Json], bool]) -> Json:
    """A copy of a world without those facts of each list of which the condition is true."""
    return {
        name: [copy.deepcopy(item) for item in items if name not in dropped or not dropped[name](item)]
        for name, items in world.items()
    }


@given(worlds(), SOME_DAYS, st.integers(0, 2**16))
def test_the_order_of_facts_is_irrelevant(world: Json, asked: list[date], seed: int) -> None:
    shuffle = random.Random(seed)

    def shuffled(value: object, key: str) -> object:
        if isinstance(value, list) and key not in ORDERED_LISTS:
            return shuffle.sample(value, len(value))
        if isinstance(value, dict):
            return dict(shuffle.sample(list(value.items()), len(value)))
        return value

    other = rewritten(world, shuffled)

    assert isinstance(other, dict)
    assert answers(other, asked) == answers(world, asked)


@given(worlds(), records("new"), SOME_DAYS)
def test_adding_an_accepted_record_never_makes_any_day_worse(world: Json, record: Json, asked: list[date]) -> None:
    accepted = {name: value for name, value in record.items() if name not in {"status", "withdrawn_at"}}
    before = answers(world, asked)
    after = answers({**world, "records": [*world["records"], accepted]}, asked)

    assert after.keys() == before.keys()
    for pair, verdict in before.items():
        now = after[pair]
        if verdict["status"] == "paused":
            assert now["status"] == "paused"
        else:
            assert BEST_FIRST.index(now["status"]) <= BEST_FIRST.index(verdict["status"])
        assert now["ever_met"] or not verdict["ever_met"]


@given(worlds(), st.one_of(st.none(), moments()))
def test_dates_of_a_verdict_agree_with_its_neighbours(world: Json, known_at: datetime | None) -> None:
    asked = ANCHORS[::2]
    for (engagement, requirement, day), verdict in answers(world, asked, known_at).items():

        def status(text: str, later: int = 0, pair: tuple[str, str] = (engagement, requirement)) -> str:
            other = date.fromisoformat(text) + timedelta(later)
            return status_of(answers(world, [other], known_at), (*pair, other))

        if verdict["until"] is not None:
            assert date.fromisoformat(verdict["until"]) >= day
            assert status(verdict["until"]) in {"due_soon", "paused", "not_needed", "valid"}
            assert status(verdict["until"], 1) not in {"valid", "due_soon"}
        if verdict["status"] == "due":
            assert date.fromisoformat(verdict["due_on"]) >= day
            assert status(verdict["due_on"]) not in {"overdue", "not_needed"}
            assert status(verdict["due_on"], 1) != "due"
        if verdict["status"] == "overdue":
            assert date.fromisoformat(verdict["overdue_since"]) <= day
            assert status(verdict["overdue_since"]) == "overdue"
            assert status(verdict["overdue_since"], -1) != "overdue"
        if verdict["next_change_on"] is not None:
            assert date.fromisoformat(verdict["next_change_on"]) > day
            assert status(verdict["next_change_on"]) != verdict["status"]
            assert status(verdict["next_change_on"], -1) == verdict["status"]
        assert (verdict["due_on"] is not None) == (verdict["status"] == "due")
        assert (verdict["overdue_since"] is not None) == (verdict["status"] == "overdue")
        assert verdict["ever_met"] or verdict["status"] not in {"valid", "due_soon"}


@given(worlds(), SOME_DAYS)
def test_a_known_at_not_before_the_latest_stamp_equals_none(world: Json, asked: list[date]) -> None:
    assert answers(world, asked, LATER_THAN_ALL) == answers(world, asked)
    stamps = re.findall(r"\d{4}-\d\d-\d\dT[^\"]+", json.dumps(world))
    if stamps:
        assert answers(world, asked, max(map(datetime.fromisoformat, stamps))) == answers(world, asked)


@given(worlds(), SOME_DAYS, st.data())
def test_withdrawing_a_record_equals_never_having_had_it(world: Json, asked: list[date], data: st.DataObject) -> None:
    assume(len(world["records"]) > 0)
    gone = data.draw(st.sampled_from([record["id"] for record in world["records"]]))
    never = without(world, records=lambda record: record["id"] == gone)
    withdrawn = copy.deepcopy(world)
    for record in withdrawn["records"]:
        if record["id"] == gone:
            record["withdrawn_at"] = "2025-12-31T12:00:00Z"

    assert answers(withdrawn, asked) == answers(never, asked)
    assert answers(withdrawn, asked, LATER_THAN_ALL) == answers(never, asked, LATER_THAN_ALL)


@given(worlds(), SOME_DAYS, st.data())
def test_two_adjoining_versions_alike_equal_one(world: Json, asked: list[date], data: st.DataObject) -> None:
    requirement = data.draw(st.sampled_from(world["requirements"]))
    place = data.draw(st.integers(0, len(requirement["versions"]) - 1))
    whole = requirement["versions"][place]
    starts = [version["from"] for version in requirement["versions"]] + ["2026-01-01"]
    cut = (date.fromisoformat(whole["from"]) + timedelta(data.draw(st.integers(1, 200)))).isoformat()
    assume(cut < starts[place + 1] and (whole["to"] is None or cut < whole["to"]))
    first = {**whole, "to": data.draw(st.sampled_from((None, cut, whole["to"])))}
    second = {**whole, "from": cut, "published_at": "2023-11-01T00:00:00Z"}
    split = copy.deepcopy(world)
    for other in split["requirements"]:
        if other["id"] == requirement["id"]:
            other["versions"][place : place + 1] = [first, second]

    assert answers(split, asked) == answers(world, asked)


@given(worlds(), SOME_DAYS, st.data())
def test_pausing_never_makes_a_day_overdue(world: Json, asked: list[date], data: st.DataObject) -> None:
    names = tuple(requirement["id"] for requirement in world["requirements"])
    engagements = tuple(engagement["id"] for engagement in world["engagements"])
    pause = data.draw(adjustments(engagements, names).filter(lambda item: item["kind"] == "pause"))
    before = answers(world, asked)
    after = answers({**world, "adjustments": [*world["adjustments"], pause]}, asked)

    assert after.keys() == before.keys()
    for pair, verdict in after.items():
        assert verdict["status"] != "overdue" or before[pair]["status"] == "overdue"
        assert verdict["until"] == before[pair]["until"]


@given(worlds(), SOME_DAYS, st.one_of(st.none(), moments()))
def test_renaming_anything_changes_nothing(world: Json, asked: list[date], known_at: datetime | None) -> None:
    named = {
        "id", "person", "organisation", "engagement", "requirement", "requirements", "role", "staff_group", "subject",
        "subjects", "counts_as", "state", "value", "task", "at", "system", "service",
    }  # fmt: skip

    def renamed(value: object, key: str) -> object:
        return f"Ünlike {value[::-1]}" if isinstance(value, str) and key in named else value

    other = rewritten(world, renamed)
    assert isinstance(other, dict)
    expected = {
        (f"Ünlike {engagement[::-1]}", f"Ünlike {requirement[::-1]}", day): {
            **verdict,
            "engagement": f"Ünlike {engagement[::-1]}",
            "requirement": f"Ünlike {requirement[::-1]}",
        }
        for (engagement, requirement, day), verdict in answers(world, asked, known_at).items()
    }

    assert answers(other, asked, known_at) == expected


@given(worlds(), SOME_DAYS, st.data())
def test_standing_does_not_depend_on_who_and_what_else_is_judged(
    world: Json, asked: list[date], data: st.DataObject
) -> None:
    engagement = data.draw(st.sampled_from(world["engagements"]))
    requirement = data.draw(st.sampled_from(world["requirements"]))["id"]
    alone = without(
        world,
        engagements=lambda item: item["id"] != engagement["id"],
        records=lambda item: item["person"] != engagement["person"],
        requirements=lambda item: item["id"] != requirement,
        adjustments=lambda item: (
            item.get("engagement", engagement["id"]) != engagement["id"]
            or item.get("requirement", requirement) != requirement
            or requirement not in item.get("requirements", [requirement])
        ),
    )
    for item in alone["adjustments"]:
        if "requirements" in item:
            item["requirements"] = [requirement]
    expected = {
        pair: verdict for pair, verdict in answers(world, asked).items() if pair[:2] == (engagement["id"], requirement)
    }

    assert answers(alone, asked) == expected
