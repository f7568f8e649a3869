"""What members of staff see: changes to read, a notice, its check, and the yearly refresher."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse

from preceptor.compliance.standing.domain.tags import tag_of
from preceptor.compliance.standing.domain.verdicts import Status
from preceptor.ui.pages import Page, StatusTag
from preceptor.ui.words import count, day

from ..domain.notice import CHECK, READ, Notice
from ..domain.rules import minutes_of
from ..forms import AskForm, CheckForm
from ..queries import OwnChange, OwnRefresher, Step
from .shared import Asked, Told, step_meta, step_title


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """A change of one's own: how it stands and where it is read."""

    title: str
    meta: str
    href: str
    tag: StatusTag | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangesPage(Page):
    """The changes that touch me."""

    template: ClassVar[str] = "rollouts/changes.jinja"

    to_do: tuple[ChangeRow, ...]
    minutes: int
    done: tuple[ChangeRow, ...]
    refreshers: tuple[ChangeRow, ...]


@dataclass(frozen=True, slots=True)
class StepRow:
    """One thing to do, as I see it: its tag, and the button that does it."""

    key: str
    title: str
    meta: str
    tag: StatusTag
    href: str
    button: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePage(Page):
    """A notice, as somebody reads it whom it touches."""

    template: ClassVar[str] = "rollouts/change.jinja"

    told: Told
    number: int
    steps: tuple[StepRow, ...]
    next: StepRow | None
    questions: tuple[Asked, ...]
    similar: tuple[Asked, ...]
    form: AskForm
    ask_href: str


@dataclass(frozen=True, slots=True)
class Marked:
    """An answer of the check, marked and explained."""

    question: str
    answer: str
    is_right: bool
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPage(Page):
    """The check of understanding."""

    template: ClassVar[str] = "rollouts/check.jinja"

    caption: str
    form: CheckForm
    marked: tuple[Marked, ...]
    number: int
    is_done: bool
    change_href: str


@dataclass(frozen=True, slots=True)
class Changed:
    """A notice as the refresher tells of it."""

    title: str
    meta: str
    different: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RefresherPage(Page):
    """Everything that changed since I last confirmed."""

    template: ClassVar[str] = "rollouts/refresher.jinja"

    caption: str
    since: str
    tag: StatusTag | None
    changes: tuple[Changed, ...]
    digest: str
    may_confirm: bool


def changes_page(changes: Sequence[OwnChange], refreshers: Sequence[OwnRefresher]) -> ChangesPage:
    """The changes that touch somebody: what is left first, then what is done."""
    left = [one for one in changes if one.left]
    return ChangesPage(
        title="Changes to read",
        to_do=tuple(change_row(one) for one in left),
        minutes=sum(minutes_of(one.told.notice, step.key) for one in left for step in one.left),
        done=tuple(change_row(one) for one in changes if not one.left),
        refreshers=tuple(
            ChangeRow(
                f"Everything that changed since {day(one.since)}",
                f"{one.place_name}. {count(len(one.changes), 'change')}",
                reverse("rollouts:refresher", args=[one.code]),
                tag_of(one.verdict) if one.verdict is not None else None,
            )
            for one in refreshers
            if one.changes or one.verdict is not None
        ),
    )


def change_row(change: OwnChange) -> ChangeRow:
    """A change with the strictest standing of what is left of it."""
    left = change.left
    minutes = sum(minutes_of(change.told.notice, one.key) for one in left)
    strictest = next((one for status in _STRICT for one in left if one.verdict.status is status), None)
    meta = f"Live on {day(change.goes_live_on)}, {change.place_name}"
    return ChangeRow(
        title=change.told.notice.title,
        meta=f"{count(minutes, 'minute')}. {meta}" if left else meta,
        href=reverse("rollouts:change", args=[change.code, change.id]),
        tag=tag_of(strictest.verdict) if strictest else StatusTag("valid", "Done"),
    )


_STRICT = (Status.OVERDUE, Status.DUE, Status.PAUSED)


def step_rows(change: OwnChange, groups: Mapping[str, str]) -> tuple[StepRow, ...]:
    """What a change asks of somebody, in order; what is not asked of them stands there as not needed."""
    rows = []
    for key in change.told.notice.asked:
        step = change.step(key)
        rows.append(_row(change, key, step, groups))
    return tuple(rows)


def _row(change: OwnChange, key: str, step: Step | None, groups: Mapping[str, str]) -> StepRow:
    notice = change.told.notice
    task = notice.task(key)
    left = step is not None and not step.is_done
    name = "check" if key == CHECK else "done"
    href = reverse(f"rollouts:{name}", args=[change.code, change.id, *([] if key == CHECK else [key])])
    return StepRow(
        key=key,
        title=step_title(notice, key),
        meta=step_meta(notice, key, groups),
        tag=_tag(step),
        href=href if left else "",
        button=_button(notice, key) if left else "",
        link=task.link if task else "",
    )


def _button(notice: Notice, key: str) -> str:
    if key == READ:
        return "I have read this"
    return step_title(notice, CHECK) if key == CHECK else "I have done this"


def _tag(step: Step | None) -> StatusTag:
    if step is None:
        return StatusTag("none", "Not needed")
    if step.is_done:
        return StatusTag("valid", "Done", day(step.done_on))
    return tag_of(step.verdict)
