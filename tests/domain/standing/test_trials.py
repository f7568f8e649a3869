"""A change of rules, tried before it is made."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any, TypeAlias

import pytest
from hypothesis import given
from hypothesis import strategies as st

from preceptor.compliance.requirements.domain.audience import Role
from preceptor.compliance.requirements.domain.transitions import AtOnce, AtRenewal, NewStarters, Transition
from preceptor.compliance.requirements.domain.versions import Requirement, Version, read_version
from preceptor.compliance.standing.domain.facts import Record, World
from preceptor.compliance.standing.domain.judge import Judge
from preceptor.compliance.standing.domain.renewals import Renewals, renewals
from preceptor.compliance.standing.domain.trials import Effect, Proposal, Trial, trial
from preceptor.compliance.standing.domain.verdicts import Status
from preceptor.compliance.standing.domain.world import read_world

from .small import achieved, engagement, record, small_world, version
from .worlds import days, worlds

Json: TypeAlias = dict[str, Any]
NEW_YEAR = date(2027, 1, 1)
IN_TWO_YEARS = date(2029, 1, 1)


def _ahead(world: Json, first: str, end: str) -> Renewals:
    read = read_world(world)
    prepared = Judge(read).prepared
    return renewals(
        prepared, prepared.seat("e1"), prepared.rule("bls"), date.fromisoformat(first), date.fromisoformat(end)
    )


def _on(*dates: str) -> tuple[date, ...]:
    return tuple(date.fromisoformat(one) for one in dates)


def test_who_is_valid_renews_on_the_last_valid_day_each_time() -> None:
    world = small_world([version(achieved(12))], [record("2026-03-15")])

    assert _ahead(world, "2026-11-22", "2029-11-22") == Renewals(_on("2027-03-15", "2028-03-15", "2029-03-15"))


def test_who_is_overdue_does_it_today_and_who_has_grace_on_its_last_day() -> None:
    overdue = small_world([version(achieved(12))], [record("2024-03-15")])
    starter = small_world(
        [version(achieved(24), first_due_days=14)], [], engagements=[engagement(**{"from": "2026-11-20"})]
    )

    assert _ahead(overdue, "2026-11-22", "2027-11-22").days == _on("2026-11-22")
    assert _ahead(starter, "2026-11-22", "2027-11-22").days == _on("2026-12-04")


def test_what_never_runs_out_is_done_once_and_what_a_leaver_leaves_is_not_done() -> None:
    for_ever = small_world([version(achieved(None))], [])
    leaver = small_world([version(achieved(12))], [record("2026-03-15")], engagements=[engagement(to="2027-03-16")])

    assert _ahead(for_ever, "2026-11-22", "2046-11-22").days == _on("2026-11-22")
    assert _ahead(leaver, "2026-11-22", "2029-11-22").days == ()


def test_several_times_and_hours_are_each_one_day_of_doing() -> None:
    samples = small_world([version({"count": {"subject": "bls", "at_least": 3, "months": 12}})], [record("2026-10-01")])
    hours = small_world([version({"hours": {"subjects": ["bls"], "minutes": 240, "months": 12}})], [])

    assert _ahead(samples, "2026-11-22", "2027-11-20").days == _on("2026-11-22", "2027-10-01")
    assert _ahead(hours, "2026-11-22", "2028-01-01").days == _on("2026-11-22", "2027-11-22")


def test_a_state_nobody_can_do_stops_the_forecast_and_says_so() -> None:
    world = small_world([version({"state": {"state": "registered:nmc"}})], [])

    assert _ahead(world, "2026-11-22", "2027-11-22") == Renewals((), stuck=True)


@given(worlds(), days(), st.integers(1, 90))
def test_it_is_done_before_the_first_overdue_day_and_only_then(world: Json, first: date, length: int) -> None:
    read = read_world(world)
    end = first + timedelta(length)
    judge = Judge(read)
    for one in read.engagements:
        for requirement in read.requirements:
            seat, rule = judge.prepared.seat(one.id), judge.prepared.rule(requirement.id)
            found = renewals(judge.prepared, seat, rule, first, end)
            late = (
                day
                for day in (first + timedelta(ahead) for ahead in range(length + 1))
                if judge.verdict(one.id, requirement.id, day).status is Status.OVERDUE
            )
            overdue = next(late, None)
            assert list(found.days) == sorted(found.days)
            assert all(first <= day < end for day in found.days)
            if overdue is None:
                assert not found.days
                assert not found.stuck
            elif overdue < end and not found.stuck:
                assert found.days[0] in {overdue, overdue - timedelta(1)}


# Fire safety every two years, and what making it yearly would do

FIRE = read_version(
    {"from": "2022-04-01", "audience": "everyone", "met_by": achieved(24), "first_due_days": 14, "notice_days": 60}
)


def _team(*done: str) -> World:
    """People here for years, each of whom did it on a day, or never."""
    team = small_world([version(achieved(24))], [])
    people = [f"p{number}" for number in range(len(done))]
    team["people"] = [{"id": one} for one in people]
    team["engagements"] = [engagement(id=f"e-{one}", person=one) for one in people]
    team["records"] = [record(on, f"r-{one}", person=one) for one, on in zip(people, done, strict=True) if on]
    return read_world(team)


def _yearly(transition: Transition) -> Version:
    new = read_version({"from": "2027-01-01", "audience": "everyone", "met_by": achieved(12), "first_due_days": 14})
    return replace(new, transition=transition)


def _tried(world: World, new: Version, *later: date) -> Trial:
    return _of(world, Proposal(Requirement("fire", (FIRE,)), Requirement("fire", (FIRE, new))), *later)


def _of(world: World, proposal: Proposal, *later: date) -> Trial:
    return trial(world, "A81001", [proposal], days=(NEW_YEAR, *later), end=IN_TWO_YEARS, minutes={"fire": 30})


def test_at_renewal_nobody_is_overdue_and_those_who_renew_within_the_period_do_it_again() -> None:
    tried = _tried(_team("2026-05-04", "2025-02-25", "2025-06-09"), _yearly(AtRenewal()))

    assert tried.count(Effect.OVERDUE) == tried.count(Effect.REQUIRED) == 0
    first, second, third = tried.differences
    assert (first.renewals_before.days, first.renewals_after.days) == (_on("2028-05-04"), _on("2028-05-04"))
    assert (second.renewals_before.days, second.renewals_after.days) == (
        _on("2027-02-25"),
        _on("2027-02-25", "2028-02-25"),
    )
    assert [one.is_sooner for one in tried.differences] == [False, True, True]
    assert tried.sooner == 2
    assert third.renewals_after.days == _on("2027-06-09", "2028-06-09")
    assert (tried.minutes_before, tried.minutes_after) == (90, 150)


def test_at_once_those_past_a_year_are_overdue_when_the_grace_is_over() -> None:
    after_grace = date(2027, 4, 1)
    tried = _tried(_team("2026-05-04", "2025-12-25", "2025-06-09"), _yearly(AtOnce(90)), after_grace)

    assert tried.count(Effect.OVERDUE) == 0
    assert tried.count(Effect.OVERDUE, 1) == 2
    assert [one.renewals_after.days[0] for one in tried.differences] == list(
        _on("2027-05-04", "2027-03-31", "2027-03-31")
    )


def test_for_new_starters_those_already_here_keep_what_they_have() -> None:
    tried = _tried(_team("2026-05-04", "2025-02-25"), _yearly(NewStarters()))

    assert not any(one.is_noticed for one in tried.differences)
    assert tried.minutes_before == tried.minutes_after


def test_a_new_requirement_and_one_given_up_are_the_two_sides_of_one_change() -> None:
    world = _team("2026-05-04", "", "2021-01-01")
    rule = Requirement("fire", (FIRE,))
    new = _of(world, Proposal(None, rule))
    gone = _of(world, Proposal(rule, None))

    assert (new.count(Effect.REQUIRED), new.count(Effect.OVERDUE), new.count(Effect.VALID)) == (3, 2, 1)
    assert (gone.count(Effect.NOT_REQUIRED), gone.count(Effect.NOT_OVERDUE), gone.count(Effect.NOT_VALID)) == (3, 2, 1)
    assert (new.minutes_before, new.minutes_after) == (gone.minutes_after, gone.minutes_before) == (0, 90)


@given(worlds(), days(), days())
def test_a_change_that_changes_nothing_is_noticed_by_nobody(world: Json, first: date, second: date) -> None:
    read = read_world(world)
    tried = trial(
        read,
        "",
        [Proposal(one, one) for one in read.requirements],
        days=(first, second),
        end=first + timedelta(700),
        minutes={one.id: 10 for one in read.requirements},
    )

    assert not any(one.is_noticed or one.is_sooner or one.effects() for one in tried.differences)
    assert tried.minutes_before == tried.minutes_after


@given(worlds(), days())
def test_what_was_tried_is_what_the_judge_says_of_the_world_with_it(world: Json, day: date) -> None:
    read = read_world(world)
    for requirement in read.requirements:
        before = Requirement(requirement.id, requirement.versions[:-1]) if requirement.versions[1:] else None
        tried = trial(read, "", [Proposal(before, requirement)], days=(day,), end=day + timedelta(1), minutes={})
        found = {one.engagement: one.after[0] for one in tried.differences}
        for said in Judge(read).verdicts(day, not_needed=True):
            if said.requirement == requirement.id:
                assert found.get(said.engagement, Status.NOT_NEEDED) is said.status


def test_a_record_more_never_asks_for_more() -> None:
    world = _team("2025-02-25")
    more = replace(world, records=(*world.records, Record("later", "p0", "bls", date(2026, 2, 1))))

    fewer = _tried(more, _yearly(AtRenewal())).differences[0].renewals_after.days
    assert fewer == _on("2028-02-01")


@pytest.mark.parametrize("order", [("nurse", "first-aider"), ("first-aider", "nurse")])
def test_who_works_here_twice_is_one_person_and_does_it_once(order: tuple[str, str]) -> None:
    world = _team("2025-06-09")
    (one,) = world.engagements
    twice = replace(world, engagements=tuple(replace(one, id=role, role=role) for role in order))
    at_once = _yearly(AtOnce())
    for_nurses, for_aiders = (
        replace(FIRE, audience=Role(("nurse",))),
        replace(at_once, audience=Role(("first-aider",))),
    )

    same = _tried(twice, at_once)
    moved = _of(twice, Proposal(Requirement("fire", (for_nurses,)), Requirement("fire", (for_nurses, for_aiders))))

    assert (same.count(Effect.OVERDUE), same.sooner, len(same.differences)) == (1, 1, 2)
    assert (same.minutes_before, same.minutes_after) == (30, 60)
    # What they do now they do for one engagement, and what they would do for the other.
    assert (moved.minutes_before, moved.minutes_after) == (30, 60)
