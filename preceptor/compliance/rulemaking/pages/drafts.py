"""Drafts in a list, and starting and discarding one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from django.urls import reverse

from preceptor.compliance.requirements.domain.decisions import RequirementId
from preceptor.compliance.requirements.domain.examples import SHAPE_NAMES, RuleExample
from preceptor.compliance.requirements.domain.wording import audience_sentence, criterion_sentence, first_due_sentence
from preceptor.compliance.requirements.domain.words import Names
from preceptor.foundation.dates import london_date
from preceptor.ui.forms import Form
from preceptor.ui.pages import Link, Page
from preceptor.ui.words import count, day

from ..domain.drafts import Draft
from ..forms import StartForm


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


@dataclass(frozen=True, slots=True)
class ExampleRow:
    """A rule to begin from: its shape, what it is, and the rule read back."""

    key: str
    title: str
    shape: str
    tells: str
    rule: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StartPage(Page):
    """Which requirement to change, or how a new one begins."""

    template: ClassVar[str] = "rulemaking/start.jinja"

    form: Form[RequirementId]
    has_some: bool
    examples: tuple[ExampleRow, ...]


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


def start_page(code: str, form: StartForm, examples: Iterable[RuleExample], names: Names) -> StartPage:
    """Where a draft begins."""
    return StartPage(
        title="Draft a change",
        back=Link("All drafts", reverse("rulemaking:drafts", args=[code])),
        form=form,
        has_some=form.has_some,
        examples=tuple(
            ExampleRow(
                key=one.key,
                title=one.title,
                shape=SHAPE_NAMES[one.shape],
                tells=one.tells,
                rule=(
                    audience_sentence(one.audience, names),
                    criterion_sentence(one.met_by, names),
                    first_due_sentence(one.first_due_days),
                ),
            )
            for one in examples
        ),
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
