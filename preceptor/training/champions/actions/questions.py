"""Asking a champion, answering, asking again, and saying that it is solved."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from preceptor.foundation.access import Can, Viewer
from preceptor.foundation.actions import Refusal, action, concerning
from preceptor.foundation.dates import london_date
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_id

from ..domain.questions import LONGEST, Asked, QuestionId, Reader, ReplyKind, State
from ..models import ChampionQuestion, ChampionReply
from ..queries.questions import answering_as, ask_by_id
from ..queries.register import topics_at


@action("champion.asked", may=Can.ASK_CHAMPION, private=("words",))
def ask_champion(
    *, by: Viewer, at: datetime, organisation: OrganisationId, topic: str, words: str, is_shared: bool
) -> QuestionId:
    """Asks the champions of a topic where one works. Shared, others find it once it is answered."""
    person = _own(by)
    place = organisation_by_id(by.scope(Can.ASK_CHAMPION), organisation)
    if topic not in topics_at(by.scope(Can.ASK_CHAMPION), place.pk, london_date(at)):
        raise Refusal("Choose what it is about from the list", field="topic")
    _refuse_words(words, "Write your question")
    row = ChampionQuestion.objects.create(
        organisation=place, asker_id=person, topic=topic, words=words.strip(), is_shared=is_shared, at=at
    )
    return QuestionId(row.pk)


@action("champion-question.answered", may=Can.ASK_CHAMPION, private=("words",))
def answer_question(*, by: Viewer, at: datetime, question: QuestionId, words: str) -> None:
    """Answers as a champion of the topic, at the place or in its network. Nobody else may, and nobody themselves."""
    person, scope = _own(by), by.scope(Can.ASK_CHAMPION)
    asked, reader = ask_by_id(scope, person, question, london_date(at))
    champion = answering_as(scope, person, question, london_date(at))
    if reader is not Reader.CHAMPION or champion is None:
        raise Refusal("Only a champion of this topic can answer")
    _refuse_words(words, "Write your answer")
    concerning(asked.organisation)
    ChampionReply.objects.create(
        question_id=asked.id,
        kind=ReplyKind.ANSWER.value,
        words=words.strip(),
        author_id=person,
        champion_id=champion.id,
        at=at,
    )


@action("champion-question.followed", may=Can.ASK_CHAMPION, private=("words",))
def follow_up(*, by: Viewer, at: datetime, question: QuestionId, words: str) -> None:
    """Asks again about one's own question: it waits for an answer once more."""
    asked = _asked_by(by, at, question)
    _refuse_words(words, "Write what you still want to know")
    _reply(by, at, asked, ReplyKind.FOLLOW_UP, words)


@action("champion-question.solved", may=Can.ASK_CHAMPION)
def mark_solved(*, by: Viewer, at: datetime, question: QuestionId) -> None:
    """Says that one's own question is solved."""
    asked = _asked_by(by, at, question)
    if asked.state is State.SOLVED:
        raise Refusal("It is marked as solved already")
    _reply(by, at, asked, ReplyKind.SOLVED, "")


def _asked_by(by: Viewer, at: datetime, question: QuestionId) -> Asked:
    """One's own question."""
    asked, reader = ask_by_id(by.scope(Can.ASK_CHAMPION), _own(by), question, london_date(at))
    if reader is not Reader.ASKER:
        raise Refusal("Only who asked can say this")
    return asked


def _reply(by: Viewer, at: datetime, asked: Asked, kind: ReplyKind, words: str) -> None:
    concerning(asked.organisation)
    ChampionReply.objects.create(question_id=asked.id, kind=kind.value, words=words.strip(), author_id=_own(by), at=at)


def _refuse_words(words: str, missing: str) -> None:
    if not words.strip():
        raise Refusal(missing, field="words")
    if len(words) > LONGEST:
        raise Refusal(f"Write at most {LONGEST:,} characters", field="words")


def _own(by: Viewer) -> UUID:
    if by.person is None:
        raise Refusal("Only a person can ask")
    return by.person
