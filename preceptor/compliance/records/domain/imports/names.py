"""What names in files mean at one organisation, as somebody there, or its hub, once said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from preceptor.compliance.subjects.domain import Likely, Named, SubjectCode, plain_name


class Pick(StrEnum):
    """What can be said of a name that no subject goes by."""

    SUBJECT = "subject"
    LEAVE_OUT = "leave-out"
    ASK = "ask"
    FORGET = "forget"


@dataclass(frozen=True, slots=True)
class NameSaid:
    """One thing that was said of a name: what it means if it means anything, when, and by whom."""

    words: str
    pick: Pick
    means: Named | None
    at: datetime
    by: str

    @property
    def name(self) -> str:
        """The name without case, punctuation and spare spaces, as names are compared."""
        return plain_name(self.words)


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name in a file that no subject goes by: how often it stands there, and what it may well mean."""

    words: str
    count: int
    likely: tuple[Likely, ...]


def last_words(said: Iterable[NameSaid]) -> Mapping[str, NameSaid]:
    """The last word on each name, by name, of all that was said in order; what was taken back is forgotten."""
    found: dict[str, NameSaid] = {}
    for one in said:
        found.pop(one.name, None)
        if one.pick is not Pick.FORGET:
            found[one.name] = one
    return found


def meaning(code: str, level: int) -> Named:
    """A subject and a level as a name may mean them."""
    return Named(SubjectCode(code), level)
