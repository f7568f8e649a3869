"""How versions take over, by example; how Required, grace, leave and extensions come of it."""

from typing import Any, TypeAlias

import pytest

from preceptor.compliance.standing.domain.days import as_date, last_date, runs
from preceptor.compliance.standing.domain.judge import Judge
from preceptor.compliance.standing.domain.rules import Rule
from preceptor.compliance.standing.domain.world import read_world

from .small import achieved, engagement, record, small_world, statuses_on, verdict_on, version

Json: TypeAlias = dict[str, Any]

THREE_YEARLY = version(achieved(36))


def yearly(transition: Json, **more: object) -> Json:
    """A stricter version from 2022."""
    return version(achieved(12), transition=transition, **{"from": "2022-01-01", **more})


def days_of(world: Json, which: str) -> list[tuple[str, str]]:
    """The runs of one set of days of the only case, as first and last day."""
    judge = Judge(read_world(world))
    prepared = judge._prepared
    case = prepared.case(prepared.seat("e1"), prepared.rule("bls"))
    return [(str(as_date(start)), str(last_date(end))) for start, end in runs(getattr(case, which))]


DONE_2020 = [record("2020-06-01")]


def test_at_once_the_new_criterion_alone_counts_from_its_first_day() -> None:
    world = small_world([THREE_YEARLY, yearly({"at_once": {}})], DONE_2020)

    assert days_of(world, "met") == [("2020-06-01", "2021-12-31")]
    assert statuses_on(world, "2021-12-31", "2022-01-01") == ["due_soon", "overdue"]


def test_at_once_with_grace_the_old_criterion_is_enough_for_so_many_days() -> None:
    world = small_world([THREE_YEARLY, yearly({"at_once": {"grace_days": 28}})], DONE_2020)

    assert days_of(world, "met") == [("2020-06-01", "2022-01-28")]


def test_at_renewal_what_was_done_before_goes_on_counting_as_it_did() -> None:
    renewed = [*DONE_2020, record("2022-03-01", "x2")]

    assert days_of(small_world([THREE_YEARLY, yearly({"at_renewal": {}})], DONE_2020), "met") == [
        ("2020-06-01", "2023-06-01")
    ]
    assert days_of(small_world([THREE_YEARLY, yearly({"at_renewal": {}})], renewed), "met") == [
        ("2020-06-01", "2023-06-01")
    ]
    assert days_of(small_world([THREE_YEARLY, yearly({"at_renewal": {}})], [record("2022-03-01")]), "met") == [
        ("2022-03-01", "2023-03-01")
    ]


def test_new_starters_leaves_those_already_required_with_the_old_version() -> None:
    versions = [THREE_YEARLY, yearly({"new_starters": {}})]
    old = small_world(versions, DONE_2020)
    new = small_world(versions, DONE_2020, engagements=[engagement(**{"from": "2022-01-01"})])

    assert days_of(old, "met") == [("2020-06-01", "2023-06-01")]
    assert days_of(new, "met") == [("2020-06-01", "2021-12-31")]


def test_a_starter_is_kept_only_while_the_run_lasts_and_the_new_version_is_in_force() -> None:
    ended = small_world([THREE_YEARLY, yearly({"new_starters": {}}, to="2023-01-01")], DONE_2020)
    away = {"kind": "exemption", "requirement": "bls", "engagement": "e1", "from": "2022-09-01", "to": "2022-10-01"}
    broken = small_world([THREE_YEARLY, yearly({"new_starters": {}})], DONE_2020, adjustments=[away])

    assert days_of(ended, "required") == [("2015-01-01", "2022-12-31")]
    assert days_of(ended, "met") == [("2020-06-01", "2022-12-31")]
    assert days_of(broken, "required") == [("2015-01-01", "2022-08-31"), ("2022-10-01", "None")]
    assert days_of(broken, "met") == [("2020-06-01", "2022-08-31")]


def test_a_gap_before_the_new_version_ends_the_run_so_nobody_is_kept() -> None:
    gap = {**THREE_YEARLY, "to": "2021-12-31"}
    adjoining = {**THREE_YEARLY, "to": "2022-01-01"}

    assert days_of(small_world([gap, yearly({"new_starters": {}})], DONE_2020), "met") == [("2020-06-01", "2021-12-31")]
    assert days_of(small_world([adjoining, yearly({"new_starters": {}})], DONE_2020), "met") == [
        ("2020-06-01", "2023-06-01")
    ]


def test_three_versions_take_over_one_after_the_other() -> None:
    third = version(achieved(6), transition={"at_once": {"grace_days": 10}}, **{"from": "2022-07-01"})
    world = small_world([THREE_YEARLY, yearly({"at_renewal": {}}), third], DONE_2020)

    assert days_of(world, "met") == [("2020-06-01", "2022-07-10")]


def test_notice_and_grace_are_those_of_the_version_that_governs() -> None:
    second = version(
        achieved(36), transition={"at_once": {}}, notice_days=200, first_due_days=5, **{"from": "2022-01-01"}
    )
    world = small_world([{**THREE_YEARLY, "first_due_days": 30}, second], DONE_2020)
    late = small_world([THREE_YEARLY, second], [], engagements=[engagement(**{"from": "2022-03-01"})])

    assert statuses_on(world, "2015-01-31", "2015-02-01") == ["due", "overdue"]
    assert statuses_on(world, "2022-11-12", "2022-11-13") == ["valid", "due_soon"]
    assert statuses_on(late, "2022-03-06", "2022-03-07") == ["due", "overdue"]


@pytest.mark.parametrize(
    ("first_due_days", "grace", "status"),
    [(None, [], "overdue"), (0, [("2015-01-01", "2015-01-01")], "due"), (2, [("2015-01-01", "2015-01-03")], "due")],
)
def test_the_first_days_of_a_run_are_grace(
    first_due_days: int | None, grace: list[tuple[str, str]], status: str
) -> None:
    world = small_world([version(achieved(), first_due_days=first_due_days)], [])

    assert days_of(world, "grace") == grace
    assert statuses_on(world, "2015-01-01") == [status]


def test_a_run_broken_by_an_exemption_starts_again_with_its_grace() -> None:
    exempt = {"kind": "exemption", "requirement": "bls", "engagement": "e1", "from": "2016-01-01", "to": "2016-02-01"}
    world = small_world([version(achieved(), first_due_days=2)], [], adjustments=[exempt])

    assert days_of(world, "grace") == [("2015-01-01", "2015-01-03"), ("2016-02-01", "2016-02-03")]
    assert statuses_on(world, "2016-01-15", "2016-02-01", "2016-02-04") == ["not_needed", "due", "overdue"]


def test_each_pause_gives_its_own_days_of_return() -> None:
    pauses = [
        {"kind": "pause", "engagement": "e1", "from": "2016-01-01", "to": "2016-02-01"},
        {"kind": "pause", "engagement": "e1", "from": "2016-01-20", "to": "2016-03-01"},
    ]
    world = small_world([version(achieved(), return_days=3)], [], adjustments=pauses)

    assert days_of(world, "paused") == [("2016-01-01", "2016-02-29")]
    assert days_of(world, "grace") == [("2016-02-01", "2016-02-04"), ("2016-03-01", "2016-03-04")]
    assert statuses_on(world, "2016-02-03", "2016-03-01", "2016-03-05") == ["paused", "due", "overdue"]
    assert verdict_on(world, "2016-03-01")["due_on"] == "2016-03-04"


def test_an_extension_lengthens_what_is_met_on_its_days_and_does_not_chain() -> None:
    first = {"kind": "extension", "requirements": ["bls"], "from": "2021-06-01", "until": "2021-09-30"}
    second = {"kind": "extension", "requirements": ["bls"], "from": "2021-08-01", "until": "2021-12-31"}
    world = small_world([version(achieved())], DONE_2020, adjustments=[first, second])
    too_late = small_world([version(achieved())], DONE_2020, adjustments=[{**first, "from": "2021-06-02"}])

    assert days_of(world, "met") == [("2020-06-01", "2021-09-30")]
    assert days_of(too_late, "met") == [("2020-06-01", "2021-06-01")]


def test_a_rule_that_keeps_no_starters_may_apply_period_and_exemptions_before_or_after() -> None:
    versions = [THREE_YEARLY, yearly({"at_once": {"grace_days": 9}}, to="2023-01-01")]
    judge = Judge(read_world(small_world(versions, [])))
    rule: Rule = judge._prepared.rule("bls")
    always = [(-10_000_000, 10_000_000)] * 2

    usual = rule.tenure(always)

    assert usual == rule.usual
    assert usual.reigns == rule.tenure([(), ()]).reigns
    assert usual.pieces == rule.tenure([(), ()]).pieces
