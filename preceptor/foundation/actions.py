"""One verb, one function: the decorator that joins permission, transaction and journal."""

from __future__ import annotations

import functools
import hashlib
import inspect
from collections.abc import Callable, Collection
from contextvars import ContextVar
from datetime import date, datetime
from typing import Any, Final, ParamSpec, TypeVar
from uuid import UUID

import msgspec
from django.core.exceptions import PermissionDenied
from django.db import transaction

from .access import Can, Viewer
from .gates import acting
from .journal import JournalLine

P = ParamSpec("P")
R = TypeVar("R")

SEALED: Final = "sealed"  # what the journal says of something that is its giver's alone

_LONGEST: Final = 20_000
_organisation: ContextVar[UUID | None] = ContextVar("organisation", default=None)


class Refusal(Exception):
    """A reason to refuse that the person should read. `field` names the question it belongs to, if any."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.field = field


def action(verb: str, *, may: Can, private: Collection[str] = ()) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Makes a function an action: refuses without the permission, runs in one transaction, writes one journal line.

    The function takes keywords only, among them `by` (the viewer) and `at` (the moment, in UTC). What it was given
    and what it returned go to the journal; of what is `private` only that it was given. Loading rows through a
    scoped query is the function's own check of *which* rows.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        if unknown := set(private) - set(inspect.signature(function).parameters):
            message = f"{verb} is given nothing called {', '.join(sorted(unknown))}"
            raise TypeError(message)

        @functools.wraps(function)
        def run(*args: P.args, **kwargs: P.kwargs) -> R:
            by, at = kwargs["by"], kwargs["at"]
            if not isinstance(by, Viewer) or not isinstance(at, datetime) or at.tzinfo is None:
                message = f"{verb} needs a viewer and a moment with its zone"
                raise TypeError(message)
            if not by.may(may):
                raise PermissionDenied(verb)
            token = _organisation.set(None)
            try:
                with transaction.atomic(), acting():
                    result = function(*args, **kwargs)
                    _write(verb, by, at, {**kwargs, **dict.fromkeys(set(private) & set(kwargs), SEALED)}, result)
            finally:
                _organisation.reset(token)
            return result

        run.action = verb  # type: ignore[attr-defined] # read by the architecture tests
        return run

    return decorate


def concerning(organisation: UUID | None) -> None:
    """Says, inside an action that is not given one, which organisation its line in the journal is about."""
    _organisation.set(organisation)


def _write(verb: str, by: Viewer, at: datetime, given: dict[str, Any], result: object) -> None:
    what = {name: _plain(value) for name, value in given.items() if name not in {"by", "at"}}
    organisation = given.get("organisation") or _organisation.get()
    JournalLine.objects.create(
        at=at,
        verb=verb,
        by_user=by.user,
        by_name=by.name,
        organisation=organisation if isinstance(organisation, UUID) else None,
        what=what,
        result=str(result) if isinstance(result, UUID | str | int | date) else "",
    )


def _plain(value: object) -> object:
    """A value as JSON can hold it: identifiers and domain values whole, anything else by its own description.

    What is too long for a line of a journal, such as a whole catalogue, is there by its kind, length and hash.
    """
    try:
        plain = msgspec.to_builtins(value)
    except TypeError:
        return repr(value)[:200]
    text = msgspec.json.encode(plain)
    if len(text) <= _LONGEST:
        return plain
    return {"kind": type(value).__name__, "bytes": len(text), "sha256": hashlib.sha256(text).hexdigest()}
