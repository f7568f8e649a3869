"""Questions about a rollout, their answers, and reminding who has not read it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from preceptor.foundation.access import Can, Viewer
from preceptor.foundation.actions import Refusal, action, concerning
from preceptor.foundation.dates import london_date
from preceptor.register.models import Organisation
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_id

from ..domain.notice import RolloutId
from ..domain.questions import LONGEST, QuestionId
from ..domain.readiness import Where
from ..models import RolloutAnswer, RolloutEcho, RolloutQuestion, RolloutReminder
from ..queries.places import rollout_at
from ..queries.questions import question_on
from ..queries.standing import readiness_at, reminded_on


@action("rollout.asked", may=Can.READ_ROLLOUTS, private={"words"})
def ask_about(*, by: Viewer, at: datetime, organisation: OrganisationId, rollout: RolloutId, words: str) -> QuestionId:
    """Asks something about a rollout where one works. Colleagues see the words, and not whose they are."""
    person, place = _own(by), organisation_by_id(by.scope(Can.READ_ROLLOUTS), organisation)
    rollout_at(by.scope(Can.READ_ROLLOUTS), place.pk, rollout, london_date(at))
    _refuse_words(words, "Write your question")
    row = RolloutQuestion.objects.create(
        rollout_id=rollout, organisation=place, asker_id=person, words=words.strip(), at=at
    )
    return QuestionId(row.pk)


@action("rollout-question.echoed", may=Can.READ_ROLLOUTS)
def ask_too(
    *, by: Viewer, at: datetime, organisation: OrganisationId, rollout: RolloutId, question: QuestionId
) -> None:
    """Says that one wants to know the same. Once is enough."""
    person, scope = _own(by), by.scope(Can.READ_ROLLOUTS)
    held = rollout_at(scope, organisation, rollout, london_date(at))
    found = question_on(rollout, question, owner=held.owner, place=organisation)
    row = RolloutQuestion.objects.select_for_update().get(pk=found.id)
    if row.asker_id != person:
        RolloutEcho.objects.get_or_create(question=row, person_id=person, defaults={"at": at})


@action("rollout-question.answered", may=Can.EDIT_ROLLOUTS)
def answer_question(
    *,
    by: Viewer,
    at: datetime,
    organisation: OrganisationId,
    rollout: RolloutId,
    question: QuestionId,
    words: str,
) -> None:
    """Answers a question for all who ask: as the publisher for every place, as a place for itself. The last one holds.

    Refuses a place that answers for another.
    """
    scope = by.scope(Can.EDIT_ROLLOUTS)
    held = rollout_at(scope, organisation, rollout, london_date(at))
    found = question_on(rollout, question, owner=held.owner, place=organisation)
    if organisation not in {held.owner, found.place}:
        raise Refusal("Whoever published this answers it")
    _refuse_words(words, "Write your answer")
    RolloutAnswer.objects.create(
        question_id=found.id, organisation_id=organisation, words=words.strip(), at=at, by=by.user, by_name=by.name
    )


@action("rollout.reminded", may=Can.EDIT_ROLLOUTS)
def remind(*, by: Viewer, at: datetime, organisation: OrganisationId, rollout: RolloutId) -> list[UUID]:
    """Notes a reminder to everybody at a place who can do it and has not, and says who. Nobody twice a day.

    Who is away is left alone.
    """
    place = organisation_by_id(by.scope(Can.EDIT_ROLLOUTS), organisation)
    Organisation.objects.select_for_update().get(pk=place.pk)  # two reminders at once wait for each other
    concerning(place.pk)
    today = london_date(at)
    ready = readiness_at(by.scope(Can.SEE_ROLLOUTS), place.pk, today).get(rollout)
    left = {one.who.person for one in ready.some(Where.HERE)} if ready else set()
    told = sorted(left - reminded_on(place.pk, rollout, today), key=str)
    made = [
        RolloutReminder(rollout_id=rollout, organisation=place, person_id=one, on=today, at=at, by_name=by.name)
        for one in told
    ]
    RolloutReminder.objects.bulk_create(made)
    return told


def _own(by: Viewer) -> UUID:
    if by.person is None:
        raise Refusal("Only a person can say this")
    return by.person


def _refuse_words(words: str, missing: str) -> None:
    if not words.strip():
        raise Refusal(missing, field="words")
    if len(words) > LONGEST:
        raise Refusal(f"Write {LONGEST} characters or fewer", field="words")
