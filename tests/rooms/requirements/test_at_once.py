"""Two changes at once do not meet: each test commits, and its database is emptied after it."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from preceptor.compliance.packs.actions import adopt, publish_national, publish_pack
from preceptor.compliance.packs.models import PackAdoption, PackAnswer
from preceptor.compliance.packs.queries.offered import national_pack
from preceptor.compliance.requirements.actions import (
    publish_version,
)
from preceptor.compliance.requirements.domain.catalogue import Catalogue
from preceptor.compliance.requirements.domain.versions import written_version
from preceptor.compliance.requirements.models import RequirementVersion
from preceptor.foundation.access import Role
from preceptor.foundation.actions import Refusal
from preceptor.register.accounts.actions import give_role
from preceptor.register.accounts.models import RoleHeld
from preceptor.register.people.actions import add_person
from preceptor.register.people.domain import PersonDetails, PersonId, Terms
from preceptor.register.people.models import Person
from tests.cast import BUILDER, Cast, build
from tests.rooms.at_once import meanwhile

from .conftest import take

AT = datetime(2026, 11, 9, 9, tzinfo=UTC)


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """Alder Surgery and its people, seen by every connection."""
    return build()


def test_adopting_waits_for_a_version_that_is_being_published(small_catalogue: Catalogue, loaded: Cast) -> None:
    (fire,) = take(loaded, "fire-safety")
    held = fire.versions[-1]
    rule = written_version(held.rule) | {"from": "2026-12-01", "transition": {"at_renewal": {}}}

    (outcome,) = meanwhile(
        lambda: publish_version(by=loaded.ruth.viewer, at=AT, requirement=fire.id, rule=rule, decision=held.decision),
        lambda: take(loaded, "fire-safety", on=date(2027, 1, 1), at=AT),
    )

    assert not isinstance(outcome, Exception), outcome
    assert list(RequirementVersion.objects.filter(requirement_id=fire.id).values_list("number", flat=True)) == [1, 2]


def test_one_address_added_twice_at_once_and_one_role_given_twice_at_once_are_refused_in_words(cast: Cast) -> None:
    def add(given_name: str) -> PersonId:
        return add_person(
            by=cast.ruth.viewer,
            at=AT,
            organisation=cast.alder,
            details=PersonDetails(given_name, "Whitlock", email="dean@example.nhs.uk"),
            terms=Terms("receptionist", "admin", "employed", date(2026, 11, 2)),
        )

    def give() -> None:
        give_role(by=BUILDER, at=AT, engagement=cast.aisha.engagement, role=Role.MANAGER)

    (added,) = meanwhile(lambda: add("Dean"), lambda: add("Dina"))
    (given,) = meanwhile(give, give)

    assert isinstance(added, Refusal)
    assert (added.field, "Someone was added with this email address just now" in added.message) == ("email", True)
    assert isinstance(given, Refusal)
    assert given.message == "They already have this role"
    assert Person.objects.filter(email="dean@example.nhs.uk").count() == 1
    assert RoleHeld.objects.filter(engagement_id=cast.aisha.engagement).count() == 1


def test_a_pack_adopted_twice_at_once_and_one_made_twice_at_once_are_there_once(
    small_catalogue: Catalogue, loaded: Cast
) -> None:
    publish_national(by=BUILDER, at=AT)
    national = national_pack()
    assert national is not None

    def ruth_adopts() -> object:
        return adopt(
            by=loaded.ruth.viewer,
            at=AT,
            organisation=loaded.alder,
            pack=national.id,
            wanted=["fire-safety"],
            starts_on=AT.date(),
            decided_by="Partners",
            decided_on=AT.date(),
        )

    def publish() -> int:
        return publish_pack(
            by=loaded.gareth.viewer,
            at=AT,
            organisation=loaded.hub,
            name="Vale pack",
            wanted=["fire-safety"],
            note="To start from",
        )

    (adopted,) = meanwhile(ruth_adopts, ruth_adopts)
    (made,) = meanwhile(publish, publish)

    assert not isinstance(adopted, Exception), adopted
    assert PackAdoption.objects.filter(organisation_id=loaded.alder).count() == 1
    assert PackAnswer.objects.filter(organisation_id=loaded.alder, key="fire-safety").count() == 1
    assert isinstance(made, Refusal)
    assert made.message.startswith("It holds what the version before held")
