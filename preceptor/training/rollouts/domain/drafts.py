"""A draft of a notice as a value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from .notice import Notice, RolloutId
from .rules import Published


@dataclass(frozen=True, slots=True)
class NoticeDraft:
    """A version of a notice in the making, with the versions before it."""

    id: RolloutId
    owner: UUID
    notice: Notice
    revision: int
    changed_by: str
    changed_at: datetime
    earlier: tuple[Published, ...] = ()

    @property
    def number(self) -> int:
        """The number it would have."""
        return len(self.earlier) + 1

    @property
    def must_ask_again(self) -> bool:
        """Does it ask for something else than the version before, so that nobody has done it yet?"""
        return bool(self.earlier) and not self.notice.asks_the_same(self.earlier[-1].notice)
