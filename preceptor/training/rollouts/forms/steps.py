"""What people do about a change, as domain values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, Final

from django.forms import BoundField
from django.http import QueryDict

from preceptor.ui.forms import Choice, Form, LongText, Number, Text, Ticks

from ..domain.notice import (
    MOST_OPTIONS,
    MOST_QUESTIONS,
    MOST_TASKS,
    Check,
    Notice,
    Task,
    TaskKind,
    lines_of,
)
from ..domain.questions import LONGEST
from .material import refuse_link

Options = Iterable[tuple[str, str]]

_KINDS: Final = (
    (TaskKind.PRACTISE.value, "Practise something"),
    (TaskKind.COURSE.value, "Do a course"),
    (TaskKind.SESSION.value, "Come to a session"),
)
_MOST_MINUTES: Final = 600
_YES_NO: Final = (("yes", "Yes"), ("no", "No"))


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that belong together, under a title; open once something is said, or wrong."""

    title: str
    is_open: bool
    fields: tuple[BoundField, ...]


class DoForm(Form[Notice]):
    """The check of understanding, and what else to do."""

    def __init__(self, data: QueryDict | None, *, notice: Notice, groups: Options) -> None:
        super().__init__(data)
        self._notice = notice
        for number in range(MOST_QUESTIONS):
            self._ask_check(number, notice.checks[number] if number < len(notice.checks) else None)
        for number in range(MOST_TASKS):
            self._ask_task(number, notice.tasks[number] if number < len(notice.tasks) else None, list(groups))

    def _ask_check(self, number: int, check: Check | None) -> None:
        self.fields[f"q{number}_words"] = Text("Question", required=False, initial=check and check.words)
        self.fields[f"q{number}_options"] = LongText(
            "Answers to choose from",
            hint=f"One to a line, 2 to {MOST_OPTIONS} of them",
            required=False,
            initial=check and "\n".join(check.options),
        )
        self.fields[f"q{number}_right"] = Number(
            "Which line is right?",
            hint="1 for the first line",
            required=False,
            width=2,
            initial=check and check.right + 1,
        )
        self.fields[f"q{number}_why"] = LongText(
            "Why is it right?",
            hint="People read this once they have answered",
            required=False,
            max_length=LONGEST,
            initial=check and check.why,
        )

    def _ask_task(self, number: int, task: Task | None, groups: list[tuple[str, str]]) -> None:
        self.fields[f"t{number}_kind"] = Choice(
            "What kind of thing is it?", choices=_KINDS, prompt="Nothing", required=False, initial=task and task.kind
        )
        self.fields[f"t{number}_words"] = Text(
            "What is to be done?",
            hint="For example, practise on the test patient",
            required=False,
            max_length=80,
            initial=task and task.words,
        )
        self.fields[f"t{number}_minutes"] = Number("Minutes", required=False, width=4, initial=task and task.minutes)
        self.fields[f"t{number}_link"] = Text(
            "Link",
            hint="Begins with https://. Leave this empty if there is none",
            required=False,
            max_length=300,
            initial=task and task.link,
        )
        self.fields[f"t{number}_groups"] = Ticks(
            "Only for these staff groups (none ticked: everyone it is for)",
            choices=groups,
            required=False,
            initial=list(task.groups) if task else [],
        )

    def checks(self) -> tuple[Group, ...]:
        """The questions of the check, each with its own fields."""
        return tuple(self._group(f"Question {number + 1}", f"q{number}_") for number in range(MOST_QUESTIONS))

    def tasks(self) -> tuple[Group, ...]:
        """What else to do, each with its own fields."""
        return tuple(self._group(f"Thing to do {number + 1}", f"t{number}_") for number in range(MOST_TASKS))

    def _group(self, title: str, prefix: str) -> Group:
        fields = tuple(self[name] for name in self.fields if name.startswith(prefix))
        is_open = any(one.errors for one in fields) or any(one.value() for one in fields)
        return Group(title, is_open, fields)

    def clean(self) -> dict[str, Any]:
        """Refuses half a question and half a task."""
        cleaned: dict[str, Any] = super().clean() or {}
        for number in range(MOST_QUESTIONS):
            self._refuse_check(cleaned, f"q{number}_")
        for number in range(MOST_TASKS):
            self._refuse_task(cleaned, f"t{number}_")
        return cleaned

    def _refuse_check(self, cleaned: dict[str, Any], at: str) -> None:
        words, options = cleaned.get(f"{at}words"), lines_of(cleaned.get(f"{at}options") or "")
        right = cleaned.get(f"{at}right")
        if not (words or options or right or cleaned.get(f"{at}why")):
            return
        if not words:
            self.refuse(f"{at}words", "Write the question, or empty all of its boxes")
        if not 2 <= len(options) <= MOST_OPTIONS:
            self.refuse(f"{at}options", f"Give 2 to {MOST_OPTIONS} answers, one to a line")
        if not right or not 1 <= right <= len(options):
            self.refuse(f"{at}right", "Say which line is right, with its number")
        if not cleaned.get(f"{at}why"):
            self.refuse(f"{at}why", "Say why it is right")

    def _refuse_task(self, cleaned: dict[str, Any], at: str) -> None:
        kind, words, link = cleaned.get(f"{at}kind"), cleaned.get(f"{at}words"), cleaned.get(f"{at}link") or ""
        minutes = cleaned.get(f"{at}minutes")
        if kind and not words:
            self.refuse(f"{at}words", "Say what is to be done")
        if words and not kind:
            self.refuse(f"{at}kind", "Choose what kind of thing it is")
        if minutes is not None and not 0 <= minutes <= _MOST_MINUTES:
            self.refuse(f"{at}minutes", f"Minutes must be from 0 to {_MOST_MINUTES}")
        refuse_link(self, f"{at}link", link)

    def build(self) -> Notice:
        """The notice with what to do."""
        return replace(self._notice, checks=tuple(self._checks()), tasks=tuple(self._tasks()))

    def _checks(self) -> Iterator[Check]:
        given = self.cleaned_data
        for number in range(MOST_QUESTIONS):
            at = f"q{number}_"
            if given[f"{at}words"]:
                yield Check(
                    given[f"{at}words"].strip(),
                    lines_of(given[f"{at}options"]),
                    given[f"{at}right"] - 1,
                    given[f"{at}why"].strip(),
                )

    def _tasks(self) -> Iterator[Task]:
        given = self.cleaned_data
        for number in range(MOST_TASKS):
            at = f"t{number}_"
            if given[f"{at}kind"]:
                yield Task(
                    key=f"task-{number + 1}",
                    kind=TaskKind(given[f"{at}kind"]),
                    words=given[f"{at}words"].strip(),
                    minutes=given[f"{at}minutes"] or 0,
                    link=given[f"{at}link"].strip(),
                    groups=tuple(given[f"{at}groups"]),
                )
