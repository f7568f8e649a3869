"""Reading the fields of an entry one by one, collecting every problem instead of stopping at the first."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, date, datetime
from difflib import get_close_matches
from enum import StrEnum
from typing import Final, TypeVar

from ..reading import DocumentError, a_day, a_moment, shown
from .places import Place, Problem, Value

_KEY: Final = re.compile(r"[a-z0-9]+([-:][a-z0-9]+)*")
_LONGEST_KEY: Final = 40

_T = TypeVar("_T")
_Choice = TypeVar("_Choice", bound=StrEnum)


class Book:
    """What has been found so far: problems, the keys that are defined, and the keys that are referred to."""

    __slots__ = ("_defined", "_references", "problems")

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self._defined: dict[str, dict[str, Place]] = {}
        self._references: list[tuple[str, str, Place]] = []

    def wrong(self, place: Place, what: str) -> None:
        """Notes a problem."""
        self.problems.append(Problem(place, what))

    def define(self, kind: str, key: str, place: Place) -> None:
        """Notes that a key exists; a second one of its kind is a problem."""
        known = self._defined.setdefault(kind, {})
        if key in known:
            self.wrong(place, f"“{key}” is already a {kind}, at {known[key]}. Give this one another key")
        else:
            known[key] = place

    def refer(self, kind: str, key: str, place: Place) -> None:
        """Notes that a key is named here; whether it exists is asked when everything has been read."""
        self._references.append((kind, key, place))

    def check_references(self) -> None:
        """Notes a problem for every key named that no file defines."""
        for kind, key, place in self._references:
            known = self._defined.get(kind, {})
            if key not in known:
                near = get_close_matches(key, known, n=1)
                advice = f"Did you mean “{near[0]}”?" if near else f"Add the {kind} or correct the name"
                self.wrong(place, f"no {kind} is called “{key}”. {advice}")


class Entry:
    """One mapping of the catalogue. A value that is missing or wrong is noted, and something harmless handed back."""

    __slots__ = ("_values", "book", "value")

    def __init__(self, value: Value, book: Book, known: frozenset[str]) -> None:
        self.value = value
        self.book = book
        self._values: dict[str, Value] = {}
        if not value.is_mapping:
            book.wrong(value.place, f"must be an entry with keys: {', '.join(sorted(known))}")
        for key, inner in value.pairs():
            name = str(key.node.value)
            if name not in known:
                near = get_close_matches(name, known, n=1)
                advice = f"Did you mean “{near[0]}”?" if near else f"The keys here are: {', '.join(sorted(known))}"
                book.wrong(key.place, f"“{name}” is not a key that is known here. {advice}")
            self._values.setdefault(name, inner)

    @property
    def place(self) -> Place:
        """The line on which the entry starts."""
        return self.value.place

    def place_of(self, key: str) -> Place:
        """The line of a key's value, or of the entry when the key is absent."""
        return self._values[key].place if key in self._values else self.place

    def wrong(self, key: str, what: str) -> None:
        """Notes a problem at a key."""
        self.book.wrong(self.place_of(key), f"“{key}” {what}")

    def has(self, key: str) -> bool:
        """Whether the key is there."""
        return key in self._values

    def inner(self, key: str) -> Value | None:
        """The value of a key, which must be there."""
        if key not in self._values:
            self.wrong(key, "is missing. Add it to this entry")
        return self._values.get(key)

    def text(self, key: str, default: str | None = None, longest: int | None = None) -> str:
        """Text on one line that is not empty, or the default when the key is absent."""
        if key not in self._values and default is not None:
            return default
        value = self.inner(key)
        if value is None:
            return ""
        if not value.is_mapping and value.items() is None:
            text = str(value.node.value)
            if text.strip() and len(text.splitlines()) == 1 and (longest is None or len(text) <= longest):
                return text
        limit = f" of at most {longest} characters" if longest else ""
        self.wrong(key, f"must be text on one line{limit}, not {shown(value.plain())}")
        return ""

    def key(self, kind: str, name: str = "key") -> str:
        """The entry's own key, noted as defined: small letters, digits, hyphens and colons."""
        key = self.text(name)
        if key and (not _KEY.fullmatch(key) or len(key) > _LONGEST_KEY):
            self.wrong(name, f"must be small letters and digits joined by hyphens, at most 40, not {shown(key)}")
        elif key:
            self.book.define(kind, key, self.place_of(name))
        return key

    def reference(self, key: str, kind: str) -> str:
        """The key of something else, which must exist once everything has been read."""
        named = self.text(key)
        if named:
            self.book.refer(kind, named, self.place_of(key))
        return named

    def reference_or_none(self, key: str, kind: str) -> str | None:
        """The key of something else, or None when the key is absent."""
        return self.reference(key, kind) if key in self._values else None

    def references(self, key: str, kind: str) -> tuple[str, ...]:
        """A list of keys of other things; none when the key is absent."""
        found = list(self._texts(key))
        for text, place in found:
            self.book.refer(kind, text, place)
        return tuple(text for text, _ in found)

    def texts(self, key: str) -> tuple[str, ...]:
        """A list of texts; none when the key is absent."""
        return tuple(text for text, _ in self._texts(key))

    def texts_with_places(self, key: str) -> tuple[tuple[str, Place], ...]:
        """A list of texts, each with its line; none when the key is absent."""
        return tuple(self._texts(key))

    def _texts(self, key: str) -> Iterator[tuple[str, Place]]:
        for item in self.items(key):
            if item.is_mapping or item.items() is not None or not str(item.node.value).strip():
                self.book.wrong(item.place, f"“{key}” must be a list of texts, not {shown(item.plain())}")
            else:
                yield str(item.node.value), item.place

    def items(self, key: str) -> Iterable[Value]:
        """The values of a list; none when the key is absent."""
        if key not in self._values:
            return ()
        items = self._values[key].items()
        if items is None:
            self.wrong(key, f"must be a list, not {shown(self._values[key].plain())}")
            return ()
        return items

    def flag(self, key: str, *, default: bool | None = None) -> bool:
        """True or false, or the default when the key is absent."""
        if key not in self._values and default is not None:
            return default
        value = self.inner(key)
        plain = value.plain() if value is not None else False
        if isinstance(plain, bool):
            return plain
        self.wrong(key, f"must be true or false, not {shown(plain)}")
        return False

    def whole(self, key: str, least: int, most: int, default: int | None = None) -> int:
        """A whole number in a range, or the default when the key is absent."""
        if key not in self._values and default is not None:
            return default
        value = self.inner(key)
        plain = value.plain() if value is not None else least
        if isinstance(plain, int) and not isinstance(plain, bool) and least <= plain <= most:
            return plain
        self.wrong(key, f"must be a whole number from {least} to {most}, not {shown(plain)}")
        return least

    def wholes(self, key: str) -> tuple[int, ...]:
        """A list of whole numbers; none when the key is absent."""
        found = []
        for item in self.items(key):
            plain = item.plain()
            if isinstance(plain, int) and not isinstance(plain, bool):
                found.append(plain)
            else:
                self.book.wrong(item.place, f"“{key}” must be a list of whole numbers, not {shown(plain)}")
        return tuple(found)

    def day(self, key: str) -> date:
        """A date that must be there."""
        return self._read(key, lambda plain: a_day(plain, ""), date.min)

    def moment(self, key: str) -> datetime:
        """A moment with its offset from UTC that must be there."""
        return self._read(key, lambda plain: a_moment(plain, ""), datetime.min.replace(tzinfo=UTC))

    def day_or_none(self, key: str) -> date | None:
        """A date, or None when the key is absent."""
        return self.day(key) if key in self._values else None

    def choice(self, key: str, options: type[_Choice], fallback: _Choice) -> _Choice:
        """One of a few words; the fallback stands in for a wrong one."""
        text = self.text(key)
        if text in set(options):
            return options(text)
        if text:
            self.wrong(key, f"must be one of: {', '.join(options)}; it is {shown(text)}")
        return fallback

    def _read(self, key: str, reader: Callable[[object], _T], fallback: _T) -> _T:
        value = self.inner(key)
        if value is None:
            return fallback
        try:
            return reader(value.plain())
        except DocumentError as error:
            self.wrong(key, error.problem)
            return fallback
