"""On which terms a service is offered, and what changing the supplier means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from uuid import UUID


class Basis(StrEnum):
    """On what the practice relies when it uses a product."""

    NATIONAL = "national"
    BOARD = "board"
    NETWORK = "network"
    OWN = "own"
    TRIAL = "trial"


BASIS_WORDS: Final = {
    Basis.NATIONAL: "National contract or framework",
    Basis.BOARD: "Bought by the integrated care board",
    Basis.NETWORK: "Bought by the network",
    Basis.OWN: "Our own contract",
    Basis.TRIAL: "A trial",
}


TOLD_LATE: Final = timedelta(days=90)  # how long after a change people are still told of it


@dataclass(frozen=True, slots=True)
class Product:
    """What a service runs on: a system we know, or a product by its name; on which basis; what else is agreed."""

    system: str
    name: str
    basis: Basis
    note: str = ""

    def is_same(self, other: Product) -> bool:
        """Is it the same product, on the same basis?"""
        names = self.name.strip().casefold() == other.name.strip().casefold() if not self.system else True
        return (self.system, self.basis) == (other.system, other.basis) and names


@dataclass(frozen=True, slots=True)
class Term:
    """A product from a day on, and what it changed for colleagues. `ends_on` is the first day it is not used.

    `rollout` is what people are told of it by.
    """

    product: Product
    starts_on: date
    ends_on: date | None
    decided_by: str
    different: str = ""
    rollout: UUID | None = None

    def holds(self, on: date) -> bool:
        """Is it used on a day?"""
        return self.starts_on <= on and (self.ends_on is None or on < self.ends_on)


@dataclass(frozen=True, slots=True)
class Offered:
    """A service as a place offers it, offered it or will, with its terms, the earliest first."""

    service: str
    name: str
    starts_on: date | None
    ends_on: date | None
    terms: tuple[Term, ...] = ()

    def holds(self, on: date) -> bool:
        """Is it offered on a day?"""
        return (self.starts_on is None or self.starts_on <= on) and (self.ends_on is None or on < self.ends_on)

    def term(self, on: date) -> Term | None:
        """What it runs on on a day; None when nobody said."""
        return next((one for one in self.terms if one.holds(on)), None)

    def next_term(self, on: date) -> Term | None:
        """What it will run on after a day; None when no change is known."""
        return next((one for one in self.terms if one.starts_on > on), None)


@dataclass(frozen=True, slots=True)
class Change:
    """What a change of supplier does to the terms there are.

    `before` goes on until the new one begins, or until `ends_on` where the change only calls off what was planned.
    `replaced` were planned and do not come to be, one of them `moved` to another day. The new one `ends_on` the day
    something else began that runs now. `is_told`: do colleagues have something to learn?
    """

    before: Term | None
    replaced: tuple[Term, ...]
    moved: Term | None
    ends_on: date | None
    is_called_off: bool
    is_told: bool


def change(terms: Sequence[Term], product: Product, starts_on: date, today: date) -> Change | None:
    """What running on a product from a day on does to the terms there are; None where it runs on that already.

    What began by today on a later day stays: then something is noted of the time before. What was planned for later
    gives way. A planned change to the same product moves to the new day, up to the next one that is planned.
    """
    later = [one for one in terms if one.starts_on >= starts_on]
    before = next(
        (one for one in terms if one.starts_on < starts_on and one.holds(starts_on - timedelta(days=1))), None
    )
    moved = next((one for one in later if one.product.is_same(product)), None)
    if before is not None and before.product.is_same(product) and before.starts_on > today:
        later, moved = [before, *later], before
        before = next((one for one in terms if one.ends_on == moved.starts_on), None)
    kept = date.max if moved is not None else today
    stay = [one for one in later if starts_on < one.starts_on <= kept and one is not moved]
    ends_on = min((one.starts_on for one in stay), default=None)
    replaced = tuple(one for one in later if ends_on is None or one.starts_on < ends_on)
    moved = moved if moved in replaced else None
    is_back = before is not None and before.product.is_same(product)
    if (is_back and not replaced) or (moved is not None and moved.starts_on == starts_on):
        return None
    is_told = not is_back and (ends_on is None or ends_on > today) and starts_on > today - TOLD_LATE
    return Change(before, replaced, moved, ends_on, is_back, is_told)
