"""Versions of programmes as people speak of them: whose, which number, what changed and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from .programme import Programme, ProgrammeId


@dataclass(frozen=True, slots=True)
class Published:
    """A version of a programme with who made it, when, and what changed.

    `base` is the number of the national version it goes back to; `newest` that of the newest there is.
    """

    id: ProgrammeId
    is_own: bool
    number: int
    programme: Programme
    changed: str
    reason: str
    published_at: datetime
    by_name: str
    base: int = 0
    newest: int = 0

    @property
    def title(self) -> str:
        """What people call it."""
        return f"{self.programme.title}, {'' if self.is_own else 'national '}version {self.number}"

    @property
    def is_behind(self) -> bool:
        """Is there a newer national version than the one it was made from?"""
        return self.is_own and self.newest > self.base
