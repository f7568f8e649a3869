"""A sheet of lines as a workbook."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

_FIRST_WIDTH, _WIDTH = 32, 24


def sheet_of(name: str, lines: Iterable[Sequence[str]], headings: Iterable[Sequence[str]] = ()) -> bytes:
    """Lines as a workbook of one sheet, all of it text. The first line and the headings are bold."""
    import xlsxwriter

    bold_lines, out, wide = {tuple(one) for one in headings}, io.BytesIO(), 1
    book = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    sheet = book.add_worksheet(name)
    bold = book.add_format({"bold": True})
    for down, line in enumerate(lines):
        wide = max(wide, len(line))
        style = bold if not down or tuple(line) in bold_lines else None
        for across, words in enumerate(line):
            sheet.write_string(down, across, words, style)
    sheet.set_column(0, 1, _FIRST_WIDTH)
    sheet.set_column(2, wide, _WIDTH)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    book.close()
    return out.getvalue()
