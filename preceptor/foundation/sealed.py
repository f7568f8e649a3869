"""A value that is its giver's alone, on its way to the action that may use it."""

from __future__ import annotations

from typing import Generic, TypeVar

T = TypeVar("T")


class Sealed(Generic[T]):
    """Shows itself to nobody who does not ask for it by name: the journal says only that there was one."""

    __slots__ = ("_value",)

    def __init__(self, value: T) -> None:
        self._value = value

    def __repr__(self) -> str:
        return "sealed"

    def reveal(self) -> T:
        """The value itself."""
        return self._value
