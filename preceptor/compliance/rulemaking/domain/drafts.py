"""A draft as a value: whose it is, what it would change, how far it is, and who touched it last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NewType
from uuid import UUID

from preceptor.compliance.requirements.domain.held import HeldRequirement, HeldVersion

from .answers import Answers
from .effects import NEW, Change

DraftId = NewType("DraftId", UUID)


@dataclass(frozen=True, slots=True)
class Draft:
    """A version in the making. `requirement` is None while there is none to change: then it is a new one.

    `published` is the number it was published as, after which it is kept and changes no more.
    """

    id: DraftId
    owner: UUID
    requirement: HeldRequirement | None
    answers: Answers
    revision: int
    started_by: str
    started_at: datetime
    changed_by: str
    changed_at: datetime
    published: int | None = None

    @property
    def title(self) -> str:
        """What it is about."""
        if self.requirement:
            return self.requirement.title
        return self.answers.called.title if self.answers.called else "New requirement"

    @property
    def earlier(self) -> tuple[HeldVersion, ...]:
        """The versions before it."""
        held = self.requirement.versions if self.requirement else ()
        return tuple(one for one in held if self.published is None or one.number < self.published)

    @property
    def latest(self) -> HeldVersion | None:
        """The version it takes over from."""
        return self.earlier[-1] if self.earlier else None

    @property
    def number(self) -> int:
        """The number it has, or would have."""
        return self.published or len(self.earlier) + 1

    @property
    def change(self) -> Change | None:
        """What it would change, or did when it was published; None while too little is said."""
        version = self.answers.version
        latest = self.latest
        if version is None or (latest and version.starts_on <= latest.rule.starts_on):
            return None
        return Change(
            requirement=str(self.requirement.id) if self.requirement else NEW,
            earlier=tuple(one.rule for one in self.earlier),
            version=version,
            minutes_before=(latest.decision.minutes or 0) if latest else 0,
            minutes_after=(self.answers.decision.minutes or 0) if self.answers.decision else 0,
        )
