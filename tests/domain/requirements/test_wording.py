"""Rules are said in plain English."""

from datetime import date

import pytest

from preceptor.compliance.requirements.domain.audience import LEAVES, Audience, read_audience
from preceptor.compliance.requirements.domain.criteria import CRITERIA, read_criterion
from preceptor.compliance.requirements.domain.transitions import AtOnce, AtRenewal, NewStarters, Transition
from preceptor.compliance.requirements.domain.versions import read_version
from preceptor.compliance.requirements.domain.wording import (
    audience_sentence,
    criterion_sentence,
    first_due_sentence,
    leaf_phrase,
    transition_sentence,
    version_sentences,
)
from preceptor.compliance.requirements.domain.words import Names, day_phrase, listed, plural, sentence, time_phrase

NAMES = Names(
    subjects={"bls": "basic life support", "sg": "safeguarding children"},
    staff_groups={"gp": "GP"},
    people={"p1": "Aisha Rahman"},
    organisations={"U10000": "North PCN"},
    systems={"emis": "EMIS Web"},
    states={"registered:nmc": "registered with the NMC"},
    record_kinds={"sign-off": "sign-off"},
)

AUDIENCES: list[tuple[object, str]] = [
    ("everyone", "Everyone."),
    ({"role": ["practice-nurse", "receptionist"]}, "Everyone who works as practice nurse or receptionist."),
    ({"staff_group": ["gp", "nurse"]}, "Everyone who is in the GP or nurse staff group."),
    ({"kind": ["locum"]}, "Everyone who is engaged as locum."),
    ({"task": ["ipc-lead"]}, "Everyone who has the task ipc lead."),
    ({"person": ["p1", "p2"]}, "Everyone who is Aisha Rahman or p2."),
    ({"at": ["U10000", "QHM"]}, "Everyone who works within North PCN or QHM."),
    ({"system": ["emis"]}, "Everyone who works where EMIS Web is in use."),
    ({"service": ["online-consultation"]}, "Everyone who works where online consultation is offered."),
    ({"not": {"kind": ["locum"]}}, "Everyone who is not engaged as locum."),
    (
        {"any": [{"staff_group": ["gp"]}, {"task": ["chaperone"]}]},
        "Everyone who is in the GP staff group or has the task chaperone.",
    ),
    (
        {"all": [{"staff_group": ["gp"]}, {"any": [{"task": ["chaperone"]}, {"system": ["emis"]}]}]},
        "Everyone who is in the GP staff group and (has the task chaperone or works where EMIS Web is in use).",
    ),
    (
        {"not": {"any": [{"kind": ["locum"]}, {"task": ["chaperone"]}]}},
        "Everyone who is not engaged as locum and does not have the task chaperone.",
    ),
]


@pytest.mark.parametrize(("value", "said"), AUDIENCES)
def test_an_audience_is_a_sentence(value: object, said: str) -> None:
    assert audience_sentence(read_audience(value), NAMES) == said


@pytest.mark.parametrize("key", LEAVES)
def test_every_leaf_is_said_both_ways(key: str) -> None:
    audience: Audience = read_audience({key: ["x"]})
    leaf = LEAVES[key](("x",))

    assert leaf_phrase(leaf, NAMES) in audience_sentence(audience, NAMES)
    assert "not" in leaf_phrase(leaf, NAMES, holds=False).split()


def test_of_a_long_list_the_first_are_named_and_the_others_counted() -> None:
    audience = read_audience({"role": ["a", "b", "c", "d", "e"]})

    assert audience_sentence(audience, NAMES, most=2) == "Everyone who works as a, b or one of 3 others."
    assert audience_sentence(audience, NAMES, most=4) == audience_sentence(audience, NAMES)


STATE = {"state": {"state": "registered:nmc"}}
SIGN_OFF = {"achieved": {"subject": "bls", "months": None, "kinds": ["sign-off"]}}
CRITERIA_SAID: dict[str, list[tuple[object, str]]] = {
    "achieved": [
        (
            {"subject": "bls", "level": 2, "months": 12, "early_days": 60},
            "Basic life support, level 2 or above, every 12 months; renew up to 60 days early and keep the date.",
        ),
        ({"subject": "bls", "months": None}, "Basic life support, once."),
        ({"subject": "bls", "months": 1}, "Basic life support, every month."),
        (
            {"subject": "bls", "months": 36, "expiry": "replace", "kinds": ["course", "sign-off"]},
            (
                "Basic life support, recorded as course or sign-off, every 36 months; "
                "if the certificate has its own last day, that day is used."
            ),
        ),
        (
            {"subject": "bls", "months": 36, "expiry": "ignore"},
            "Basic life support, every 36 months; a last day on the certificate makes no difference.",
        ),
    ],
    "count": [
        (
            {"subject": "bls", "at_least": 20, "months": 12, "kinds": ["log"]},
            "At least 20 records of basic life support, recorded as log, within any 12 months.",
        ),
        ({"subject": "bls", "at_least": 1, "months": None}, "At least 1 record of basic life support."),
    ],
    "hours": [
        (
            {"subjects": ["sg", "bls"], "minutes": 480, "participatory_minutes": 90, "months": 36, "level": 3},
            (
                "8 hours of safeguarding children or basic life support, level 3 or above, within any 36 months, "
                "at least 1 hour 30 minutes of it participatory."
            ),
        )
    ],
    "state": [({"state": "registered:nmc"}, "Holds the state “registered with the NMC”.")],
    "all_of": [
        (
            [STATE, SIGN_OFF],
            "Holds the state “registered with the NMC”, and also basic life support, recorded as sign-off, once.",
        )
    ],
    "any_of": [
        (
            [STATE, SIGN_OFF],
            "Holds the state “registered with the NMC”, or else basic life support, recorded as sign-off, once.",
        )
    ],
    "first_then": [
        (
            {"first": {"all_of": [STATE]}, "then": SIGN_OFF},
            (
                "First (holds the state “registered with the NMC”); once that has been met, "
                "basic life support, recorded as sign-off, once is enough too."
            ),
        )
    ],
}


def test_every_kind_of_criterion_is_said() -> None:
    assert sorted(CRITERIA_SAID) == sorted(CRITERIA)


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [(key, value, said) for key, examples in CRITERIA_SAID.items() for value, said in examples],
)
def test_a_criterion_is_a_sentence(key: str, value: object, said: str) -> None:
    assert criterion_sentence(read_criterion({key: value}), NAMES) == said


@pytest.mark.parametrize(
    ("transition", "said"),
    [
        (AtOnce(0), "Everyone follows this version from the day it starts."),
        (
            AtOnce(28),
            (
                "Everyone follows this version from the day it starts, and for the first 28 days the version before is "
                "enough too."
            ),
        ),
        (AtRenewal(), "What people did before this version started goes on counting as it did, until it runs out."),
        (
            NewStarters(),
            (
                "People who already had to follow the version before stay with it; this version is for those who start "
                "later."
            ),
        ),
    ],
)
def test_a_transition_is_a_sentence(transition: Transition, said: str) -> None:
    assert transition_sentence(transition) == said


def test_a_version_is_read_back_for_whom_how_and_by_when() -> None:
    version = read_version(
        {
            "from": "2020-01-01",
            "audience": {"role": ["receptionist"]},
            "met_by": {"achieved": {"subject": "bls", "months": 12}},
            "first_due_days": 30,
        }
    )

    assert version_sentences(version, NAMES) == (
        "Everyone who works as receptionist.",
        "Basic life support, every 12 months.",
        "Someone new has 30 days after their first day to meet it.",
    )
    assert first_due_sentence(None) == "It must be in place from the first day."


def test_small_words() -> None:
    assert [listed(["a"]), listed(["a", "b"]), listed(["a", "b", "c"], "or")] == ["a", "a and b", "a, b or c"]
    assert [plural(1, "day"), plural(2, "day"), plural(1200, "day")] == ["1 day", "2 days", "1,200 days"]
    assert [time_phrase(0), time_phrase(60), time_phrase(61), time_phrase(45)] == [
        "0 minutes",
        "1 hour",
        "1 hour 1 minute",
        "45 minutes",
    ]
    assert day_phrase(date(2028, 5, 3)) == "3 May 2028"
    assert [sentence("why?"), sentence("because")] == ["Why?", "Because."]
