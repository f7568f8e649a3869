"""What a member of staff sees of themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.urls import reverse
from django.utils.http import urlencode

from preceptor.compliance.requirements.domain.wanted import in_address
from preceptor.compliance.requirements.domain.wording import criterion_sentence
from preceptor.compliance.standing.domain.tags import tag_of
from preceptor.compliance.standing.domain.verdicts import Status
from preceptor.ui.pages import Link, Page, StatusTag
from preceptor.ui.words import inside

from .domain import Need, OwnTraining, reason_sentence

_TO_DO = (Status.OVERDUE, Status.DUE, Status.DUE_SOON)


@dataclass(frozen=True, slots=True)
class Task:
    """A thing I must do: why, how long, what counts, and one button."""

    title: str
    tag: StatusTag
    why: str
    why_href: str
    minutes: int | None
    minutes_note: str
    counts: str
    waiting: str
    waiting_href: str
    add_href: str
    place: str


@dataclass(frozen=True, slots=True)
class Done:
    """A thing that is in date, or stands still while away."""

    title: str
    href: str
    tag: StatusTag


@dataclass(frozen=True, slots=True)
class OwnInduction:
    """One's own induction, how far it is, and what is next."""

    href: str
    place: str
    done: int
    of: int
    next: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingPage(Page):
    """The one list of what I need."""

    template: ClassVar[str] = "mine/training.jinja"

    today: date
    works: bool
    tasks: tuple[Task, ...]
    minutes: int
    in_date: tuple[Done, ...]
    paused: tuple[Done, ...]
    records_href: str
    add_href: str
    inductions: tuple[OwnInduction, ...]
    tasks_waiting: int
    changes_to_read: int
    refreshers_to_confirm: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesPage(Page):
    """Where I can go."""

    template: ClassVar[str] = "mine/places.jinja"

    managed: tuple[Link, ...]
    across: tuple[Link, ...]
    own: Link


def training_page(own: OwnTraining, today: date) -> TrainingPage:
    """My training out of my own standing: what to do first, then what is in date, then what stands still."""
    to_do = [need for need in own.needs if need.verdict.status in _TO_DO]
    tasks = tuple(_task(own, need) for need in to_do)
    return TrainingPage(
        title="My training",
        today=today,
        works=own.works,
        tasks=tasks,
        minutes=sum(task.minutes or 0 for task in tasks),
        in_date=tuple(_done(need) for need in own.needs if need.verdict.status is Status.VALID),
        paused=tuple(_done(need) for need in own.needs if need.verdict.status is Status.PAUSED),
        records_href=reverse("records:mine"),
        add_href=reverse("records:add-mine"),
        inductions=tuple(
            OwnInduction(
                reverse("inductions:own", args=[one.begun.id]),
                one.begun.place,
                one.done,
                one.of,
                f"Next: {one.next.item.title}" if one.next else "Everything is done",
            )
            for one in own.inductions
        ),
        tasks_waiting=own.tasks_waiting,
        changes_to_read=own.changes_to_read,
        refreshers_to_confirm=own.refreshers_to_confirm,
    )


def _task(own: OwnTraining, need: Need) -> Task:
    verdict = need.verdict
    asked = own.asked[verdict.requirement]
    version = asked.rule.versions[-1]
    adding = urlencode([*in_address(version.met_by.asked()), ("next", reverse("mine:training"))])
    return Task(
        title=need.title,
        tag=tag_of(verdict),
        why=reason_sentence(need.reasons, own.names),
        why_href=_why(need),
        minutes=asked.minutes,
        minutes_note="" if asked.minutes_verified else "(our estimate)",
        counts=criterion_sentence(version.met_by, own.names),
        waiting="Something you sent for this is waiting to be accepted."
        if (verdict.engagement, verdict.requirement) in own.waiting
        else "",
        waiting_href=reverse("records:mine"),
        add_href=f"{reverse('records:add-mine')}?{adding}",
        place=f"{need.place}, as {inside(own.roles[verdict.engagement])}" if own.places > 1 else "",
    )


def _done(need: Need) -> Done:
    return Done(need.title, _why(need), tag_of(need.verdict, dense=True))


def _why(need: Need) -> str:
    return reverse("standing:why", args=[need.code, need.engagement, need.key])
