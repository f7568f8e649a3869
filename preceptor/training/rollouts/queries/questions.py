"""Every read of questions about a rollout. Who asked is nobody’s to see."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Q
from django.http import Http404

from preceptor.foundation.dates import london_date
from preceptor.ui.words import day

from ..domain.notice import RolloutId
from ..domain.questions import Question, QuestionId
from ..models import RolloutAnswer, RolloutQuestion


def questions_on(rollout: RolloutId, *, owner: UUID, place: UUID, person: UUID | None = None) -> list[Question]:
    """The questions about a rollout as they are seen from a place, those that wait first, then the most wanted.

    A place sees its own, and whatever the publisher answered; the publisher sees all of them. What a place answers
    holds there alone: it takes the place of the publisher’s answer nowhere else.
    """
    rows = RolloutQuestion.objects.filter(rollout_id=rollout).select_related("organisation")
    if place != owner:
        rows = rows.filter(Q(organisation_id=place) | Q(answers__organisation_id=owner)).distinct()
    found = [_question(row, owner, place, person) for row in rows.prefetch_related("echoes", "answers__organisation")]
    return sorted(found, key=lambda one: (bool(one.answer), -one.people, one.asked_on, str(one.id)))


def question_on(rollout: RolloutId, question: QuestionId, *, owner: UUID, place: UUID) -> Question:
    """One question as it is seen from a place. Where it is not seen it does not exist."""
    found = next((one for one in questions_on(rollout, owner=owner, place=place) if one.id == question), None)
    if found is None:
        raise Http404
    return found


def unanswered_at(place: UUID, rollouts: list[tuple[RolloutId, UUID]]) -> dict[RolloutId, int]:
    """How many questions wait for an answer as a place sees it, by rollout; each rollout comes with its owner."""
    owners = dict(rollouts)
    rows = RolloutQuestion.objects.filter(rollout_id__in=list(owners))
    found: dict[RolloutId, int] = {}
    for row in rows.prefetch_related("answers"):
        rollout = RolloutId(row.rollout_id)
        owner = owners[rollout]
        if place not in {owner, row.organisation_id}:
            continue
        if not any(one.organisation_id in {owner, row.organisation_id} for one in row.answers.all()):
            found[rollout] = found.get(rollout, 0) + 1
    return found


def _question(row: RolloutQuestion, owner: UUID, place: UUID, person: UUID | None) -> Question:
    given = list(row.answers.all())
    answers = [one for one in given if one.organisation_id in {owner, place}]
    if place == owner and not answers:  # the publisher reads what a place answered, until it says something itself
        answers = [one for one in given if one.organisation_id == row.organisation_id]
    last = max(answers, key=lambda one: (one.at, one.pk), default=None)
    people = {row.asker_id, *(one.person_id for one in row.echoes.all())}
    return Question(
        id=QuestionId(row.pk),
        words=row.words,
        place=row.organisation_id,
        place_name=row.organisation.name,
        asked_on=london_date(row.at),
        people=len(people),
        is_mine=person in people,
        answer=last.words if last else "",
        answered_by=_by(last, place) if last else "",
    )


def _by(answer: RolloutAnswer, place: UUID) -> str:
    """Who answered: a name at their own place, the place to everybody else."""
    name = answer.by_name if answer.organisation_id == place else answer.organisation.name
    return f"{name}, {day(london_date(answer.at))}"
