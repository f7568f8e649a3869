"""Whether somebody able to offer a service is on: what a room above works out from the rota."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Asked:
    """A service, and the skills by which it is seen who is able to offer it."""

    service: str
    name: str
    skills: tuple[str, ...]


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
