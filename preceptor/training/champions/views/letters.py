"""Letters about questions: one waits, or one is answered. None tells what was asked; it is read after signing in."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final
from uuid import UUID

from django.core.mail import send_mail
from django.urls import reverse

from preceptor.register.people.queries import addresses_of
from preceptor.ui.requests import Request
from preceptor.ui.words import inside

from ..domain.questions import QuestionId

_ANSWERED: Final = "Your question has an answer"


def ask(request: Request, question: QuestionId, topic: str, champions: Collection[UUID]) -> None:
    """Writes to the champions of a topic that somebody asks, but not to who asks."""
    others, title = set(champions) - {request.viewer.person}, "A question for a champion"
    _send(request, question, others, title, f"asks something about {inside(topic)} that you can answer")


def follow(request: Request, question: QuestionId, topic: str, champions: Collection[UUID]) -> None:
    """Writes to the champions of a topic that somebody asks again."""
    others, title = set(champions) - {request.viewer.person}, "A question for a champion, again"
    _send(request, question, others, title, f"still wants to know something about {inside(topic)}")


def answer(request: Request, question: QuestionId, asker: UUID) -> None:
    """Writes to who asked that there is an answer."""
    _send(request, question, {asker}, _ANSWERED, "has answered your question")


def _send(request: Request, question: QuestionId, people: Collection[UUID], title: str, says: str) -> None:
    link = request.build_absolute_uri(reverse("champions:question", args=[question]))
    for name, address in addresses_of(people):
        letter = f"Hello {name},\n\n{request.viewer.name} {says}. Sign in to read it:\n{link}\n"
        send_mail(title, letter, None, [address])
