"""Shares across practices: figures with both numbers, and nothing that could point at a person."""

from __future__ import annotations

import pytest

from preceptor.compliance.standing.domain.verdicts import Status, Verdict
from preceptor.oversight.hubs.domain import AreaShare, overdue_count, shares_by_area


def _verdicts(statuses: list[Status]) -> list[Verdict]:
    return [
        Verdict(f"e{number}", "fire", status, None, None, None, None, ever_met=True)
        for number, status in enumerate(statuses)
    ]


def test_shares_count_by_area_and_together() -> None:
    verdicts = _verdicts([Status.VALID, Status.DUE_SOON, Status.OVERDUE, Status.DUE, Status.PAUSED])
    people = {f"e{number}": f"p{number}" for number in range(5)}

    found = shares_by_area(verdicts, {"fire": "safety"}, people)

    assert found == {"safety": AreaShare(2, 3, 3), "": AreaShare(2, 3, 3)}
    assert overdue_count(verdicts) == 1


@pytest.mark.parametrize(("people", "shown"), [(4, False), (5, True)])
def test_a_share_of_fewer_than_five_people_is_not_shown(people: int, *, shown: bool) -> None:
    assert AreaShare(3, 4, people).is_shown is shown


@pytest.mark.parametrize(("in_date", "heat"), [(95, 0), (94, 1), (90, 1), (89, 2), (80, 2), (79, 3), (70, 3), (69, 4)])
def test_a_darker_shade_means_more_to_do(in_date: int, heat: int) -> None:
    assert AreaShare(in_date, 100, 50).heat == heat
