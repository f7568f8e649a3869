"""Which day a page shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.http import urlencode

from preceptor.ui.pages import Link
from preceptor.ui.words import day


@dataclass(frozen=True, slots=True)
class AsOf:
    """Which day is shown, and with what knowledge."""

    on: date
    today: date
    known_then: bool
    other_knowledge: Link | None
    back_to_today: Link | None

    @property
    def is_today(self) -> bool:
        """Is the day shown today?"""
        return self.on == self.today

    @property
    def query(self) -> dict[str, str]:
        """What to add to an address so that it shows the same day with the same knowledge."""
        if self.is_today:
            return {}
        said = {"on_day": str(self.on.day), "on_month": str(self.on.month), "on_year": str(self.on.year)}
        return said | ({"known": "then"} if self.known_then else {})


def as_of(path: str, query: Mapping[str, str], on: date, today: date, *, known_then: bool) -> AsOf:
    """The day a page at this path shows, with the links that change the day or the knowledge and keep the rest."""
    rest = {key: value for key, value in query.items() if value and not key.startswith("on_") and key != "known"}
    dated = rest | {"on_day": str(on.day), "on_month": str(on.month), "on_year": str(on.year)}
    other = None
    if on < today:
        words = "With what is known now" if known_then else f"As it was known on {day(on)}"
        other = Link(words, address(path, dated | ({} if known_then else {"known": "then"})))
    return AsOf(on, today, known_then, other, Link("Back to today", address(path, rest)))


def address(path: str, query: Mapping[str, str]) -> str:
    """A path with its query, leaving out what is empty."""
    kept = {key: value for key, value in query.items() if value}
    return f"{path}?{urlencode(kept)}" if kept else path
