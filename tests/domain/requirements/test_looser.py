"""Where a version asks for less than another: what is told, and that nothing less goes untold."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preceptor.compliance.requirements.domain.audience import (
    All,
    Any,
    Audience,
    Everyone,
    Not,
    PersonIs,
    Role,
    StaffGroup,
    System,
    Task,
)
from preceptor.compliance.requirements.domain.criteria import (
    Achieved,
    AllOf,
    AnyOf,
    Count,
    Criterion,
    Expiry,
    FirstThen,
    Hours,
    State,
)
from preceptor.compliance.requirements.domain.looser import is_narrower, looser
from preceptor.compliance.requirements.domain.versions import Requirement, Version
from preceptor.compliance.requirements.domain.words import Names
from preceptor.compliance.standing.domain.facts import Engagement, Organisation, Person, Record, World
from preceptor.compliance.standing.domain.judge import Judge
from preceptor.compliance.standing.domain.verdicts import Status

from .test_audience import AUDIENCES

FIRST = date(2024, 1, 1)
NAMES = Names(subjects={"fire": "Fire safety", "bls": "Life support"})
FIRE, LIFE = Achieved("fire", 24), Achieved("bls", 12)
NURSES, CLERKS = Role(("nurse",)), Role(("clerk",))


def _version(met_by: Criterion = FIRE, audience: Audience | None = None, first_due_days: int | None = 14) -> Version:
    return Version(FIRST, None, audience or Everyone(), met_by, first_due_days)


@pytest.mark.parametrize(
    ("ours", "theirs", "said"),
    [
        (Achieved("fire", 36), FIRE, ["Fire safety counts for 36 months instead of 24 months."]),
        (Achieved("fire", None), FIRE, ["Fire safety counts for ever instead of 24 months."]),
        (Achieved("fire", 12, early_days=60), FIRE, []),
        (Achieved("fire", 24, early_days=60), FIRE, ["Fire safety may be renewed 60 days early instead of 0."]),
        (Achieved("fire", 24, 2), Achieved("fire", 24, 3), ["Fire safety is enough at level 2 instead of 3."]),
        (FIRE, Achieved("fire", 24, kinds=("course",)), ["Fire safety may be recorded as more kinds."]),
        (
            Achieved("fire", 24, expiry=Expiry.IGNORE),
            FIRE,
            ["Fire safety may count beyond the last day on its certificate."],
        ),
        (Count("fire", 2, 12), Count("fire", 4, 12), ["Fire safety is asked for 2 times instead of 4."]),
        (
            Hours(("fire",), 60, 36),
            Hours(("fire",), 720, 12, participatory_minutes=360),
            [
                "Fire safety takes 1 hour instead of 12 hours.",
                "Fire safety asks for less time together with others.",
                "Fire safety may be spread over 36 months instead of 12 months.",
            ],
        ),
        (FIRE, AllOf((FIRE, LIFE)), ["Life support is no longer asked for."]),
        (FIRE, AllOf((FIRE, State("registered:nmc"))), ["It no longer asks that holds the state"]),
        (AnyOf((FIRE, LIFE)), FIRE, ["There are more ways to meet it."]),
        (FirstThen(FIRE, LIFE), FIRE, ["There are more ways to meet it."]),
        (AllOf((FIRE, LIFE)), FIRE, []),
        (FIRE, AnyOf((FIRE, LIFE)), []),
        (FIRE, FirstThen(FIRE, LIFE), []),
        # Hours and a course cannot be measured by each other.
        (Hours(("fire",), 60, 12), FIRE, []),
    ],
)
def test_what_is_less_is_told_thing_by_thing(ours: Criterion, theirs: Criterion, said: list[str]) -> None:
    found = looser(_version(ours), _version(theirs), NAMES)

    assert len(found) == len(said)
    assert all(one.startswith(words) for one, words in zip(found, said, strict=True))


@pytest.mark.parametrize(
    ("ours", "theirs", "is_less"),
    [
        (NURSES, Everyone(), True),
        (Everyone(), NURSES, False),
        (Role(("nurse", "clerk")), NURSES, False),
        (NURSES, Any((NURSES, CLERKS)), True),
        (Any((CLERKS, NURSES)), Role(("clerk", "nurse")), False),
        (All((NURSES, Task(("chaperone",)))), NURSES, True),
        (Not(CLERKS), NURSES, False),
        (Not(NURSES), Not(Role(("nurse", "clerk"))), False),
        (Not(PersonIs(("ana",))), Everyone(), True),
        (StaffGroup(("nurse",)), NURSES, True),
        (System(("emis",)), System(("emis", "systmone")), True),
        (Task(tuple("abcdefghi")), All(tuple(Task((one,)) for one in "abcdefghi")), False),
    ],
)
def test_fewer_people_are_told_where_that_can_be_decided(ours: Audience, theirs: Audience, is_less: bool) -> None:
    found = looser(_version(audience=ours), _version(audience=theirs), NAMES)
    assert (found == ("It is for fewer people.",)) is is_less


@pytest.mark.parametrize(
    ("ours", "theirs", "said"),
    [
        (30, 14, ("Someone new has 30 days instead of 14.",)),
        (14, None, ("Someone new has 14 days instead of none.",)),
        (None, 14, ()),
        (14, 14, ()),
    ],
)
def test_more_time_for_someone_new_is_told(ours: int | None, theirs: int | None, said: tuple[str, ...]) -> None:
    assert looser(_version(first_due_days=ours), _version(first_due_days=theirs), NAMES) == said


@given(AUDIENCES, AUDIENCES)
def test_an_audience_is_not_narrower_than_itself_nor_than_what_is_inside_it(one: Audience, other: Audience) -> None:
    assert not is_narrower(one, one)
    assert not is_narrower(Everyone(), one)
    if not isinstance(one, Everyone) and not isinstance(other, Everyone):
        assert not is_narrower(Any((one, other)), one)
        assert not is_narrower(one, All((one, other)))


MONTHS = st.sampled_from((None, 2, 3, 4))
SUBJECT = st.sampled_from(("fire", "bls"))
LEAVES = st.one_of(
    st.builds(Achieved, SUBJECT, MONTHS, st.integers(1, 2), expiry=st.sampled_from(Expiry)),
    st.builds(Achieved, SUBJECT, st.sampled_from((2, 3)), early_days=st.sampled_from((None, 10, 40))),
    st.builds(Count, SUBJECT, st.integers(1, 2), MONTHS),
    st.builds(Hours, st.tuples(SUBJECT), st.sampled_from((30, 60)), MONTHS, st.just(1), st.sampled_from((None, 30))),
)
PAIRS = st.tuples(LEAVES, LEAVES)
CRITERIA = st.one_of(LEAVES, st.builds(AllOf, PAIRS), st.builds(AnyOf, PAIRS), st.builds(FirstThen, LEAVES, LEAVES))
RECORDS = st.lists(
    st.tuples(
        SUBJECT, st.integers(0, 300), st.integers(1, 2), st.sampled_from((30, 60)), st.sampled_from((None, 50, 150))
    ),
    max_size=4,
)


def _world(met_by: Criterion, done: list[tuple[str, int, int, int, int | None]]) -> World:
    return World(
        organisations=(Organisation("a"),),
        people=(Person("ana"),),
        engagements=(Engagement("e", "ana", "a", FIRST),),
        records=tuple(
            Record(
                str(number),
                "ana",
                subject,
                FIRST + timedelta(days=day),
                level,
                None,
                minutes,
                participatory=minutes == 60,
                expires_on=FIRST + timedelta(days=day + lasts) if lasts else None,
            )
            for number, (subject, day, level, minutes, lasts) in enumerate(done)
        ),
        requirements=(Requirement("r", (_version(met_by, first_due_days=None),)),),
    )


@given(CRITERIA, CRITERIA, RECORDS)
def test_where_the_same_things_are_asked_and_nothing_is_said_nobody_valid_would_be_overdue_by_the_other(
    ours: Criterion, theirs: Criterion, done: list[tuple[str, int, int, int, int | None]]
) -> None:
    kinds = [{(leaf.key, leaf.subjects()) for _, leaf in one.leaves()} for one in (ours, theirs)]
    if kinds[0] != kinds[1] or looser(_version(ours), _version(theirs), NAMES):
        return

    judges = [Judge(_world(one, done)) for one in (ours, theirs)]
    for day in range(0, 420, 7):
        mine, other = (judge.verdict("e", "r", FIRST + timedelta(days=day)) for judge in judges)
        if mine.status in {Status.VALID, Status.DUE_SOON}:
            assert other.status is not Status.OVERDUE, FIRST + timedelta(days=day)
