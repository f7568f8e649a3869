"""Every refusal of the last paragraph of standing.md, section 9, and the place it names."""

import copy
import json
import re
from datetime import date, timedelta
from typing import Any, TypeAlias

import pytest

from preceptor.compliance.standing.domain.document import document_of
from preceptor.compliance.standing.domain.world import judge_document

Json: TypeAlias = dict[str, Any]
Place: TypeAlias = tuple[str | int, ...]

GONE = object()
VERSION: Place = ("requirements", 0, "versions", 0)
ACHIEVED: Place = (*VERSION, "met_by", "achieved")


def valid_world() -> Json:
    """A world in which everything of the format occurs once."""
    dated = {"from": None, "to": "2025-01-01"}
    plain = {"from": "2020-01-01", "to": None, "audience": "everyone", "first_due_days": None}
    stamps = {"recorded_at": "2020-01-01T09:00:00Z", "withdrawn_at": None}
    return {
        "organisations": [
            {
                "id": "A81001",
                "kind": "practice",
                "name": "Alder Surgery",
                "parents": [{"value": "U10000", **dated}],
                "systems": [{"value": "emis", **dated}],
                "services": [{"value": "triage", **dated}],
            },
            {"id": "U10000", "kind": "pcn", "parents": [{"value": "QHM", **dated}]},
            {"id": "QHM", "kind": "icb"},
        ],
        "people": [{"id": "p1", "states": [{"value": "registered:nmc", **dated}]}],
        "engagements": [
            {
                "id": "e1",
                "person": "p1",
                "organisation": "A81001",
                "role": "nurse",
                "staff_group": "nursing",
                "kind": "employed",
                "tasks": [{"value": "chaperone", **dated}],
                "from": "2020-01-01",
                "to": "2024-01-01",
            }
        ],
        "records": [
            {
                "id": "x1",
                "person": "p1",
                "subject": "bls",
                "level": 2,
                "on": "2021-01-01",
                "kind": "course",
                "minutes": 60,
                "participatory": True,
                "expires_on": "2022-01-01",
                "status": "accepted",
                **stamps,
            }
        ],
        "equivalences": [{"subject": "ils", "level": 1, "counts_as": "bls", "counts_as_level": 2}],
        "requirements": [
            {
                "id": "bls",
                "versions": [
                    {
                        "from": "2020-01-01",
                        "to": "2022-01-01",
                        "published_at": "2019-12-01T00:00:00Z",
                        "audience": {"any": [{"role": ["nurse"]}, {"not": {"at": ["QHM"]}}]},
                        "met_by": {
                            "achieved": {
                                "subject": "bls",
                                "level": 2,
                                "kinds": ["course"],
                                "months": 12,
                                "expiry": "cap",
                                "early_days": 60,
                            }
                        },
                        "first_due_days": 30,
                        "notice_days": 60,
                        "return_days": 28,
                        "source": {"title": "Resuscitation Council"},
                    },
                    {
                        **plain,
                        "from": "2023-01-01",
                        "met_by": {"count": {"subject": "bls", "at_least": 2, "months": 24}},
                        "transition": {"at_once": {"grace_days": 28}},
                    },
                ],
            },
            {
                "id": "hours",
                "versions": [
                    {
                        **plain,
                        "met_by": {
                            "hours": {
                                "subjects": ["bls"],
                                "level": 1,
                                "minutes": 60,
                                "participatory_minutes": 30,
                                "months": 36,
                            }
                        },
                    }
                ],
            },
            {
                "id": "tree",
                "versions": [
                    {
                        **plain,
                        "audience": {"all": [{"person": ["p1"]}]},
                        "met_by": {
                            "first_then": {
                                "first": {"state": {"state": "registered:nmc"}},
                                "then": {"all_of": [{"achieved": {"subject": "fire", "months": None}}]},
                            }
                        },
                    }
                ],
            },
        ],
        "adjustments": [
            {"kind": "exemption", "requirement": "bls", "engagement": "e1", "from": "2021-01-01", "to": None, **stamps},
            {"kind": "pause", "engagement": "e1", "from": "2021-01-01", "to": "2021-06-01", **stamps},
            {
                "kind": "extension",
                "requirements": ["bls"],
                "scope": {"at": ["QHM"]},
                "from": "2021-01-01",
                "until": "2021-06-01",
                **stamps,
            },
        ],
    }


def changed(place: Place, value: object) -> Json:
    """The valid world with one thing put in its place, or gone from it."""
    world = valid_world()
    target: Any = world
    for step in place[:-1]:
        target = target[step]
    if value is GONE:
        del target[place[-1]]
    elif place[-1] == "+":
        target.append(value)
    else:
        target[place[-1]] = value
    return world


def written(place: Place) -> str:
    """A place as errors write it: `requirements[3].versions[0].from`."""
    return "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place).lstrip(".")


def refusal(world: object) -> str:
    """What the judge says against a world."""
    with pytest.raises(ValueError, match=r"\S") as refused:
        judge_document(world, as_of=date(2021, 6, 1))
    return str(refused.value)


def test_the_world_that_is_broken_below_is_valid() -> None:
    verdicts = judge_document(valid_world(), as_of=date(2021, 7, 1))

    assert {verdict["requirement"]: verdict["status"] for verdict in verdicts} == {"hours": "valid", "tree": "valid"}


UNKNOWN_KEYS: list[Place] = [
    ("organisation",),
    ("organisations", 0, "parent"),
    ("organisations", 0, "parents", 0, "id"),
    ("organisations", 0, "systems", 0, "until"),
    ("organisations", 0, "services", 0, "day"),
    ("people", 0, "state"),
    ("people", 0, "states", 0, "state"),
    ("engagements", 0, "group"),
    ("engagements", 0, "tasks", 0, "task"),
    ("records", 0, "expires"),
    ("equivalences", 0, "months"),
    ("requirements", 0, "from"),
    (*VERSION, "grace_days"),
    (*ACHIEVED, "at_least"),
    ("requirements", 0, "versions", 1, "met_by", "count", "early_days"),
    ("requirements", 1, "versions", 0, "met_by", "hours", "kinds"),
    ("requirements", 2, "versions", 0, "met_by", "first_then", "last"),
    ("requirements", 2, "versions", 0, "met_by", "first_then", "first", "state", "from"),
    ("requirements", 0, "versions", 1, "transition", "at_once", "days"),
    ("adjustments", 0, "until"),
    ("adjustments", 1, "requirement"),
    ("adjustments", 2, "engagement"),
]


@pytest.mark.parametrize("place", UNKNOWN_KEYS, ids=written)
def test_an_unknown_key_is_refused(place: Place) -> None:
    assert written(place) in refusal(changed(place, "2021-01-01"))


FREE_WORDS = ("source", "name", "title", "reason", "authority", "note")
ANYWHERE: list[Place] = [
    (),
    ("organisations", 0),
    ("organisations", 0, "parents", 0),
    ("people", 0),
    ("people", 0, "states", 0),
    ("engagements", 0),
    ("engagements", 0, "tasks", 0),
    ("records", 0),
    ("equivalences", 0),
    ("requirements", 0),
    VERSION,
    ("adjustments", 0),
    ("adjustments", 1),
    ("adjustments", 2),
    ACHIEVED,
]


@pytest.mark.parametrize("place", ANYWHERE, ids=written)
def test_words_for_people_are_allowed_anywhere_and_change_nothing(place: Place) -> None:
    world = valid_world()
    target: Any = world
    for step in place:
        target = target[step]
    target |= {word: {"said": ["by", "somebody", 1.5]} for word in FREE_WORDS}
    days = [date(2021, 6, 1) + timedelta(100 * step) for step in range(10)]

    assert [judge_document(world, as_of=day) for day in days] == [
        judge_document(valid_world(), as_of=day) for day in days
    ]


MUST_BE_SAID: list[Place] = [
    ("organisations", 0, "id"),
    ("organisations", 0, "systems", 0, "value"),
    ("people", 0, "id"),
    ("people", 0, "states", 0, "value"),
    ("engagements", 0, "id"),
    ("engagements", 0, "person"),
    ("engagements", 0, "organisation"),
    ("records", 0, "id"),
    ("records", 0, "person"),
    ("records", 0, "subject"),
    ("records", 0, "on"),
    ("equivalences", 0, "subject"),
    ("equivalences", 0, "counts_as"),
    ("requirements", 0, "id"),
    (*VERSION, "from"),
    (*VERSION, "audience"),
    (*VERSION, "met_by"),
    (*VERSION, "first_due_days"),
    ("requirements", 0, "versions", 1, "transition"),
    (*ACHIEVED, "months"),
    (*ACHIEVED, "subject"),
    ("requirements", 0, "versions", 1, "met_by", "count", "months"),
    ("requirements", 0, "versions", 1, "met_by", "count", "subject"),
    ("requirements", 0, "versions", 1, "met_by", "count", "at_least"),
    ("requirements", 1, "versions", 0, "met_by", "hours", "months"),
    ("requirements", 1, "versions", 0, "met_by", "hours", "subjects"),
    ("requirements", 1, "versions", 0, "met_by", "hours", "minutes"),
    ("requirements", 2, "versions", 0, "met_by", "first_then", "first"),
    ("requirements", 2, "versions", 0, "met_by", "first_then", "then"),
    ("requirements", 2, "versions", 0, "met_by", "first_then", "first", "state", "state"),
    ("adjustments", 0, "kind"),
    ("adjustments", 0, "requirement"),
    ("adjustments", 0, "engagement"),
    ("adjustments", 1, "engagement"),
    ("adjustments", 2, "until"),
]


@pytest.mark.parametrize("place", MUST_BE_SAID, ids=written)
def test_what_must_be_said_and_is_not_is_refused(place: Place) -> None:
    assert written(place) in refusal(changed(place, GONE))


DATES: list[Place] = [
    ("organisations", 0, "parents", 0, "from"),
    ("organisations", 0, "systems", 0, "to"),
    ("people", 0, "states", 0, "from"),
    ("engagements", 0, "from"),
    ("engagements", 0, "to"),
    ("engagements", 0, "tasks", 0, "to"),
    ("records", 0, "on"),
    ("records", 0, "expires_on"),
    (*VERSION, "from"),
    (*VERSION, "to"),
    ("adjustments", 0, "from"),
    ("adjustments", 1, "to"),
    ("adjustments", 2, "until"),
]
ARABIC_DIGITS = "\u0662\u0660\u0662\u0661-\u0660\u0661-\u0660\u0661"
BAD_DATES = (
    "2023-02-29", "2021-13-01", "20210101", "2021-W01-1", "01/02/2021", "2021-1-1", " 2021-01-01", "", 20210101, True,
    "2021-01-01T00:00:00Z", "1899-12-31", "2201-01-01", ARABIC_DIGITS, ["2021-01-01"],
)  # fmt: skip


@pytest.mark.parametrize("place", DATES, ids=written)
def test_a_bad_date_is_refused(place: Place) -> None:
    for bad in BAD_DATES:
        assert written(place) in refusal(changed(place, bad)), bad


MOMENTS: list[Place] = [
    ("records", 0, "recorded_at"),
    ("records", 0, "withdrawn_at"),
    (*VERSION, "published_at"),
    ("adjustments", 0, "recorded_at"),
    ("adjustments", 1, "withdrawn_at"),
    ("adjustments", 2, "recorded_at"),
]
BAD_MOMENTS = ("2021-01-01", "2021-01-01T10:00:00", "2021-01-01T25:00:00Z", "yesterday", "", 1609459200, False)


@pytest.mark.parametrize("place", MOMENTS, ids=written)
def test_a_bad_moment_is_refused(place: Place) -> None:
    for bad in BAD_MOMENTS:
        assert written(place) in refusal(changed(place, bad)), bad


LEVELS: list[Place] = [
    ("records", 0, "level"),
    ("equivalences", 0, "level"),
    ("equivalences", 0, "counts_as_level"),
    (*ACHIEVED, "level"),
    ("requirements", 0, "versions", 1, "met_by", "count", "at_least"),
    ("requirements", 1, "versions", 0, "met_by", "hours", "level"),
]
SPANS: list[Place] = [
    (*ACHIEVED, "months"),
    ("requirements", 0, "versions", 1, "met_by", "count", "months"),
    ("requirements", 1, "versions", 0, "met_by", "hours", "months"),
]
LENGTHS: list[Place] = [
    (*VERSION, "first_due_days"),
    (*VERSION, "notice_days"),
    (*VERSION, "return_days"),
    ("requirements", 0, "versions", 1, "transition", "at_once", "grace_days"),
    (*ACHIEVED, "early_days"),
]
AMOUNTS: list[Place] = [
    ("records", 0, "minutes"),
    ("requirements", 1, "versions", 0, "met_by", "hours", "minutes"),
    ("requirements", 1, "versions", 0, "met_by", "hours", "participatory_minutes"),
]
NOT_WHOLE = (-1, 1.5, 1.0, float("nan"), float("inf"), True, "1", [1])


@pytest.mark.parametrize("place", [*LEVELS, *SPANS, *LENGTHS, *AMOUNTS], ids=written)
def test_a_number_that_is_not_whole_or_is_negative_is_refused(place: Place) -> None:
    for bad in NOT_WHOLE:
        assert written(place) in refusal(changed(place, bad)), bad


@pytest.mark.parametrize("place", [*LEVELS, *SPANS], ids=written)
def test_levels_counts_and_months_start_at_one(place: Place) -> None:
    assert written(place) in refusal(changed(place, 0))


@pytest.mark.parametrize("place", SPANS, ids=written)
def test_months_end_at_twelve_hundred(place: Place) -> None:
    judge_document(changed(place, 1200), as_of=date(2021, 6, 1))

    assert written(place) in refusal(changed(place, 1201))


@pytest.mark.parametrize("place", LENGTHS[:-1], ids=written)
def test_days_are_from_0_to_40000(place: Place) -> None:
    judge_document(changed(place, 0), as_of=date(2021, 6, 1))
    judge_document(changed(place, 40000), as_of=date(2021, 6, 1))

    assert written(place) in refusal(changed(place, 40001))


def test_early_days_are_fewer_than_28_for_each_month_and_only_with_months() -> None:
    place = (*ACHIEVED, "early_days")
    judge_document(changed(place, 28 * 12 - 1), as_of=date(2021, 6, 1))

    assert written(place) in refusal(changed(place, 28 * 12))
    assert written(place) in refusal(changed((*ACHIEVED, "months"), None))


LISTS: list[Place] = [
    (*VERSION, "audience", "any"),
    (*VERSION, "audience", "any", 0, "role"),
    ("requirements", 2, "versions", 0, "audience", "all"),
    ("requirements", 2, "versions", 0, "audience", "all", 0, "person"),
    (*ACHIEVED, "kinds"),
    ("requirements", 1, "versions", 0, "met_by", "hours", "subjects"),
    ("requirements", 2, "versions", 0, "met_by", "first_then", "then", "all_of"),
    ("adjustments", 2, "scope", "at"),
]


@pytest.mark.parametrize("place", LISTS, ids=written)
def test_an_empty_list_in_an_audience_or_a_criterion_is_refused(place: Place) -> None:
    assert written(place) in refusal(changed(place, []))


DANGLING: list[Place] = [
    ("organisations", 0, "parents", 0, "value"),
    ("engagements", 0, "person"),
    ("engagements", 0, "organisation"),
    ("records", 0, "person"),
    (*VERSION, "audience", "any", 1, "not", "at", 0),
    ("requirements", 2, "versions", 0, "audience", "all", 0, "person", 0),
    ("adjustments", 0, "requirement"),
    ("adjustments", 0, "engagement"),
    ("adjustments", 1, "engagement"),
    ("adjustments", 2, "requirements", 0),
    ("adjustments", 2, "scope", "at", 0),
]


@pytest.mark.parametrize("place", DANGLING, ids=written)
def test_a_dangling_reference_is_refused(place: Place) -> None:
    assert written(place) in refusal(changed(place, "nobody"))


@pytest.mark.parametrize("parent", ["A81001", "U10000", "QHM"])
def test_a_circle_of_parents_is_refused(parent: str) -> None:
    circle = [{"value": parent, "from": None, "to": None}]

    assert "organisations[" in (said := refusal(changed(("organisations", 2, "parents"), circle)))
    assert ".parents" in said


@pytest.mark.parametrize("begins", ["2020-01-01", "2019-12-31"])
def test_versions_out_of_order_are_refused(begins: str) -> None:
    place = ("requirements", 0, "versions", 1, "from")

    assert "requirements[0].versions[1]" in refusal(changed(place, begins))


IMPOSSIBLE: list[tuple[Place, str]] = [
    (("organisations", 0, "systems", 0, "from"), "2025-01-02"),
    (("people", 0, "states", 0, "from"), "2026-01-01"),
    (("engagements", 0, "to"), "2019-12-31"),
    (("engagements", 0, "tasks", 0, "from"), "2025-01-02"),
    ((*VERSION, "to"), "2019-12-31"),
    (("adjustments", 0, "to"), "2020-12-31"),
    (("adjustments", 1, "to"), "2020-12-31"),
    (("adjustments", 2, "until"), "2020-12-31"),
]


@pytest.mark.parametrize(("place", "value"), IMPOSSIBLE, ids=[written(place) for place, _ in IMPOSSIBLE])
def test_an_impossible_period_is_refused(place: Place, value: str) -> None:
    assert written(place[:-1]) in refusal(changed(place, value))


IDENTIFIED = ("organisations", "people", "engagements", "records", "requirements")


@pytest.mark.parametrize("name", IDENTIFIED)
def test_ids_are_text_that_is_not_empty_and_unique_in_their_list(name: str) -> None:
    twin = copy.deepcopy(valid_world()[name][0])
    place: Place = (name, 0, "id")

    for bad in ("", 1, None):
        assert written(place) in refusal(changed(place, bad)), bad
    assert f"{name}[{len(valid_world()[name])}]" in refusal(changed((name, "+"), twin))


NODES: list[tuple[Place, object]] = [
    ((*VERSION, "audience"), {}),
    ((*VERSION, "audience"), {"role": ["nurse"], "task": ["chaperone"]}),
    ((*VERSION, "audience"), "nobody"),
    ((*VERSION, "audience"), ["nurse"]),
    ((*VERSION, "audience"), None),
    ((*VERSION, "audience", "any", 0), {"roles": ["nurse"]}),
    ((*VERSION, "audience", "any", 0, "role"), "nurse"),
    ((*VERSION, "audience", "any", 0, "role", 0), 1),
    ((*VERSION, "audience", "any", 1, "not"), [{"at": ["QHM"]}]),
    ((*VERSION, "met_by"), {}),
    ((*VERSION, "met_by"), {"attended": {}}),
    ((*VERSION, "met_by"), {"state": {"state": "x"}, "count": {}}),
    ((*ACHIEVED, "expiry"), "keep"),
    ((*ACHIEVED, "subject"), ""),
    (("requirements", 0, "versions", 1, "transition"), {}),
    (("requirements", 0, "versions", 1, "transition"), {"at_leisure": {}}),
    (("requirements", 0, "versions", 1, "transition"), {"at_once": {}, "at_renewal": {}}),
    (("requirements", 0, "versions", 1, "transition"), "at_once"),
    (("records", 0, "status"), "lost"),
    (("records", 0, "participatory"), 1),
    (("adjustments", 0, "kind"), "holiday"),
    (("organisations",), {}),
    (("people", 0), "p1"),
    (("requirements", 0, "versions"), None),
]


@pytest.mark.parametrize(("place", "value"), NODES, ids=[f"{written(place)}={value}" for place, value in NODES])
def test_a_node_of_another_shape_is_refused(place: Place, value: object) -> None:
    assert written(place) in refusal(changed(place, value))


LEAF = {"role": ["nurse"]}
HOLDS_STATE = {"state": {"state": "registered:nmc"}}
DEEP: list[tuple[str, object]] = [
    ("audience", {"not": {"not": {"not": LEAF}}}),
    ("audience", {"all": [LEAF, {"any": [{"not": LEAF}]}]}),
    ("met_by", {"all_of": [{"any_of": [{"all_of": [HOLDS_STATE]}]}]}),
    ("met_by", {"all_of": [{"first_then": {"first": HOLDS_STATE, "then": {"any_of": [HOLDS_STATE]}}}]}),
]


@pytest.mark.parametrize(("key", "node"), DEEP)
def test_more_than_two_combinators_on_a_path_are_refused(key: str, node: object) -> None:
    assert written((*VERSION, key)) in refusal(changed((*VERSION, key), node))


def test_two_combinators_on_a_path_are_not_refused() -> None:
    audience = {"all": [{"not": LEAF}, {"any": [LEAF]}]}
    criterion = {"any_of": [HOLDS_STATE, {"all_of": [HOLDS_STATE]}]}

    judge_document(changed((*VERSION, "audience"), audience), as_of=date(2021, 6, 1))
    judge_document(changed((*VERSION, "met_by"), criterion), as_of=date(2021, 6, 1))


@pytest.mark.parametrize("document", [None, [], "world", 1])
def test_a_world_is_an_object(document: object) -> None:
    assert refusal(document)


def test_nothing_is_judged_when_only_the_last_fact_is_wrong() -> None:
    assert "adjustments[2].requirements[0]" in refusal(changed(("adjustments", 2, "requirements", 0), "fire"))


def test_an_empty_world_is_valid_and_has_no_verdicts() -> None:
    assert judge_document({}, as_of=date(2021, 6, 1)) == []


def test_a_repeated_key_is_refused_where_it_is() -> None:
    text = json.dumps(valid_world())
    assert document_of(text) == valid_world()

    for once, place in (
        ('"organisations": ', "organisations"),
        ('"months": 12', "requirements[0].versions[0].met_by.achieved.months"),
        ('"until": "2021-06-01"', "adjustments[2].until"),
    ):
        twice = text.replace(once, f'"{place.rpartition(".")[2]}": null, {once}', 1)
        with pytest.raises(ValueError, match=re.escape(place)):
            document_of(twice)


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity"])
def test_a_number_that_json_does_not_have_is_refused_where_it_is(number: str) -> None:
    text = json.dumps(valid_world()).replace('"early_days": 60', f'"early_days": {number}')

    with pytest.raises(ValueError, match=re.escape("requirements[0].versions[0].met_by.achieved.early_days")):
        document_of(text)


def test_text_that_is_not_json_is_refused() -> None:
    for text in ("", "{", '{"people": [}', "{} {}", '{"people": [],}', "[" * 100_000):
        with pytest.raises(ValueError, match=r"\S"):
            document_of(text)
