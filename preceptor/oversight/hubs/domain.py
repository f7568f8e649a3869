"""Shares in date across practices, as a table of practices by subject area. Figures only, never people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from preceptor.compliance.standing.domain.verdicts import Status, Verdict
from preceptor.foundation.disclosure import FEWEST

_IN_DATE: Final = frozenset({Status.VALID, Status.DUE_SOON})
_COUNTED: Final = _IN_DATE | {Status.OVERDUE}


@dataclass(frozen=True, slots=True)
class AreaShare:
    """How many of the pairs that should be in date are, and how many people they belong to."""

    in_date: int = 0
    of: int = 0
    people: int = 0

    @property
    def percent(self) -> int:
        """The share as a whole percentage, rounded down so that 100 means all."""
        return 100 * self.in_date // self.of if self.of else 0

    @property
    def is_shown(self) -> bool:
        """Are enough people behind it to show it?"""
        return self.people >= FEWEST

    @property
    def heat(self) -> int:
        """How much there is to do: 0 for 95% or more, then 90, 80, 70, and 4 below."""
        return next((heat for heat, least in enumerate((95, 90, 80, 70)) if self.percent >= least), 4)


def shares_by_area(
    verdicts: Iterable[Verdict], area_of: Mapping[str, str], person_of: Mapping[str, str]
) -> dict[str, AreaShare]:
    """The share of each subject area, and of all together under the empty name."""
    found: dict[str, list[Verdict]] = {"": []}
    for verdict in verdicts:
        if verdict.status in _COUNTED:
            found.setdefault(area_of[verdict.requirement], []).append(verdict)
            found[""].append(verdict)
    return {area: _share(some, person_of) for area, some in found.items()}


def overdue_count(verdicts: Iterable[Verdict]) -> int:
    """How many pairs are overdue."""
    return sum(verdict.status is Status.OVERDUE for verdict in verdicts)


def _share(verdicts: list[Verdict], person_of: Mapping[str, str]) -> AreaShare:
    return AreaShare(
        in_date=sum(verdict.status in _IN_DATE for verdict in verdicts),
        of=len(verdicts),
        people=len({person_of[verdict.engagement] for verdict in verdicts}),
    )
