"""Strict reading of plain JSON values, with the place of whatever is wrong.

A place is written as the path to a value: `requirements[3].versions[0].met_by.achieved.months`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Final, TypeAlias, TypeVar

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"

# Words for people, allowed anywhere: they never change a verdict.
REMARKS: Final = frozenset({"source", "name", "title", "reason", "authority", "note"})

MOST_DAYS: Final = 40_000
MOST_MONTHS: Final = 1_200
YEARS: Final = range(1900, 2201)

_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOMENT: Final = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})",
)
_SURROGATE: Final = re.compile("[\ud800-\udfff]")

_Choice = TypeVar("_Choice", bound=Enum)


class DocumentError(ValueError):
    """A document says something it may not; `place` is where and `problem` is what, in plain English."""

    def __init__(self, place: str, problem: str) -> None:
        super().__init__(place, problem)
        self.place = place
        self.problem = problem

    def __str__(self) -> str:
        return f"{self.place}: {self.problem}" if self.place else self.problem


class _Said(Enum):
    """The mark of a value that has no default."""

    MUST_BE = "must be said"


MUST_BE_SAID: Final = _Said.MUST_BE


def below(place: str, key: str) -> str:
    """The place of a key in the object at a place."""
    return f"{place}.{key}" if place else key


class Fields:
    """The fields of one JSON object, read one by one; unknown keys are refused at once."""

    __slots__ = ("_values", "place")

    def __init__(self, value: object, place: str, known: frozenset[str]) -> None:
        self.place = place
        self._values: Mapping[str, object] = an_object(value, place)
        if not self._values.keys() <= known:
            for key in self._values:
                if key not in known and key not in REMARKS:
                    problem = f"is not a key that is known here; these are: {', '.join(sorted(known))}"
                    raise DocumentError(below(place, key), problem)

    def __contains__(self, key: str) -> bool:
        return key in self._values

    def has(self, key: str) -> bool:
        """Whether the key is there with a value other than null."""
        return self._values.get(key) is not None

    def at(self, key: str) -> str:
        """The place of a key."""
        return below(self.place, key)

    def wrong(self, key: str, problem: str) -> DocumentError:
        """An error that names the place of a key."""
        return DocumentError(self.at(key), problem)

    def any(self, key: str) -> object:
        """The value as it stands, or null when the key is absent."""
        return self._values.get(key)

    def said(self, key: str) -> object:
        """The value as it stands; the key must be there, even when its value is null."""
        if key not in self._values:
            raise self.wrong(key, "is missing")
        return self._values[key]

    def text(self, key: str) -> str:
        """A text that must be there and not be empty."""
        return a_text(self.said(key), self.at(key))

    def text_or_none(self, key: str) -> str | None:
        """A text that is not empty, or null."""
        value = self._values.get(key)
        return None if value is None else a_text(value, self.at(key))

    def texts(self, key: str) -> tuple[str, ...]:
        """A list, not empty, of texts that are not empty."""
        return some_texts(self.said(key), self.at(key))

    def whole(self, key: str, least: int, most: int | None = None, default: int | None = None) -> int:
        """A whole number in a range, or the default when the key is absent; without a default it must be there."""
        if key not in self._values and default is not None:
            return default
        return a_whole(self.said(key), self.at(key), least, most)

    def whole_or_none(self, key: str, least: int, most: int | None = None) -> int | None:
        """A whole number in a range, or null."""
        value = self._values.get(key)
        return None if value is None else a_whole(value, self.at(key), least, most, "a whole number, or null,")

    def months(self) -> int | None:
        """The `months` of a criterion: it must be said, even if null, which means for ever."""
        self.said("months")
        return self.whole_or_none("months", 1, MOST_MONTHS)

    def flag(self, key: str, *, default: bool) -> bool:
        """True or false, or the default when the key is absent."""
        value = self._values.get(key, default)
        if not isinstance(value, bool):
            raise self.wrong(key, f"must be true or false, not {shown(value)}")
        return value

    def day(self, key: str) -> date:
        """A date that must be there."""
        return a_day(self.said(key), self.at(key))

    def day_or_none(self, key: str) -> date | None:
        """A date, or null."""
        value = self._values.get(key)
        return None if value is None else a_day(value, self.at(key))

    def end(self, starts_on: date | None) -> date | None:
        """The `to` of a half-open period that starts on a day: null, or a later day."""
        ends_on = self.day_or_none("to")
        if starts_on is not None and ends_on is not None and ends_on <= starts_on:
            raise self.wrong("to", f"must be later than “from”, {starts_on}; it is {ends_on}")
        return ends_on

    def moment_or_none(self, key: str) -> datetime | None:
        """A moment with its offset from UTC, or null."""
        value = self._values.get(key)
        return None if value is None else a_moment(value, self.at(key))

    def choice(self, key: str, options: type[_Choice], default: _Choice | _Said = MUST_BE_SAID) -> _Choice:
        """One of a few words, or the default when the key is absent."""
        if key not in self._values and not isinstance(default, _Said):
            return default
        value = self.said(key)
        for option in options:
            if option.value == value:
                return option
        words = ", ".join(str(option.value) for option in options)
        raise self.wrong(key, f"must be one of: {words}; it is {shown(value)}")

    def items(self, key: str) -> Iterator[tuple[object, str]]:
        """Each value of a list with its place; none when the key is absent."""
        if key in self._values:
            place = self.at(key)
            for index, value in enumerate(a_list(self._values[key], place)):
                yield value, f"{place}[{index}]"


def an_object(value: object, place: str) -> dict[str, object]:
    """The value as a JSON object."""
    if not isinstance(value, dict):
        raise DocumentError(place, f"must be an object, not {shown(value)}")
    return value


def a_list(value: object, place: str) -> list[object]:
    """The value as a list."""
    if not isinstance(value, list):
        raise DocumentError(place, f"must be a list, not {shown(value)}")
    return value


def one_key(value: object, place: str, known: frozenset[str] | Mapping[str, object]) -> tuple[str, object, str]:
    """The single key of a node, remarks aside, with its value and the value's place."""
    node = an_object(value, place)
    keys = [key for key in node if key not in REMARKS]
    for key in keys:
        if key not in known:
            raise DocumentError(below(place, key), f"is not known here; these are: {', '.join(sorted(known))}")
    if len(keys) != 1:
        found = " and ".join(keys) if keys else "none"
        raise DocumentError(place, f"must have exactly one key; found {found}")
    return keys[0], node[keys[0]], below(place, keys[0])


def a_text(value: object, place: str) -> str:
    """The value as text that is not empty."""
    if not isinstance(value, str):
        raise DocumentError(place, f"must be text, not {shown(value)}")
    if not value:
        raise DocumentError(place, "must not be empty")
    if _SURROGATE.search(value):
        raise DocumentError(place, "must be text; it holds half of a character")
    return value


def some(value: object, place: str) -> list[tuple[object, str]]:
    """Each value, with its place, of a list that is not empty."""
    values = a_list(value, place)
    if not values:
        raise DocumentError(place, "must not be an empty list")
    return [(item, f"{place}[{index}]") for index, item in enumerate(values)]


def some_texts(value: object, place: str) -> tuple[str, ...]:
    """The value as a list, not empty, of texts."""
    return tuple(a_text(item, where) for item, where in some(value, place))


def a_whole(value: object, place: str, least: int, most: int | None, what: str = "a whole number") -> int:
    """The value as a whole number in a range; neither true nor 1.0 is one."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= least and (most is None or value <= most):
        return value
    limits = f"of {least} or more" if most is None else f"from {least} to {most}"
    raise DocumentError(place, f"must be {what} {limits}, not {shown(value)}")


def a_day(value: object, place: str) -> date:
    """The value as a civil date written like 2026-11-22."""
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            raise DocumentError(place, f"is not a day of the calendar: {shown(value)}") from None
        _in_range(day.year, value, place)
        return day
    raise DocumentError(place, f"must be a date like 2026-11-22, not {shown(value)}")


def a_moment(value: object, place: str) -> datetime:
    """The value as a moment with its offset from UTC, written like 2026-11-22T12:00:00Z."""
    if isinstance(value, str) and _MOMENT.fullmatch(value):
        try:
            moment = datetime.fromisoformat(value)
        except ValueError:
            raise DocumentError(place, f"is not a moment of the calendar: {shown(value)}") from None
        _in_range(moment.year, value, place)
        return moment
    problem = f"must be a moment with an offset or Z, like 2026-11-22T12:00:00Z, not {shown(value)}"
    raise DocumentError(place, problem)


def _in_range(year: int, value: str, place: str) -> None:
    if year not in YEARS:
        raise DocumentError(place, f"must be in the years {YEARS[0]} to {YEARS[-1]}, not {shown(value)}")


def shown(value: object) -> str:
    """A value as an error shows it: short, and on one line."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "an object"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, int) and abs(value) >= 10**20:
        return "a very large number"
    text = f"“{value}”" if isinstance(value, str) else str(value)
    plain = text.encode("utf-8", "replace").decode("utf-8")
    short = plain if len(plain) <= 60 else f"{plain[:57]}…"
    return "".join(character if character.isprintable() else "�" for character in short)
