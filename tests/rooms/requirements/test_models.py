"""What the database itself refuses."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.models import Model

from preceptor.compliance.requirements.actions import record_exemption, retire, withdraw_adjustment
from preceptor.compliance.requirements.domain.decisions import Eased
from preceptor.compliance.requirements.models import (
    Adjustment,
    AdjustmentWithdrawal,
    Alternative,
    Citation,
    Requirement,
    RequirementVersion,
    Retirement,
    Source,
    TrainingItem,
)
from preceptor.foundation.gates import acting
from tests.cast import Cast

from .conftest import take

AT = datetime(2026, 11, 9, 9, tzinfo=UTC)


@pytest.fixture
def full(loaded: Cast) -> Cast:
    """A row in every table."""
    fire, safeguarding = take(loaded, "fire-safety", "safeguarding-1")
    adjustment = record_exemption(
        by=loaded.ruth.viewer,
        at=AT,
        engagement=loaded.aisha.engagement,
        requirement=fire.id,
        eased=Eased(date(2026, 11, 1), "Done elsewhere", "Partners"),
    )
    withdraw_adjustment(by=loaded.ruth.viewer, at=AT, adjustment=adjustment, reason="It was not")
    retire(by=loaded.ruth.viewer, at=AT, requirement=safeguarding.id, ends_on=date(2027, 1, 1), reason="Merged")
    return loaded


@pytest.mark.parametrize(
    ("table", "change"),
    [
        (RequirementVersion, {"rationale": "Rewritten"}),
        (Citation, {"says": "Rewritten"}),
        (Alternative, {"says": "Rewritten"}),
        (Retirement, {"reason": "Rewritten"}),
        (Adjustment, {"reason": "Rewritten"}),
        (AdjustmentWithdrawal, {"reason": "Rewritten"}),
        (Adjustment.requirements.through, {"requirement_id": None}),
    ],
)
def test_what_was_written_stays(full: Cast, table: type[Model], change: dict[str, Any]) -> None:
    rows = table._default_manager.all()
    before = list(rows.order_by("pk").values())

    with pytest.raises(DatabaseError, match="append-only: UPDATE refused"), transaction.atomic(), acting():
        rows.update(**change)
    with pytest.raises(DatabaseError, match="append-only: DELETE refused"), transaction.atomic(), acting():
        connection.cursor().execute(f'DELETE FROM "{table._meta.db_table}"')

    assert before
    assert list(rows.order_by("pk").values()) == before


def version_of(cast: Cast, **changes: Any) -> RequirementVersion:
    """Another version of Alder Surgery's fire safety, sound but for the changes."""
    fire = Requirement.objects.get(owner_id=cast.alder, key="fire-safety")
    sound: dict[str, Any] = {
        "requirement": fire,
        "number": 2,
        "starts_on": date(2027, 1, 1),
        "published_at": AT,
        "published_by_name": "Test",
        "audience": "everyone",
        "met_by": {"achieved": {"subject": "fire-safety", "months": 12}},
        "basis": "local",
        "rationale": "Because.",
    }
    return RequirementVersion(**sound | changes)


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("version_number_once", {"number": 1}),
        ("version_start_once", {"starts_on": date(2026, 11, 2)}),
        ("version_period", {"ends_on": date(2027, 1, 1)}),
        ("version_number", {"number": 0}),
        ("version_basis", {"basis": "rumour"}),
        ("version_rationale", {"rationale": ""}),
    ],
)
def test_a_version_keeps_its_rules(full: Cast, constraint: str, changes: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), acting():
        version_of(full, **changes).save()

    with acting():
        version_of(full).save()


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("adjustment_period", {"kind": "pause", "ends_on": date(2026, 12, 1)}),
        ("adjustment_until", {"kind": "extension", "engagement_id": None, "until_on": date(2026, 12, 1)}),
        ("adjustment_reason", {"kind": "pause", "reason": ""}),
        ("adjustment_reason", {"kind": "pause", "authority": ""}),
        ("adjustment_shape", {"kind": "extension", "engagement_id": None}),
        ("adjustment_shape", {"kind": "pause", "until_on": date(2027, 1, 1)}),
        ("adjustment_shape", {"kind": "exemption", "engagement_id": None}),
        ("adjustment_shape", {"kind": "holiday"}),
    ],
)
def test_an_adjustment_keeps_its_rules(full: Cast, constraint: str, changes: dict[str, Any]) -> None:
    sound: dict[str, Any] = {
        "organisation_id": full.alder,
        "engagement_id": full.aisha.engagement,
        "starts_on": date(2026, 12, 1),
        "reason": "Sickness",
        "authority": "Ruth",
        "recorded_at": AT,
        "by_name": "Test",
    }

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), acting():
        Adjustment(**sound | changes).save()

    with acting():
        Adjustment(**sound, kind="pause").save()


def test_an_owner_has_a_key_once_and_so_has_the_catalogue(full: Cast) -> None:
    fire = Requirement.objects.get(owner_id=full.alder, key="fire-safety")

    for owner in (full.alder, None):
        with pytest.raises(IntegrityError, match="requirement_once_per_owner"), transaction.atomic(), acting():
            Requirement.objects.create(key="fire-safety", owner_id=owner, area=fire.area, title="Fire", short="Fire")
    with pytest.raises(IntegrityError, match="requirement_template"), transaction.atomic(), acting():
        Requirement.objects.create(key="fire", owner=None, template=fire, area=fire.area, title="Fire", short="Fire")


def test_small_rows_keep_their_rules(full: Cast) -> None:
    citation, alternative = Citation.objects.order_by("pk")[0], Alternative.objects.order_by("pk")[0]
    fire = Requirement.objects.get(owner_id=full.alder, key="fire-safety")
    adjustment = Adjustment.objects.get()
    twice = {"version": citation.version, "source": citation.source, "position": 1}
    rumour = {"key": "rumour", "title": "Rumour", "publisher": "Nobody", "verified": False}
    refused: list[tuple[str, Model]] = [
        ("citation_position_once", Citation(**twice, followed=True)),
        ("alternative_position_once", Alternative(version=alternative.version, position=1, says="Another")),
        ("source_legal_force", Source(**rumour, legal_force="rumour")),
        ("retirement_reason", Retirement(requirement=fire, ends_on=date(2027, 1, 1), reason="", at=AT)),
        ("adjustment_withdrawal_reason", AdjustmentWithdrawal(adjustment=adjustment, reason="", at=AT)),
    ]

    for constraint, row in refused:
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), acting():
            row.save()


@pytest.mark.parametrize(
    ("constraint", "changes"),
    [
        ("training_item_percent", {"percent": 0}),
        ("training_item_percent", {"percent": 101}),
        ("starts_on", {"starts_on": date(2026, 7, 1)}),
    ],
)
def test_a_training_item_keeps_its_rules(loaded: Cast, constraint: str, changes: dict[str, Any]) -> None:
    sound: dict[str, Any] = {
        "key": "first",
        "starts_on": date(2026, 7, 1),
        "percent": 90,
        "subject_id": "data-security",
        "item": "3.2.1",
        "source": Source.objects.order_by("key")[0],
        "verified": True,
    }
    with acting():
        TrainingItem(**sound).save()

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), acting():
        TrainingItem(**sound | {"key": "other", "starts_on": date(2027, 7, 1)} | changes).save()
