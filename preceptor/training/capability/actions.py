"""Answering a part of the self-assessment, and deleting what one answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from preceptor.foundation.access import Can, Viewer
from preceptor.foundation.actions import Refusal, action

from .domain import AGREEMENT, HIGHEST, Domain, Score
from .models import CapabilityAnswers
from .queries import questionnaire

Given = Mapping[str, Score | int]


@action("capability.answered", may=Can.RATE_SKILLS, private=("given",))
def answer(*, by: Viewer, at: datetime, part: str, given: Given) -> None:
    """Keeps what somebody answers to a part of the questionnaire. Refuses a part that is not answered whole."""
    person, asked = _own(by), _part(part)
    if set(given) != {one.key for one in asked.statements} or not all(map(_is_right, given.values())):
        raise Refusal("Answer every statement")
    said = {key: [one.now, one.need] if isinstance(one, Score) else one for key, one in given.items()}
    CapabilityAnswers.objects.create(person_id=person, part=part, version=questionnaire().version, answers=said, at=at)


@action("capability.forgotten", may=Can.RATE_SKILLS)
def forget(*, by: Viewer, at: datetime) -> None:
    """Deletes everything somebody answered about themselves, for good."""
    CapabilityAnswers.objects.filter(person_id=_own(by)).delete()


def _is_right(one: Score | int) -> bool:
    if isinstance(one, Score):
        return one.now in range(HIGHEST + 1) and one.need in range(HIGHEST + 1)
    return one in AGREEMENT


def _part(key: str) -> Domain:
    found = next((one for one in questionnaire().parts if one.key == key), None)
    if found is None:
        raise Refusal("There is no such part")
    return found


def _own(by: Viewer) -> UUID:
    if by.person is None:
        raise Refusal("Only a person can answer this")
    return by.person
