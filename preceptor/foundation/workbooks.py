"""Opens one workbook from standard input and writes its sheets to standard output, in a process of its own.

Run by `tables.py` as a program, with little memory and little time: what asks for more ends here and nowhere else.
It ends with 3 when the workbook is too large, 4 when it has a password, 5 when it is none.
"""

from __future__ import annotations

import io
import json
import resource
import sys
from datetime import date, datetime, time, timedelta
from typing import Final

_MEMORY: Final = 2 * 1024**3
_SECONDS: Final = 30
_TOO_LARGE, _LOCKED, _NO_WORKBOOK = 3, 4, 5

Cell = str | float | bool | list[str] | None


def main(most_lines: int, most_columns: int) -> int:
    """Writes a list of sheets, each with its title and its rows, and says how it went."""
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    content = sys.stdin.buffer.read()
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (_SECONDS, _SECONDS))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    found: list[tuple[str, list[list[Cell]]]] = []
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for title in book.sheet_names:
            sheet = book.get_sheet_by_name(title)
            if sheet.end is None:
                continue
            if sheet.end[0] >= most_lines or sheet.end[1] >= most_columns:
                return _TOO_LARGE
            rows = sheet.to_python(skip_empty_area=False)
            found.append((title, [[_cell(value) for value in row] for row in rows]))
    except PasswordError:
        return _LOCKED
    except (CalamineError, MemoryError):
        return _NO_WORKBOOK
    sys.stdout.write(json.dumps(found))
    return 0


def _cell(value: object) -> Cell:
    """A cell as JSON can hold it. Times of day and lengths of time mean nothing here and are read as words."""
    if isinstance(value, str | bool):
        return value
    if isinstance(value, int | float):
        return float(value)
    if isinstance(value, datetime):
        return [value.date().isoformat()]
    if isinstance(value, date):
        return [value.isoformat()]
    return str(value) if isinstance(value, time | timedelta) else None


if __name__ == "__main__":
    sys.exit(main(*(int(most) for most in sys.argv[1:3])))
