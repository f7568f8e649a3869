"""What the pages of the self-assessment show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.forms import BoundField
from django.urls import reverse

from preceptor.foundation.dates import london_date
from preceptor.ui.pages import Link, Page
from preceptor.ui.words import count, day

from .domain import HIGHEST, WIDE, Answers, Figures, Mean, Questionnaire, Suggestion, mean_of, suggestions
from .forms import PartForm
from .queries import Group, Own


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part: whether it is answered, and its means."""

    title: str
    about: str
    href: str
    is_done: bool
    mean: Mean | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MinePage(Page):
    """My own self-assessment: what is left to answer, how I see myself, and what to try next."""

    template: ClassVar[str] = "capability/mine.jinja"

    parts: tuple[PartRow, ...]
    done: int
    next_href: str
    last_on: date | None
    suggestions: tuple[Suggestion, ...]
    more: int
    highest: int = HIGHEST
    source: str


@dataclass(frozen=True, slots=True)
class Question:
    """A statement and the fields that answer it."""

    number: int
    says: str
    fields: tuple[BoundField, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartPage(Page):
    """One part of the questionnaire to answer."""

    template: ClassVar[str] = "capability/part.jinja"

    caption: str
    about: str
    form: PartForm
    questions: tuple[Question, ...]
    button: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetPage(Page):
    """Are you sure?"""

    template: ClassVar[str] = "capability/forget.jinja"


@dataclass(frozen=True, slots=True)
class DomainRow:
    """The figures of one domain."""

    name: str
    mean: Mean
    wide: str


@dataclass(frozen=True, slots=True)
class GroupRows:
    """The figures of one group."""

    name: str
    people: int
    rows: tuple[DomainRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportPage(Page):
    """How sure a place's people feel, in figures of five people or more."""

    template: ClassVar[str] = "capability/report.jinja"

    place: str
    until: date
    counted: str
    tells_groups: bool
    everybody: GroupRows | None
    agree: tuple[tuple[str, str], ...]
    groups: tuple[GroupRows, ...]
    csv_href: str
    highest: int = HIGHEST
    wide: int = WIDE


_SHOWN = 6


def mine_page(asked: Questionnaire, own: Own) -> MinePage:
    """What somebody answered, and what it suggests."""
    rows = tuple(_row(asked, own.answers))
    left = [one.href for one in rows if not one.is_done]
    found = suggestions(asked, own.answers)
    return MinePage(
        title="How sure you feel with technology",
        back=Link("My skills", reverse("skills:mine")),
        parts=rows,
        done=len(rows) - len(left),
        next_href=left[0] if left else "",
        last_on=london_date(own.last_at) if own.last_at else None,
        suggestions=tuple(found[:_SHOWN]),
        more=len(found[_SHOWN:]),
        source=asked.source,
    )


def _row(asked: Questionnaire, answers: Answers) -> Iterable[PartRow]:
    for part in asked.parts:
        scores = answers.scores.get(part.key, {})
        is_done = bool(scores or (part == asked.attitudes and answers.attitudes))
        href = reverse("capability:part", args=[part.key])
        yield PartRow(part.name, part.about, href, is_done, mean_of(list(scores.values())))


def part_page(asked: Questionnaire, form: PartForm) -> PartPage:
    """One part to answer, and how far along it is."""
    at = asked.parts.index(form.part)
    whens = ("-now", "-need") if form.twice else ("",)
    questions = tuple(
        Question(number, one.says, tuple(form[f"{one.key}{when}"] for when in whens))
        for number, one in enumerate(form.part.statements, 1)
    )
    return PartPage(
        title=form.part.name,
        back=Link("How sure you feel with technology", reverse("capability:mine")),
        caption=f"Part {at + 1} of {len(asked.parts)}",
        about=form.part.about,
        form=form,
        questions=questions,
        button="Keep and go on" if at + 1 < len(asked.parts) else "Keep and see what it suggests",
    )


def forget_page() -> ForgetPage:
    """Asks before everything is deleted."""
    return ForgetPage(title="Delete your answers?", back=Link("Back", reverse("capability:mine")))


def report_page(asked: Questionnaire, place: str, code: str, group: Group) -> ReportPage:
    """A place's figures in words."""
    everybody = group.report.everybody
    counted = ""
    if group.places > 1:
        counted = (
            f"Counted are the {group.counted} of {count(group.places, 'practice')} where five people or more answered."
        )
    agree = (
        tuple(
            (one.says, f"{everybody.agree[one.key]} of {everybody.people} agree") for one in asked.attitudes.statements
        )
        if everybody
        else ()
    )
    return ReportPage(
        title="How sure people feel with technology",
        place=place,
        until=group.until,
        counted=counted,
        tells_groups=group.places == 1,
        everybody=_rows(asked, "Everybody", everybody) if everybody else None,
        agree=agree,
        groups=tuple(_rows(asked, name, one) for name, one in sorted(group.report.groups.items())),
        csv_href=reverse("capability:csv", args=[code]),
    )


def _rows(asked: Questionnaire, name: str, found: Figures) -> GroupRows:
    rows = tuple(
        DomainRow(one.name, found.means[one.key], f"{found.wide[one.key]} of {found.people}")
        for one in asked.domains
        if one.key in found.means
    )
    return GroupRows(name, found.people, rows)


def csv_lines(page: ReportPage) -> list[list[object]]:
    """The figures as lines of a file."""
    lines: list[list[object]] = [
        [page.place, f"Answers up to {day(page.until)}", "No group of fewer than 5 people is shown"],
        ["Group", "People", "Domain", "Now", "Need", f"Need {page.wide} or more above now"],
    ]
    for group in (*([page.everybody] if page.everybody else []), *page.groups):
        lines += [
            [group.name, group.people, row.name, f"{row.mean.now:.1f}", f"{row.mean.need:.1f}", row.wide]
            for row in group.rows
        ]
    return lines
