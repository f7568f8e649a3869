"""How a requirement stands with the people of a place on a day: whom it is asked of, and who is in date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from preceptor.compliance.standing.domain.measures import Share, share_in_date
from preceptor.compliance.standing.domain.verdicts import Status, Verdict
from preceptor.foundation.disclosure import FEWEST


@dataclass(frozen=True, slots=True)
class Sitter:
    """Who sits in an engagement: the person, and what their role is called."""

    person: str
    role: str


@dataclass(frozen=True, slots=True)
class RoleToday:
    """One role it is asked of: how many people, and how many of them are overdue."""

    name: str
    people: int
    overdue: int


@dataclass(frozen=True, slots=True)
class Today:
    """How many people it is asked of, of all who are here; who is in date, of those who should be; and by role."""

    people: int
    here: int
    share: Share
    tally: Mapping[Status, int]
    roles: tuple[RoleToday, ...]

    @property
    def is_shown(self) -> bool:
        """Are enough people behind the figures to show them where people are not shown?"""
        return self.people >= FEWEST


def today_of(verdicts: Iterable[Verdict], sitters: Mapping[str, Sitter]) -> Today:
    """The verdicts on one requirement as figures, given who sits in every engagement there is on that day."""
    asked = [one for one in verdicts if one.status is not Status.NOT_NEEDED]
    by_role: dict[str, list[Verdict]] = {}
    for one in asked:
        by_role.setdefault(sitters[one.engagement].role, []).append(one)
    return Today(
        people=_people(asked, sitters),
        here=len({sitter.person for sitter in sitters.values()}),
        share=share_in_date(asked),
        tally=Counter(one.status for one in asked),
        roles=tuple(
            RoleToday(name, _people(some, sitters), _people((one for one in some if _is_overdue(one)), sitters))
            for name, some in sorted(by_role.items(), key=lambda item: (-_people(item[1], sitters), item[0]))
        ),
    )


def _people(verdicts: Iterable[Verdict], sitters: Mapping[str, Sitter]) -> int:
    return len({sitters[one.engagement].person for one in verdicts})


def _is_overdue(verdict: Verdict) -> bool:
    return verdict.status is Status.OVERDUE
