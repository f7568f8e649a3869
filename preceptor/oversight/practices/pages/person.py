"""What one person’s or one requirement’s page shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from preceptor.compliance.standing.domain.verdicts import Status
from preceptor.oversight.practices.domain import Share
from preceptor.ui.pages import Page, StatusTag

from .day import AsOf


@dataclass(frozen=True, slots=True)
class Line:
    """One requirement of a person, or one person of a requirement."""

    href: str
    title: str
    meta: str
    tag: StatusTag
    status: Status


@dataclass(frozen=True, slots=True)
class EngagementLine:
    """Where and as what someone works, in words."""

    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage(Page):
    """One person's training at a practice."""

    template: ClassVar[str] = "practices/person.jinja"
    reading: ClassVar[bool] = False

    code: str
    as_of: AsOf
    role: str
    engagements: tuple[EngagementLine, ...]
    to_do: tuple[Line, ...]
    in_date: tuple[Line, ...]
    paused: tuple[Line, ...]
    share: Share
    details_href: str
    records_href: str
    add_href: str
    leave_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementPeoplePage(Page):
    """One requirement at a practice: who has it and who does not."""

    template: ClassVar[str] = "practices/requirement_people.jinja"
    reading: ClassVar[bool] = False

    code: str
    as_of: AsOf
    rule_href: str
    share: Share
    counts: str
    lines: tuple[Line, ...]
    not_needed: int
