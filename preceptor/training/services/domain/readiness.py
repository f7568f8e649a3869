"""Who must be able to offer a service, and who is: in date at each of its skills that is expected of their role."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from preceptor.foundation.disclosure import FEWEST
from preceptor.training.skills.domain import Framework, Level, Skill


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
    """Somebody who must be able to offer a service: how many of the skills asked of them they are in date at."""

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


@dataclass(frozen=True, slots=True)
class Wanted:
    """A skill of a service, and how well somebody in a role must do it to be able to offer the service."""

    key: str
    title: str
    level: Level


def asked_of(role: str, skills: Sequence[Skill], framework: Framework | None) -> tuple[Wanted, ...]:
    """What of a service's skills a role must show: those the framework expects of it, as well as it expects them.

    Aware of one is enough where no more is expected; able to do it where it is to teach it. A role that must be able to
    offer the service, and of which the framework expects none of its skills, must do them all.
    """
    family = framework.family_of(role) if framework else None
    expected = [(one, one.expects[family.key]) for one in skills if family and family.key in one.expects]
    return tuple(
        Wanted(one.key, one.title, min(level, Level.CAN))
        for one, level in expected or [(one, Level.CAN) for one in skills]
    )


def readiness(
    people: Iterable[Somebody],
    asked: Mapping[str, Sequence[Wanted]],
    able: Mapping[Level, Mapping[str, Collection[UUID]]],
) -> Readiness:
    """Who of these roles is in date at what is asked of their role, the least able first.

    `able`: who is in date at a level, by skill.
    """
    found: dict[UUID, Able] = {}
    for one in people:
        if one.role in asked and one.person not in found:
            wanted = asked[one.role]
            missing = tuple(each.title for each in wanted if one.person not in able[each.level].get(each.key, ()))
            found[one.person] = Able(one, len(wanted) - len(missing), len(wanted), missing)
    return Readiness(tuple(sorted(found.values(), key=lambda each: (each.done, each.who.sort_name))))
