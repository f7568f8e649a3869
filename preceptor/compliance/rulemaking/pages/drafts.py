"""Drafts in a list, and starting and discarding one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse

from preceptor.foundation.dates import london_date
from preceptor.ui.forms import Form
from preceptor.ui.pages import Page
from preceptor.ui.words import count, day

from ..domain.drafts import Draft


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One draft: what it is about, how far it is, and who touched it last."""

    title: str
    href: str
    meta: str
    progress: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftsPage(Page):
    """Everything in the making at one place."""

    template: ClassVar[str] = "rulemaking/drafts.jinja"

    code: str
    rows: tuple[DraftRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPage(Page):
    """Which requirement to change, or a new one."""

    template: ClassVar[str] = "rulemaking/start.jinja"

    form: Form[object]
    cancel_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DiscardPage(Page):
    """A draft is put away for good."""

    template: ClassVar[str] = "rulemaking/discard.jinja"

    caption: str
    revision: int
    cancel_href: str
    problem: str = ""


def drafts_page(place: str, code: str, drafts: Iterable[Draft]) -> DraftsPage:
    """The drafts of a place."""
    return DraftsPage(
        title=f"Changes {place} is thinking about", code=code, rows=tuple(_row(code, draft) for draft in drafts)
    )


def caption_of(draft: Draft) -> str:
    """What a page about a draft says it is about."""
    if draft.published:
        return f"{draft.title}, version {draft.published}"
    return f"{draft.title}, draft of version {draft.number}" if draft.requirement else f"{draft.title}, draft"


def _row(code: str, draft: Draft) -> DraftRow:
    return DraftRow(
        title=caption_of(draft),
        href=reverse("rulemaking:check", args=[code, draft.id]),
        meta=f"Started by {draft.started_by}. Changed by {draft.changed_by}, {day(london_date(draft.changed_at))}",
        progress=progress_of(draft),
    )


def progress_of(draft: Draft) -> str:
    """How far a draft is."""
    open_count = len(draft.answers.missing)
    return f"{count(open_count, 'question')} open" if open_count else "Ready for the dry run"
