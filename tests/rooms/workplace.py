"""Alder Surgery at work: the cast, the national catalogue, what the practice asks, and what people have done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from typing import Final

from preceptor.compliance.packs.actions import publish_national
from preceptor.compliance.packs.jobs import start
from preceptor.compliance.records.actions import add_record
from preceptor.compliance.records.domain import Achievement, HowKnown, RecordId
from preceptor.compliance.requirements.domain.catalogue import Catalogue
from preceptor.compliance.requirements.jobs import catalogue_in, load_everything
from preceptor.foundation.access import Viewer
from preceptor.foundation.dates import end_of_day
from tests.cast import ALDER, BIRCH, BUILDER, BUILT_AT, Cast, Member

SINCE: Final = date(2025, 2, 1)


@dataclass(frozen=True, slots=True)
class Workplace:
    """The cast, and short ways to let things happen to it."""

    cast: Cast

    @property
    def now(self) -> datetime:
        """The moment the site thinks it is."""
        return datetime.now(UTC)

    def did(self, member: Member, subject: str, on: date, *, level: int = 1, by: Viewer | None = None) -> RecordId:
        """Someone did something on a day, and it was written down that evening: by the system unless said otherwise."""
        return self.did_later(member, subject, on, end_of_day(on), level=level, by=by)

    def did_later(
        self, member: Member, subject: str, on: date, at: datetime, *, level: int = 1, by: Viewer | None = None
    ) -> RecordId:
        """Someone did something on a day, and it was written down at another moment."""
        return add_record(
            by=by or BUILDER,
            at=at,
            person=member.person,
            achievement=Achievement(subject, on, level),
            how_known=HowKnown.DECLARED,
        )


def build(cast: Cast) -> Workplace:
    """The cast with the starter pack adopted at Alder Surgery and at Birch Health Centre."""
    load_everything(BUILDER, BUILT_AT, _catalogue())
    publish_national(by=BUILDER, at=BUILT_AT)
    for code in (ALDER, BIRCH):
        start(
            BUILDER, BUILT_AT, code=code, starts_on=SINCE, decided_by="Partners’ meeting", decided_on=date(2025, 1, 6)
        )
    return Workplace(cast)


@cache
def _catalogue() -> Catalogue:
    return catalogue_in()
