"""What the training matrix shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import ClassVar, Final, NamedTuple
from uuid import UUID

from django.urls import reverse
from markupsafe import escape

from preceptor.compliance.standing.domain.tags import BEFORE, CODES, WORDS, date_of
from preceptor.compliance.standing.domain.verdicts import Status, Verdict
from preceptor.oversight.practices.domain import (
    Asked,
    Column,
    Matrix,
    Order,
    Picture,
    Question,
    Row,
    Share,
    What,
    Who,
    share,
)
from preceptor.ui.asof import AsOf, address
from preceptor.ui.forms import Form
from preceptor.ui.pages import Page
from preceptor.ui.words import day, dense_day, listed


class Cell(NamedTuple):
    """Where a person and a requirement meet. A named tuple, because a page has more than a thousand.

    The template writes it as it is: `href` and `label` are escaped already, and the others are our own words.
    """

    href: str
    code: str
    word: str
    before: str
    date: str
    note: str
    label: str
    starts_area: bool


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A person in the matrix."""

    href: str
    name: str
    role: str
    share: Share
    tally: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class MatrixSection:
    """People under one heading."""

    title: str
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A column across the top."""

    href: str
    short: str
    title: str
    share: Share
    starts_area: bool


@dataclass(frozen=True, slots=True)
class Area:
    """A group of columns."""

    name: str
    span: int


@dataclass(frozen=True, slots=True)
class Choice:
    """A line in a list to choose from."""

    value: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Filters:
    """The lists the matrix can be narrowed by."""

    roles: tuple[Choice, ...]
    groups: tuple[Choice, ...]
    areas: tuple[Choice, ...]
    requirements: tuple[Choice, ...]
    statuses: tuple[Choice, ...]
    orders: tuple[Choice, ...]
    name: str
    hidden: Mapping[str, str]
    clear_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MatrixPage(Page):
    """The training matrix of a practice."""

    template: ClassVar[str] = "practices/matrix.jinja"
    reading: ClassVar[bool] = False

    code: str
    as_of: AsOf
    form: Form[Asked]
    filters: Filters
    areas: tuple[Area, ...]
    columns: tuple[Heading, ...]
    sections: tuple[MatrixSection, ...]
    matrix: Matrix
    picture: Picture
    share: Share
    overdue: int
    due: int
    soon: int
    people_count: int
    is_filtered: bool
    is_list: bool
    with_valid: bool
    is_compact: bool
    table_href: str
    list_href: str
    valid_href: str
    roomy_href: str
    compact_href: str
    csv_href: str
    xlsx_href: str


@dataclass(frozen=True, slots=True)
class View:
    """How someone asked to see the matrix, beside what they asked of it."""

    is_list: bool = False
    with_valid: bool = False
    is_compact: bool = False


# Stands in for a person in an address that is made once for all of them: making one takes longer than a row of cells.
_NOBODY: Final = str(UUID(int=0))
_TALLY = (Status.OVERDUE, Status.DUE, Status.DUE_SOON, Status.VALID, Status.PAUSED)
_TALLY_WORDS = {
    Status.OVERDUE: "overdue",
    Status.DUE: "to do",
    Status.DUE_SOON: "due soon",
    Status.VALID: "valid",
    Status.PAUSED: "paused",
}


def tally_words(tally: Mapping[Status, int]) -> str:
    """A person's or a requirement's counts in words: 1 overdue, 2 to do, 9 valid."""
    return ", ".join(f"{tally[status]} {_TALLY_WORDS[status]}" for status in _TALLY if tally.get(status))


def matrix_page(
    *,
    code: str,
    matrix: Matrix,
    picture: Picture,
    as_of: AsOf,
    asked: Asked,
    form: Form[Asked],
    view: View,
    query: Mapping[str, str],
) -> MatrixPage:
    """The page of a matrix: every figure from the same value, every cell leading to why."""
    path = reverse("practices:matrix", args=[code])
    question = asked.question
    dated = as_of.query
    waiting = picture.waiting if as_of.is_today else {}
    areas = [one.parts[0].area for one in matrix.columns]
    starts = [at == 0 or area != areas[at - 1] for at, area in enumerate(areas)]
    around = _Around(path, reverse("practices:person", args=[code, _NOBODY]), dated, waiting)
    return MatrixPage(
        title="Training matrix",
        code=code,
        as_of=as_of,
        form=form,
        filters=_filters(path, picture.people, picture.requirements, question, query),
        areas=_areas(matrix.columns),
        columns=tuple(
            Heading(
                address(reverse("practices:requirement", args=[code, one.key]), dated),
                one.short,
                one.title,
                share,
                first,
            )
            for one, share, first in zip(matrix.columns, matrix.shares, starts, strict=True)
        ),
        sections=tuple(
            MatrixSection(
                section.title,
                tuple(_row(row, matrix.columns, starts, around) for row in section.rows),
            )
            for section in matrix.sections
        ),
        matrix=matrix,
        picture=picture,
        share=matrix.share,
        overdue=matrix.tally.get(Status.OVERDUE, 0),
        due=matrix.tally.get(Status.DUE, 0),
        soon=matrix.tally.get(Status.DUE_SOON, 0),
        people_count=len(picture.people),
        is_filtered=question.is_filtered,
        is_list=view.is_list,
        with_valid=view.with_valid,
        is_compact=view.is_compact,
        table_href=address(path, {**query, "view": ""}),
        list_href=address(path, {**query, "view": "list"}),
        valid_href=address(path, {**query, "valid": "" if view.with_valid else "yes"}),
        roomy_href=address(path, {**query, "rows": ""}),
        compact_href=address(path, {**query, "rows": "compact"}),
        csv_href=address(reverse("practices:matrix-csv", args=[code]), query),
        xlsx_href=address(reverse("practices:matrix-xlsx", args=[code]), query),
    )


def _areas(columns: tuple[Column, ...]) -> tuple[Area, ...]:
    spans: dict[str, int] = {}
    for one in columns:
        name = one.parts[0].area_name
        spans[name] = spans.get(name, 0) + 1
    return tuple(Area(name, span) for name, span in spans.items())


class _Around(NamedTuple):
    """What is the same for every row: where the matrix is, where a person’s page is, the day shown, and what waits."""

    path: str
    person: str
    dated: dict[str, str]
    waiting: Mapping[tuple[str, str], int]


def _row(row: Row, columns: tuple[Column, ...], starts: list[bool], around: _Around) -> MatrixRow:
    who = row.who
    base, tail = escape(f"{around.path}{who.engagement}/"), escape(address("", around.dated))
    return MatrixRow(
        href=address(around.person.replace(_NOBODY, who.person), around.dated),
        name=who.name,
        role=who.role_name,
        share=share(row.verdicts),
        tally=tally_words(row.tally),
        cells=tuple(
            _cell(base, tail, verdict, column, first, around.waiting)
            for verdict, column, first in zip(row.verdicts, columns, starts, strict=True)
        ),
    )


def _cell(
    base: str,
    tail: str,
    verdict: Verdict,
    column: Column,
    first: bool,  # noqa: FBT001 - one place calls it
    waiting: Mapping[tuple[str, str], int],
) -> Cell:
    parts = column.parts
    what = parts[0] if len(parts) == 1 else next(one for one in parts if one.id == verdict.requirement)
    count = waiting.get((verdict.engagement, verdict.requirement), 0) if waiting else 0
    return Cell(
        f"{base}{what.key}/{tail}",
        *_said(verdict.status, date_of(verdict)),
        f"{count} waiting" if count else "",
        _escaped(column.short),
        first,
    )


@lru_cache(maxsize=4096)
def _said(status: Status, when: date | None) -> tuple[str, str, str, str]:
    """A status as a cell says it: its code, its word, what comes before the date, and the date."""
    no_date = "no end date" if status is Status.VALID else ""
    return CODES[status], WORDS[status], BEFORE[status] if when else "", dense_day(when) if when else no_date


_escaped = lru_cache(maxsize=4096)(escape)


def _filters(
    path: str, people: tuple[Who, ...], requirements: tuple[What, ...], question: Question, query: Mapping[str, str]
) -> Filters:
    roles = sorted({(who.role_name, who.role) for who in people})
    groups = sorted({(who.group_position, who.group, who.group_name) for who in people})
    areas = dict.fromkeys((what.area, what.area_name) for what in requirements)
    kept = {
        key: value for key, value in query.items() if key.startswith("on_") or key in {"known", "view", "rows", "valid"}
    }
    return Filters(
        roles=tuple(Choice(code, name, code == question.role) for name, code in roles),
        groups=tuple(Choice(code, name, code == question.group) for _, code, name in groups),
        areas=tuple(Choice(code, name, code == question.area) for code, name in areas),
        requirements=tuple(Choice(one.key, one.title, one.key == question.requirement) for one in requirements),
        statuses=tuple(Choice(one.value, WORDS[one], one is question.status) for one in _TALLY),
        orders=tuple(
            Choice(order.value, words, order is question.order)
            for order, words in (
                (Order.GROUP, "Staff group"),
                (Order.URGENT, "Most urgent first"),
                (Order.NAME, "Name"),
            )
        ),
        name=question.name,
        hidden={key: value for key, value in kept.items() if not key.startswith("on_") and value},
        clear_href=address(path, kept),
    )


def question_words(question: Question, people: tuple[Who, ...], requirements: tuple[What, ...]) -> str:
    """What was asked, in words, for the head of a download."""
    said = []
    if question.name:
        said.append(f"name “{question.name}”")
    said += [f"role {who.role_name}" for who in people if who.role == question.role][:1]
    said += [who.group_name for who in people if who.group == question.group][:1]
    said += [what.area_name for what in requirements if what.area == question.area][:1]
    said += [what.title for what in requirements if what.key == question.requirement]
    if question.status:
        said.append(WORDS[question.status].lower())
    return f"Only {listed(said)}" if said else "Everyone"


def as_of_words(as_of: AsOf) -> str:
    """The day shown and the knowledge used, as a sentence that travels with a download or onto paper."""
    if as_of.is_today:
        return f"As of today, {day(as_of.on)}"
    known = "as it was known then" if as_of.known_then else "with what is known now"
    return f"As of {day(as_of.on)} – not today, {known}"
