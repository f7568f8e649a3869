"""Days and moments as the demo world counts them: back from the day it is made for."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from preceptor.foundation.dates import add_months

_SPAN: Final = re.compile(r"^(\+?)(?:(\d+)y)?(?:(\d+)m)?(?:(\d+)w)?(?:(\d+)d)?$")


def ago(words: str, today: date) -> date:
    """The day so long ago, written like 3y2m, 5w or 12d; with a plus in front the day so far ahead.

    What is not said to the day begins on a Monday, as work does.
    """
    found = _SPAN.match(words)
    if not words or found is None:
        raise ValueError(f"“{words}” is no span of time: write it like 3y2m, 5w, 12d or +8d")
    ahead, years, months, weeks, days = found.groups()
    sign = 1 if ahead else -1
    day = add_months(today, sign * (int(years or 0) * 12 + int(months or 0)))
    day += sign * timedelta(weeks=int(weeks or 0), days=int(days or 0))
    return day if days else day + timedelta(days=-day.weekday() % 7)


def working_day(day: date) -> date:
    """The day, or the Friday before if nobody is at work."""
    return day - timedelta(days=max(0, day.weekday() - 4))


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of a day."""
    return datetime.combine(day, time(hour, minute), UTC)
