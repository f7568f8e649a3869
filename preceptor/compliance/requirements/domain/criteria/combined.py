"""All of, any of, first then: criteria made of criteria."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ..reading import Fields, Json, some
from ..words import Names
from .kind import Criterion, ReadInner


@dataclass(frozen=True, slots=True)
class Combinator(Criterion):
    """A list of criteria taken together."""

    criteria: tuple[Criterion, ...]

    @classmethod
    def read(cls, value: object, place: str, inner: ReadInner, /) -> Combinator:
        """Reads a list of criteria that is not empty."""
        return cls(tuple(inner(part, where) for part, where in some(value, place)))

    def written(self) -> Json:
        """The list of what is inside."""
        return {self.key: [part.written() for part in self.criteria]}

    def parts(self) -> tuple[tuple[str, Criterion], ...]:
        """The criteria of the list."""
        return tuple((f"[{index}]", part) for index, part in enumerate(self.criteria))


class AllOf(Combinator):
    """Every one of these criteria."""

    __slots__ = ()
    key: ClassVar[str] = "all_of"

    def words(self, names: Names) -> str:
        """Each part, joined by “and also”."""
        return ", and also ".join(_inside(part, names) for part in self.criteria)


class AnyOf(Combinator):
    """At least one of these criteria."""

    __slots__ = ()
    key: ClassVar[str] = "any_of"

    def words(self, names: Names) -> str:
        """Each part, joined by “or else”."""
        return ", or else ".join(_inside(part, names) for part in self.criteria)


@dataclass(frozen=True, slots=True)
class FirstThen(Criterion):
    """The first criterion, and once it has been met at all, the second one also."""

    key: ClassVar[str] = "first_then"

    first: Criterion
    then: Criterion

    @classmethod
    def read(cls, value: object, place: str, inner: ReadInner, /) -> FirstThen:
        """Reads `{first, then}`."""
        fields = Fields(value, place, frozenset({"first", "then"}))
        return cls(inner(fields.said("first"), fields.at("first")), inner(fields.said("then"), fields.at("then")))

    def written(self) -> Json:
        """Both criteria."""
        return {self.key: {"first": self.first.written(), "then": self.then.written()}}

    def parts(self) -> tuple[tuple[str, Criterion], ...]:
        """First the first, then the second."""
        return ((".first", self.first), (".then", self.then))

    def words(self, names: Names) -> str:
        """Such as “first …; after that also by …”."""
        return f"first {_inside(self.first, names)}; once that has been met, {_inside(self.then, names)} is enough too"


def _inside(criterion: Criterion, names: Names) -> str:
    said = criterion.words(names)
    return f"({said})" if criterion.parts() else said
