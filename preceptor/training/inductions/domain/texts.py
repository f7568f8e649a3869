"""What a practice gives people to read: documents, contacts, and what it does differently, each in versions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NewType
from uuid import UUID

TextId = NewType("TextId", UUID)

CONTACTS: Final = "contacts"
DIFFERENT: Final = "different"
MOST_DIFFERENT: Final = 3
_NUMBER: Final = re.compile(r"0[\d ]{8,13}\d")


@dataclass(frozen=True, slots=True)
class Text:
    """A text as it is written: its name, how long it takes to read, and its paragraphs or lines."""

    key: str
    title: str
    minutes: int
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TextVersion:
    """One version of a text, whole, with who published it and why."""

    id: TextId
    is_own: bool
    number: int
    text: Text
    sha256: str
    reason: str
    published_at: datetime
    by_name: str

    @property
    def name(self) -> str:
        """What people call it: the confidentiality statement, version 5."""
        return f"{self.text.title}, version {self.number}"


@dataclass(frozen=True, slots=True)
class Words:
    """A part of a line; with `number` one can ring it."""

    words: str
    number: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom or what somebody new may need at once."""

    what: str
    says: tuple[Words, ...]


def contacts(text: Text) -> tuple[Contact, ...]:
    """The lines of the contacts: what stands before the first colon, and the rest with its numbers."""
    found = []
    for line in text.lines:
        what, colon, rest = line.partition(":")
        found.append(Contact(what.strip(), tuple(_words(rest.strip()))) if colon else Contact("", tuple(_words(line))))
    return tuple(found)


def _words(line: str) -> Iterator[Words]:
    end = 0
    for number in _NUMBER.finditer(line):
        if number.start() > end:
            yield Words(line[end : number.start()])
        yield Words(number.group(), number.group().replace(" ", ""))
        end = number.end()
    if end < len(line):
        yield Words(line[end:])
