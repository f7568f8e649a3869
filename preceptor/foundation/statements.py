"""Queries put into SQL once for each shape of their inputs.

Django makes the SQL of a query anew each time it is asked, which takes longer than PostgreSQL takes to answer. The
queries behind every page are written with Django like any other, so that whose facts they find is said in one place,
and marked `statement`: the SQL is made once from stand-ins, and afterwards only its parameters are filled in.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, Generic, ParamSpec, TypeAlias, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet

from .access import Scope

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=Model)

# How the SQL depends on the inputs: which are there, and how many there are of each.
Shape: TypeAlias = tuple[object, ...]
_FAR: Final = -(1 << 60)  # no identifier is near it
_KEPT: Final = 500  # shapes of one query: practices with the same number of people share theirs


@dataclass(frozen=True, slots=True)
class _Slot:
    """Where an input stands among the parameters."""

    index: int


class Statement(Generic[P, R]):
    """A query whose SQL is kept. Called with its inputs it asks the database and gives the rows, as tuples.

    Inputs are given by position and may be None, a truth, a UUID, a day, a moment, a scope or a collection of UUIDs or
    of whole numbers; the query may look at whether they are there, and pass them on, but not at what they are.
    """

    def __init__(self, query: Callable[P, QuerySet[M, R]]) -> None:
        self.__doc__ = query.__doc__
        self._query = query
        self._kept: dict[Shape, tuple[str, list[Any]] | None] = {}

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> list[R]:
        """The rows, in the query's order."""
        if kwargs:
            message = f"inputs of a statement go by position: {', '.join(kwargs)}"
            raise TypeError(message)
        shape = tuple(_shape(one) for one in args)
        if shape not in self._kept:
            if len(self._kept) >= _KEPT:
                self._kept.clear()
            self._kept[shape] = self._compiled(args)
        kept = self._kept[shape]
        if kept is None:
            return []
        sql, parameters = kept
        values: list[Any] = [value for one in args for value in _values(one)]
        with connection.cursor() as cursor:
            cursor.execute(sql, [values[one.index] if isinstance(one, _Slot) else one for one in parameters])
            rows: list[R] = cursor.fetchall()
            return rows

    def _compiled(self, args: tuple[object, ...]) -> tuple[str, list[Any]] | None:
        """The SQL and its parameters with slots for the inputs; None when nothing can be found whatever they are."""
        standing = _StandIns()
        rows = self._query(*(standing.like(one) for one in args))  # type: ignore[arg-type,call-arg] # of the same kinds
        compiler = rows.query.get_compiler(connection=connection)
        try:
            sql, parameters = compiler.as_sql()
        except EmptyResultSet:
            return None
        if compiler.get_converters([column for column, _, _ in compiler.select]):
            message = f"a column needs converting, which a statement does not do: {sql}"
            raise TypeError(message)
        return sql, [standing.slot(one) for one in parameters]


def statement(query: Callable[P, QuerySet[M, R]]) -> Statement[P, R]:
    """Keeps the SQL of a query that ends in `values_list`, for each shape of its inputs."""
    return Statement(query)


def _shape(given: object) -> object:
    match given:
        case None | bool():
            return given
        case UUID() | date():
            return type(given)
        case Scope():
            return given.everywhere, len(given.organisations), given.person is not None
        case Collection():
            return len(given), _is_numbers(given)
        case _:
            raise _unknown(given)


def _values(given: object) -> Iterator[object]:
    match given:
        case None | bool():
            return
        case UUID() | date():
            yield given
        case Scope():
            yield from given.organisations
            if given.person is not None:
                yield given.person
        case Collection():
            yield from given
        case _:
            raise _unknown(given)


def _is_numbers(given: Collection[object]) -> bool:
    return isinstance(next(iter(given), None), int)


def _unknown(given: object) -> TypeError:
    return TypeError(f"a statement takes no {type(given).__name__}")


class _StandIns:
    """Values of the right kinds that appear nowhere else, so that each is known again among the parameters."""

    def __init__(self) -> None:
        self._slots: dict[object, _Slot] = {}

    def like(self, given: object) -> object:
        """A stand-in for an input of a kind and a shape."""
        match given:
            case None | bool():
                return given
            case UUID():
                return self._uuid()
            case datetime():
                return self._kept(datetime(1, 1, 1, tzinfo=UTC) + timedelta(len(self._slots)))
            case date():
                return self._kept(date(2, 1, 1) + timedelta(len(self._slots)))
            case Scope():
                organisations = frozenset(self._uuids(len(given.organisations)))
                return Scope(organisations, self._uuid() if given.person is not None else None, given.everywhere)
            case Collection() if _is_numbers(given):
                return [self._kept(_FAR - len(self._slots)) for _ in given]
            case Collection():
                return self._uuids(len(given))
            case _:
                raise _unknown(given)

    def slot(self, parameter: object) -> object:
        """The slot of a stand-in; anything else is a parameter of the query's own."""
        return self._slots.get(parameter, parameter) if isinstance(parameter, UUID | date | int) else parameter

    def _uuids(self, number: int) -> list[UUID]:
        return [self._uuid() for _ in range(number)]

    def _uuid(self) -> UUID:
        return self._kept(UUID(int=(1 << 127) + len(self._slots)))

    def _kept(self, value: R) -> R:
        self._slots[value] = _Slot(len(self._slots))
        return value
