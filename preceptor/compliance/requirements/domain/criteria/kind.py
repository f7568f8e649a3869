"""What every kind of criterion can do."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ClassVar, TypeAlias

from ..reading import Fields, Json
from ..words import Names


@dataclass(frozen=True, slots=True)
class Ask:
    """A record that would help: of a subject, at a level or above, of one of the kinds (None: of any)."""

    subject: str
    level: int = 1
    kinds: tuple[str, ...] | None = None


class Criterion(ABC):
    """A way to meet a requirement: it evaluates to a set of days from a person's records."""

    __slots__ = ()
    key: ClassVar[str]

    @classmethod
    @abstractmethod
    def read(cls, value: object, place: str, inner: ReadInner, /) -> Criterion:
        """The criterion that the value under its key says; `inner` reads a criterion inside a combinator."""

    @abstractmethod
    def written(self) -> Json:
        """The plain JSON value that reads as this criterion."""

    @abstractmethod
    def words(self, names: Names) -> str:
        """The criterion as a phrase of plain English, without a full stop."""

    def parts(self) -> tuple[tuple[str, Criterion], ...]:
        """The criteria inside, each with its place below this one; none for a leaf."""
        return ()

    def asks(self) -> tuple[Ask, ...]:
        """What a leaf wants recorded, in the order written."""
        return ()

    def subjects(self) -> tuple[str, ...]:
        """The subjects a leaf names, in the order written."""
        return tuple(ask.subject for ask in self.asks())

    def asked(self) -> tuple[Ask, ...]:
        """What all the leaves want recorded, each once, in the order written."""
        return tuple(dict.fromkeys(ask for _, leaf in self.leaves() for ask in leaf.asks()))

    def leaves(self, place: str = "met_by") -> Iterator[tuple[str, Criterion]]:
        """Every leaf with its place, in the order written; the place is that of the node's value."""
        own = f"{place}.{self.key}"
        inside = self.parts()
        if not inside:
            yield own, self
        for where, part in inside:
            yield from part.leaves(f"{own}{where}")


ReadInner: TypeAlias = Callable[[object, str], Criterion]


def read_kinds(fields: Fields) -> tuple[str, ...] | None:
    """The `kinds` of record a criterion takes; null or absent is any."""
    return fields.texts("kinds") if fields.has("kinds") else None
