"""The questions, each on a page of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse

from preceptor.ui.pages import Link, Page

from ..domain.drafts import Draft
from ..domain.questions import TITLES, Question
from ..forms import AgainForm, TreeForm, WhatForm, WhomForm
from ..forms.offered import AnswerForm
from .drafts import caption_of


@dataclass(frozen=True, slots=True)
class Shell:
    """What surrounds every question: where it stands among the eight, what it belongs to, and where it leads."""

    code: str
    draft: str
    revision: int
    question: str
    done: int
    caption: str
    after: str
    read_back: tuple[str, ...] = ()
    preview: str = ""
    dry_run_href: str = ""

    @property
    def steps(self) -> tuple[bool, ...]:
        """For each of the questions, whether it is this one or one before."""
        return tuple(number < self.done for number in range(len(Question)))


def shell_of(code: str, draft: Draft, question: Question, after: str) -> Shell:
    """The surroundings of one question of a draft."""
    number = list(Question).index(question) + 1
    return Shell(
        code=code,
        draft=str(draft.id),
        revision=draft.revision,
        question=question.value,
        done=number,
        caption=(
            f"{caption_of(draft)}. Question {number} of {len(Question)}. Nothing changes for anyone until you publish."
        ),
        after=after,
    )


def back_from(code: str, draft: Draft, question: Question, after: str) -> Link:
    """Where a question leads back to: the check page it was opened from, or the question before."""
    order = list(Question)
    at = order.index(question)
    if after == "check" or at == 0:
        return Link("Back to all answers", reverse("rulemaking:check", args=[code, draft.id]))
    return Link("Back", reverse("rulemaking:question", args=[code, draft.id, order[at - 1].value]))


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPage(Page):
    """One question with a few plain answers."""

    template: ClassVar[str] = "rulemaking/question.jinja"

    shell: Shell
    form: AnswerForm


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatPage(QuestionPage):
    """What it is, why, and from which sources."""

    template: ClassVar[str] = "rulemaking/what.jinja"

    form: WhatForm


@dataclass(frozen=True, slots=True, kw_only=True)
class WhomPage(QuestionPage):
    """For whom, with everyone it takes in today."""

    template: ClassVar[str] = "rulemaking/whom.jinja"

    form: WhomForm
    today: str
    people: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MetPage(QuestionPage):
    """How it is met, part by part."""

    template: ClassVar[str] = "rulemaking/met.jinja"

    form: TreeForm


@dataclass(frozen=True, slots=True, kw_only=True)
class AgainPage(QuestionPage):
    """How soon again."""

    template: ClassVar[str] = "rulemaking/again.jinja"

    form: AgainForm


def title_of(question: Question) -> str:
    """The question itself."""
    return TITLES[question]
