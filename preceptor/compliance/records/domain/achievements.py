"""What was achieved, and the rules it keeps."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final, NewType
from uuid import UUID

RecordId = NewType("RecordId", UUID)
ImportRunId = NewType("ImportRunId", UUID)

EARLIEST: Final = date(1950, 1, 1)
LONGEST_MINUTES: Final = 60_000


class RecordKind(StrEnum):
    """What sort of thing was done."""

    COURSE = "course"
    SESSION = "session"
    ASSESSMENT = "assessment"
    SIGN_OFF = "sign-off"
    REFLECTION = "reflection"
    LOG = "log"


KIND_NAMES: Final[Mapping[RecordKind, str]] = {
    RecordKind.COURSE: "Course or e-learning",
    RecordKind.SESSION: "Taught or live session",
    RecordKind.ASSESSMENT: "Assessment",
    RecordKind.SIGN_OFF: "Sign-off by a named person",
    RecordKind.REFLECTION: "Written reflection",
    RecordKind.LOG: "Logged procedure or activity",
}


class HowKnown(StrEnum):
    """How we know that it happened."""

    CERTIFICATE = "certificate"
    COPY = "copy"
    DECLARED = "declared"
    OBSERVED = "observed"
    IMPORTED = "imported"


HOW_NAMES: Final[Mapping[HowKnown, str]] = {
    HowKnown.CERTIFICATE: "Certificate seen",
    HowKnown.COPY: "Copy of a certificate",
    HowKnown.DECLARED: "Declared by the person",
    HowKnown.OBSERVED: "Observed",
    HowKnown.IMPORTED: "Imported from another list",
}


class NotAllowedError(ValueError):
    """The record cannot be like that; the message says why, and `field` names the question it belongs to."""

    def __init__(self, message: str, field: str) -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Achievement:
    """Something a person did on a day, before anyone has written it down."""

    subject: str
    on: date
    level: int = 1
    kind: RecordKind = RecordKind.COURSE
    minutes: int = 0
    participatory: bool = False
    expires_on: date | None = None
    title: str = ""
    provider: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        """Refuses days and lengths that cannot be."""
        if self.on < EARLIEST:
            raise NotAllowedError(f"Date finished must be in {EARLIEST.year} or later", "on")
        if self.expires_on and self.expires_on < self.on:
            raise NotAllowedError("The last valid day must not be before the date finished", "expires_on")
        if self.level < 1:
            raise NotAllowedError("Level must be 1 or more", "subject")
        if not 0 <= self.minutes <= LONGEST_MINUTES:
            raise NotAllowedError(f"Minutes must be between 0 and {LONGEST_MINUTES:,}", "minutes")

    @property
    def key(self) -> tuple[str, int, date, RecordKind]:
        """What makes two of one person's achievements the same thing to an import."""
        return (self.subject, self.level, self.on, self.kind)


def refuse_future(achievement: Achievement, today: date) -> None:
    """Refuses what would have been done after today. Says nothing if all is well."""
    if achievement.on > today:
        raise NotAllowedError("Date finished must be today or in the past", "on")
