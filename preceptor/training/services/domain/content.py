"""What ships about each service: who must be able to offer it, by which skills, and words for the desk."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from preceptor.compliance.requirements.domain.catalogue import CatalogueError
from preceptor.compliance.requirements.domain.catalogue.entries import Book, Entry
from preceptor.compliance.requirements.domain.catalogue.places import Place, document

_FILE: Final = "services/services.yaml"
_KEYS: Final = frozenset({"service", "families", "skills", "say", "hand_out", "look_out"})


@dataclass(frozen=True, slots=True)
class Shipped:
    """What ships about one service."""

    service: str
    families: tuple[str, ...]
    skills: tuple[str, ...]
    say: tuple[str, ...] = ()
    hand_out: tuple[str, ...] = ()
    look_out: tuple[str, ...] = ()


def read_services(text: str, known: Mapping[str, Iterable[str]] | None = None) -> tuple[Shipped, ...]:
    """What the file says; raises `CatalogueError` with every problem.

    With the keys there are of services, families and skills, every name is looked up among them.
    """
    book = Book()
    for kind, keys in (known or {}).items():
        for key in keys:
            book.define(kind, key, Place(_FILE, 1))
    value = document(text, _FILE)
    items = value.items()
    if items is None:
        book.wrong(value.place, "must be a list of services")
    found = tuple(_shipped(Entry(one, book, _KEYS)) for one in items or ())
    if known is not None:
        book.check_references()
    if book.problems:
        raise CatalogueError(tuple(sorted(set(book.problems))))
    return found


def _shipped(entry: Entry) -> Shipped:
    return Shipped(
        service=entry.reference("service", "service"),
        families=entry.references("families", "family"),
        skills=entry.references("skills", "skill"),
        say=entry.texts("say"),
        hand_out=entry.texts("hand_out"),
        look_out=entry.texts("look_out"),
    )
