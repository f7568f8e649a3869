"""Every read about equivalences: the table, what counts by each here, and whom a change would concern."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.http import Http404

from preceptor.compliance.standing.domain.facts import Equivalence as Fact
from preceptor.compliance.standing.queries import Loaded, as_facts, load
from preceptor.compliance.subjects.domain import Approved
from preceptor.compliance.subjects.queries import equivalences_approved
from preceptor.foundation.access import Scope
from preceptor.foundation.disclosure import FEWEST
from preceptor.register.models import Organisation
from preceptor.register.organisations.domain import Kind, OrganisationId
from preceptor.register.organisations.queries import beneath_today, organisations_in, relations

from .domain import PlaceTurns, Turn, counting, turns

# Counting asks the judge about every person: across more places than this it is left to the places themselves.
MOST_PLACES = 40

Change = Callable[[Iterable[Approved]], tuple[Approved, ...]]


@dataclass(frozen=True, slots=True)
class Listed:
    """An equivalence as the table lists it: what holds, and the name of its owner, if it has one."""

    approved: Approved
    owner_name: str


def equivalences_for(scope: Scope) -> list[Listed]:
    """What holds everywhere, and what the places of a scope and those above them approved for themselves."""
    approved = equivalences_approved()
    owners = {one.owner for one in approved if one.owner is not None}
    if owners and not scope.everywhere:
        owners &= scope.organisations | {one.parent for one in relations(scope)}
    names = {row.pk: row.name for row in Organisation.objects.filter(pk__in=owners)} if owners else {}
    return [
        Listed(one, names[one.owner] if one.owner else "")
        for one in approved
        if one.owner is None or one.owner in names
    ]


def equivalence_to_end(scope: Scope, equivalence: int) -> Listed:
    """An equivalence that a scope may end: its own, or with everywhere in it any. Outside it does not exist."""
    for one in equivalences_for(scope):
        owner = one.approved.owner
        if one.approved.id == equivalence and (scope.everywhere or (owner is not None and scope.holds(owner))):
            return one
    raise Http404


def counting_here(scope: Scope, today: date) -> Mapping[Fact, int] | None:
    """How many records count by each equivalence today at the places of a scope; None of nowhere, or of too many."""
    places = [one for one in organisations_in(scope) if one.kind in {Kind.PRACTICE, Kind.PCN}] if scope else []
    if not places or len(places) > MOST_PLACES:
        return None
    found: dict[Fact, set[str]] = {}
    for loaded in load(scope, [one.pk for one in places], on=today).values():
        for fact, records in counting(loaded.world, loaded.judge(), today).items():
            found.setdefault(fact, set()).update(records)
    return Counter({fact: len(records) for fact, records in found.items()})


def places_of(scope: Scope, owner: OrganisationId | None, today: date) -> list[Organisation]:
    """The practices and networks of a scope at which what an owner approves holds, by name."""
    reached = None if owner is None else {owner, *beneath_today(owner, today)}
    return [
        one
        for one in organisations_in(scope)
        if one.kind in {Kind.PRACTICE, Kind.PCN} and (reached is None or one.pk in reached)
    ]


def turns_by(
    scope: Scope, named: Scope, places: Collection[Organisation], change: Change, today: date
) -> list[PlaceTurns]:
    """What a change would do at each place today, most first; with names only where the viewer may know them."""
    found = []
    for loaded in load(scope, [one.pk for one in places], on=today).values():
        if loaded.seats:
            after = as_facts(change(loaded.approved))
            found.append(_place(loaded, turns(loaded.world, after, today), named=named))
    return sorted(found, key=lambda one: (-one.becoming - one.no_longer, one.name, str(one.organisation)))


def _place(loaded: Loaded, changed: Collection[Turn], *, named: Scope) -> PlaceTurns:
    becoming = [one for one in changed if one.becomes_valid]
    no_longer = [one for one in changed if one.is_no_longer_valid]
    organisation: UUID = loaded.organisation.pk
    may_name = named.holds(organisation)
    people = {seat.person for seat in loaded.seats.values()}
    return PlaceTurns(
        organisation=organisation,
        name=loaded.organisation.name,
        becoming=len(becoming),
        no_longer=len(no_longer),
        is_shown=may_name or len(people) >= FEWEST,
        becoming_names=_names(loaded, becoming) if may_name else (),
        no_longer_names=_names(loaded, no_longer) if may_name else (),
    )


def _names(loaded: Loaded, changed: Iterable[Turn]) -> tuple[str, ...]:
    return tuple(
        sorted(f"{loaded.seats[one.engagement].name}: {loaded.asked[one.requirement].title}" for one in changed)
    )
