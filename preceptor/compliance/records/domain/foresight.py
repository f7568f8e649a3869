"""What a record would change. Standing knows, which is above this room: it registers who answers when it starts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from preceptor.foundation.access import Scope
from preceptor.register.people.domain import PersonId

from .achievements import Achievement


@dataclass(frozen=True, slots=True)
class Effect:
    """What one requirement would become: its name, the code and word of the new status, its date in words."""

    requirement: str
    code: str
    word: str
    date: str


# Asked with the asker's scope, whose record it would be, what was done, and today.
Foresight: TypeAlias = Callable[[Scope, PersonId, Achievement, date], tuple[Effect, ...]]

_answering: Final[list[Foresight]] = []


def foresee_with(answer: Foresight) -> Foresight:
    """Lets a room above answer what a record would change. The last to register answers."""
    _answering[:] = [answer]
    return answer


def is_foreseen() -> bool:
    """Does anyone answer what a record would change?"""
    return bool(_answering)


def effects_of(scope: Scope, person: PersonId, achievement: Achievement, today: date) -> tuple[Effect, ...]:
    """What accepting this would change for the person; nothing when nobody answers."""
    return _answering[0](scope, person, achievement, today) if _answering else ()
