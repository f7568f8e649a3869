"""What a member of staff sees of themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from preceptor.ui.pages import Link, Page, StatusTag


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


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacesPage(Page):
    """Where I can go."""

    template: ClassVar[str] = "mine/places.jinja"

    managed: tuple[Link, ...]
    across: tuple[Link, ...]
    own: Link
