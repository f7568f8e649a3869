"""What the page across practices shows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from preceptor.ui.pages import Link, Page

from .domain import AreaShare


@dataclass(frozen=True, slots=True)
class PracticeRow:
    """One practice: how many people, how much is overdue, and its share by subject area."""

    code: str
    name: str
    meta: str
    href: str
    overdue: int
    all: AreaShare
    cells: tuple[AreaShare | None, ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """One practice and one subject area that needs help."""

    practice: str
    area: str
    share: AreaShare
    overdue: int


@dataclass(frozen=True, slots=True)
class EasedRow:
    """How much is eased at one place today; too few people work there to say so unless `is_shown`."""

    name: str
    code: str
    leave: int
    exemptions: int
    extensions: int
    is_shown: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AdjustmentsPage(Page):
    """Leave, exemptions and extensions across practices, as figures."""

    template: ClassVar[str] = "hubs/adjustments.jinja"

    today: date
    rows: tuple[EasedRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticesPage(Page):
    """Practices by subject area."""

    template: ClassVar[str] = "hubs/practices.jinja"
    reading: ClassVar[bool] = False

    today: date
    areas: tuple[str, ...]
    rows: tuple[PracticeRow, ...]
    gaps: tuple[Gap, ...]
    whole: AreaShare
    confidence: tuple[Link, ...] = ()
