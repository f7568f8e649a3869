"""The short lists: areas, groups, kinds, tasks, states, systems, services, roles, subjects, equivalences, conflicts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from preceptor.foundation.cells import plain

from ..items import TrainingItem
from .entries import Book, Entry
from .places import Value
from .types import (
    AdditionalRole,
    Alias,
    Answer,
    Area,
    Conflict,
    Equivalence,
    Level,
    Role,
    Scheme,
    Subject,
    System,
    Term,
)

_TERM: Final = frozenset({"key", "name", "note", "source", "verified"})
_AREA: Final = _TERM | {"development"}
_SYSTEM: Final = _TERM | {"supplier", "use"}
_ROLE: Final = _TERM | {"aliases", "staff_group", "stems", "curriculum", "arrs"}
_ADDITIONAL: Final = frozenset({"contract_year", "registration", "training", "supervision", "verified"})
_SUBJECT: Final = frozenset({"key", "name", "area", "aliases", "elfh", "levels", "note", "development"})
_LEVEL: Final = frozenset({"level", "name", "aliases", "elfh"})
_EQUIVALENCE: Final = frozenset(
    {"subject", "level", "counts_as", "counts_as_level", "source", "from", "verified", "note"},
)
_CONFLICT: Final = frozenset({"key", "question", "answers", "handling", "requirements", "counted_beside"})
_ITEM: Final = frozenset({"key", "from", "percent", "subject", "item", "source", "verified", "note"})
_ANSWER: Final = frozenset({"says", "source", "verified"})
_MOST_LEVELS: Final = 9


def entries_of(value: Value, book: Book, known: frozenset[str]) -> Iterator[Entry]:
    """Each entry of a file that is a list; anything else is noted as a problem."""
    items = value.items()
    if items is None:
        book.wrong(value.place, "must be a list of entries, each starting with “- ”")
        return
    for item in items:
        yield Entry(item, book, known)


def terms(kind: str) -> Callable[[Value, Book], tuple[Term, ...]]:
    """A reader of a list of codes with names, of one kind."""

    def read(value: Value, book: Book) -> tuple[Term, ...]:
        return tuple(_term(entry, kind) for entry in entries_of(value, book, _TERM))

    return read


def areas(value: Value, book: Book) -> tuple[Area, ...]:
    """The subject areas of a file, in the order of the matrix."""
    return tuple(
        Area(
            key=entry.key("area"),
            name=entry.text("name"),
            note=entry.text("note", ""),
            source=entry.reference_or_none("source", "source"),
            verified=entry.flag("verified", default=False),
            development=entry.flag("development", default=False),
        )
        for entry in entries_of(value, book, _AREA)
    )


def _term(entry: Entry, kind: str) -> Term:
    return Term(
        key=entry.key(kind),
        name=entry.text("name"),
        note=entry.text("note", ""),
        source=entry.reference_or_none("source", "source"),
        verified=entry.flag("verified", default=False),
    )


def systems(value: Value, book: Book) -> tuple[System, ...]:
    """The systems of a file."""
    return tuple(
        System(
            key=entry.key("system"),
            name=entry.text("name"),
            supplier=entry.text("supplier") if entry.has("supplier") else None,
            use=entry.text("use"),
            note=entry.text("note", ""),
            source=entry.reference("source", "source"),
            verified=entry.flag("verified"),
        )
        for entry in entries_of(value, book, _SYSTEM)
    )


def roles(value: Value, book: Book) -> tuple[Role, ...]:
    """The roles of a file; a column stem may belong to one role only, and so may a name as importers read it."""
    found = []
    for entry in entries_of(value, book, _ROLE):
        _define_names(entry)
        for stem, place in entry.texts_with_places("stems"):
            book.define("stem", stem, place)
        found.append(
            Role(
                key=entry.key("role"),
                name=entry.text("name"),
                aliases=entry.texts("aliases"),
                staff_group=entry.reference("staff_group", "staff group"),
                stems=entry.texts("stems"),
                curriculum=entry.reference_or_none("curriculum", "family"),
                additional=_additional(entry),
                note=entry.text("note", ""),
                source=entry.reference("source", "source"),
                verified=entry.flag("verified"),
            ),
        )
    return tuple(found)


def _define_names(role: Entry) -> None:
    """Notes a role's name and its other names as importers read them: whatever the case, spaces and hyphens."""
    named = [(role.text("name"), role.place_of("name")), *role.texts_with_places("aliases")]
    for name, place in named:
        role.book.define("name of a role", plain(name), place)


def _additional(role: Entry) -> AdditionalRole | None:
    value = role.inner("arrs") if role.has("arrs") else None
    if value is None:
        return None
    entry = Entry(value, role.book, _ADDITIONAL)
    return AdditionalRole(
        contract_year=entry.text("contract_year"),
        registration=entry.text("registration", ""),
        training=entry.text("training", ""),
        supervision=entry.text("supervision", ""),
        verified=entry.flag("verified"),
    )


def subjects(value: Value, book: Book) -> tuple[tuple[Subject, ...], tuple[Alias, ...]]:
    """The subjects of a file with their aliases; no two subjects share a name or an alias."""
    found: list[Subject] = []
    aliases: list[Alias] = []
    for entry in entries_of(value, book, _SUBJECT):
        key = entry.key("subject")
        name = entry.text("name")
        book.define("name of a subject", name.casefold(), entry.place_of("name"))
        levels = tuple(_level(Entry(item, book, _LEVEL), key, aliases) for item in entry.items("levels"))
        if not levels:
            define_level(book, entry, key, 1)
        aliases += _aliases(entry, key, None if levels else 1)
        found.append(
            Subject(
                key,
                name,
                entry.reference("area", "area"),
                levels or (Level(1, ""),),
                entry.text("note", ""),
                entry.flag("development", default=False),
            )
        )
    return tuple(found), tuple(aliases)


def define_level(book: Book, entry: Entry, subject: str, level: int) -> None:
    """Notes that a subject has a level."""
    book.define("level of a subject", f"{subject} {level}", entry.place)


def _level(entry: Entry, subject: str, aliases: list[Alias]) -> Level:
    level = entry.whole("level", 1, _MOST_LEVELS)
    define_level(entry.book, entry, subject, level)
    aliases += _aliases(entry, subject, level)
    return Level(level, entry.text("name"))


def _aliases(entry: Entry, subject: str, level: int | None) -> list[Alias]:
    found = []
    for text, place in entry.texts_with_places("aliases"):
        entry.book.define("name of a subject", text.casefold(), place)
        found.append(Alias(Scheme.NAME, text, subject, level))
    for number in entry.wholes("elfh"):
        entry.book.define("elfh identifier", str(number), entry.place_of("elfh"))
        found.append(Alias(Scheme.ELFH, str(number), subject, level))
    return found


def equivalences(value: Value, book: Book) -> tuple[Equivalence, ...]:
    """The equivalences of a file; both sides name levels that exist."""
    found = []
    for entry in entries_of(value, book, _EQUIVALENCE):
        one = Equivalence(
            subject=entry.reference("subject", "subject"),
            level=entry.whole("level", 1, _MOST_LEVELS),
            counts_as=entry.reference("counts_as", "subject"),
            counts_as_level=entry.whole("counts_as_level", 1, _MOST_LEVELS),
            source=entry.reference("source", "source"),
            starts_on=entry.day("from"),
            verified=entry.flag("verified"),
            note=entry.text("note", ""),
        )
        book.refer("level of a subject", f"{one.subject} {one.level}", entry.place_of("level"))
        book.refer("level of a subject", f"{one.counts_as} {one.counts_as_level}", entry.place_of("counts_as_level"))
        if one.subject == one.counts_as:
            entry.wrong("counts_as", "must be another subject: a record always counts as its own")
        found.append(one)
    return tuple(found)


def training_items(value: Value, book: Book) -> tuple[TrainingItem, ...]:
    """The training items of a file by the day from which they hold; no two begin on one day."""
    found = []
    for entry in entries_of(value, book, _ITEM):
        one = TrainingItem(
            key=entry.key("training item"),
            starts_on=entry.day("from"),
            percent=entry.whole("percent", 1, 100),
            subject=entry.reference("subject", "subject"),
            item=entry.text("item"),
            source=entry.reference("source", "source"),
            verified=entry.flag("verified"),
            note=entry.text("note", ""),
        )
        book.define("first day of a training item", one.starts_on.isoformat(), entry.place_of("from"))
        found.append(one)
    return tuple(sorted(found, key=lambda one: one.starts_on))


def conflicts(value: Value, book: Book) -> tuple[Conflict, ...]:
    """The questions of a file, each with at least two answers."""
    found = []
    for entry in entries_of(value, book, _CONFLICT):
        answers = tuple(_answer(Entry(item, book, _ANSWER)) for item in entry.items("answers"))
        if len(answers) < 2:
            entry.wrong("answers", "must hold at least two answers. Add the other one, or remove the question")
        found.append(
            Conflict(
                key=entry.key("conflict"),
                question=entry.text("question"),
                answers=answers,
                handling=entry.text("handling"),
                requirements=entry.references("requirements", "requirement"),
                counted_beside=entry.references("counted_beside", "requirement"),
            ),
        )
    return tuple(found)


def _answer(entry: Entry) -> Answer:
    return Answer(entry.text("says"), entry.reference("source", "source"), entry.flag("verified"))
