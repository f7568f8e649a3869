"""What the manager’s home shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from preceptor.ui.pages import Page, StatusTag


@dataclass(frozen=True, slots=True)
class Figure:
    """A headline count that leads to its list."""

    code: str
    figure: str
    title: str
    href: str
    rest: str


@dataclass(frozen=True, slots=True)
class Urgent:
    """Something overdue or running out, with the person it is about."""

    href: str
    title: str
    meta: str
    tag: StatusTag


@dataclass(frozen=True, slots=True)
class Waiting:
    """A record waiting for the manager."""

    href: str
    name: str
    what: str
    meta: str


@dataclass(frozen=True, slots=True)
class Starter:
    """Someone new, and how far they are."""

    href: str
    name: str
    meta: str
    done: int
    of: int
    next: str


@dataclass(frozen=True, slots=True)
class DataSecurity:
    """The DSPT training item as it would be if published today."""

    done: int
    of: int
    percent: int
    threshold: int
    missing: int
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayPage(Page):
    """What needs the manager today."""

    template: ClassVar[str] = "practices/today.jinja"
    reading: ClassVar[bool] = False

    today: date
    code: str
    has_people: bool
    has_requirements: bool
    may_import: bool
    figures: tuple[Figure, ...]
    waiting: tuple[Waiting, ...]
    waiting_count: int
    overdue: tuple[Urgent, ...]
    overdue_count: int
    running_out: tuple[Urgent, ...]
    running_out_count: int
    starters: tuple[Starter, ...]
    data_security: DataSecurity | None
