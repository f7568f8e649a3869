"""The examples of rules: each a whole rule of one shape, taken from a requirement."""

from __future__ import annotations

from typing import Final

from ..audience import Everyone
from ..criteria import AllOf
from ..examples import RuleExample, Shape
from .entries import Book, Entry
from .lists import entries_of
from .places import CatalogueError, Value, document
from .rules import audience_of, criterion_of

FILE: Final = "examples.yaml"
_EXAMPLE: Final = frozenset({"key", "shape", "title", "tells", "requirement", "changes", "rule"})
_RULE: Final = frozenset({"audience", "met_by", "first_due_days"})
_MOST_DAYS: Final = 3660


def examples(value: Value, book: Book) -> tuple[RuleExample, ...]:
    """The examples of a file, in its order."""
    return tuple(_example(entry) for entry in entries_of(value, book, _EXAMPLE))


def read_examples(text: str) -> tuple[RuleExample, ...]:
    """The examples a text holds, without the rest of the catalogue; raises `CatalogueError` with every problem."""
    book = Book()
    found = examples(document(text, FILE), book)
    if book.problems:
        raise CatalogueError(tuple(sorted(set(book.problems))))
    return found


def _example(entry: Entry) -> RuleExample:
    rule = entry.inner("rule")
    inner = Entry(rule, entry.book, _RULE) if rule is not None else entry
    return RuleExample(
        key=entry.key("example"),
        shape=entry.choice("shape", Shape, Shape.INTERVAL),
        title=entry.text("title"),
        tells=entry.text("tells"),
        requirement=entry.reference("requirement", "requirement"),
        audience=(audience_of(inner, "audience") if inner.inner("audience") is not None else None) or Everyone(),
        met_by=(criterion_of(inner, "met_by") if inner.inner("met_by") is not None else None) or AllOf(()),
        first_due_days=_days(inner),
        changes=entry.text("changes", ""),
    )


def _days(rule: Entry) -> int | None:
    """The days someone new has; null is none at all."""
    value = rule.inner("first_due_days")
    if value is None or value.plain() is None:
        return None
    return rule.whole("first_due_days", 0, _MOST_DAYS)
