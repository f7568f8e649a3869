"""CSV that a spreadsheet opens as text."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

_RISKY: Final = ("=", "+", "-", "@", "\t", "\r")


def csv_of(lines: Iterable[Sequence[object]]) -> str:
    """Lines as CSV in which no text can run as a formula."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([_harmless(one) for one in line] for line in lines)
    return out.getvalue()


def _harmless(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and value.startswith(_RISKY) else value
