"""The one list of what a person needs: the strictest standing of each requirement across their engagements."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from preceptor.compliance.requirements.domain.known import KnownRequirement
from preceptor.compliance.requirements.domain.words import Names
from preceptor.compliance.standing.domain.verdicts import Status, Verdict

# Strictest first; paused and not needed stand outside the order (standing.md, section 5).
_ORDER: Final = (Status.OVERDUE, Status.DUE, Status.DUE_SOON, Status.VALID)


@dataclass(frozen=True, slots=True)
class Need:
    """A requirement as one engagement asks it of someone."""

    key: str
    title: str
    code: str
    place: str
    engagement: str
    verdict: Verdict


@dataclass(frozen=True, slots=True)
class OwnTraining:
    """What someone needs today, with what is needed to say it in words."""

    needs: tuple[Need, ...]
    roles: Mapping[str, str]
    asked: Mapping[str, KnownRequirement]
    waiting: frozenset[tuple[str, str]]
    names: Names
    works: bool
    places: int


def strictest(needs: Iterable[Need]) -> list[Need]:
    """One need for each requirement, the strictest of those asked, most urgent first; paused ones come last.

    Requirements of two places are the same when they have the same key: places take them from the same catalogue.
    """
    found: dict[str, Need] = {}
    for need in sorted(needs, key=_rank):
        found.setdefault(need.key, need)
    return sorted(found.values(), key=_rank)


def _rank(need: Need) -> tuple[int, date, str, str]:
    verdict = need.verdict
    place = _ORDER.index(verdict.status) if verdict.status in _ORDER else len(_ORDER)
    when = verdict.overdue_since or verdict.due_on or verdict.until or date.max
    return place, when, need.title, need.engagement
