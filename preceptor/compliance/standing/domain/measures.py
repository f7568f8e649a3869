"""Many verdicts in one: the strictest standing of a person, shares in date, and the training item of the toolkit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from .verdicts import Status, Verdict

_STRICTNESS: Final = (Status.OVERDUE, Status.DUE, Status.DUE_SOON, Status.VALID, Status.PAUSED, Status.NOT_NEEDED)
_IN_DATE: Final = frozenset({Status.VALID, Status.DUE_SOON})
_ASKED: Final = _IN_DATE | {Status.OVERDUE}


@dataclass(frozen=True, slots=True)
class Share:
    """A share with the numbers behind it: so many of so many."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        """The share in per cent; None when there is nothing to take a share of."""
        return 100 * self.part / self.whole if self.whole else None


def strictest(verdicts: Iterable[Verdict]) -> Verdict | None:
    """The strictest of one person's verdicts on one requirement: overdue, then due, due soon, valid.

    Paused and not needed stand outside that order: one of them is the answer only when there is nothing else. Of two
    alike the one that has waited longer, or runs out sooner, is taken.
    """
    return min(verdicts, key=_by_strictness, default=None)


def _by_strictness(verdict: Verdict) -> tuple[int, date, str]:
    day = verdict.overdue_since or verdict.due_on or verdict.until or date.max
    return _STRICTNESS.index(verdict.status), day, verdict.engagement


def one_list(verdicts: Iterable[Verdict], person_of: Mapping[str, str]) -> dict[tuple[str, str], Verdict]:
    """The strictest verdict for each (person, requirement), given the person of each engagement."""
    together: dict[tuple[str, str], list[Verdict]] = {}
    for verdict in verdicts:
        together.setdefault((person_of[verdict.engagement], verdict.requirement), []).append(verdict)
    return {key: min(found, key=_by_strictness) for key, found in together.items()}


def share_in_date(verdicts: Iterable[Verdict]) -> Share:
    """Pairs valid or due soon, of those valid, due soon or overdue."""
    asked = [verdict.status for verdict in verdicts if verdict.status in _ASKED]
    return Share(sum(status in _IN_DATE for status in asked), len(asked))
