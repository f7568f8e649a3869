"""Explanations are said in whole sentences of plain English."""

from datetime import date, datetime
from typing import Any, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preceptor.compliance.requirements.domain.words import Names
from preceptor.compliance.standing.domain import wording
from preceptor.compliance.standing.domain.explanation import CauseCode, Outcome
from preceptor.compliance.standing.domain.judge import Judge
from preceptor.compliance.standing.domain.verdicts import Status
from preceptor.compliance.standing.domain.wording import Words, in_words
from preceptor.compliance.standing.domain.world import read_world

from .small import achieved, engagement, record, small_world, version
from .worlds import days, moments, worlds

Json: TypeAlias = dict[str, Any]

NAMES = Names(
    subjects={"bls": "basic life support", "ils": "immediate life support"},
    people={"p1": "Aisha"},
    staff_groups={"nursing": "nurse"},
    states={"registered:nmc": "registered with the NMC"},
)


CAPITALS = Names(people={"p1": "Aisha", "p2": "Tomasz"})


def words(world: Json, day: str, known_at: str | None = None) -> Words:
    """The words about the only pair of a small world on a day."""
    moment = None if known_at is None else datetime.fromisoformat(known_at)
    return in_words(Judge(read_world(world), moment).explain("e1", "bls", date.fromisoformat(day)), NAMES)


YEARLY = version(achieved(level=2, early_days=60), audience={"staff_group": ["nursing"]}, notice_days=60)
LAPSED = small_world([YEARLY], [record("2025-11-08", level=2)])


def test_overdue_is_said_with_the_reason_the_rule_and_the_way_out() -> None:
    assert words(LAPSED, "2026-11-23") == Words(
        headline="Overdue since 9 November 2026",
        because="Aisha’s last record counted until the end of 8 November 2026 and nothing newer counts.",
        applies=("Aisha is in the nurse staff group, since 1 January 2015.",),
        parts=(
            (
                "Basic life support, level 2 or above, every 12 months; "
                "renew up to 60 days early and keep the date: not met."
            ),
        ),
        records=("Basic life support, level 2, 8 November 2025: counted until the end of 8 November 2026.",),
        adjustments=(),
        next_change="Nothing by itself. It stays overdue until a record counts.",
        ways=(
            (
                "A record of basic life support, level 2 or above, dated 23 November 2025 or later. "
                "Done on this day, it is valid until the end of 23 November 2027."
            ),
        ),
    )


PAUSE = {"kind": "pause", "engagement": "e1", "from": "2016-01-01", "to": "2016-02-01", "reason": "parental leave"}
EXEMPTION = {"kind": "exemption", "requirement": "bls", "engagement": "e1", "from": "2017-01-01", "to": "2017-01-02"}
EXTENSION = {"kind": "extension", "requirements": ["bls"], "from": "2021-05-01", "until": "2021-09-30"}


@pytest.mark.parametrize(
    ("day", "headline", "because", "next_change"),
    [
        (
            "2014-12-31",
            "Not needed",
            "Aisha starts in this engagement on 1 January 2015.",
            "From 1 January 2015 it is to do, because the engagement starts.",
        ),
        (
            "2015-01-31",
            "To do by 31 January 2015",
            "Aisha has not met this yet and has until the end of 31 January 2015 to do so.",
            "From 1 February 2015 it is overdue, because the time to do it has ended.",
        ),
        (
            "2015-02-01",
            "Overdue since 1 February 2015",
            "Aisha has never met this, and the time to do it ended before 1 February 2015.",
            "From 1 January 2016 it is paused, because leave starts.",
        ),
        (
            "2016-01-10",
            "Paused",
            "Aisha is away, so nothing falls due.",
            "From 1 February 2016 it is to do, because leave has ended.",
        ),
        (
            "2017-01-01",
            "Not needed",
            "Aisha is exempt from this on this day.",
            "From 2 January 2017 it is to do, because an exemption has ended.",
        ),
        (
            "2020-07-01",
            "Valid until 30 September 2021",
            "Aisha meets this until the end of 30 September 2021 by the record of 1 June 2020.",
            "From 1 August 2021 it is due soon, because it will soon run out.",
        ),
        (
            "2021-09-30",
            "Due soon, valid until 30 September 2021",
            "Aisha meets this until the end of 30 September 2021, and nothing newer counts after that.",
            "From 1 October 2021 it is overdue, because an extension has ended.",
        ),
        (
            "2022-01-01",
            "Not needed",
            "Aisha’s engagement ended on 31 December 2021.",
            "Nothing by itself.",
        ),
    ],
)
def test_every_status_is_said_with_its_reason(day: str, headline: str, because: str, next_change: str) -> None:
    world = small_world(
        [version(achieved(), first_due_days=30, notice_days=60)],
        [record("2020-06-01")],
        adjustments=[PAUSE, EXEMPTION, EXTENSION],
        engagements=[engagement(to="2022-01-01")],
    )

    said = words(world, day)

    assert (said.headline, said.because, said.next_change) == (headline, because, next_change)


def test_adjustments_are_said_with_what_they_did() -> None:
    world = small_world(
        [version(achieved(), return_days=3)], [record("2020-06-01")], adjustments=[PAUSE, EXEMPTION, EXTENSION]
    )

    assert words(world, "2020-07-01").adjustments == (
        "Exempt on 1 January 2017.",
        "Away from 1 January 2016 to 31 January 2016 (parental leave): nothing falls due.",
        "Time to catch up after being away, from 1 February 2016 to 4 February 2016 (parental leave).",
        "Extended until 30 September 2021: counts from 2 June 2021 to 30 September 2021 as well.",
    )


def test_every_record_is_said_with_what_it_does() -> None:
    ils = {"subject": "ils", "level": 1, "counts_as": "bls", "counts_as_level": 2}
    good: Json = {"level": 2, "kind": "course"}
    records = [
        record("2024-01-01", "a", **good),
        record("2024-02-01", "b", subject="ils", kind="course"),
        record("2024-03-01", "c", level=1, kind="course"),
        record("2024-04-01", "d", level=2, kind="log"),
        record("2024-05-01", "e", level=2),
        record("2024-06-01", "f", status="pending", **good),
        record("2024-07-01", "g", status="refused", **good),
        record("2024-08-01", "h", withdrawn_at="2024-08-02T00:00:00Z", **good),
        record("2024-09-01", "i", expires_on="2024-08-31", **good),
        record("2024-10-01", "j", recorded_at="2024-12-01T00:00:00Z", **good),
        record("2025-12-01", "k", **good),
        record("2010-12-01", "l", **good),
    ]
    rule = version(achieved(level=2, kinds=["course"], early_days=0))

    said = words(small_world([rule], records, equivalences=[ils]), "2024-11-22", "2024-11-22T12:00:00Z").records

    assert said == (
        "Basic life support, level 2, 1 December 2025: counts from 1 December 2025, which is later than this day.",
        (
            "Basic life support, level 2, 1 October 2024: "
            "does not count: it was not yet known at the moment asked about."
        ),
        "Basic life support, level 2, 1 September 2024: does not count: its certificate ran out before its own day.",
        "Basic life support, level 2, 1 August 2024: does not count: it was withdrawn.",
        "Basic life support, level 2, 1 July 2024: does not count: it was refused.",
        "Basic life support, level 2, 1 June 2024: does not count yet: it is waiting to be accepted.",
        "Basic life support, level 2, 1 May 2024: does not count: it has no kind, and course is needed.",
        "Basic life support, level 2, 1 April 2024: does not count: it is recorded as log, and course is needed.",
        "Basic life support, 1 March 2024: does not count: it is level 1, and level 2 is needed.",
        "Immediate life support, 1 February 2024: counts until the end of 1 February 2025, as basic life support.",
        "Basic life support, level 2, 1 January 2024: counts until the end of 1 January 2025.",
        "Basic life support, level 2, 1 December 2010: counted until the end of 1 December 2011.",
    )


def test_counts_hours_states_and_combined_ways_are_said() -> None:
    count = {"count": {"subject": "bls", "at_least": 3, "months": 12}}
    hours = {"hours": {"subjects": ["bls"], "minutes": 480, "participatory_minutes": 90, "months": 36}}
    state = {"state": {"state": "registered:nmc"}}
    rule = version({"all_of": [count, {"any_of": [hours, state]}]})

    said = words(small_world([rule], [record("2024-06-01", minutes=60, participatory=True)]), "2024-11-22")

    assert said.parts == (
        "At least 3 records of basic life support, within any 12 months: 1 of 3.",
        (
            "8 hours of basic life support, within any 36 months, at least 1 hour 30 minutes of it participatory: "
            "1 hour of 8 hours, and 1 hour of 1 hour 30 minutes participatory."
        ),
        "Holds the state “registered with the NMC”: not met.",
    )
    assert said.records == (
        "Basic life support, 1 June 2024: adds 1 hour of participatory time until the end of 1 June 2025.",
    )
    assert said.ways == (
        (
            "2 more records of basic life support, dated 22 November 2023 or later; and 7 hours more of basic life "
            "support, 30 minutes of it participatory, dated 22 November 2021 or later. Done on this day, it is valid "
            "until the end of 22 November 2025."
        ),
        (
            "2 more records of basic life support, dated 22 November 2023 or later; and hold the state “registered "
            "with the NMC”. Done on this day, it is valid until the end of 1 June 2025."
        ),
    )


@given(worlds(), st.lists(days(), min_size=1, max_size=2), st.one_of(st.none(), moments()))
def test_every_explanation_is_said_in_sentences(world: Json, asked: list[date], at: datetime | None) -> None:
    judge = Judge(read_world(world), at)
    for day in asked:
        for one in judge.verdicts(day, not_needed=True):
            said = in_words(judge.explain(one.engagement, one.requirement, day), CAPITALS)

            lines = [said.because, said.next_change, *said.applies, *said.parts, *said.records, *said.adjustments]
            assert all(line[0].isupper() or line[0].isdigit() for line in [*lines, *said.ways])
            assert all(line.endswith(".") for line in [*lines, *said.ways])
            assert not any("None" in line for line in [said.headline, *lines, *said.ways])


def test_every_code_is_said() -> None:
    assert set(wording._OUTCOMES) == set(Outcome)
    assert set(wording._CAUSES) == set(CauseCode)
    assert set(wording._STATUS_PHRASES) == set(Status)
