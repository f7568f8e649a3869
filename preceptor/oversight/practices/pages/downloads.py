"""The matrix as a file: exactly what is shown, with the day and the knowledge it is shown for."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from preceptor.compliance.standing.domain.tags import CODES, tag_of
from preceptor.compliance.standing.domain.verdicts import Verdict
from preceptor.foundation.csvs import csv_of
from preceptor.oversight.practices.domain import Matrix

_FILLS = {"overdue": "#fde7e4", "due": "#e4eefa", "soon": "#fff3cf", "paused": "#efecf6"}


@dataclass(frozen=True, slots=True)
class Table:
    """A matrix with the words that travel with it."""

    on: date
    place: str
    as_of: str
    asked: str
    matrix: Matrix


def lines(table: Table) -> Iterator[list[str]]:
    """The table's lines as words: what it is, the day, the headings, then a line for each person."""
    matrix = table.matrix
    yield ["Training matrix", table.place]
    yield [table.as_of]
    yield [table.asked]
    yield [f"{matrix.share.percent}% in date: {matrix.share.in_date} of {matrix.share.of}"]
    yield ["Name", "Role", "Staff group", *(one.title for one in matrix.columns)]
    for row in matrix.rows:
        yield [row.who.name, row.who.role_name, row.who.group_name, *(words_of(verdict) for verdict in row.verdicts)]
    yield ["In date", "", "", *(f"{one.in_date} of {one.of}" for one in matrix.shares)]


def words_of(verdict: Verdict) -> str:
    """A cell as words: Valid until 3 May 2028."""
    tag = tag_of(verdict)
    return f"{tag.word} {tag.date}".strip()


def as_csv(table: Iterable[list[str]]) -> bytes:
    """The lines as CSV that a spreadsheet opens as text: UTF-8 with its mark, nothing that runs as a formula."""
    return csv_of(table).encode("utf-8-sig")


def as_xlsx(table: Iterable[list[str]], matrix: Matrix) -> bytes:
    """The lines as a workbook, with headings that stay, and tints beside the words."""
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet("Training matrix")
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "bottom"})
    fills = {code: book.add_format({"bg_color": fill}) for code, fill in _FILLS.items()}
    for at, line in enumerate(table):
        sheet.write_row(at, 0, line, bold if at in {0, 4} else None)
    for down, row in enumerate(matrix.rows, start=5):
        for across, verdict in enumerate(row.verdicts, start=3):
            if (code := CODES[verdict.status]) in fills:
                sheet.write_string(down, across, words_of(verdict), fills[code])
    sheet.freeze_panes(5, 1)
    sheet.set_column(0, 2, 24)
    sheet.set_column(3, 3 + len(matrix.columns), 26)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(4)
    book.close()
    return out.getvalue()
