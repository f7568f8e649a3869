"""What every page about a notice shows of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, ClassVar

from django.urls import reverse

from preceptor.ui.forms import Form
from preceptor.ui.pages import Link, Page
from preceptor.ui.words import count, day, full_day

from ..domain.notice import Notice
from ..domain.questions import Question
from ..domain.rules import minutes_of, title_of


@dataclass(frozen=True, slots=True)
class Row:
    """A line of a list: what it is, one line of meta, and where it leads."""

    title: str
    meta: str
    href: str = ""
    remark: str = ""
    button: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of a notice, with what it shows."""

    href: str
    words: str


@dataclass(frozen=True, slots=True)
class Told:
    """A notice as it is read."""

    caption: str
    different: tuple[str, ...]
    pictures: tuple[Picture, ...]
    links: tuple[Link, ...]
    corrected: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is shown, with what can be done about it."""

    words: str
    meta: str
    answer: str
    answered_by: str
    href: str = ""
    button: str = ""


@dataclass(frozen=True, slots=True)
class CheckRow:
    """A question of the check as its publisher reads it: the right answer, the others, and why."""

    question: str
    right: str
    others: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage(Page):
    """One form, with what it does."""

    template: ClassVar[str] = "rollouts/form.jinja"

    form: Form[Any]
    effect: str
    button: str
    cancel_href: str
    caption: str = ""
    revision: int = 0
    points: tuple[str, ...] = ()
    checks: tuple[CheckRow, ...] = ()
    more: Link | None = None


def about_of(notice: Notice, systems: Mapping[str, str]) -> str:
    """What a notice is about: a system by its name, or a product that is not on the list."""
    return systems.get(notice.system, notice.product or notice.system)


def told_of(notice: Notice, systems: Mapping[str, str], goes_live_on: date, corrected: Iterable[str] = ()) -> Told:
    """A notice as it is read."""
    system = about_of(notice, systems)
    version = f" {notice.system_version}" if notice.system_version else ""
    documents = tuple(Link(one.words, _file(one.file)) for one in notice.attachments if not one.is_picture)
    return Told(
        caption=f"Change notice, {system}{version}, live on {full_day(goes_live_on)}",
        different=notice.different,
        pictures=tuple(Picture(_file(one.file), one.words) for one in notice.attachments if one.is_picture),
        links=(*documents, *(Link(one.title, one.href) for one in notice.links)),
        corrected=tuple(one for one in corrected if one),
    )


def steps_of(notice: Notice, groups: Mapping[str, str]) -> tuple[Row, ...]:
    """What a notice asks, each with how long it takes and of whom."""
    return tuple(Row(step_title(notice, key), step_meta(notice, key, groups)) for key in notice.asked)


def step_title(notice: Notice, key: str) -> str:
    """What a thing to do is called."""
    return f"Answer {count(len(notice.checks), 'question')}" if key == "check" else title_of(notice, key)


def step_meta(notice: Notice, key: str, groups: Mapping[str, str]) -> str:
    """How long a thing to do takes, and for whom it is when not for everyone touched."""
    task = notice.task(key)
    minutes = minutes_of(notice, key)
    only = [groups.get(one, one) for one in task.groups] if task else []
    parts = [count(minutes, "minute")] if minutes else []
    return ", ".join([*parts, *([f"{' and '.join(only)} only"] if only else [])])


def check_rows(notice: Notice) -> tuple[CheckRow, ...]:
    """The questions of the check with their answers, for those who publish it or take it over."""
    return tuple(
        CheckRow(
            one.words,
            one.options[one.right],
            tuple(words for at, words in enumerate(one.options) if at != one.right),
            one.why,
        )
        for one in notice.checks
    )


def asked_rows(questions: Iterable[Question], href_of: Mapping[str, str], button: str) -> tuple[Asked, ...]:
    """Questions as they are shown; `href_of` leads where something can be done about one."""
    return tuple(
        Asked(
            words=one.words,
            meta=f"Asked by {count(one.people, 'person', 'people')}{'' if one.answer else '. Not answered yet'}",
            answer=one.answer,
            answered_by=f"Answered by {one.answered_by}" if one.answer else "",
            href=href_of.get(str(one.id), ""),
            button=button if str(one.id) in href_of else "",
        )
        for one in questions
    )


def corrections(said: Mapping[int, tuple[date, str]]) -> tuple[str, ...]:
    """What was corrected and when, the latest first."""
    return tuple(f"Corrected on {day(on)}: {words}" for _, (on, words) in sorted(said.items(), reverse=True))


def _file(file: object) -> str:
    return reverse("rollouts:file", args=[file])
