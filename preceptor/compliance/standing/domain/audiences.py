"""The days on which an engagement is in an audience."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final, TypeAlias

from preceptor.compliance.requirements.domain.audience import (
    All,
    Any,
    At,
    Audience,
    Everyone,
    Kind,
    Leaf,
    Not,
    PersonIs,
    Role,
    Service,
    StaffGroup,
    System,
    Task,
)

from .days import ALWAYS, NEVER, Days, complement, difference, intersection, period, union
from .facts import Engagement, Organisation
from .ledger import days_by_value


class UnknownIdError(LookupError):
    """Something is asked about that the world does not hold."""


class Places:
    """The organisations: what is above each, what each uses and offers, all by day."""

    __slots__ = ("_above", "_organisations", "_services", "_systems")

    def __init__(self, organisations: Iterable[Organisation]) -> None:
        self._organisations = {organisation.id: organisation for organisation in organisations}
        self._above: dict[str, dict[str, Days]] = {}
        self._systems: dict[str, dict[str, Days]] = {}
        self._services: dict[str, dict[str, Days]] = {}

    def _organisation(self, organisation_id: str) -> Organisation:
        try:
            return self._organisations[organisation_id]
        except KeyError:
            message = f"there is no organisation “{organisation_id}” in this world"
            raise UnknownIdError(message) from None

    def above(self, organisation_id: str) -> Mapping[str, Days]:
        """The organisation itself and everything above it, each with its days."""
        found = self._above.get(organisation_id)
        if found is None:
            found = self._above[organisation_id] = {organisation_id: ALWAYS}
            waiting = [(organisation_id, ALWAYS)]
            while waiting:
                below, days = waiting.pop()
                for parent in self._organisation(below).parents:
                    reached = intersection(days, period(parent.starts_on, parent.ends_on))
                    # Only days not reached before go further up, so that this ends whatever the relations are.
                    fresh = difference(reached, found.get(parent.value, NEVER))
                    if fresh:
                        found[parent.value] = union(found.get(parent.value, NEVER), fresh)
                        waiting.append((parent.value, fresh))
        return found

    def systems(self, organisation_id: str) -> Mapping[str, Days]:
        """The clinical systems in use, each with its days."""
        found = self._systems.get(organisation_id)
        if found is None:
            found = self._systems[organisation_id] = days_by_value(self._organisation(organisation_id).systems)
        return found

    def services(self, organisation_id: str) -> Mapping[str, Days]:
        """The services offered, each with its days."""
        found = self._services.get(organisation_id)
        if found is None:
            found = self._services[organisation_id] = days_by_value(self._organisation(organisation_id).services)
        return found


class Who:
    """An engagement as audiences see it: everything a leaf may ask about, with its days."""

    __slots__ = ("_organisation", "_places", "kind", "person", "role", "staff_group", "tasks")

    def __init__(self, engagement: Engagement, places: Places) -> None:
        self.role = engagement.role
        self.staff_group = engagement.staff_group
        self.kind = engagement.kind
        self.person = engagement.person
        self.tasks = days_by_value(engagement.tasks)
        self._organisation = engagement.organisation
        self._places = places

    @property
    def above(self) -> Mapping[str, Days]:
        """The organisation and everything above it."""
        return self._places.above(self._organisation)

    @property
    def systems(self) -> Mapping[str, Days]:
        """The systems in use there."""
        return self._places.systems(self._organisation)

    @property
    def services(self) -> Mapping[str, Days]:
        """The services offered there."""
        return self._places.services(self._organisation)


# An audience made ready: the days someone is in it, whatever the engagement's own period.
InAudience: TypeAlias = Callable[[Who], Days]


def _any_of(dated: Mapping[str, Days], values: tuple[str, ...]) -> Days:
    found = NEVER
    if dated:
        for value in values:
            if value in dated:
                found = union(found, dated[value])
    return found


# How each kind of leaf is answered: one line for each.
_LEAVES: Final[Mapping[type[Leaf], Callable[[tuple[str, ...]], InAudience]]] = {
    Role: lambda one_of: lambda who: ALWAYS if who.role in one_of else NEVER,
    StaffGroup: lambda one_of: lambda who: ALWAYS if who.staff_group in one_of else NEVER,
    Kind: lambda one_of: lambda who: ALWAYS if who.kind in one_of else NEVER,
    PersonIs: lambda one_of: lambda who: ALWAYS if who.person in one_of else NEVER,
    Task: lambda one_of: lambda who: _any_of(who.tasks, one_of),
    At: lambda one_of: lambda who: _any_of(who.above, one_of),
    System: lambda one_of: lambda who: _any_of(who.systems, one_of),
    Service: lambda one_of: lambda who: _any_of(who.services, one_of),
}


def in_audience(audience: Audience) -> InAudience:
    """The audience made ready."""
    match audience:
        case Everyone():
            return lambda _: ALWAYS
        case All(parts):
            return _in_all(tuple(in_audience(part) for part in parts))
        case Any(parts):
            return _in_any(tuple(in_audience(part) for part in parts))
        case Not(part):
            inside = in_audience(part)
            return lambda who: complement(inside(who))
        case Leaf(one_of=one_of):
            return _LEAVES[type(audience)](one_of)


def _in_all(parts: tuple[InAudience, ...]) -> InAudience:
    def days(who: Who) -> Days:
        found = ALWAYS
        for part in parts:
            found = intersection(found, part(who))
            if not found:
                break
        return found

    return days


def _in_any(parts: tuple[InAudience, ...]) -> InAudience:
    def days(who: Who) -> Days:
        found = NEVER
        for part in parts:
            found = union(found, part(who))
            if found == ALWAYS:
                break
        return found

    return days


def days_in(audience: Audience, who: Who) -> Days:
    """The days on which someone is in an audience, whatever the engagement's own period."""
    return in_audience(audience)(who)


def leaf_days_by_value(leaf: Leaf, who: Who) -> Mapping[str, Days]:
    """The days on which each value of a leaf holds by itself."""
    return {value: _LEAVES[type(leaf)]((value,))(who) for value in leaf.one_of}
