"""The days on which an engagement is in an audience."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Final

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


def _fixed(matches: bool) -> Days:  # noqa: FBT001 -- a test turned into days
    return ALWAYS if matches else NEVER


def _any_of(dated: Mapping[str, Days], values: Iterable[str]) -> Days:
    found = NEVER
    for value in values:
        found = union(found, dated.get(value, NEVER))
    return found


# How each leaf is answered: one line for each kind.
_LEAVES: Final[Mapping[type[Leaf], Callable[[tuple[str, ...], Engagement, Places], Days]]] = {
    Role: lambda one_of, who, _: _fixed(who.role in one_of),
    StaffGroup: lambda one_of, who, _: _fixed(who.staff_group in one_of),
    Kind: lambda one_of, who, _: _fixed(who.kind in one_of),
    PersonIs: lambda one_of, who, _: _fixed(who.person in one_of),
    Task: lambda one_of, who, _: _any_of(days_by_value(who.tasks), one_of),
    At: lambda one_of, who, places: _any_of(places.above(who.organisation), one_of),
    System: lambda one_of, who, places: _any_of(places.systems(who.organisation), one_of),
    Service: lambda one_of, who, places: _any_of(places.services(who.organisation), one_of),
}


def leaf_days_by_value(leaf: Leaf, engagement: Engagement, places: Places) -> Mapping[str, Days]:
    """The days on which each value of a leaf holds by itself."""
    return {value: _LEAVES[type(leaf)]((value,), engagement, places) for value in leaf.one_of}


def days_in(audience: Audience, engagement: Engagement, places: Places) -> Days:
    """The days on which the engagement is in the audience, whatever its own period."""
    match audience:
        case Everyone():
            return ALWAYS
        case All(parts):
            days = ALWAYS
            for part in parts:
                days = intersection(days, days_in(part, engagement, places))
            return days
        case Any(parts):
            days = NEVER
            for part in parts:
                days = union(days, days_in(part, engagement, places))
            return days
        case Not(part):
            return complement(days_in(part, engagement, places))
        case Leaf(one_of=one_of):
            return _LEAVES[type(audience)](one_of, engagement, places)
