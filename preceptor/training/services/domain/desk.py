"""Whether somebody able to offer a service is on: what a room above works out from the rota."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from .readiness import Wanted


@dataclass(frozen=True, slots=True)
class Asked:
    """A service, and the skills by which it is seen who is able to offer it.

    Whoever is in one of the roles that must be able to offer it is asked what is `wanted` of that role, anybody else
    `everything`.
    """

    service: str
    name: str
    wanted: Mapping[str, tuple[Wanted, ...]]
    everything: tuple[Wanted, ...]


@dataclass(frozen=True, slots=True)
class DeskGap:
    """A day on which nobody able is on in some of its sessions, in words."""

    day: date
    sessions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """In how many of the sessions ahead, until a last day, somebody able is on; and when nobody is."""

    until: date
    sessions: int
    covered: int
    gaps: tuple[DeskGap, ...]
    rota_href: str

    @property
    def is_planned(self) -> bool:
        """Is anybody put down for any of the days?"""
        return self.sessions > 0
