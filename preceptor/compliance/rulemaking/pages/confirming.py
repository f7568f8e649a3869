"""A source that was added at a place, to be confirmed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from preceptor.compliance.requirements.domain.decisions import FORCE_NAMES
from preceptor.compliance.requirements.domain.held import OwnSource
from preceptor.compliance.requirements.domain.story import Fact
from preceptor.ui.pages import Link, Page
from preceptor.ui.words import day

from ..forms import ConfirmForm


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmPage(Page):
    """What a source is said to say, and the day somebody read it."""

    template: ClassVar[str] = "rulemaking/confirm_source.jinja"

    caption: str
    link: str
    facts: tuple[Fact, ...]
    says: tuple[str, ...]
    form: ConfirmForm
    next: str


def confirm_page(place: str, found: OwnSource, form: ConfirmForm, back: str) -> ConfirmPage:
    """The page of one source."""
    facts = (
        Fact("Published by", found.publisher),
        Fact("Force", FORCE_NAMES[found.force]),
        Fact("Read", day(found.checked_on) or "Nobody has said"),
        Fact("State", "Confirmed" if found.verified else "Not verified"),
    )
    return ConfirmPage(
        title=f"Confirm {found.title}",
        back=Link("Back", back),
        caption=place,
        link=found.link,
        facts=facts,
        says=found.says,
        form=form,
        next=back,
    )
