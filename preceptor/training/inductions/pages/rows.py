"""How an item of an induction is shown: a box, a name, one line of what is known, and where it leads."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Final

from preceptor.compliance.standing.domain.tags import NEVER_DONE, tag_of
from preceptor.compliance.standing.domain.verdicts import Status
from preceptor.foundation.dates import london_date, london_time
from preceptor.ui.pages import Link, StatusTag
from preceptor.ui.words import clock, count, day, minutes

from ..domain.course import Course, Entry, State, Step
from ..domain.programme import ItemKind, Stage, Who
from ..domain.texts import DIFFERENT

# The stages as they are said to the person themselves.
OWN_STAGES: Final[Mapping[Stage, str]] = {
    Stage.LOG_IN: "Before your first log-in",
    Stage.SESSION: "Before your first session",
    Stage.WEEK: "In your first week",
    Stage.MONTH: "In your first month",
}

# What whoever shows or does it can sign for on paper.
_ON_PAPER: Final = frozenset({ItemKind.SHOWN, ItemKind.READ, ItemKind.SKILLS})

Href = Callable[[Entry], str]


@dataclass(frozen=True, slots=True)
class CheckRow:
    """An item with its box. `before` is the word in front of the name, `do` the words of what can be done about it.

    `more` is where the requirements and skills it asks are found.
    """

    key: str
    is_done: bool
    is_left: bool
    is_quiet: bool
    before: str
    title: str
    says: str
    meta: str
    href: str
    do: str
    more: tuple[Link, ...]
    tag: StatusTag | None


@dataclass(frozen=True, slots=True)
class StageRows:
    """The items of one stage."""

    key: str
    title: str
    count: str
    rows: tuple[CheckRow, ...]


def stage_rows(
    course: Course,
    names: Mapping[Stage, str],
    href: Href,
    do: Callable[[Entry], str],
    today: date,
    *,
    to_self: bool,
    more: Callable[[Entry], tuple[Link, ...]],
) -> tuple[StageRows, ...]:
    """The stages of an induction that hold something."""
    found = []
    for stage, name in names.items():
        entries = course.of_stage(stage)
        if entries:
            counting = [one for one in entries if one.counts]
            done = sum(one.state is State.DONE for one in counting)
            rows = tuple(
                replace(row_of(course, one, href(one), do(one), today, to_self=to_self), more=more(one))
                for one in entries
            )
            found.append(StageRows(stage.value, name, f"{done} of {len(counting)}" if counting else "", rows))
    return tuple(found)


def row_of(course: Course, entry: Entry, href: str, do: str, today: date, *, to_self: bool) -> CheckRow:
    """One item as a row."""
    is_done = entry.state in {State.DONE, State.BEFORE}
    late = entry.is_left and entry.verdict is not None and entry.verdict.status in {Status.OVERDUE, Status.PAUSED}
    return CheckRow(
        key=entry.item.key,
        is_done=is_done,
        is_left=entry.is_left and entry.item.kind in _ON_PAPER,
        is_quiet=entry.state is State.ASIDE,
        before="Done:" if is_done else "Left out:" if entry.state is State.ASIDE else "",
        title=_title(entry),
        says=entry.item.says if entry.is_left else "",
        meta=meta_of(course, entry, today, to_self=to_self),
        href=href,
        do=do,
        more=(),
        tag=_tag(entry) if late else None,
    )


def _title(entry: Entry) -> str:
    """The name of a text with its version; what is done differently here is called as the programme calls it."""
    if entry.text is None:
        return entry.item.title
    return f"{entry.item.title}, version {entry.text.number}" if entry.text.text.key == DIFFERENT else entry.text.name


def _tag(entry: Entry) -> StatusTag | None:
    """How a late item stands. Of a text it is not said that it was never done: an older version may have been."""
    tag = tag_of(entry.verdict) if entry.verdict else None
    if tag is None or entry.item.kind is not ItemKind.READ:
        return tag
    return replace(tag, date=tag.date.removesuffix(NEVER_DONE))


def meta_of(course: Course, entry: Entry, today: date, *, to_self: bool) -> str:
    """What is known of an item in one line: who showed it and when, or how long, with whom and by when."""
    if entry.state is State.ASIDE:
        return entry.step.note if entry.step else "Not needed"
    if entry.state is State.BEFORE:
        return (
            "Known from before"
            if entry.item.kind is not ItemKind.TRAINING
            else "From your own record"
            if to_self
            else "From their own record"
        )
    if entry.state is State.DONE:
        return _done(entry, today)
    parts = [_how(course, entry, to_self=to_self), minutes(entry.item.minutes)]
    if entry.verdict and entry.verdict.status is Status.DUE and entry.verdict.due_on:
        parts.append(f"by {_day(entry.verdict.due_on, today)}")
    said = ", ".join(part for part in parts if part)
    more = _older(entry, today) or _skills(entry)
    return f"{said}. {more}" if more else said


def whom(course: Course, who: Who, *, to_self: bool) -> str:
    """Whom an item waits for, as it is said."""
    plan = course.begun.plan
    if who is Who.PERSON:
        return "you" if to_self else course.begun.name
    if who is Who.MANAGER:
        return "your manager" if to_self else "you"
    if who is Who.IT:
        return plan.it_name or "IT"
    return plan.buddy_name or ("your buddy" if to_self else "a buddy, not chosen yet")


def when(moment: datetime, on: date, today: date) -> str:
    """The time on the day itself, else the day."""
    if on != london_date(moment) or on != today:
        return _day(on, today)
    return clock(london_time(moment))


def _done(entry: Entry, today: date) -> str:
    step: Step | None = entry.step
    if step is None:
        if entry.item.kind is ItemKind.SIGN_OFF:
            return "Signed"
        return "From the record" if entry.item.kind is ItemKind.TRAINING else "Shown and signed for"
    verb = "Accepted" if entry.item.kind is ItemKind.READ else "Checked by" if entry.item.who is Who.IT else "Shown by"
    name = step.shown_by or step.by_name
    if entry.item.kind is ItemKind.READ:
        return f"{verb} {when(step.at, step.on, today)}"
    if entry.item.who is Who.PERSON and not step.shown_by:
        return f"Done {when(step.at, step.on, today)}"
    return f"{verb} {name}, {when(step.at, step.on, today)}"


def _how(course: Course, entry: Entry, *, to_self: bool) -> str:
    if entry.item.kind is ItemKind.READ:
        return "Read and accept"
    if entry.item.kind is ItemKind.TRAINING:
        return "Training"
    if entry.item.who is Who.MANAGER and not to_self:
        return "With the manager"
    who = whom(course, entry.item.who, to_self=to_self)
    return f"With {who}" if entry.item.who is not Who.PERSON else ""


def _older(entry: Entry, today: date) -> str:
    return f"An older version was accepted on {_day(entry.older_on, today)}" if entry.older_on else ""


def _skills(entry: Entry) -> str:
    if not entry.skills_left:
        return ""
    had = f", {entry.skills_had} known before" if entry.skills_had else ""
    return f"{count(len(entry.skills_left), 'skill')} left{had}. {entry.skills_words}"


def _day(value: date, today: date) -> str:
    return f"{value.day} {value:%B}" if value.year == today.year else day(value)
