"""Versions of frameworks as people speak of them: whose, which number, what changed and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import NewType
from uuid import UUID

FrameworkId = NewType("FrameworkId", UUID)


@dataclass(frozen=True, slots=True)
class Published:
    """A version of a framework with who made it, when, and what changed."""

    id: FrameworkId
    owner: UUID | None
    owner_name: str
    number: int
    changed: str
    reason: str
    published_at: datetime
    by_name: str

    @property
    def title(self) -> str:
        """What people call it."""
        return f"{self.owner_name or 'National framework'}, version {self.number}"


@dataclass(frozen=True, slots=True)
class Followed:
    """A version that a place follows from a day on, and who decided so."""

    version: Published
    starts_on: date
    decided_by: str
