"""How a standing is shown: a symbol, a word and a date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from preceptor.ui.pages import StatusTag
from preceptor.ui.words import day, dense_day

from .verdicts import Status, Verdict

CODES: Final[Mapping[Status, str]] = {
    Status.OVERDUE: "overdue",
    Status.DUE: "due",
    Status.DUE_SOON: "soon",
    Status.VALID: "valid",
    Status.PAUSED: "paused",
    Status.NOT_NEEDED: "none",
}
WORDS: Final[Mapping[Status, str]] = {
    Status.OVERDUE: "Overdue",
    Status.DUE: "To do",
    Status.DUE_SOON: "Due soon",
    Status.VALID: "Valid",
    Status.PAUSED: "Paused",
    Status.NOT_NEEDED: "Not needed",
}
# The word before the date, which carries its meaning.
BEFORE: Final[Mapping[Status, str]] = {
    Status.OVERDUE: "since",
    Status.DUE: "by",
    Status.DUE_SOON: "valid until",
    Status.VALID: "until",
    Status.PAUSED: "until",
    Status.NOT_NEEDED: "",
}


def date_of(verdict: Verdict) -> date | None:
    """The one date that goes with a status: since, by or until. A pause is shown until its last day."""
    match verdict.status:
        case Status.OVERDUE:
            return verdict.overdue_since
        case Status.DUE:
            return verdict.due_on
        case Status.PAUSED:
            return verdict.next_change_on - timedelta(days=1) if verdict.next_change_on else None
        case Status.NOT_NEEDED:
            return None
        case _:
            return verdict.until


NEVER_DONE: Final = ", never done"


def tag_of(verdict: Verdict, *, dense: bool = False) -> StatusTag:
    """A verdict as its symbol, word and date; “never done” is added to an overdue that never was met."""
    when = date_of(verdict)
    words = (dense_day if dense else day)(when)
    said = f"{BEFORE[verdict.status]} {words}" if when else ""
    if verdict.status is Status.VALID and when is None:
        said = "with no end date"
    if verdict.status is Status.OVERDUE and not verdict.ever_met:
        said = f"{said}{NEVER_DONE}"
    return StatusTag(CODES[verdict.status], WORDS[verdict.status], said)
