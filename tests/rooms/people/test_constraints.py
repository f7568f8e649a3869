"""What the database itself refuses about people."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.db import transaction
from django.db.utils import Error

from preceptor.foundation.gates import OutsideActionError, acting
from preceptor.register.organisations.domain import Period
from preceptor.register.people.actions import add_state
from preceptor.register.people.models import Engagement, EngagementTerm, Person, PersonState, TaskHeld
from tests.cast import BUILDER, BUILT_AT, NOW, Cast


def refused(make: Callable[[], object]) -> str:
    with pytest.raises(Error) as error, acting(), transaction.atomic():
        make()
    return str(error.value)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"email": "AISHA.rahman@example.nhs.uk"}, "person_email"),
        ({"given_name": ""}, "person_name"),
        ({"family_name": ""}, "person_name"),
    ],
)
def test_a_person_that_cannot_be_is_refused(cast: Cast, change: dict[str, object], name: str) -> None:
    values: dict[str, Any] = {"given_name": "Ana", "family_name": "Lee", "added_at": NOW} | change

    assert name in refused(lambda: Person.objects.create(**values))


def test_many_people_may_be_without_an_address(cast: Cast) -> None:
    with acting():
        for number in range(2):
            Person.objects.create(given_name="Ana", family_name=f"Lee{number}", added_at=NOW)

    assert Person.objects.filter(email=None).count() == 2


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"starts_on": None}, "term_starts"),
        ({"ends_on": date(2026, 1, 1)}, "term_period"),
        ({"weekly_hours": Decimal(0)}, "term_hours"),
        ({"weekly_hours": Decimal(81)}, "term_hours"),
        ({"superseded_at": NOW - timedelta(days=1)}, "term_belief"),
        ({}, "term_one_believed"),
    ],
)
def test_terms_that_cannot_be_are_refused(cast: Cast, change: dict[str, object], name: str) -> None:
    values: dict[str, Any] = {
        "engagement_id": cast.aisha.engagement,
        "role_id": "practice-nurse",
        "staff_group_id": "nurse",
        "kind_id": "employed",
        "starts_on": date(2026, 1, 1),
        "recorded_at": NOW,
    } | change

    assert name in refused(lambda: EngagementTerm.objects.create(**values))


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"starts_on": date(2026, 1, 1), "ends_on": date(2026, 1, 1)}, "period"),
        ({"superseded_at": NOW - timedelta(days=1)}, "belief"),
    ],
)
def test_a_task_or_a_state_that_cannot_be_is_refused(cast: Cast, change: dict[str, object], name: str) -> None:
    task: dict[str, Any] = {"engagement_id": cast.aisha.engagement, "task_id": "chaperone", "recorded_at": NOW} | change
    state: dict[str, Any] = {"person_id": cast.aisha.person, "state_id": "registered:nmc", "recorded_at": NOW} | change

    assert f"task_held_{name}" in refused(lambda: TaskHeld.objects.create(**task))
    assert f"person_state_{name}" in refused(lambda: PersonState.objects.create(**state))


def test_history_is_not_rewritten(cast: Cast) -> None:
    add_state(by=BUILDER, at=BUILT_AT, person=cast.aisha.person, state="registered:nmc", period=Period())
    terms = EngagementTerm.objects.filter(engagement_id=cast.aisha.engagement)
    tasks = TaskHeld.objects.filter(engagement_id=cast.aisha.engagement)
    states = PersonState.objects.filter(person_id=cast.aisha.person)

    for rows in (terms, tasks, states):
        assert "keeps its history" in refused(partial(rows.update, starts_on=date(2000, 1, 1)))
        assert "keeps its history" in refused(rows.delete)
        with acting():
            assert rows.update(superseded_at=NOW) == 1
        assert "keeps its history" in refused(partial(rows.update, superseded_at=None))


def test_an_engagement_is_never_changed_or_removed(cast: Cast) -> None:
    row = Engagement.objects.filter(pk=cast.mei.engagement)

    assert "append-only" in refused(lambda: row.update(organisation_id=cast.cedar))
    assert "append-only" in refused(lambda: row._raw_delete("default"))


def test_people_are_written_by_actions_alone(cast: Cast) -> None:
    with pytest.raises(OutsideActionError):
        Person.objects.create(given_name="Ana", family_name="Lee", added_at=NOW)
