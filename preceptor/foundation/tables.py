"""Bytes in, sheets out: CSV however it was saved, and Excel workbooks. What is no table is refused in plain words."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from .cells import Line, Sheet, Value

MEGABYTE: Final = 1024 * 1024
MAX_BYTES: Final = 5 * MEGABYTE
MAX_UNPACKED: Final = 100 * MEGABYTE
MAX_LINES: Final = 10_000
MAX_COLUMNS: Final = 200

_ZIP: Final = b"PK\x03\x04"
_OLD_OFFICE: Final = b"\xd0\xcf\x11\xe0"
_UTF_16: Final = (b"\xff\xfe", b"\xfe\xff")
_OTHER_KINDS: Final = {b"%PDF-": "a PDF", b"\xff\xd8\xff": "a picture", b"\x89PNG": "a picture", b"{\\rtf": "a letter"}
_SEPARATORS: Final = (",", ";", "\t")


class NotATableError(ValueError):
    """The file cannot be read as a table; the message says why and what to do."""


def read_sheets(name: str, content: bytes) -> tuple[Sheet, ...]:
    """Every sheet of a file that has anything in it. Refuses what is no table, too large, or empty."""
    if not content.strip():
        raise NotATableError(f"“{name}” is empty")
    if len(content) > MAX_BYTES:
        raise NotATableError(f"“{name}” must be smaller than {MAX_BYTES // MEGABYTE} MB")
    for head, kind in _OTHER_KINDS.items():
        if content.startswith(head):
            raise NotATableError(f"“{name}” is {kind}. Save it as CSV or Excel (XLSX) first")
    if content.startswith((_ZIP, _OLD_OFFICE)):
        sheets = tuple(_workbook(name, content))
    else:
        sheets = (Sheet("", tuple(_text_lines(name, _decoded(name, content)))),)
    filled = tuple(sheet for sheet in sheets if sheet.lines)
    if not filled:
        raise NotATableError(f"“{name}” has no lines in it")
    return filled


def _decoded(name: str, content: bytes) -> str:
    """The text of a CSV file: UTF-8 with or without its mark, Excel's “Unicode text”, else Windows’ own letters."""
    try:
        if content.startswith(_UTF_16):
            text = content.decode("utf-16")
        else:
            try:
                text = content.decode("utf-8-sig")
            except UnicodeDecodeError:
                text = content.decode("cp1252")
    except UnicodeDecodeError:
        text = "\0"
    if any(ord(letter) < ord(" ") and letter not in "\t\r\n\f\v" for letter in text):
        raise NotATableError(f"“{name}” is not a table. Save it as CSV or Excel (XLSX) first")
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _text_lines(name: str, text: str) -> Iterator[Line]:
    lines = [line + "\n" for line in text.split("\n")]
    reader = csv.reader(lines, delimiter=_separator(lines), strict=True)
    before = 0
    try:
        for cells in reader:
            number, before = before + 1, reader.line_num
            yield from _line(name, number, [cell.strip() or None for cell in cells])
    except csv.Error as error:
        raise NotATableError(
            f"“{name}” cannot be read from line {before + 1} on: a quotation mark there is out of place"
        ) from error


def _separator(lines: list[str]) -> str:
    """What stands between the cells: whatever divides the first lines into the most."""
    first = [line for line in lines if line.strip()][:10]
    return max(_SEPARATORS, key=lambda mark: sum(line.count(mark) for line in first))


def _workbook(name: str, content: bytes) -> Iterator[Sheet]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    _refuse_bomb(name, content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for title in book.sheet_names:
            sheet = book.get_sheet_by_name(title)
            if sheet.end is None:
                continue
            if sheet.end[0] >= MAX_LINES or sheet.end[1] >= MAX_COLUMNS:
                _refuse_size(name)
            found = sheet.to_python(skip_empty_area=False)
            lines = (
                _line(name, number, [_value(cell) for cell in cells]) for number, cells in enumerate(found, start=1)
            )
            yield Sheet(title, tuple(line for some in lines for line in some))
    except PasswordError as error:
        raise NotATableError(f"“{name}” is protected by a password. Save a copy without one first") from error
    except CalamineError as error:
        raise NotATableError(f"“{name}” cannot be opened. Save it as CSV or Excel (XLSX) first") from error


def _refuse_bomb(name: str, content: bytes) -> None:
    """Refuses a workbook that unpacks into far more than any staff list."""
    if not content.startswith(_ZIP):
        return
    try:
        unpacked = sum(part.file_size for part in zipfile.ZipFile(io.BytesIO(content)).infolist())
    except zipfile.BadZipFile as error:
        raise NotATableError(f"“{name}” is damaged: it cannot be opened") from error
    if unpacked > MAX_UNPACKED:
        _refuse_size(name)


def _line(name: str, number: int, values: list[Value]) -> Iterator[Line]:
    """The line, unless every cell is blank."""
    if number > MAX_LINES or len(values) > MAX_COLUMNS:
        _refuse_size(name)
    if any(value is not None for value in values):
        yield Line(number, tuple(values))


def _refuse_size(name: str) -> None:
    raise NotATableError(
        f"“{name}” is too large: at most {MAX_LINES:,} lines and {MAX_COLUMNS} columns can be read at once"
    )


def _value(cell: object) -> Value:
    """A workbook's cell. Times of day and lengths of time mean nothing here and are read as words."""
    if isinstance(cell, str):
        return cell.strip() or None
    if isinstance(cell, bool):
        return cell
    if isinstance(cell, int | float):
        return float(cell)
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    return str(cell) if isinstance(cell, time | timedelta) else None
