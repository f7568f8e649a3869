"""The national programmes and texts from `data/inductions/`, or every problem in them by file and line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from preceptor.compliance.requirements.domain.catalogue import Catalogue, CatalogueError, Place
from preceptor.compliance.requirements.domain.catalogue.entries import Book, Entry
from preceptor.compliance.requirements.domain.catalogue.places import Value, document

from .programme import DATA_SECURITY_ITEM, Item, ItemKind, Programme, Stage, Who
from .texts import CONTACTS, DIFFERENT, Text

FOLDER: Final = "inductions/"
TEXTS: Final = "inductions/texts.yaml"
DATA_SECURITY: Final = "data-security"
_LONGEST_TITLE: Final = 120
_MOST_MINUTES: Final = 480
_LONGEST_MONTHS: Final = 120

_PROGRAMME: Final = frozenset(
    {"key", "title", "version", "note", "roles", "kinds", "completes", "source", "verified", "items"}
)
_ITEM: Final = frozenset(
    {
        *("key", "title", "kind", "stage", "who", "minutes", "says", "text", "requirements", "skills", "subject"),
        *("lasts_months", "stays"),
    }
)
_TEXT: Final = frozenset({"key", "title", "version", "minutes", "lines", "source", "verified"})


@dataclass(frozen=True, slots=True)
class NationalProgramme:
    """A programme that the data folder holds, and the number of its version."""

    version: int
    programme: Programme


@dataclass(frozen=True, slots=True)
class NationalText:
    """A text that the data folder holds, and the number of its version."""

    version: int
    text: Text


@dataclass(frozen=True, slots=True)
class National:
    """Every programme and text that the data folder holds."""

    programmes: tuple[NationalProgramme, ...]
    texts: tuple[NationalText, ...]


def read_inductions(files: Mapping[str, str], catalogue: Catalogue, skills: frozenset[str]) -> National:
    """What files hold, by path below `data/`; raises `CatalogueError` with every problem found.

    Roles, requirements, subjects and skills are those of the catalogue and of the framework.
    """
    book = Book()
    _define(catalogue, skills, book)
    values = dict(_documents(files, book))
    texts = tuple(_text(Entry(item, book, _TEXT)) for item in _list(values, TEXTS, book))
    programmes = tuple(_programme(Entry(value, book, _PROGRAMME)) for file, value in values.items() if file != TEXTS)
    book.check_references()
    if book.problems:
        raise CatalogueError(tuple(sorted(set(book.problems))))
    return National(programmes, texts)


def _define(catalogue: Catalogue, skills: frozenset[str], book: Book) -> None:
    for kind, file, keys in (
        ("role", "roles.yaml", [one.key for one in catalogue.roles]),
        ("kind of engagement", "engagement-kinds.yaml", [one.key for one in catalogue.engagement_kinds]),
        ("subject", "subjects.yaml", [one.key for one in catalogue.subjects]),
        ("requirement", "sources", [one.key for one in catalogue.requirements]),
        ("skill", "skills", sorted(skills)),
        ("source", "sources", [one.key for one in catalogue.sources]),
        ("text", TEXTS, [CONTACTS, DIFFERENT]),
    ):
        for key in keys:
            book.define(kind, key, Place(file, 1))


def _documents(files: Mapping[str, str], book: Book) -> Iterator[tuple[str, Value]]:
    for file in sorted(files):
        try:
            value = document(files[file], file)
        except CatalogueError as error:
            book.problems += error.problems
            continue
        for key in value.repeated_keys():
            book.wrong(key.place, f"“{key.node.value}” is written twice here. Keep one")
        yield file, value


def _list(values: Mapping[str, Value], file: str, book: Book) -> list[Value]:
    items = values[file].items() if file in values else None
    if items is None:
        book.wrong(Place(file, 1), "must be there and hold a list")
        return []
    return list(items)


def _text(entry: Entry) -> NationalText:
    entry.reference("source", "source")
    entry.flag("verified")
    version = entry.whole("version", 1, 10_000)
    text = Text(
        entry.key("text"),
        entry.text("title", longest=_LONGEST_TITLE),
        entry.whole("minutes", 1, _MOST_MINUTES),
        entry.texts("lines"),
    )
    if not text.lines:
        entry.wrong("lines", "must hold at least one paragraph")
    return NationalText(version, text)


def _programme(entry: Entry) -> NationalProgramme:
    entry.reference("source", "source")
    entry.flag("verified")
    items = tuple(_item(Entry(item, entry.book, _ITEM)) for item in entry.items("items"))
    keys = [one.key for one in items]
    for key in {one for one in keys if keys.count(one) > 1}:
        entry.wrong("items", f"hold “{key}” twice. Keep one")
    if [one.stays for one in items if DATA_SECURITY in one.requirements] != [True]:
        entry.wrong("items", "must hold one item of data security that stays")
    if not any(one.key == DATA_SECURITY_ITEM and one.stays for one in items):
        entry.wrong("items", f"must hold “{DATA_SECURITY_ITEM}”, which stays")
    if [one.kind for one in items].count(ItemKind.SIGN_OFF) != 1 or items[-1].kind is not ItemKind.SIGN_OFF:
        entry.wrong("items", "must end with the one sign-off")
    order = list(Stage)
    if [order.index(one.stage) for one in items] != sorted(order.index(one.stage) for one in items):
        entry.wrong("items", "must be in the order of their stages")
    programme = Programme(
        key=entry.key("programme"),
        title=entry.text("title", longest=_LONGEST_TITLE),
        note=entry.text("note"),
        roles=entry.references("roles", "role"),
        kinds=entry.references("kinds", "kind of engagement"),
        completes=entry.reference("completes", "subject"),
        items=items,
    )
    return NationalProgramme(entry.whole("version", 1, 10_000), programme)


def _item(entry: Entry) -> Item:
    kind = entry.choice("kind", ItemKind, ItemKind.SHOWN)
    who = entry.choice("who", Who, Who.PERSON) if entry.has("who") else _usual(kind)
    for key, wanted in (("text", ItemKind.READ), ("requirements", ItemKind.TRAINING), ("skills", ItemKind.SKILLS)):
        if entry.has(key) != (kind is wanted):
            entry.wrong(key, f"goes with the kind “{wanted}”. Write both or neither")
    if entry.has("subject") and who is not Who.MANAGER:
        entry.wrong("subject", "makes a record, so the manager says that it was done: who: manager")
    return Item(
        key=entry.text("key"),
        title=entry.text("title", longest=_LONGEST_TITLE),
        kind=kind,
        stage=entry.choice("stage", Stage, Stage.MONTH),
        who=who,
        minutes=entry.whole("minutes", 1, _MOST_MINUTES),
        says=entry.text("says", ""),
        text=entry.reference("text", "text") if entry.has("text") else "",
        requirements=entry.references("requirements", "requirement"),
        skills=entry.references("skills", "skill"),
        subject=entry.reference("subject", "subject") if entry.has("subject") else "",
        lasts_months=entry.whole("lasts_months", 1, _LONGEST_MONTHS) if entry.has("lasts_months") else None,
        stays=entry.flag("stays", default=kind is ItemKind.SIGN_OFF),
    )


def _usual(kind: ItemKind) -> Who:
    return Who.MANAGER if kind is ItemKind.SIGN_OFF else Who.PERSON
