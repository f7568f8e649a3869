"""Bytes in, sheets out: CSV however it was saved, and Excel workbooks. What is no table is refused in plain words."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
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

_OPENER: Final = Path(__file__).with_name("workbooks.py")
_TOO_LARGE: Final = f"is too large: at most {MAX_LINES:,} lines and {MAX_COLUMNS} columns can be read at once"
_NO_WORKBOOK: Final = "cannot be opened. Save it as CSV or Excel (XLSX) first"
# What its opener ended with, in words.
_UNOPENED: Final = {3: _TOO_LARGE, 4: "is protected by a password. Save a copy without one first"}


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
    """The sheets of a workbook, opened in a process of its own.

    A workbook of a kilobyte can ask for more memory than there is, and whoever opens it then ends at once. That must
    not be the site.
    """
    _refuse_bomb(name, content)
    opened = subprocess.run(
        [sys.executable, "-P", str(_OPENER), str(MAX_LINES), str(MAX_COLUMNS)],
        input=content,
        capture_output=True,
        check=False,
    )
    if opened.returncode < 0:
        _refuse_size(name)  # it was ended for asking too much
    if opened.returncode:
        raise NotATableError(f"“{name}” {_UNOPENED.get(opened.returncode, _NO_WORKBOOK)}")
    for title, rows in json.loads(opened.stdout):
        lines = (_line(name, number, [_value(cell) for cell in cells]) for number, cells in enumerate(rows, start=1))
        yield Sheet(title, tuple(line for some in lines for line in some))


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
    raise NotATableError(f"“{name}” {_TOO_LARGE}")


def _value(cell: Value | list[str]) -> Value:
    """A workbook's cell as its opener wrote it: a day is a list of its text, and every other cell is itself."""
    if isinstance(cell, list):
        return date.fromisoformat(cell[0])
    return cell.strip() or None if isinstance(cell, str) else cell
