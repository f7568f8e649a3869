"""What my training asks: my standing wherever I work, and what waits."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from preceptor.compliance.requirements.queries import names_for
from preceptor.compliance.standing.queries import loaded_of_person
from preceptor.foundation.access import Scope
from preceptor.training.inductions.queries import own_courses, tasks_waiting
from preceptor.training.rollouts.queries import left_of

from .domain import Need, OwnTraining, strictest


def own_training(scope: Scope, person: UUID, today: date, helping: Scope) -> OwnTraining:
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
            reasons=one.judge().reasons(verdict.engagement, verdict.requirement, today),
        )
        for one in loaded
        for verdict in one.verdicts(today).values()
    ]
    asked = {key: value for one in loaded for key, value in one.asked.items()}
    changes, refreshers = left_of(person, today)
    return OwnTraining(
        needs=tuple(strictest(needs)),
        roles={key: seat.role_name for one in loaded for key, seat in one.seats.items()},
        asked=asked,
        waiting=frozenset(key for one in loaded for key in one.waiting()),
        names=names_for(scope, [requirement.rule.versions[-1] for requirement in asked.values()]),
        works=bool(loaded),
        places=len(loaded),
        inductions=tuple(own_courses(person, today)),
        tasks_waiting=tasks_waiting(helping, person, today),
        changes_to_read=changes,
        refreshers_to_confirm=refreshers,
    )
