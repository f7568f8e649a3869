"""Somebody a place says works there, who has not said yes: it judges and names them by what it knows itself."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from preceptor.compliance.records.actions import add_record
from preceptor.compliance.records.domain import Achievement, HowKnown
from preceptor.compliance.standing.queries import loaded_of
from preceptor.compliance.subjects.actions import load_subjects
from preceptor.compliance.subjects.domain import Area, Subject, SubjectCode
from preceptor.foundation.access import Can
from preceptor.register.organisations.domain import ALWAYS
from preceptor.register.people import actions
from preceptor.register.people.domain import EngagementId, PersonDetails, Terms
from preceptor.register.people.queries import engagements_of
from tests.cast import BUILDER, BUILT_AT, NOW, Cast

pytestmark = pytest.mark.django_db
TYPED = PersonDetails("H", "marsh", "", "helen.marsh@example.nhs.uk", "999")


def test_until_they_say_yes_nothing_known_elsewhere_is_judged_or_named(cast: Cast) -> None:
    fire = Subject(SubjectCode("fire-safety"), "Fire safety", "safety")
    load_subjects(by=BUILDER, at=BUILT_AT, areas=(Area("safety", "Safety at work", 1),), subjects=(fire,))
    helen, scope = cast.helen.person, cast.owen.viewer.scope(Can.SEE_STANDING)
    actions.add_state(by=cast.ruth.viewer, at=NOW, person=helen, state="registered:gmc", period=ALWAYS)
    add_record(
        by=BUILDER,
        at=BUILT_AT,
        person=helen,
        achievement=Achievement("fire-safety", date(2024, 5, 4)),
        how_known=HowKnown.IMPORTED,
    )
    terms = Terms("gp-salaried", "gp", "employed", date(2026, 11, 2))
    actions.add_person(by=cast.owen.viewer, at=NOW, organisation=cast.cedar, details=TYPED, terms=terms)
    (row,) = engagements_of(cast.owen.viewer.scope(Can.SEE_PEOPLE), helen)

    unsure = loaded_of(scope, cast.cedar, person=helen)
    assert [seat.name for seat in unsure.seats.values()] == ["H marsh"]
    assert [one.states for one in unsure.world.people] == [()]
    assert unsure.world.records == ()

    engagement = EngagementId(row.engagement_id)
    actions.confirm_engagement(by=cast.helen.viewer, at=NOW + timedelta(hours=1), engagement=engagement)

    sure = loaded_of(scope, cast.cedar, person=helen)
    assert [seat.name for seat in sure.seats.values()] == ["Dr Helen Marsh"]
    assert [[state.value for state in one.states] for one in sure.world.people] == [["registered:gmc"]]
    assert [one.subject for one in sure.world.records] == ["fire-safety"]
