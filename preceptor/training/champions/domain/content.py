"""What ships with the product: topics, a champion’s steps and the toolkit, read from `data/champions/`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from preceptor.compliance.requirements.domain.catalogue import CatalogueError
from preceptor.compliance.requirements.domain.catalogue.entries import Book, Entry
from preceptor.compliance.requirements.domain.catalogue.places import Value, document

SUBJECT_PREFIX: Final = "skill-champion-"
SYSTEM: Final = "system"
SERVICE: Final = "service"
GENERAL: Final = "topic"
GROUPS: Final[Mapping[str, str]] = {
    SYSTEM: "Systems",
    SERVICE: "Services to patients",
    GENERAL: "Everyday digital work",
}
_TOPIC: Final = frozenset({"key", "name"})
_STEP: Final = frozenset({"key", "title", "counts", "minutes", "months"})
_PAGE: Final = frozenset({"key", "title", "lead", "parts"})
_PART: Final = frozenset({"title", "points"})
_LONGEST_STEP: Final = 40 - len(SUBJECT_PREFIX)


@dataclass(frozen=True, slots=True)
class Topic:
    """Something a champion helps with: a system, a service to patients, or everyday digital work."""

    key: str
    name: str

    @property
    def group(self) -> str:
        """Which kind of topic it is, in words."""
        return GROUPS[self.key.partition(":")[0]]


@dataclass(frozen=True, slots=True)
class Step:
    """One step of becoming and staying a champion, and what counts as having done it."""

    key: str
    title: str
    counts: str
    minutes: int
    months: int | None

    @property
    def subject(self) -> str:
        """The subject of the records of it."""
        return f"{SUBJECT_PREFIX}{self.key}"


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a page of the toolkit."""

    title: str
    points: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ToolkitPage:
    """One page of the toolkit."""

    key: str
    title: str
    lead: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """Everything that ships."""

    topics: tuple[Topic, ...]
    steps: tuple[Step, ...]
    toolkit: tuple[ToolkitPage, ...]

    def page(self, key: str) -> ToolkitPage | None:
        """The page of the toolkit with this key."""
        return next((one for one in self.toolkit if one.key == key), None)

    def step(self, key: str) -> Step | None:
        """The step with this key."""
        return next((one for one in self.steps if one.key == key), None)


def read_content(files: Mapping[str, str]) -> Content:
    """What the three files say, by name; raises `CatalogueError` with every problem found."""
    book = Book()
    topics = tuple(
        Topic(f"{GENERAL}:{one.key('topic')}", one.text("name", longest=60))
        for one in _entries(files, "topics.yaml", _TOPIC, book)
    )
    steps = tuple(_step(one) for one in _entries(files, "pathway.yaml", _STEP, book))
    toolkit = tuple(_page(one, book) for one in _entries(files, "toolkit.yaml", _PAGE, book))
    if book.problems:
        raise CatalogueError(tuple(sorted(set(book.problems))))
    return Content(topics, steps, toolkit)


def _step(entry: Entry) -> Step:
    key = entry.key("step")
    if len(key) > _LONGEST_STEP:
        entry.wrong("key", f"must be at most {_LONGEST_STEP} characters")
    return Step(
        key=key,
        title=entry.text("title", longest=120),
        counts=entry.text("counts"),
        minutes=entry.whole("minutes", 1, 480),
        months=entry.whole("months", 1, 120) if entry.has("months") else None,
    )


def _page(entry: Entry, book: Book) -> ToolkitPage:
    parts = entry.inner("parts")
    found = [] if parts is None else [Entry(one, book, _PART) for one in parts.items() or ()]
    if not found:
        entry.wrong("parts", "must be a list of parts")
    return ToolkitPage(
        key=entry.key("page"),
        title=entry.text("title", longest=80),
        lead=entry.text("lead"),
        parts=tuple(Part(one.text("title", longest=80), one.texts("points")) for one in found),
    )


def _entries(files: Mapping[str, str], file: str, known: frozenset[str], book: Book) -> Iterator[Entry]:
    value: Value = document(files[file], f"champions/{file}")
    items = value.items()
    if items is None:
        book.wrong(value.place, "must be a list")
        return
    for one in items:
        yield Entry(one, book, known)
