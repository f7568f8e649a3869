"""What the database itself refuses about accounts."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import Error

from preceptor.foundation.access import Role
from preceptor.foundation.gates import OutsideActionError, acting
from preceptor.register.accounts.actions import give_role
from preceptor.register.accounts.models import RoleHeld, User
from tests.cast import BUILDER, NOW, Cast


def refused(make: Any) -> str:
    with pytest.raises(Error) as error, acting(), transaction.atomic():
        make()
    return str(error.value)


def test_two_accounts_never_share_an_address_however_it_is_written(cast: Cast) -> None:
    with pytest.raises(IntegrityError, match="user_email"), transaction.atomic():
        User.objects.filter(pk=cast.aisha.user).update(email="RUTH.okafor@example.nhs.uk")


def test_a_person_has_one_account(cast: Cast) -> None:
    with pytest.raises(IntegrityError, match="person_id"), transaction.atomic():
        User.objects.create(person_id=cast.aisha.person, email="other@example.nhs.uk")


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"role": "king"}, "role_held_role"),
        ({"starts_on": date(2026, 1, 1), "ends_on": date(2026, 1, 1)}, "role_held_period"),
        ({"superseded_at": NOW - timedelta(days=1)}, "role_held_belief"),
    ],
)
def test_a_role_that_cannot_be_is_refused(cast: Cast, change: dict[str, object], name: str) -> None:
    values: dict[str, Any] = {"engagement_id": cast.aisha.engagement, "role": "manager", "recorded_at": NOW} | change

    assert name in refused(lambda: RoleHeld.objects.create(**values))


def test_roles_held_keep_their_history(cast: Cast) -> None:
    give_role(by=BUILDER, at=NOW, engagement=cast.aisha.engagement, role=Role.MANAGER)
    held = RoleHeld.objects.filter(engagement_id=cast.aisha.engagement)

    assert "keeps its history" in refused(lambda: held.update(role="administrator"))
    assert "keeps its history" in refused(held.delete)


def test_a_role_is_written_by_actions_alone(cast: Cast) -> None:
    with pytest.raises(OutsideActionError):
        RoleHeld.objects.create(engagement_id=cast.aisha.engagement, role="manager", recorded_at=NOW)
