"""What my training asks: my standing wherever I work, and what waits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from preceptor.compliance.requirements.domain.known import KnownRequirement
from preceptor.compliance.requirements.domain.words import Names
from preceptor.compliance.requirements.queries import names_for
from preceptor.compliance.standing.queries import Seat, loaded_of_person
from preceptor.foundation.access import Scope

from .domain import Need, strictest


@dataclass(frozen=True, slots=True)
class OwnTraining:
    """What someone needs today, with what is needed to say it in words."""

    needs: tuple[Need, ...]
    seats: Mapping[str, Seat]
    asked: Mapping[str, KnownRequirement]
    waiting: frozenset[tuple[str, str]]
    names: Names
    works: bool
    places: int


def own_training(scope: Scope, person: UUID, today: date) -> OwnTraining:
    """One's own list. Only one's own: whatever else the scope opens is left out."""
    own = Scope(person=person)
    loaded = [one for one in loaded_of_person(own, person, on=today) if one.seats]
    needs = [
        Need(
            key=one.asked[verdict.requirement].key,
            title=one.asked[verdict.requirement].title,
            code=one.organisation.code,
            place=one.organisation.name,
            engagement=verdict.engagement,
            verdict=verdict,
        )
        for one in loaded
        for verdict in one.verdicts(today).values()
    ]
    asked = {key: value for one in loaded for key, value in one.asked.items()}
    return OwnTraining(
        needs=tuple(strictest(needs)),
        seats={key: seat for one in loaded for key, seat in one.seats.items()},
        asked=asked,
        waiting=frozenset(key for one in loaded for key in one.waiting()),
        names=names_for(scope, [requirement.rule.versions[-1] for requirement in asked.values()]),
        works=bool(loaded),
        places=len(loaded),
    )
