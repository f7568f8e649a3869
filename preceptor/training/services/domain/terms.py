"""On which terms a service is offered, and what changing the supplier means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final


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


@dataclass(frozen=True, slots=True)
class Product:
    """What a service runs on: a system we know, or a product by its name; on which basis; what else is agreed."""

    system: str
    name: str
    basis: Basis
    note: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """A product from a day on, and what it changed for colleagues. `ends_on` is the first day it is not used."""

    product: Product
    starts_on: date
    ends_on: date | None
    decided_by: str
    different: str = ""

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


def following(terms: Sequence[Term], starts_on: date) -> tuple[Term, ...]:
    """The terms that a change from a day on takes over from: those that hold then or begin later."""
    return tuple(one for one in terms if one.ends_on is None or one.ends_on > starts_on)


def present(offered: Iterable[Offered], on: date) -> list[Offered]:
    """The services offered on a day, in the order given."""
    return [one for one in offered if one.holds(on)]
