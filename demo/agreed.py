"""What was agreed on top of the rules: what counts as what, what names in files mean, and an analysis that stands."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from preceptor.compliance.records.actions import pick_names
from preceptor.compliance.records.domain.imports import Pick, meaning
from preceptor.compliance.subjects.actions import add_equivalence
from preceptor.compliance.subjects.domain import Equivalence, SubjectCode
from preceptor.foundation.access import EVERYWHERE, Viewer
from preceptor.foundation.dates import add_months
from preceptor.oversight.evidence.actions import endorse
from preceptor.oversight.evidence.domain import Endorsing, digest_of, text_of
from preceptor.oversight.evidence.queries import analysis_of
from preceptor.register.organisations.domain import OrganisationId

from .places import HUB
from .spans import ago, at, working_day

ENDORSED: Final = "A81001"
_NAMING: Final = "A81002"
_ASKING: Final = "A81004"


def count_as(by: Viewer, places: Mapping[str, OrganisationId], today: date) -> None:
    """Lets the hub approve that the live sessions of Oliver McGowan are awareness of learning disability too."""
    add_equivalence(
        by=by,
        at=at(working_day(ago("5m", today)), 11),
        equivalence=Equivalence(SubjectCode("oliver-mcgowan-live"), 1, SubjectCode("learning-disability-autism"), 1),
        approved_by="Vale safeguarding and disability forum",
        reason="The live session covers the awareness course and goes beyond it",
        owner=places[HUB],
    )


def name(by: Mapping[str, Viewer], places: Mapping[str, OrganisationId], today: date) -> None:
    """Lets one practice say what a name in its files means, and another ask the hub about one."""
    day = working_day(ago("3m", today))
    known = {"BLS and AED, annual refresher": (Pick.SUBJECT, meaning("resuscitation", 1))}
    pick_names(by=by[_NAMING], at=at(day, 15), organisation=places[_NAMING], picks=known)
    asked = {"IRIS session for receptionists": (Pick.ASK, None)}
    pick_names(by=by[_ASKING], at=at(working_day(ago("2w", today)), 10), organisation=places[_ASKING], picks=asked)


def endorse_analysis(by: Mapping[str, Viewer], places: Mapping[str, OrganisationId], today: date) -> None:
    """Lets one practice freeze its training needs analysis before the toolkit was due, by those who answer for it."""
    day, place = working_day(ago("5m", today)), places[ENDORSED]
    endorse(
        by=by[ENDORSED],
        at=at(day, 13),
        organisation=place,
        published_on=day,
        endorsing=Endorsing(
            by="Dr Helen Marsh, Caldicott Guardian, for the partners",
            on=day,
            review_by=add_months(day, 12),
            effect="Phishing tests every quarter, and incidents looked at together.",
            telling="At induction, at the team meeting, and on everybody’s own list.",
        ),
        seen=digest_of(text_of(analysis_of(EVERYWHERE, place, day, day))),
    )
