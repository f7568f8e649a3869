"""Integrated care boards with their dates, regions and successors."""

from __future__ import annotations

import re
from typing import Final

from .entries import Book, Entry
from .lists import terms
from .places import Value
from .types import Board, Boards

_FILE: Final = frozenset({"sources", "regions", "boards"})
_BOARD: Final = frozenset({"ods", "ods_verified", "ons", "name", "region", "from", "to", "successors", "note"})
_ODS: Final = re.compile(r"[A-Z0-9]{3}|[A-Z0-9]{5}")
_ONS: Final = re.compile(r"E54[0-9]{6}")


def boards(value: Value, book: Book) -> Boards:
    """The boards of the file; codes have the shape of ODS and ONS codes and successors are boards too."""
    entry = Entry(value, book, _FILE)
    regions = entry.inner("regions")
    return Boards(
        regions=terms("region")(regions, book) if regions is not None else (),
        boards=tuple(_board(Entry(item, book, _BOARD)) for item in entry.items("boards")),
        sources=entry.references("sources", "source"),
    )


def _board(entry: Entry) -> Board:
    ods, ons = entry.text("ods"), entry.text("ons", "")
    if not _ODS.fullmatch(ods):
        entry.wrong("ods", "must be an ODS code of three or five capital letters and digits")
    entry.book.define("board", ods, entry.place_of("ods"))
    if ons and not _ONS.fullmatch(ons):
        entry.wrong("ons", "must be an ONS code like E54000050")
    starts_on, ends_on = entry.day("from"), entry.day_or_none("to")
    if ends_on is not None and ends_on <= starts_on:
        entry.wrong("to", f"must be later than “from”, {starts_on}")
    successors = entry.references("successors", "board")
    if bool(successors) != (ends_on is not None):
        entry.wrong("successors", "must be said for a board that has ended, and for no other")
    return Board(
        ods=ods,
        ods_verified=entry.flag("ods_verified"),
        ons=ons,
        name=entry.text("name"),
        region=entry.reference_or_none("region", "region"),
        starts_on=starts_on,
        ends_on=ends_on,
        successors=successors,
        note=entry.text("note", ""),
    )
