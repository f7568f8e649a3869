"""Who must be able to offer a service, and who is: in date at each of its skills."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from preceptor.foundation.disclosure import FEWEST


@dataclass(frozen=True, slots=True)
class Roles:
    """Who must be able to offer a service at a place: as shipped, or as the place chose, and why."""

    codes: tuple[str, ...]
    groups: tuple[str, ...] = ()  # what those shipped are called together
    reason: str = ""
    since: date | None = None
    by_name: str = ""

    @property
    def is_own(self) -> bool:
        """Did the place choose?"""
        return self.since is not None


@dataclass(frozen=True, slots=True)
class Somebody:
    """A person in a role."""

    person: UUID
    name: str
    sort_name: str
    role: str
    role_name: str


@dataclass(frozen=True, slots=True)
class Able:
    """Somebody who must be able to offer a service: how many of its skills they are in date at."""

    who: Somebody
    done: int
    of: int
    missing: tuple[str, ...]

    @property
    def is_able(self) -> bool:
        """Are they in date at all of them? Where a service has no skills, nobody can tell."""
        return self.of > 0 and self.done == self.of


@dataclass(frozen=True, slots=True)
class Readiness:
    """Everybody who must be able to offer a service at a place."""

    people: tuple[Able, ...]

    @property
    def able(self) -> int:
        """How many are."""
        return sum(one.is_able for one in self.people)

    @property
    def of(self) -> int:
        """How many must be."""
        return len(self.people)

    @property
    def is_shown_above(self) -> bool:
        """Are there enough of them for a figure to who looks from above?"""
        return self.of >= FEWEST


def readiness(
    people: Iterable[Somebody],
    roles: Collection[str],
    skills: Sequence[tuple[str, str]],
    able: Mapping[str, Collection[UUID]],
) -> Readiness:
    """Who of these roles is in date at which of these skills (key and title), the least able first."""
    found: dict[UUID, Able] = {}
    for one in people:
        if one.role in roles and one.person not in found:
            missing = tuple(title for key, title in skills if one.person not in able.get(key, ()))
            found[one.person] = Able(one, len(skills) - len(missing), len(skills), missing)
    return Readiness(tuple(sorted(found.values(), key=lambda each: (each.done, each.who.sort_name))))
