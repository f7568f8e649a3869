"""The eight questions that make a rule, in the order they are asked."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Final


class Question(StrEnum):
    """A question of the editor, by the word in its address."""

    WHAT = "what-and-why"
    WHOM = "for-whom"
    MET = "how-it-is-met"
    FIRST = "first-time"
    AGAIN = "again"
    EARLY = "early-and-late"
    OVER = "taking-over"
    SAMPLE = "one-person"


TITLES: Final[Mapping[Question, str]] = {
    Question.WHAT: "What is it, and why?",
    Question.WHOM: "Who is it for?",
    Question.MET: "How is it met?",
    Question.FIRST: "How soon must it be done the first time?",
    Question.AGAIN: "How soon must it be done again?",
    Question.EARLY: "What if it is done early, or late?",
    Question.OVER: "How does the change take over?",
    Question.SAMPLE: "What does it mean for one person?",
}
SHORT: Final[Mapping[Question, str]] = {
    Question.WHAT: "What and why",
    Question.WHOM: "For whom",
    Question.MET: "How it is met",
    Question.FIRST: "First time",
    Question.AGAIN: "Again",
    Question.EARLY: "Early and late",
    Question.OVER: "How the change takes over",
    Question.SAMPLE: "One person",
}
# The last question is one to look at: it has no answer.
ASKED: Final = tuple(question for question in Question if question is not Question.SAMPLE)
# What must be answered before a rule can be judged at all.
JUDGED: Final = (Question.WHOM, Question.MET, Question.FIRST, Question.AGAIN, Question.EARLY, Question.OVER)

# The question that each field of a rule and its decision is asked in, for what publishing refuses.
_FIELDS: Final[Mapping[str, Question]] = {
    **dict.fromkeys(("title", "short", "area", "basis", "rationale", "decided_by", "citations"), Question.WHAT),
    **dict.fromkeys(("from", "to", "transition"), Question.OVER),
    **dict.fromkeys(("notice_days", "return_days"), Question.EARLY),
    "audience": Question.WHOM,
    "met_by": Question.MET,
    "first_due_days": Question.FIRST,
}


def question_of(field: str) -> Question | None:
    """The question a refused field belongs to, or the question itself by its word; None for the whole."""
    return Question(field) if field in list(Question) else _FIELDS.get(field)


def next_after(question: Question) -> Question | None:
    """The question after this one; None after the last."""
    order = list(Question)
    at = order.index(question) + 1
    return order[at] if at < len(order) else None
