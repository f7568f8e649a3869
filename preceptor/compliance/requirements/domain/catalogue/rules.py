"""Rules inside catalogue files: read as everywhere else, with the line of what is wrong; every code is checked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final, TypeVar

from ..audience import LEAVES, At, Audience, Everyone, Node, PersonIs, read_audience
from ..audience import All as Every
from ..audience import Any as Some
from ..audience import Not as Other
from ..criteria import Criterion, read_criterion
from ..reading import DocumentError
from ..versions import read_version, read_versions
from .entries import Book, Entry
from .places import Value
from .types import DatedVersion

_T = TypeVar("_T")

# What each leaf of an audience, and each field of a criterion, refers to.
_LEAF_KINDS: Final = {
    "role": "role",
    "staff_group": "staff group",
    "kind": "kind of engagement",
    "task": "task",
    "system": "system",
    "service": "service",
}
_FIELD_KINDS: Final = {"subject": "subject", "subjects": "subject", "kinds": "kind of record"}
_LOCAL: Final = frozenset({At.key, PersonIs.key})


def audience_of(entry: Entry, key: str) -> Audience | None:
    """The audience at a key, noted as wrong when the catalogue cannot use it; None when it is absent or wrong."""
    value = _there(entry, key)
    if value is None:
        return None
    audience = _read(entry.book, value, lambda plain: read_audience(plain, ""))
    if audience is not None:
        _check_audience(entry.book, value, audience)
    return audience


def criterion_of(entry: Entry, key: str) -> Criterion | None:
    """The criterion at a key; None when it is absent or wrong."""
    value = _there(entry, key)
    if value is None:
        return None
    criterion = _read(entry.book, value, lambda plain: read_criterion(plain, ""))
    if criterion is not None:
        _refer(entry.book, value, _FIELD_KINDS)
    return criterion


def versions_of(entry: Entry) -> tuple[DatedVersion, ...]:
    """The versions of a requirement; none when any of them is wrong."""
    values = list(entry.items("versions"))
    if not values:
        entry.wrong("versions", "must be a list of at least one version. Add one with its “from” and “published_at”")
    before = len(entry.book.problems)
    for index, value in enumerate(values):
        _check_version(entry.book, value, first=not index)
    if len(entry.book.problems) > before or not values:
        return ()
    place = entry.inner("versions")
    plain: list[tuple[object, str]] = [(value.plain(), f"[{index}]") for index, value in enumerate(values)]
    rules = _read(entry.book, place, lambda _: read_versions(plain)) if place is not None else None
    return tuple(DatedVersion(rule, _note(value)) for rule, value in zip(rules or (), values, strict=bool(rules)))


def _note(value: Value) -> str:
    plain = value.plain()
    note = plain.get("note") if isinstance(plain, dict) else None
    return note if isinstance(note, str) else ""


def _check_version(book: Book, value: Value, *, first: bool) -> None:
    version = _read(book, value, lambda plain: read_version(plain, "", first=first))
    if version is None:
        return
    if version.published_at is None:
        book.wrong(value.place, "“published_at” is missing. Say when it was published, like 2024-10-31T00:00:00Z")
    audience, criterion = _at(value, "audience"), _at(value, "met_by")
    if audience is not None:
        _check_audience(book, audience, version.audience)
    if criterion is not None:
        _refer(book, criterion, _FIELD_KINDS)


def _check_audience(book: Book, value: Value, audience: Audience) -> None:
    if not _is_shallow(audience):
        book.wrong(
            value.place,
            "the audience must be “everyone”, one test, “any” of tests, or “all” of tests, “any”s and “not”s, so that "
            "practices can add to it. Write it in one of these shapes",
        )
    _refer(book, value, _LEAF_KINDS)
    for key, inner in _pairs(value):
        if str(key.node.value) in _LOCAL:
            book.wrong(
                inner.place,
                f"“{key.node.value}” names somebody or somewhere; the catalogue is for every practice. Remove it",
            )


def _is_shallow(audience: Audience) -> bool:
    match audience:
        case Everyone():
            return True
        case Every(parts):
            return all(_is_plain(inner) for part in parts for inner in _inside(part))
        case Some(parts):
            return all(_is_plain(part) for part in parts)
        case Other():
            return False
        case _:
            return True


def _inside(part: Node) -> tuple[Node, ...]:
    match part:
        case Some(parts):
            return parts
        case Other(inner):
            return (inner,)
        case _:
            return (part,)


def _is_plain(node: Node) -> bool:
    return isinstance(node, tuple(LEAVES.values()))


def _refer(book: Book, value: Value, kinds: dict[str, str]) -> None:
    """Notes every code in a rule as referred to, and the levels at which subjects are asked."""
    for key, inner in _pairs(value):
        name = str(key.node.value)
        items = inner.items()
        if name in kinds:
            for item in [inner] if items is None else items:
                book.refer(kinds[name], str(item.node.value), item.place)
        elif name == "state" and items is None and not inner.is_mapping:
            book.refer("state", str(inner.node.value), inner.place)
        level = _at(inner, "level")
        if level is not None and kinds is _FIELD_KINDS:
            for subject in _subjects(inner):
                book.refer("level of a subject", f"{subject} {level.node.value}", level.place)


def _subjects(criterion: Value) -> tuple[str, ...]:
    one, several = _at(criterion, "subject"), _at(criterion, "subjects")
    items = several.items() if several is not None else None
    named = [one] if one is not None else list(items or ())
    return tuple(str(item.node.value) for item in named)


def _pairs(value: Value) -> Iterator[tuple[Value, Value]]:
    for key, inner in value.pairs():
        yield key, inner
        yield from _pairs(inner)
    for item in value.items() or ():
        yield from _pairs(item)


def _at(value: Value, key: str) -> Value | None:
    return next((inner for name, inner in value.pairs() if name.node.value == key), None)


def _there(entry: Entry, key: str) -> Value | None:
    return entry.inner(key) if entry.has(key) else None


def _read(book: Book, value: Value, reader: Callable[[object], _T]) -> _T | None:
    try:
        return reader(value.plain())
    except DocumentError as error:
        book.wrong(value.line_of(error.place), f"{error.place.rpartition('.')[2] or 'this rule'} {error.problem}")
        return None
