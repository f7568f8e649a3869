"""The judge against a slow reference written from the specification alone."""

from datetime import date, datetime, timedelta
from typing import Any, TypeAlias

from hypothesis import given, note
from hypothesis import strategies as st

from preceptor.compliance.standing.domain.world import judge_document

from .oracle import Oracle
from .worlds import days, moments, worlds

Json: TypeAlias = dict[str, Any]
MOST_DAYS = 24


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
