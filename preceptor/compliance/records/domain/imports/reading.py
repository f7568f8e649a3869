"""One row of a file as an achievement. What a cell cannot mean is refused with the column it stands in."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Final, TypeVar

from preceptor.compliance.subjects.domain import SubjectIndex, plain_name
from preceptor.foundation.cells import Row, Value, day_of, number_of, plain, text_of

from ..achievements import KIND_NAMES, Achievement, NotAllowedError, RecordKind, refuse_future
from .names import NameSaid
from .profiles import Profile

T = TypeVar("T")

_NO_EXPIRY: Final = frozenset({"noexpiry", "never", "none", "na", "doesnotexpire", "nonexpiring", "permanent"})
_YES: Final = frozenset({"yes", "y", "true", "1", "x"})
_NO: Final = frozenset({"no", "n", "false", "0"})
_CLOCK: Final = re.compile(r"^(\d{1,3}):([0-5]\d)(?::[0-5]\d)?$")
_HOURS: Final = re.compile(r"(\d+(?:\.\d+)?)\s*h(?:(?:ou)?rs?)?\b", re.IGNORECASE)
_MINUTES: Final = re.compile(r"(\d+(?:\.\d+)?)\s*m(?:in(?:ute)?s?)?\b", re.IGNORECASE)
_LEVEL: Final = re.compile(r"^(?:level|tier|lvl|l)?\s*(\d+)$", re.IGNORECASE)

_KIND_WORDS: Final = {
    **{plain(kind.value): kind for kind in RecordKind},
    **{plain(name): kind for kind, name in KIND_NAMES.items()},
    **dict.fromkeys(("elearning", "online", "onlinecourse", "module", "training", "video"), RecordKind.COURSE),
    **dict.fromkeys(
        ("facetoface", "classroom", "workshop", "webinar", "meeting", "taught", "live"), RecordKind.SESSION
    ),
    **dict.fromkeys(("test", "exam", "quiz"), RecordKind.ASSESSMENT),
    **dict.fromkeys(("signedoff", "competency", "competencysignoff"), RecordKind.SIGN_OFF),
    **dict.fromkeys(("reflectiveaccount", "writtenreflection"), RecordKind.REFLECTION),
    **dict.fromkeys(("logged", "procedure", "activity"), RecordKind.LOG),
}


class CellError(ValueError):
    """A cell cannot mean what its column asks for; `key` names the column."""

    def __init__(self, message: str, key: str) -> None:
        super().__init__(message)
        self.key = key


class UnknownSubjectError(CellError):
    """Nothing here goes by the subject's name."""


class RowError(ValueError):
    """A row with cells that are wrong, all of them."""

    def __init__(self, problems: Sequence[CellError]) -> None:
        super().__init__(*problems)
        self.problems = tuple(problems)

    @property
    def is_unknown(self) -> bool:
        """Is it about something nobody here knows?"""
        return any(isinstance(one, UnknownSubjectError) for one in self.problems)


# Where each field of an achievement comes from, to name the column of what it refuses.
_COLUMNS: Final = {"subject": "level", "minutes": "minutes"}


def achievement_in(
    row: Row, profile: Profile, subjects: SubjectIndex, today: date, names: Mapping[str, NameSaid]
) -> Achievement:
    """What a row says was done. Refuses missing or impossible cells, a day to come, and a subject nobody knows.

    Every cell is read before anything is refused, so that one look at the file is enough.
    """
    done_key, done = profile.first(row, profile.done)
    until_key, until = profile.first(row, profile.until)
    problems: list[CellError] = []

    def read(cell: Callable[[], T], otherwise: T) -> T:
        try:
            return cell()
        except CellError as wrong:
            problems.append(wrong)
            return otherwise

    code, level = read(lambda: _subject(row, profile, subjects, names), ("", 1))
    on = read(lambda: _done_on(done, done_key), today)
    expires_on = read(lambda: _last_day(until, until_key), None)
    kind = read(lambda: _kind(row), RecordKind.COURSE)
    minutes, participatory = read(lambda: _minutes(row), 0), read(lambda: _yes_or_no(row), otherwise=False)
    title, provider = read(lambda: _words(row, "title", 200), ""), read(lambda: _words(row, "provider", 200), "")
    note = read(lambda: _words(row, "note", 2000), "")
    if problems:
        raise RowError(problems)
    try:
        achievement = Achievement(code, on, level, kind, minutes, participatory, expires_on, title, provider, note)
        refuse_future(achievement, today)
    except NotAllowedError as refused:
        places = {"on": done_key, "expires_on": until_key} | _COLUMNS
        raise RowError([CellError(str(refused), places[refused.field])]) from refused
    return achievement


def _done_on(value: Value, key: str) -> date:
    on = _day(value, key)
    if on is None:
        raise CellError("Say when it was done", key)
    return on


def _last_day(value: Value, key: str) -> date | None:
    return None if plain(text_of(value)) in _NO_EXPIRY else _day(value, key)


def _subject(row: Row, profile: Profile, subjects: SubjectIndex, names: Mapping[str, NameSaid]) -> tuple[str, int]:
    """The subject and level of a row: by what was said of its name here, else by the names of subjects."""
    words = profile.words(row)
    if not words:
        raise CellError("Say what it was: a subject’s name", profile.names[0])
    remembered = names.get(plain_name(words))
    if remembered is not None and remembered.means is not None:
        said = [(profile.names[0], remembered.means)]
    else:
        said = [(key, found) for key in profile.names if (found := subjects.named(row.text(key)))]
    if not said:
        meant = subjects.near(words)
        hint = f"Did you mean {' or '.join(meant)}?" if meant else "Use a name from the list of subjects"
        raise UnknownSubjectError(f"“{words}” is no subject here. {hint}", profile.names[0])
    key, named = said[0]
    level = named.level
    if given := row.text("level"):
        digits = _LEVEL.match(given)
        if not digits:
            raise CellError(f"“{given}” is not a level. Write a whole number", "level")
        level, key = int(digits[1]), "level"
    subject = subjects.subject(named.subject)
    if subject and not subject.has(level):
        there = ", ".join(str(one.number) for one in subject.levels) or "1 only"
        raise CellError(f"{subject.name} has no level {level}. Its levels: {there}", key)
    return named.subject, level


def _day(value: Value, key: str) -> date | None:
    try:
        return day_of(value)
    except ValueError as wrong:
        raise CellError(str(wrong), key) from wrong


def _kind(row: Row) -> RecordKind:
    words = row.text("kind")
    if not words:
        return RecordKind.COURSE
    kind = _KIND_WORDS.get(plain(words))
    if kind is None:
        raise CellError(f"“{words}” is no kind of record. Use {', '.join(RecordKind)}", "kind")
    return kind


def _minutes(row: Row) -> int:
    """A length in minutes, from a number or from words such as 1:30, 1 h 30 min and 2 hours."""
    if row.value("minutes") is None:
        return round(_number(row, "hours") * 60)
    words = row.text("minutes")
    if clock := _CLOCK.match(words):
        return int(clock[1]) * 60 + int(clock[2])
    hours, minutes = _HOURS.search(words), _MINUTES.search(words)
    if hours or minutes:
        return round((float(hours[1]) * 60 if hours else 0) + (float(minutes[1]) if minutes else 0))
    return round(_number(row, "minutes"))


def _number(row: Row, key: str) -> float:
    try:
        return number_of(row.value(key)) or 0
    except ValueError as wrong:
        raise CellError(f"{wrong}. Write it like 90", key) from wrong


def _yes_or_no(row: Row) -> bool:
    words = plain(row.text("participatory"))
    if words and words not in _YES | _NO:
        raise CellError(f"“{row.text('participatory')}” must be yes or no", "participatory")
    return words in _YES


def _words(row: Row, key: str, most: int) -> str:
    words = row.text(key)
    if len(words) > most:
        raise CellError(f"It is longer than {most:,} letters. Shorten it", key)
    return words
