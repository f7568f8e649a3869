"""Two gates on every database connection: no write to our tables outside an action, no query while a page is drawn."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Final

from django.conf import settings
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created


class OutsideActionError(RuntimeError):
    """A write to one of our tables was tried outside an action."""


class QueryWhileDrawingError(RuntimeError):
    """A page asked the database something while it was being drawn."""


_acting: ContextVar[int] = ContextVar("acting", default=0)
_drawing: ContextVar[bool] = ContextVar("drawing", default=False)

# The user table is written by the sign-in library too (last sign-in, password), so it is not ours alone.
_OURS: Final = re.compile(
    r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM)\s+"(?:foundation|register|compliance|training|oversight)_(?!user")',
    re.IGNORECASE,
)


@contextmanager
def acting() -> Iterator[None]:
    """Opens the write gate for the block."""
    token = _acting.set(_acting.get() + 1)
    try:
        yield
    finally:
        _acting.reset(token)


@contextmanager
def drawing() -> Iterator[None]:
    """Closes the database for the block: everything a page shows was asked before."""
    token = _drawing.set(True)
    try:
        yield
    finally:
        _drawing.reset(token)


def _gate(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:  # noqa: FBT001 - Django calls it so
    if _drawing.get():
        raise QueryWhileDrawingError(sql[:200])
    if not _acting.get() and _OURS.match(sql):
        raise OutsideActionError(sql[:200])
    return execute(sql, params, many, context)


def _watch(connection: BaseDatabaseWrapper, **_: object) -> None:
    if _gate not in connection.execute_wrappers:
        connection.execute_wrappers.append(_gate)


def watch_connections() -> None:
    """Puts the gates on every connection made from now on, when the settings ask for them."""
    if settings.GATES:
        connection_created.connect(_watch, dispatch_uid="preceptor.gates")
