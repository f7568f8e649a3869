"""Three subjects, beside the cast."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

import pytest
from pytest_django import Settings

from preceptor.compliance.records.actions import add_record
from preceptor.compliance.records.domain import Achievement, HowKnown, RecordId
from preceptor.compliance.subjects.actions import load_subjects
from preceptor.compliance.subjects.domain import Area, Level, Subject, SubjectCode
from preceptor.foundation.access import Viewer
from preceptor.foundation.files import HeldFile
from tests.cast import BUILDER, BUILT_AT, NOW, Cast, Member
from tests.samples import PDF, PNG

__all__ = ["FIRE", "PDF", "PNG", "Ledger", "moment"]

FIRE: Final = Achievement("fire-safety", date(2026, 11, 19))


@pytest.fixture(autouse=True)
def files(settings: Settings, tmp_path: Path) -> Path:
    """Files of this test alone."""
    settings.FILES_ROOT = tmp_path / "files"
    return tmp_path / "files"


@pytest.fixture
def cast(cast: Cast) -> Cast:
    """The cast, with subjects to have records of."""
    subjects = (
        Subject(SubjectCode("fire-safety"), "Fire safety", "safety", aliases=("Fire",)),
        Subject(
            SubjectCode("safeguarding-adults"),
            "Safeguarding adults",
            "safety",
            tuple(Level(number, f"Level {number}") for number in (1, 2, 3)),
        ),
        Subject(SubjectCode("anaphylaxis"), "Anaphylaxis", "safety"),
    )
    load_subjects(by=BUILDER, at=BUILT_AT, areas=(Area("safety", "Safety at work", 1),), subjects=subjects)
    return cast


@dataclass(frozen=True, slots=True)
class Ledger:
    """A short way to write a record."""

    def add(
        self,
        member: Member,
        achievement: Achievement = FIRE,
        *,
        by: Viewer | None = None,
        at: datetime = NOW,
        certificate: HeldFile | None = None,
    ) -> RecordId:
        """The member adds it for themselves, unless someone else does."""
        return add_record(
            by=by or member.viewer,
            at=at,
            person=member.person,
            achievement=achievement,
            how_known=HowKnown.DECLARED,
            certificate=certificate,
        )


@pytest.fixture
def ledger(cast: Cast) -> Ledger:
    """The ledger, beside the cast."""
    return Ledger()


def moment(day: date) -> datetime:
    """Noon of a day."""
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
