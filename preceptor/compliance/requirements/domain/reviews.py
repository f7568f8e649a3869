"""When a requirement is to be looked at again, and how near that is."""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from preceptor.ui.pages import StatusTag
from preceptor.ui.words import day

# How long before its review date a requirement is spoken of.
NOTICE: Final = timedelta(days=60)


class ReviewState(StrEnum):
    """How urgent it is to look at a requirement again."""

    LATE = "late"
    SOON = "soon"
    LATER = "later"
    NEVER = "never"


def review_state(by: date | None, today: date) -> ReviewState:
    """How urgent a review by a day is. On the day itself there is still time."""
    if by is None:
        return ReviewState.NEVER
    if by < today:
        return ReviewState.LATE
    return ReviewState.SOON if by <= today + NOTICE else ReviewState.LATER


def review_tag(by: date | None, today: date) -> StatusTag | None:
    """A review that is late or near as a tag; None while there is time."""
    match review_state(by, today):
        case ReviewState.LATE:
            return StatusTag("overdue", "Overdue", f"review by {day(by)}")
        case ReviewState.SOON:
            return StatusTag("soon", "Due soon", f"review by {day(by)}")
        case _:
            return None
