"""One computation makes verdict, timeline and explanation (standing.md, sections 6 and 7): they never disagree."""

import copy
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Any, TypeAlias

from hypothesis import given, note
from hypothesis import strategies as st

from preceptor.compliance.standing.domain.explanation import Outcome, Segment
from preceptor.compliance.standing.domain.judge import Judge
from preceptor.compliance.standing.domain.steps import Achieve, Hold, Spend, Step
from preceptor.compliance.standing.domain.verdicts import Status
from preceptor.compliance.standing.domain.world import read_world

from .worlds import days, moments, worlds

Json: TypeAlias = dict[str, Any]
SOME_DAYS = st.lists(days(), min_size=2, max_size=6)
KNOWN = st.one_of(st.none(), st.none(), moments())
ONE_DAY = timedelta(1)
MET = {Status.VALID, Status.DUE_SOON}
DISREGARDED = {
    Outcome.NOT_ACCEPTED,
    Outcome.WITHDRAWN,
    Outcome.EXPIRED_BEFORE_ITS_DAY,
    Outcome.LEVEL_TOO_LOW,
    Outcome.OTHER_KIND,
}


def pairs_of(world: Json) -> list[tuple[str, str]]:
    """Every engagement before every requirement."""
    return [(one["id"], other["id"]) for one in world["engagements"] for other in world["requirements"]]


def segment_holding(segments: tuple[Segment, ...], day: date) -> Segment:
    """The only segment that holds a day."""
    [found] = [
        one
        for one in segments
        if (one.starts_on is None or one.starts_on <= day) and (one.last_on is None or day <= one.last_on)
    ]
    return found


@given(worlds(), SOME_DAYS, KNOWN)
def test_judging_a_longer_period_agrees_with_judging_each_day(
    world: Json, asked: list[date], known_at: datetime | None
) -> None:
    read = read_world(world)
    for engagement, requirement in pairs_of(world):
        segments = Judge(read, known_at).timeline(engagement, requirement).segments
        edges = [day for one in segments for day in (one.starts_on, one.last_on) if day is not None]

        assert (segments[0].starts_on, segments[-1].last_on) == (None, None)
        for one, following in pairwise(segments):
            assert one.last_on is not None
            assert one.last_on + ONE_DAY == following.starts_on
            assert one.status is not following.status
        for day in {*edges, *asked}:
            segment = segment_holding(segments, day)
            verdict = Judge(read, known_at).verdict(engagement, requirement, day)
            assert verdict.status is segment.status
            assert verdict.next_change_on == (None if segment.last_on is None else segment.last_on + ONE_DAY)


@given(worlds(), st.lists(days(), min_size=2, max_size=6), KNOWN)
def test_what_a_judge_keeps_for_speed_equals_a_fresh_judgement(
    world: Json, asked: list[date], known_at: datetime | None
) -> None:
    read = read_world(world)
    kept = Judge(read, known_at)

    for day in asked:
        for engagement, requirement in reversed(pairs_of(world)):
            fresh = Judge(read, known_at)
            assert kept.verdict(engagement, requirement, day) == fresh.verdict(engagement, requirement, day)
        needed = kept.verdicts(day)
        everything = Judge(read, known_at).verdicts(day, pairs_of(world), not_needed=True)
        assert needed == [one for one in everything if one.status is not Status.NOT_NEEDED]
        assert len(everything) == len(pairs_of(world))


@given(worlds(), SOME_DAYS, KNOWN)
def test_an_explanation_agrees_with_its_verdict(world: Json, asked: list[date], known_at: datetime | None) -> None:
    read = read_world(world)
    judge = Judge(read, known_at)
    for engagement, requirement in pairs_of(world):
        for day in asked:
            explained = judge.explain(engagement, requirement, day)
            change = explained.next_change

            assert explained.verdict == Judge(read, known_at).verdict(engagement, requirement, day)
            assert (None if change is None else change.on) == explained.verdict.next_change_on
            if change is not None:
                assert change.status is Judge(read, known_at).verdict(engagement, requirement, change.on).status


@given(worlds(), SOME_DAYS)
def test_records_that_are_said_not_to_count_are_not_missed(world: Json, asked: list[date]) -> None:
    world = {**world, "adjustments": []}
    judge = Judge(read_world(world))
    for engagement in world["engagements"]:
        for requirement in world["requirements"]:
            for day in asked:
                explained = judge.explain(engagement["id"], requirement["id"], day)
                used = {one.record.id for one in explained.records if one.telling.outcome not in DISREGARDED}
                fewer = read_world({**world, "records": [one for one in world["records"] if one["id"] in used]})
                verdict = Judge(fewer).verdict(engagement["id"], requirement["id"], day)

                note(f"{used} on {day}")
                assert verdict.status is explained.verdict.status or {verdict.status, explained.verdict.status} == MET


def records_of_step(step: Achieve | Spend) -> list[Json]:
    """The records that doing a step leaves behind."""
    if isinstance(step, Spend):
        together = step.participatory_minutes > 0
        return [{"subject": step.subjects[0], "level": step.level, "minutes": step.minutes, "participatory": together}]
    kind = {} if step.kinds is None else {"kind": step.kinds[0]}
    return [{"subject": step.subject, "level": step.level, **kind}] * step.times


def with_steps_done(world: Json, person: str, steps: tuple[Step, ...], on: date) -> Json:
    """The world in which a person has done some steps on a day."""
    after = copy.deepcopy(world)
    for step in steps:
        if isinstance(step, Hold):
            states = next(one["states"] for one in after["people"] if one["id"] == person)
            states.append({"value": step.state, "from": on.isoformat(), "to": None})
            continue
        for one in records_of_step(step):
            name = f"done-{len(after['records'])}"
            after["records"].append({"id": name, "person": person, "on": on.isoformat(), **one})
    return after


@given(worlds(), SOME_DAYS)
def test_doing_what_a_way_says_gives_what_it_says(world: Json, asked: list[date]) -> None:
    judge = Judge(read_world(world))
    for engagement, requirement in pairs_of(world):
        person = next(one["person"] for one in world["engagements"] if one["id"] == engagement)
        for day in asked:
            explained = judge.explain(engagement, requirement, day)
            for way in explained.ways:
                note(f"{way}")
                after = Judge(read_world(with_steps_done(world, person, way.steps, way.done_on)))
                verdict = after.verdict(engagement, requirement, way.done_on)
                assert verdict.until == way.until
                assert verdict.status in {Status.VALID, Status.DUE_SOON, Status.PAUSED, Status.NOT_NEEDED}
                assert verdict.ever_met
                if way.done_on == day:
                    assert (verdict.status is Status.NOT_NEEDED) == (explained.verdict.status is Status.NOT_NEEDED)
