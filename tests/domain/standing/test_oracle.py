"""The judge against a slow reference written from the specification alone."""

from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

from hypothesis import given, note
from hypothesis import strategies as st

from preceptor.compliance.standing.domain.world import judge_document

from .oracle import Oracle
from .small import engagement, record, small_world, version
from .worlds import days, moments, worlds

Json: TypeAlias = dict[str, Any]
MOST_DAYS = 24
LAST = {"from": "2200-12-31"}
LONGEST_GRACE = {"at_once": {"grace_days": 40000}}


def days_to_ask(oracle: Oracle, asked: list[date]) -> list[date]:
    """Some days, and the edges: the day on which something changes and the day before."""
    edges = oracle.changes()
    step = max(1, 2 * len(edges) // MOST_DAYS)
    near = {edge - timedelta(back) for edge in edges[::step] for back in (0, 1)}
    return sorted(near | set(asked))


@given(worlds(), st.lists(days(), min_size=1, max_size=3), st.one_of(st.none(), st.none(), moments()))
def test_the_judge_agrees_with_the_reference(world: Json, asked: list[date], known_at: datetime | None) -> None:
    oracle = Oracle(world, known_at=known_at, include=asked)

    for day in days_to_ask(oracle, asked):
        note(f"on {day}")
        assert judge_document(world, as_of=day, known_at=known_at) == oracle.verdicts(day)


def test_the_judge_agrees_with_the_reference_at_the_limits_of_the_format() -> None:
    longest = {"from": "1900-01-01", "audience": "everyone", "first_due_days": 40000, "notice_days": 40000}
    kept = {"achieved": {"subject": "bls", "months": 1200, "early_days": 28 * 1200 - 1}}
    pause = {"kind": "pause", "engagement": "e1", "from": "1900-01-02", "to": "2200-12-31"}
    world = small_world(
        [version(kept, **longest, return_days=40000), version(kept, **LAST, transition=LONGEST_GRACE)],
        [record("1900-01-01"), record("1999-12-31", "x2"), record("2200-12-31", "x3", expires_on="2200-12-31")],
        engagements=[engagement(**{"from": "1900-01-01"})],
        adjustments=[pause],
    )
    asked = [date(1900, 1, 1), date(2009, 7, 9), date(2200, 12, 30), date(2200, 12, 31)]
    oracle = Oracle(world, include=asked)

    for day in days_to_ask(oracle, asked):
        assert judge_document(world, as_of=day) == oracle.verdicts(day)
