"""An endorsed analysis for the tests of every door and every page."""

from __future__ import annotations

from datetime import datetime, timedelta

from preceptor.foundation.access import EVERYWHERE
from preceptor.foundation.dates import london_date
from preceptor.oversight.evidence.actions import endorse
from preceptor.oversight.evidence.domain import Endorsing, digest_of, text_of
from preceptor.oversight.evidence.queries import analysis_of
from preceptor.register.organisations.domain import OrganisationId
from tests.cast import BUILDER


def seen_at(place: OrganisationId, at: datetime) -> str:
    """The digest of a place's living analysis."""
    today = london_date(at)
    return digest_of(text_of(analysis_of(EVERYWHERE, place, today, today)))


def endorsed_at(place: OrganisationId, at: datetime) -> int:
    """A version of a place's analysis, endorsed that day; its number."""
    today = london_date(at)
    return endorse(
        by=BUILDER,
        at=at,
        organisation=place,
        published_on=today,
        endorsing=Endorsing("Partners’ meeting", today, today + timedelta(days=365)),
        seen=seen_at(place, at),
    )
