"""Tables as people send them: rows that know where they stand, headings however written, dates in many formats.

Pure values; `foundation/tables.py` reads the bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from typing import Final

from .dates import days_in_month

# What a cell can hold once read. Blank is None, and words are never blank.
Value = str | float | bool | date | None

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ISO: Final = re.compile(r"^(\d{4})[-/](\d{1,2})[-/](\d{1,2})(?:[T ][\d:.]+(?:Z|[+-]\d\d:?\d\d)?)?$")
_DAY_FIRST: Final = re.compile(r"^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4}|\d{2})(?: [\d:.]+)?$")
_NAMED_MONTH: Final = re.compile(r"^(\d{1,2})(?:st|nd|rd|th)?[-/. ]+([A-Za-z]{3,9})[-/., ]+(\d{4}|\d{2})$")
_SERIAL: Final = re.compile(r"^\d{5}$")
# Day 0 of Excel's calendar, in which it believes in 29 February 1900; right for every day after that.
_EXCEL_START: Final = date(1899, 12, 30)
_SERIALS: Final = range(10_000, 110_000)
_CENTURY_TURN: Final = 70
_SEARCHED_FOR_HEADINGS: Final = 15


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a sheet: its number as the person sees it, and its cells from column A on."""

    number: int
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as read, blank lines left out. A CSV file is one sheet without a name."""

    name: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its heading: where it stands and what it is called there."""

    index: int
    heading: str

    @property
    def letter(self) -> str:
        """The column's letter, as spreadsheets write it."""
        return letter_of(self.index)

    def __str__(self) -> str:
        return f"{self.letter} ({self.heading})"


@dataclass(frozen=True, slots=True)
class Row:
    """One row under known headings. A column that is not there reads as blank."""

    sheet: str
    line: int
    columns: Mapping[str, Column]
    values: tuple[Value, ...]

    def value(self, key: str) -> Value:
        """What the cell holds, None if it is blank or there is no such column."""
        column = self.columns.get(key)
        return self.values[column.index] if column and column.index < len(self.values) else None

    def text(self, key: str) -> str:
        """The cell as words, empty if blank."""
        return text_of(self.value(key))

    def place(self, key: str) -> str:
        """The cell's column as a person finds it, empty if there is no such column."""
        column = self.columns.get(key)
        return str(column) if column else ""


@dataclass(frozen=True, slots=True)
class Table:
    """The rows of one sheet under its headings, and the columns nobody asked for."""

    sheet: str
    columns: Mapping[str, Column]
    unknown: tuple[Column, ...]
    rows: tuple[Row, ...]
    repeated: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong in a file: where it stands, and a sentence that says what is wrong and what to do."""

    sheet: str
    line: int
    column: str
    message: str

    def __str__(self) -> str:
        where = [f"sheet “{self.sheet}”"] if self.sheet else []
        where += [f"line {self.line}"] if self.line else []
        where += [f"column {self.column}"] if self.column else []
        place = ", ".join(where)
        return f"{place[:1].upper()}{place[1:]}: {self.message}" if place else self.message


Headings = Mapping[str, Sequence[str]]


def under_headings(sheet: Sheet, headings: Headings, *, at_least: int = 2) -> Table | None:
    """The sheet's rows under these headings, or None if no line near its top has enough of them.

    `headings` gives each key the names its column goes by; case, spaces, dots and underscores do not matter. The line
    with the most known names is taken for the headings, so a title above it does no harm.
    """
    names = {plain(name): key for key, known in headings.items() for name in (key, *known)}
    best, most = None, at_least - 1
    for position, line in enumerate(sheet.lines[:_SEARCHED_FOR_HEADINGS]):
        found = {names[word] for value in line.values if (word := plain(text_of(value))) in names}
        if len(found) > most:
            best, most = position, len(found)
    return _table(sheet, best, names) if best is not None else None


def _table(sheet: Sheet, position: int, names: Mapping[str, str]) -> Table:
    columns: dict[str, Column] = {}
    unknown, repeated = [], []
    for index, value in enumerate(sheet.lines[position].values):
        heading = text_of(value)
        key = names.get(plain(heading))
        if key is None:
            if heading:
                unknown.append(Column(index, heading))
        elif key in columns:
            repeated.append(Column(index, heading))
        else:
            columns[key] = Column(index, heading)
    wanted = [column.index for column in columns.values()]
    rows = tuple(
        Row(sheet.name, line.number, columns, line.values)
        for line in sheet.lines[position + 1 :]
        if any(line.values[index] is not None for index in wanted if index < len(line.values))
    )
    return Table(sheet.name, columns, tuple(unknown), rows, tuple(repeated))


def plain(words: str) -> str:
    """Words without what people write differently: case, spaces, dots, hyphens, underscores, slashes, line breaks."""
    return re.sub(r"[\W_]+", "", words.casefold())


def letter_of(index: int) -> str:
    """The letter of a column, counted from 0: A, B … Z, AA, AB."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def text_of(value: Value) -> str:
    """A cell as words: numbers without a needless .0, dates as YYYY-MM-DD, ends trimmed, inner spaces single."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    if isinstance(value, date):
        return value.isoformat()
    return " ".join(value.split())


def day_of(value: Value) -> date | None:
    """A cell as a civil date, None if blank.

    Takes real dates, Excel's day numbers, YYYY-MM-DD, YYYY/MM/DD, day-month-year with digits or a month's name, and
    two-digit years. Refuses anything else with a sentence that says what to write.
    """
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, float) and value.is_integer() and int(value) in _SERIALS:
        return _EXCEL_START + timedelta(days=int(value))
    words = text_of(value)
    if _SERIAL.match(words) and int(words) in _SERIALS:
        return _EXCEL_START + timedelta(days=int(words))
    return _written_day(words)


def _written_day(words: str) -> date:
    if found := _ISO.match(words):
        year, month, day = (int(part) for part in found.groups())
    elif found := _DAY_FIRST.match(words):
        day, month, year = int(found[1]), int(found[2]), _full_year(found[3])
    elif (found := _NAMED_MONTH.match(words)) and found[2][:3].lower() in _MONTHS:
        day, month, year = int(found[1]), _MONTHS.index(found[2][:3].lower()) + 1, _full_year(found[3])
    else:
        raise ValueError(f"“{words}” is not a date. Write it like 30/11/2028 or 2028-11-30")
    if month > 12 and day <= 12 and found.re is _DAY_FIRST:
        raise ValueError(f"“{words}” has no month {month}. Write the day first, like {month}/{day:02}/{year}")
    if not 1900 <= year <= 2200 or not 1 <= month <= 12 or not 1 <= day <= days_in_month(year, month):
        raise ValueError(f"“{words}” is not a real date")
    return date(year, month, day)


def _full_year(words: str) -> int:
    year = int(words)
    if len(words) == 4:
        return year
    return year + (2000 if year < _CENTURY_TURN else 1900)


def number_of(value: Value) -> float | None:
    """A cell as a number, None if blank. Refuses words that are none."""
    if value is None:
        return None
    if isinstance(value, float):
        return value
    words = text_of(value).replace(",", "")
    try:
        number = float(words)
    except ValueError:
        raise ValueError(f"“{text_of(value)}” is not a number") from None
    if isinstance(value, bool | date) or number != number or abs(number) == float("inf"):  # noqa: PLR0124 - not a number
        raise ValueError(f"“{text_of(value)}” is not a number")
    return number


def near(words: str, names: Iterable[str]) -> list[str]:
    """The names most like these words, at most three, for a “did you mean”."""
    by_plain = {plain(name): name for name in names}
    return [by_plain[one] for one in get_close_matches(plain(words), by_plain, n=3, cutoff=0.6)]
