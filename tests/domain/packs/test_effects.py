"""The figures of taking what a pack offers, and when they are too few to show."""

from __future__ import annotations

from datetime import date

import pytest

from preceptor.compliance.packs.domain.effects import figures
from preceptor.compliance.standing.domain.renewals import Renewals
from preceptor.compliance.standing.domain.trials import Difference, Trial
from preceptor.compliance.standing.domain.verdicts import Status

NEW_YEAR = date(2027, 1, 1)


def _trial(*people: str) -> Trial:
    """A trial in which each engagement of these people becomes overdue."""
    found = (
        Difference(str(n), one, "fire", (Status.VALID,), (Status.OVERDUE,), Renewals(()), Renewals((NEW_YEAR,)))
        for n, one in enumerate(people)
    )
    return Trial("A81001", (NEW_YEAR,), date(2029, 1, 1), tuple(found), {"fire": 30})


@pytest.mark.parametrize(
    ("people", "is_shown"),
    [(("ana", "ben", "cy", "dee"), False), (("ana", "ben", "cy", "dee", "dee"), False), (tuple("abcde"), True)],
)
def test_figures_are_shown_by_how_many_people_the_changes_are_about(people: tuple[str, ...], *, is_shown: bool) -> None:
    found = figures(_trial(*people), ())

    assert found.is_shown is is_shown
    assert found.people == found.overdue == len(set(people))
