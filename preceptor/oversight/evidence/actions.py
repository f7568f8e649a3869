"""Freezing and endorsing a training needs analysis."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from django.db.models import Max

from preceptor.foundation.access import Can, Viewer
from preceptor.foundation.actions import Refusal, action
from preceptor.foundation.dates import london_date
from preceptor.foundation.files import StoredFile, keep
from preceptor.foundation.typesetting import MEDIA_TYPE, typeset
from preceptor.register.models import Organisation
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_id

from .domain import PRINTED, Endorsing, digest_of, endorsed, printed, text_of
from .models import EndorsedAnalysis
from .queries import analysis_of


@action("analysis.endorsed", may=Can.ENDORSE)
def endorse(
    *, by: Viewer, at: datetime, organisation: OrganisationId, published_on: date, endorsing: Endorsing, seen: str
) -> int:
    """Freezes a place's analysis of today with who endorsed it, and says its number.

    `seen` is the digest of the living analysis that the endorser read: refuses when it has changed since. Refuses a
    day to come, a review that is not after it, and an analysis of nobody or of nothing.
    """
    scope, today = by.scope(Can.ENDORSE), london_date(at)
    place = organisation_by_id(scope, organisation)
    said = replace(
        endorsing, by=endorsing.by.strip(), effect=endorsing.effect.strip(), telling=endorsing.telling.strip()
    )
    _refuse_unsaid(said, today)
    Organisation.objects.select_for_update().get(pk=place.pk)
    living = analysis_of(scope, place.pk, today, published_on)
    if living.is_empty:
        raise Refusal("There is nothing to endorse yet: nobody is here, or nothing is required")
    if digest_of(text_of(living)) != seen:
        raise Refusal("The analysis has changed since you opened this page. Read it again, then endorse it")
    number = (EndorsedAnalysis.objects.filter(organisation=place).aggregate(last=Max("number"))["last"] or 0) + 1
    frozen = endorsed(living, said, by.name)
    text = text_of(frozen)
    digest = digest_of(text)
    row = EndorsedAnalysis.objects.create(
        organisation=place,
        number=number,
        content=text,
        sha256=digest,
        pdf=_pdf(
            f"training-needs-{place.code}-{number}.pdf", typeset(PRINTED, printed(frozen, number, digest), at), at, by
        ),
        endorsed_by=said.by,
        endorsed_on=said.on,
        review_by=said.review_by,
        published_on=published_on,
        recorded_at=at,
        by=by.user,
        by_name=by.name,
    )
    return row.number


def _refuse_unsaid(said: Endorsing, today: date) -> None:
    if not said.by:
        raise Refusal("Say who endorsed it", field="endorsed_by")
    if said.on > today:
        raise Refusal("The day of endorsement must be today or in the past", field="endorsed_on")
    if said.review_by <= said.on:
        raise Refusal("The review date must be after the day of endorsement", field="review_by")


def _pdf(name: str, content: bytes, at: datetime, by: Viewer) -> StoredFile:
    return StoredFile.objects.create(
        sha256=keep(content),
        name=name,
        media_type=MEDIA_TYPE,
        size=len(content),
        stored_at=at,
        stored_by=by.user,
    )
