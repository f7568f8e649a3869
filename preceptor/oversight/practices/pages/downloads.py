"""The matrix as a file: exactly what is shown, with the day and the knowledge it is shown for."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from preceptor.compliance.standing.domain.tags import BEFORE, CODES, WORDS, date_of
from preceptor.compliance.standing.domain.verdicts import Status, Verdict
from preceptor.oversight.practices.domain import Matrix, Share, share
from preceptor.ui.words import count, dense_day

from .matrix import tally_words

_FILLS: Final = {"overdue": "#fde7e4", "due": "#e4eefa", "soon": "#fff3cf", "paused": "#efecf6"}
_OF_A_PERSON: Final = ("Person", "Role", "In date", "Counts")


@dataclass(frozen=True, slots=True)
class Table:
    """A matrix with the words that travel with it, and what waits in its cells."""

    place: str
    as_of: str
    asked: str
    matrix: Matrix
    waiting: Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a file: its words, and the tint of a cell by its place in the line."""

    words: tuple[str, ...]
    tints: Mapping[int, str]
    is_heading: bool = False


def lines(table: Table) -> Iterator[Line]:
    """The table's lines: what it is, the day, the counts, the headings, then each section and its people, as shown."""
    matrix = table.matrix
    blank = ("",) * len(_OF_A_PERSON)
    yield Line(("Training matrix", table.place), {}, is_heading=True)
    yield Line((f"{table.as_of}. {_shown(matrix)}",), {})
    yield Line((table.asked,), {})
    yield Line((summary_of(matrix),), {})
    yield Line((*blank, *_areas(matrix)), {}, is_heading=True)
    yield Line((*_OF_A_PERSON, *(one.short for one in matrix.columns)), {}, is_heading=True)
    yield Line(("In date", "", _of(matrix.share), "", *(_of(one) for one in matrix.shares)), {})
    for section in matrix.sections:
        yield Line((f"{section.title} ({len(section.rows)})",), {}, is_heading=True)
        for row in section.rows:
            who, found = row.who, row.verdicts
            yield Line(
                (
                    *(who.name, who.role_name, _of(share(found)), tally_words(row.tally)),
                    *(words_of(one, table.waiting.get((one.engagement, one.requirement), 0)) for one in found),
                ),
                {at: CODES[one.status] for at, one in enumerate(found, len(_OF_A_PERSON))},
            )


def summary_of(matrix: Matrix) -> str:
    """The sentence over the matrix: the share in date with both its numbers, and how much there is to do."""
    found = matrix.tally
    in_date = (
        f"{matrix.share.percent}% in date: {_of(matrix.share)} that should be."
        if matrix.share.of
        else "Nothing here should be in date yet."
    )
    overdue, due, soon = (found.get(one, 0) for one in (Status.OVERDUE, Status.DUE, Status.DUE_SOON))
    return f"{in_date} {overdue} overdue, {due} to do for the first time, {soon} due soon."


def words_of(verdict: Verdict, waiting: int = 0) -> str:
    """A cell as words, as the matrix has it: “Valid until 3 May 2028, 1 waiting”."""
    status, when = verdict.status, date_of(verdict)
    said = [WORDS[status]]
    if when:
        said += [BEFORE[status], dense_day(when)]
    elif status is Status.VALID:
        said.append("no end date")
    return " ".join(said) + (f", {waiting} waiting" if waiting else "")


def as_xlsx(table: Iterable[Line]) -> bytes:
    """The lines as a workbook, with headings that stay, and tints beside the words."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("Training matrix")
    bold = book.add_format({"bold": True, "valign": "bottom"})
    fills = {code: book.add_format({"bg_color": fill}) for code, fill in _FILLS.items()}
    wide = heads = 0
    for down, line in enumerate(table):
        wide = max(wide, len(line.words))
        if line.words[: len(_OF_A_PERSON)] == _OF_A_PERSON:
            heads = down
        for across, words in enumerate(line.words):
            tint = fills.get(line.tints.get(across, ""))
            sheet.write_string(down, across, words, bold if line.is_heading else tint)
    sheet.freeze_panes(heads + 2, 1)
    sheet.set_column(0, 1, 24)
    sheet.set_column(2, 2, 12)
    sheet.set_column(3, wide, 28)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(heads - 1, heads + 1)
    book.close()
    return out.getvalue()


def _shown(matrix: Matrix) -> str:
    """How many people and requirements are shown, of how many."""
    people = f"{len(matrix.rows)} of {count(matrix.people_of_all, 'person', 'people')}"
    return f"{people}, {len(matrix.columns)} of {count(matrix.columns_of_all, 'requirement')}"


def _areas(matrix: Matrix) -> Iterator[str]:
    """Each subject area over the first of its columns."""
    for area, columns in groupby(matrix.columns, lambda one: one.parts[0].area_name):
        yield from (area if at == 0 else "" for at, _ in enumerate(columns))


def _of(share: Share) -> str:
    return f"{share.in_date} of {share.of}"
