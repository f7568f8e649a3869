"""Every read of questions to champions. A private one is there for who asked and for champions of its topic alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.contrib.postgres.search import SearchQuery, SearchVector
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.http import Http404

from preceptor.foundation.access import Scope
from preceptor.foundation.dates import end_of_day

from ..domain.questions import Asked, QuestionId, Reader, Reply, ReplyKind, reader_of
from ..domain.register import Champion
from ..models import ChampionQuestion, ChampionReply
from .register import near, networks_of, own_champions

_MOST: Final = 50


def questions_of(scope: Scope, person: UUID) -> list[Asked]:
    """What one person asked at the scope's places, the latest first."""
    return _asked(ChampionQuestion.objects.filter(organisation_id__in=scope.organisations, asker_id=person))


def questions_to(scope: Scope, person: UUID, on: date) -> list[Asked]:
    """What somebody may answer as a champion today, the oldest that waits first, then those answered, the latest first.

    Nothing for who is none.
    """
    champions = own_champions(scope, person, on)
    if not champions:
        return []
    rows = ChampionQuestion.objects.filter(_answerable(champions, on)).exclude(asker_id=person)
    return [*_asked(_waiting(rows), order="at"), *_asked(_waiting(rows, wanted=False))]


def ask_by_id(scope: Scope, person: UUID, question: QuestionId, on: date) -> tuple[Asked, Reader]:
    """A question as somebody may read it today. For anybody else it does not exist."""
    champions = own_champions(scope, person, on)
    row = ChampionQuestion.objects.filter(pk=question)
    is_champion = bool(champions) and row.filter(_answerable(champions, on)).exists()
    found = _asked(row)
    if not found:
        raise Http404
    asked = found[0]
    if asked.asker == person and not scope.holds(asked.organisation):
        raise Http404
    reader = reader_of(asked, person, is_champion=is_champion, is_near=asked.organisation in near(scope, on))
    if reader is None:
        raise Http404
    return asked, reader


def answering_as(scope: Scope, person: UUID, question: QuestionId, on: date) -> Champion | None:
    """The champion as whom somebody may answer a question today; None when they may not."""
    for one in own_champions(scope, person, on):
        if ChampionQuestion.objects.filter(_answerable([one], on), pk=question).exclude(asker_id=person).exists():
            return one
    return None


def library(scope: Scope, words: str, topic: str, on: date) -> list[Asked]:
    """Shared questions of one's network that were answered and hold these words, in any form, the latest first."""
    answers = ChampionReply.objects.filter(question_id=OuterRef("pk"), kind=ReplyKind.ANSWER.value)
    rows = ChampionQuestion.objects.filter(Exists(answers), organisation_id__in=near(scope, on), is_shared=True)
    if topic:
        rows = rows.filter(topic=topic)
    if words.strip():
        wanted = SearchQuery(words.strip(), config="english", search_type="websearch")
        said = answers.annotate(found=SearchVector("words", config="english")).filter(found=wanted)
        rows = rows.annotate(found=SearchVector("words", config="english")).filter(Q(found=wanted) | Exists(said))
    return _asked(rows)


def unanswered_at(scope: Scope, organisation: UUID) -> dict[str, int]:
    """How many questions of a place wait for an answer, by topic. Figures alone: the words are not a manager's."""
    if not scope.holds(organisation):
        raise Http404
    rows = _waiting(ChampionQuestion.objects.filter(organisation_id=organisation))
    return dict(Counter(rows.order_by("at", "pk").values_list("topic", flat=True)))


def _waiting(rows: QuerySet[ChampionQuestion], *, wanted: bool = True) -> QuerySet[ChampionQuestion]:
    """Those of these questions that wait for an answer, as the last reply says; or those that do not."""
    replies = ChampionReply.objects.filter(question_id=OuterRef("pk")).order_by("-at", "-pk")
    told = rows.annotate(last=Subquery(replies.values("kind")[:1]))
    answered = Q(last__in=[ReplyKind.ANSWER.value, ReplyKind.SOLVED.value])
    return told.filter(Q(last=None) | ~answered) if wanted else told.filter(answered)


def _answerable(champions: Iterable[Champion], on: date) -> Q:
    """The condition that one of these champions may answer a question: of their topic, at their place or network.

    What was asked in private before they were a champion of its topic, and answered since, is not theirs to read.
    """
    found = Q(pk=None)
    ends = [ReplyKind.ANSWER.value, ReplyKind.SOLVED.value]
    closed = Exists(ChampionReply.objects.filter(question_id=OuterRef("pk"), kind__in=ends))
    told = list(champions)
    networks = networks_of([one.organisation for one in told], on)
    for one in told:
        term = one.term(on)
        if term is not None:
            places = networks[one.organisation] if term.covering.shares_name else {one.organisation}
            for topic in term.covering.topics:
                since = one.covers_since(topic) or on
                after = Q(at__gt=end_of_day(since - timedelta(days=1)))
                found |= Q(organisation_id__in=places, topic=topic) & (Q(is_shared=True) | after | Q(~closed))
    return found


def _asked(rows: QuerySet[ChampionQuestion], *, order: str = "-at") -> list[Asked]:
    """Questions with everything said to them, the first of them in this order."""
    replies = ChampionReply.objects.select_related("author", "champion__organisation").order_by("at", "pk")
    rows = rows.select_related("organisation", "asker").order_by(order, "pk")[:_MOST]
    return [
        Asked(
            id=QuestionId(row.pk),
            organisation=row.organisation_id,
            place=row.organisation.name,
            asker=row.asker_id,
            asker_name=str(row.asker),
            topic=row.topic,
            words=row.words,
            is_shared=row.is_shared,
            at=row.at,
            replies=tuple(_reply(one, row) for one in row.replies.all()),
        )
        for row in rows.prefetch_related(Prefetch("replies", replies))
    ]


def _reply(row: ChampionReply, question: ChampionQuestion) -> Reply:
    return Reply(
        kind=ReplyKind(row.kind),
        words=row.words,
        author=row.author_id,
        name=str(row.author),
        place=row.champion.organisation.name if row.champion else question.organisation.name,
        at=row.at,
    )
