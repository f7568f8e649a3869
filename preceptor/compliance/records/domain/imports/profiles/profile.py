"""What a kind of file looks like, and how its rows say who did what and when."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from preceptor.foundation.cells import Row, Table, Value, plain

_TITLES: Final = frozenset({"dr", "mr", "mrs", "ms", "miss", "mx", "prof", "professor", "sister", "nurse"})


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose record a row says it is: what it gives of email, professional number and name."""

    email: str = ""
    number: str = ""
    given_name: str = ""
    family_name: str = ""

    @property
    def is_empty(self) -> bool:
        """Does the row say nothing of it?"""
        return not (self.email or self.number or (self.given_name and self.family_name))

    def __str__(self) -> str:
        return self.email or f"{self.given_name} {self.family_name}".strip() or self.number


def _counts(row: Row) -> str:
    """Every row is something done, unless its kind of file knows better."""
    return ""


def _whose(row: Row) -> Whose:
    """The usual columns: email, professional number, first and last name, or one column with the whole name."""
    given, family = row.text("first name"), row.text("last name")
    if not (given and family) and row.text("name"):
        given, family = names_in(row.text("name"))
    return Whose(row.text("email").casefold(), row.text("professional number").upper(), given, family)


@dataclass(frozen=True, slots=True)
class Profile:
    """One kind of file. Its columns go by the keys of our own format, under whatever names they have there.

    A file is of this kind when it has every column of `needs` and one set of `marks`, headings in plain letters, whole.
    `names`, `done` and `until` are the columns of what it was, the day it was done and its last valid day, the best
    first. `left_out` says why a row is nothing done, if it is not. A `strict` kind refuses two columns of one meaning.
    """

    code: str
    title: str
    headings: Mapping[str, Sequence[str]]
    needs: frozenset[str]
    example: str
    marks: tuple[frozenset[str], ...] = (frozenset(),)
    names: tuple[str, ...] = ("subject",)
    done: tuple[str, ...] = ("completed on",)
    until: tuple[str, ...] = ("expires on",)
    whose: Callable[[Row], Whose] = _whose
    left_out: Callable[[Row], str] = _counts
    strict: bool = False

    def fits(self, table: Table) -> bool:
        """Is a table of this kind?"""
        headings = {plain(column.heading) for column in (*table.columns.values(), *table.unknown, *table.repeated)}
        return self.needs <= table.columns.keys() and any(marks <= headings for marks in self.marks)

    def words(self, row: Row) -> str:
        """What a row calls the thing that was done, as a person would look for it."""
        return next((row.text(key) for key in self.names if row.text(key)), "")

    def first(self, row: Row, keys: Sequence[str]) -> tuple[str, Value]:
        """The first of these columns that has something in this row, else the first there is at all."""
        there = [key for key in keys if key in row.columns] or list(keys[:1])
        key = next((key for key in there if row.value(key) is not None), there[0])
        return key, row.value(key)


def names_in(words: str) -> tuple[str, str]:
    """The first and last names in one cell: “Nowak, Tomasz”, “Dr Tomasz Nowak”, “30212345-2|Nowak, Mr. Tomasz”."""
    name = words.rsplit("|", 1)[-1]
    family, comma, given = name.partition(",")
    if comma:
        return " ".join(_untitled(given)), family.strip()
    parts = _untitled(name)
    return " ".join(parts[:-1]), parts[-1] if parts else ""


def _untitled(words: str) -> list[str]:
    return [part for part in re.split(r"\s+", words.strip()) if part and part.rstrip(".").casefold() not in _TITLES]
