"""A time of day as people write it."""

from __future__ import annotations

import re
from datetime import time
from typing import Final

_TIME: Final = re.compile(r"(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?", re.IGNORECASE)
_NOON: Final = 12


def clock_of(words: str) -> time | None:
    """The time that words like 8:30am, 1pm or 13:30 say; None for none. Refuses what is no time of day."""
    if not words.strip():
        return None
    found = _TIME.fullmatch(words.strip())
    hour, minute = (int(found[1]), int(found[2] or 0)) if found else (99, 0)
    half = (found[3] or "").lower() if found else ""
    if half:
        hour = hour % _NOON + (_NOON if half == "pm" else 0) if 1 <= hour <= _NOON else 99
    try:
        return time(hour, minute)
    except ValueError:
        message = "Enter a time like 8:30am or 13:30"
        raise ValueError(message) from None
