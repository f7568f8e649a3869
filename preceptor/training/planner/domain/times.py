"""Dates of protected time: for whom, from when to when, who covers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID

from preceptor.foundation.dates import add_months, days_in_month

MOST_TIMES: Final = 24
_NOON: Final = 12
_WEEK: Final = 7


class Done(StrEnum):
    """When training was done, as somebody said."""

    PROTECTED = "protected"
    WORK = "work"
    HOME = "home"
    UNSAID = "unsaid"


DONE_NAMES: Final = {
    Done.PROTECTED: "In protected time",
    Done.WORK: "At work, outside protected time",
    Done.HOME: "At home, in own time",
    Done.UNSAID: "Not known",
}


@dataclass(frozen=True, slots=True)
class NewTime:
    """Protected time as somebody enters it, with how many months in a row it repeats. No groups: for everybody."""

    on: date
    starts_at: time
    ends_at: time
    covered_by: str
    where: str
    groups: tuple[str, ...]
    times: int


@dataclass(frozen=True, slots=True)
class ProtectedTime:
    """One date of protected time, with whose it is. `called_off` is the reason if it does not take place."""

    id: UUID
    organisation: UUID
    code: str
    place: str
    on: date
    starts_at: time
    ends_at: time
    covered_by: str
    where: str
    groups: tuple[str, ...]
    called_off: str = ""

    @property
    def minutes(self) -> int:
        """How long it lasts."""
        return minutes_between(self.starts_at, self.ends_at)

    @property
    def hours(self) -> str:
        """From when to when: 1:30pm to 4:30pm."""
        return f"{clock(self.starts_at)} to {clock(self.ends_at)}"

    def is_for(self, group: str) -> bool:
        """Is it for people of a staff group?"""
        return not self.groups or group in self.groups


@dataclass(frozen=True, slots=True)
class Next:
    """The next protected time for people at a place: how many it is for and not on leave, of how many."""

    time: ProtectedTime
    free: int
    of: int


def minutes_between(starts_at: time, ends_at: time) -> int:
    """The minutes from one time of a day to a later one."""
    return (ends_at.hour - starts_at.hour) * 60 + ends_at.minute - starts_at.minute


def clock(at: time) -> str:
    """A time of the day as people say it: 1:30pm, 9am, midday."""
    if (at.hour, at.minute) == (_NOON, 0):
        return "midday"
    hour, half = at.hour % _NOON or _NOON, "pm" if at.hour >= _NOON else "am"
    return f"{hour}:{at.minute:02}{half}" if at.minute else f"{hour}{half}"


def monthly(first: date, times: int) -> list[date]:
    """The same weekday of the month, so many months in a row: each third Thursday; a fifth becomes the last."""
    week = (first.day - 1) // _WEEK
    found = []
    for number in range(times):
        start = add_months(first.replace(day=1), number)
        day = 1 + (first.weekday() - start.weekday()) % _WEEK + week * _WEEK
        while day > days_in_month(start.year, start.month):
            day -= _WEEK
        found.append(start + timedelta(days=day - 1))
    return found
