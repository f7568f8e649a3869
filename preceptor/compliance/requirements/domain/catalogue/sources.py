"""One file for each source: what it is, and the requirements it is the main source of."""

from __future__ import annotations

import re
from typing import Final

from ..decisions import Force
from .entries import Book, Entry
from .places import Value
from .rules import audience_of, criterion_of, versions_of
from .types import Alternative, CatalogueRequirement, Citation, Source

LONGEST_SHORT: Final = 24
_SOURCE: Final = frozenset(
    {
        "key",
        "title",
        "publisher",
        "dated",
        "link",
        "checked_on",
        "legal_force",
        "verified",
        "register",
        "note",
        "requirements",
    },
)
_REQUIREMENT: Final = frozenset(
    {
        "key",
        "title",
        "short",
        "column",
        "area",
        "core",
        "basis",
        "rationale",
        "note",
        "local_choice",
        "minutes",
        "minutes_verified",
        "review_by",
        "verified",
        "sources",
        "alternatives",
        "versions",
    },
)
_CITATION: Final = frozenset({"source", "clause", "says", "followed", "verified"})
_ALTERNATIVE: Final = frozenset({"says", "source", "verified", "audience", "met_by"})
_DATED: Final = re.compile(r"[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?")
_MOST_MINUTES: Final = 6000


def source_file(value: Value, book: Book) -> tuple[Source, tuple[CatalogueRequirement, ...]]:
    """The source of a file and its requirements; the file is named after the source's key."""
    entry = Entry(value, book, _SOURCE)
    source = _source(entry)
    if source.key and value.file != f"sources/{source.key}.yaml":
        entry.wrong("key", f"must be the name of the file. Name the file sources/{source.key}.yaml or change the key")
    found = tuple(_requirement(Entry(item, book, _REQUIREMENT), source.key) for item in entry.items("requirements"))
    return source, found


def _source(entry: Entry) -> Source:
    dated, link = entry.text("dated", ""), entry.text("link", "")
    if dated and not _DATED.fullmatch(dated):
        entry.wrong("dated", "must be a year, a month like 2024-10 or a date like 2024-10-31")
    if link and not link.startswith("https://"):
        entry.wrong("link", "must start with https://")
    source = Source(
        key=entry.key("source"),
        title=entry.text("title"),
        publisher=entry.text("publisher"),
        dated=dated,
        link=link,
        checked_on=entry.day_or_none("checked_on"),
        legal_force=entry.choice("legal_force", Force, Force.LOCAL),
        verified=entry.flag("verified"),
        register=entry.text("register", ""),
        note=entry.text("note", ""),
    )
    if source.verified and source.checked_on is None:
        entry.wrong("verified", "cannot be true without “checked_on”. Say when it was read, or say false")
    return source


def _requirement(entry: Entry, source: str) -> CatalogueRequirement:
    key = entry.key("requirement")
    requirement = CatalogueRequirement(
        key=key,
        title=entry.text("title"),
        short=entry.text("short", longest=LONGEST_SHORT),
        column=entry.text("column", key),
        area=entry.reference("area", "area"),
        core=entry.flag("core", default=False),
        basis=entry.choice("basis", Force, Force.LOCAL),
        rationale=entry.text("rationale"),
        note=entry.text("note", ""),
        local_choice=entry.text("local_choice", ""),
        minutes=entry.whole("minutes", 1, _MOST_MINUTES),
        minutes_verified=entry.flag("minutes_verified", default=False),
        review_by=entry.day("review_by"),
        verified=entry.flag("verified"),
        source=source,
        citations=tuple(_citation(Entry(item, entry.book, _CITATION)) for item in entry.items("sources")),
        alternatives=tuple(_alternative(Entry(item, entry.book, _ALTERNATIVE)) for item in entry.items("alternatives")),
        versions=versions_of(entry),
    )
    _check_citations(entry, requirement)
    return requirement


def _check_citations(entry: Entry, requirement: CatalogueRequirement) -> None:
    if all(citation.source != requirement.source for citation in requirement.citations):
        entry.wrong("sources", f"must cite {requirement.source}, whose file this is. Cite it or move the requirement")
    followed = [citation for citation in requirement.citations if citation.followed]
    if not followed:
        entry.wrong("sources", "must name at least one source with “followed: true”")
    if requirement.verified and not any(citation.verified for citation in followed):
        entry.wrong("verified", "cannot be true when no source that is followed is. Say false")


def _citation(entry: Entry) -> Citation:
    return Citation(
        source=entry.reference("source", "source"),
        clause=entry.text("clause", ""),
        says=entry.text("says"),
        followed=entry.flag("followed"),
        verified=entry.flag("verified"),
    )


def _alternative(entry: Entry) -> Alternative:
    return Alternative(
        says=entry.text("says"),
        source=entry.reference("source", "source"),
        verified=entry.flag("verified"),
        audience=audience_of(entry, "audience"),
        met_by=criterion_of(entry, "met_by"),
    )
