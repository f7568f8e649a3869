"""Two versions side by side, and what is to be reviewed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.urls import reverse

from preceptor.compliance.requirements.domain.decisions import FORCE_NAMES
from preceptor.compliance.requirements.domain.held import HeldRequirement, HeldVersion
from preceptor.compliance.requirements.domain.reviews import ReviewState, review_tag
from preceptor.compliance.requirements.domain.telling import Difference
from preceptor.compliance.requirements.domain.wording import transition_sentence
from preceptor.ui.pages import Link, Page, StatusTag
from preceptor.ui.words import day

from ..domain.history import Review, decided_words, reviews


@dataclass(frozen=True, slots=True)
class VersionChoice:
    """A version to choose, with the day it starts."""

    value: int
    text: str
    is_older: bool
    is_newer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparePage(Page):
    """What one version says that another does not."""

    template: ClassVar[str] = "rulemaking/compare.jinja"

    requirement: str
    choices: tuple[VersionChoice, ...]
    older: int
    newer: int
    differences: tuple[Difference, ...]
    takes_over: str
    problem: str


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A requirement to look at again."""

    title: str
    href: str
    meta: str
    tag: StatusTag | None
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewsPage(Page):
    """Every requirement by when it is to be looked at again."""

    template: ClassVar[str] = "rulemaking/reviews.jinja"

    code: str
    late: tuple[ReviewRow, ...]
    soon: tuple[ReviewRow, ...]
    later: tuple[ReviewRow, ...]
    never: tuple[ReviewRow, ...]
    may_edit: bool


def compare_page(
    code: str,
    held: HeldRequirement,
    chosen: tuple[HeldVersion, HeldVersion],
    differences: tuple[Difference, ...],
    problem: str,
) -> ComparePage:
    """The page of two versions of one requirement."""
    older, newer = chosen
    way = newer.rule.transition if newer.number == older.number + 1 else None
    return ComparePage(
        title="Compare two versions",
        back=Link("Back to the requirement", reverse("rulemaking:requirement", args=[code, held.key])),
        requirement=held.title,
        choices=tuple(
            VersionChoice(
                one.number,
                f"Version {one.number}, from {day(one.rule.starts_on)}",
                one.number == older.number,
                one.number == newer.number,
            )
            for one in held.versions
        ),
        older=older.number,
        newer=newer.number,
        differences=differences,
        takes_over=transition_sentence(way) if way is not None else "",
        problem=problem,
    )


def reviews_page(
    place: str, code: str, held: list[HeldRequirement], today: date, *, may_edit: bool, by: str
) -> ReviewsPage:
    """The page of every requirement's review."""
    found = reviews(held, today)
    by_state = {
        state: tuple(_row(code, one, today, by) for one in found if one.state is state) for state in ReviewState
    }
    return ReviewsPage(
        title=f"What {place} is to look at again",
        code=code,
        late=by_state[ReviewState.LATE],
        soon=by_state[ReviewState.SOON],
        later=by_state[ReviewState.LATER],
        never=by_state[ReviewState.NEVER],
        may_edit=may_edit,
    )


def _row(code: str, one: Review, today: date, by: str) -> ReviewRow:
    held, decision = one.requirement, one.requirement.versions[-1].decision
    decided = decided_words(decision, by)
    meta = ". ".join(part for part in (FORCE_NAMES[decision.basis], f"Decided: {decided}" if decided else "") if part)
    return ReviewRow(
        held.title, reverse("rulemaking:requirement", args=[code, held.key]), meta, _tag(one, today), held.key
    )


def _tag(one: Review, today: date) -> StatusTag | None:
    if one.state is ReviewState.LATER:
        return StatusTag("valid", "In time", f"review by {day(one.by)}")
    return review_tag(one.by, today)
