"""What the skills matrix shows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from django.urls import reverse

from preceptor.compliance.standing.domain.tags import BEFORE, CODES, WORDS, date_of
from preceptor.compliance.standing.domain.verdicts import Status
from preceptor.ui.asof import AsOf, address
from preceptor.ui.forms import Form
from preceptor.ui.pages import Page
from preceptor.ui.words import dense_day

from ..domain.framework import Framework
from ..domain.matrix import Column, Matrix, Meeting, Picture, Question, Row, count_of, held_by, is_in
from ..forms import Asked


@dataclass(frozen=True, slots=True)
class Cell:
    """Where a person and a module, or a person and a skill, meet."""

    href: str
    code: str
    word: str
    date: str
    note: str
    label: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A person in the matrix."""

    href: str
    name: str
    role: str
    count: str
    tally: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class MatrixSection:
    """People of one staff group."""

    title: str
    rows: tuple[MatrixRow, ...]


@dataclass(frozen=True, slots=True)
class Heading:
    """A column across the top."""

    href: str
    title: str
    in_date: int
    of: int


@dataclass(frozen=True, slots=True)
class Option:
    """A line in a list to choose from."""

    value: str
    text: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Filters:
    """The lists the matrix can be narrowed by."""

    modules: tuple[Option, ...]
    systems: tuple[Option, ...]
    roles: tuple[Option, ...]
    statuses: tuple[Option, ...]
    name: str
    hidden: Mapping[str, str]
    clear_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SkillsPage(Page):
    """The skills matrix of a practice: modules across, or the skills of one."""

    template: ClassVar[str] = "skills/skills.jinja"
    reading: ClassVar[bool] = False

    code: str
    as_of: AsOf
    form: Form[Asked]
    has_framework: bool
    may_edit: bool
    filters: Filters
    module_name: str
    all_href: str
    columns: tuple[Heading, ...]
    sections: tuple[MatrixSection, ...]
    matrix: Matrix
    overdue: int
    due: int
    soon: int
    is_filtered: bool
    is_list: bool
    with_valid: bool
    table_href: str
    list_href: str
    valid_href: str
    csv_href: str


_SHOWN: Final = (Status.OVERDUE, Status.DUE, Status.DUE_SOON, Status.VALID, Status.PAUSED)


def skills_page(
    *,
    code: str,
    picture: Picture,
    matrix: Matrix,
    as_of: AsOf,
    asked: Asked,
    form: Form[Asked],
    query: Mapping[str, str],
    systems: Mapping[str, str],
    may_edit: bool,
) -> SkillsPage:
    """The page of a skills matrix: every figure from the same value."""
    path = reverse("skills:skills", args=[code])
    question, dated = asked.question, as_of.query
    with_valid = query.get("valid") == "yes"
    open_module = _module_name(picture.framework, question.module)
    return SkillsPage(
        title="Skills",
        code=code,
        as_of=as_of,
        form=form,
        has_framework=picture.framework is not None,
        may_edit=may_edit,
        filters=_filters(path, picture, question, query, systems),
        module_name=open_module,
        all_href=address(path, {**query, "module": ""}),
        columns=tuple(_heading(code, path, one, question, query, dated) for one in matrix.columns),
        sections=tuple(
            MatrixSection(one.title, tuple(_row(code, row, matrix.columns, picture, dated) for row in one.rows))
            for one in matrix.sections
        ),
        matrix=matrix,
        overdue=matrix.tally.get(Status.OVERDUE, 0),
        due=matrix.tally.get(Status.DUE, 0),
        soon=matrix.tally.get(Status.DUE_SOON, 0),
        is_filtered=question.is_filtered or bool(question.module),
        is_list=query.get("view") == "list",
        with_valid=with_valid,
        table_href=address(path, {**query, "view": ""}),
        list_href=address(path, {**query, "view": "list"}),
        valid_href=address(path, {**query, "valid": "" if with_valid else "yes"}),
        csv_href=address(reverse("skills:csv", args=[code]), query),
    )


def csv_lines(place: str, said: str, picture: Picture, matrix: Matrix) -> Iterator[tuple[str, ...]]:
    """The matrix as a file: one line for each person and skill, with the day it is shown for."""
    yield ("Skills", place)
    yield (said,)
    yield ("Person", "Role", "Module", "Skill", "Expected", "Standing", "Date")
    if picture.framework is None:
        return
    modules = {one.key: one.name for one in picture.framework.modules}
    shown = {skill.key for column in matrix.columns for skill in column.skills}
    for row in matrix.rows:
        for one in held_by(picture, row.who.engagement):
            if one.skill.key in shown:
                when = date_of(one.verdict)
                level = picture.framework.term(one.level).name
                said_of = f"{BEFORE[one.verdict.status]} {dense_day(when)}" if when else ""
                who = (row.who.name, row.who.role_name)
                yield (*who, modules[one.skill.module], one.skill.title, level, WORDS[one.verdict.status], said_of)


def _module_name(framework: Framework | None, key: str) -> str:
    return next((one.name for one in (framework.modules if framework else ()) if one.key == key), "")


def _heading(
    code: str, path: str, column: Column, question: Question, query: Mapping[str, str], dated: Mapping[str, str]
) -> Heading:
    href = (
        address(reverse("skills:skill", args=[code, column.key]), dated)
        if question.module
        else address(path, {**query, "module": column.key})
    )
    return Heading(href, column.title, column.count.in_date, column.count.of)


def _row(code: str, row: Row, columns: tuple[Column, ...], picture: Picture, dated: Mapping[str, str]) -> MatrixRow:
    href = address(reverse("skills:person", args=[code, row.who.person]), dated)
    count = count_of(row.meetings)
    return MatrixRow(
        href=href,
        name=row.who.name,
        role=row.who.role_name,
        count=f"{count.in_date} of {count.of}",
        tally=", ".join(f"{row.tally[one]} {WORDS[one].lower()}" for one in _SHOWN if row.tally.get(one)),
        cells=tuple(
            _cell(href, meeting, column, picture) for meeting, column in zip(row.meetings, columns, strict=True)
        ),
    )


def _cell(href: str, meeting: Meeting, column: Column, picture: Picture) -> Cell:
    if not meeting.held or picture.framework is None:
        return Cell(href, CODES[Status.NOT_NEEDED], WORDS[Status.NOT_NEEDED], "", "", column.title)
    first = meeting.held[0]
    when = date_of(first.verdict)
    said = f"{BEFORE[first.verdict.status]} {dense_day(when)}" if when else ""
    if first.verdict.status is Status.VALID and when is None:
        said = "no end date"
    single = len(column.skills) == 1 and column.key == first.skill.key
    note = picture.framework.term(first.level).name if single else f"{meeting.able} of {len(meeting.held)} skills"
    anchor = f"{href}#{column.key if single else first.skill.module}"
    return Cell(anchor, CODES[first.verdict.status], WORDS[first.verdict.status], said, note, column.title)


def _filters(
    path: str, picture: Picture, question: Question, query: Mapping[str, str], systems: Mapping[str, str]
) -> Filters:
    framework = picture.framework
    roles = sorted({(who.role_name, who.role) for who in picture.people})
    skills = framework.skills if framework else ()
    named = sorted((name, key) for key, name in systems.items() if any(is_in(one, key) for one in skills))
    kept = {key: value for key, value in query.items() if key.startswith("on_") or key in {"known", "view", "valid"}}
    return Filters(
        modules=tuple(
            Option(one.key, one.name, one.key == question.module) for one in (framework.modules if framework else ())
        ),
        systems=tuple(Option(key, name, key == question.system) for name, key in named),
        roles=tuple(Option(key, name, key == question.role) for name, key in roles),
        statuses=tuple(Option(one.value, WORDS[one], one is question.status) for one in _SHOWN),
        name=question.name,
        hidden={key: value for key, value in kept.items() if not key.startswith("on_") and value},
        clear_href=address(path, kept),
    )
