"""State: a standing outside the records, such as a registration."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from ..reading import Fields, Json
from ..words import Names
from .kind import Criterion, ReadInner


@dataclass(frozen=True, slots=True)
class State(Criterion):
    """The person holds the state."""

    key: ClassVar[str] = "state"

    state: str

    @classmethod
    def read(cls, value: object, place: str, _inner: ReadInner, /) -> State:
        """Reads `{state}`."""
        return cls(Fields(value, place, frozenset({"state"})).text("state"))

    def written(self) -> Json:
        """The one field."""
        return {self.key: {"state": self.state}}

    def words(self, names: Names) -> str:
        """Such as “registered with the NMC”, by the state's name."""
        return f"holds the state “{names.state(self.state)}”"
