"""What people say of a place's word that they work there. Nobody says it for them."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404

from preceptor.foundation.access import Can, Viewer
from preceptor.foundation.actions import Refusal, action, concerning
from preceptor.foundation.facts import known, supersede

from ..domain import EngagementId, PersonId
from ..models import ClaimAnswer, EngagementTerm
from ..queries import engagement_by_id, terms_of
from .steps import lock, state_terms


@action("engagement.confirmed", may=Can.CONFIRM_WORK)
def confirm_engagement(*, by: Viewer, at: datetime, engagement: EngagementId) -> None:
    """Says that one works where a place says one does: from now on it sees one's records. Refuses what is answered."""
    _answer(by, at, engagement, is_yes=True)


@action("engagement.denied", may=Can.CONFIRM_WORK)
def deny_engagement(*, by: Viewer, at: datetime, engagement: EngagementId) -> None:
    """Says that one does not work there: the engagement never was, and the place keeps only what it wrote itself."""
    for row in _answer(by, at, engagement, is_yes=False):
        supersede(EngagementTerm.objects.filter(pk=row.pk), at)
        state_terms(at, EngagementId(row.engagement_id), terms_of(row), void=True)


def _answer(by: Viewer, at: datetime, engagement: EngagementId, *, is_yes: bool) -> list[EngagementTerm]:
    """Answers every claim of the same place that waits, and says what the terms of those engagements are."""
    asked = engagement_by_id(by.scope(Can.CONFIRM_WORK), engagement).engagement
    if asked.person_id != by.person:
        raise Http404
    concerning(asked.organisation_id)
    lock(PersonId(asked.person_id))
    rows = EngagementTerm.objects.filter(
        known(None),
        void=False,
        engagement__person_id=asked.person_id,
        engagement__organisation_id=asked.organisation_id,
        engagement__claim__isnull=False,
        engagement__claim__answer=None,
    )
    waiting = list(rows.order_by("pk"))
    if engagement not in {row.engagement_id for row in waiting}:
        raise Refusal("You have answered this already")
    ClaimAnswer.objects.bulk_create(
        ClaimAnswer(claim_id=row.engagement_id, is_yes=is_yes, at=at, by=by.user, by_name=by.name) for row in waiting
    )
    return waiting
