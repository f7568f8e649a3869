"""Changes to organisations: what they leave behind, and what they refuse."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Model
from django.db.utils import Error
from django.http import Http404
from pytest_django import DjangoAssertNumQueries

from preceptor.foundation.access import EVERYWHERE, Can
from preceptor.foundation.actions import Refusal
from preceptor.foundation.facts import known
from preceptor.foundation.gates import acting
from preceptor.register.organisations import actions
from preceptor.register.organisations.domain import ALWAYS, Kind, NewOrganisation, Period
from preceptor.register.organisations.models import Organisation, Parent, ServiceOffered, SystemUsed
from preceptor.register.organisations.queries import (
    beneath_today,
    children_of,
    organisation_by_code,
    organisation_by_id,
    organisations_in,
    parents_of,
    relations,
    services_of,
    systems_of,
)
from tests.cast import BUILDER, NOW, TODAY, Cast

LATER = NOW + timedelta(hours=1)
SYSTEMS = [("emis-web", "EMIS Web", "EMIS Health", "clinical record"), ("docman", "Docman", "", "documents")]
SERVICES = [("online-records", "Online record access")]


@pytest.fixture
def lists(cast: Cast) -> Cast:
    """The cast, with a few systems and services to choose from."""
    actions.load_systems(by=BUILDER, at=NOW, systems=SYSTEMS)
    actions.load_services(by=BUILDER, at=NOW, services=SERVICES)
    return cast


def test_an_organisation_is_added_once(cast: Cast) -> None:
    key = actions.add_organisation(
        by=cast.priya.viewer, at=NOW, new=NewOrganisation("A81009", "Dale Surgery", Kind.PRACTICE)
    )

    assert str(organisation_by_id(EVERYWHERE, key)) == "Dale Surgery (A81009)"
    with pytest.raises(Refusal, match="already in the register") as refused:
        actions.add_organisation(by=cast.priya.viewer, at=NOW, new=NewOrganisation("A81009", "Another", Kind.PRACTICE))
    assert refused.value.field == "code"


@pytest.mark.parametrize("who", ["ruth", "nadia", "gareth", "tomasz"])
def test_only_an_administrator_adds_organisations(cast: Cast, who: str) -> None:
    with pytest.raises(PermissionDenied):
        actions.add_organisation(
            by=getattr(cast, who).viewer, at=NOW, new=NewOrganisation("A81009", "Dale Surgery", Kind.PRACTICE)
        )


def test_a_manager_renames_their_own_place_only(cast: Cast) -> None:
    actions.rename_organisation(by=cast.ruth.viewer, at=NOW, organisation=cast.alder, name=" Alder House ")

    assert organisation_by_id(EVERYWHERE, cast.alder).name == "Alder House"
    with pytest.raises(Http404):
        actions.rename_organisation(by=cast.ruth.viewer, at=NOW, organisation=cast.birch, name="Mine")
    with pytest.raises(Refusal, match="Enter the organisation"):
        actions.rename_organisation(by=cast.ruth.viewer, at=NOW, organisation=cast.alder, name="  ")


@pytest.mark.parametrize(
    ("child", "parent", "words"),
    [
        ("network", "alder", "cannot belong directly"),
        ("alder", "network", "already belongs to a primary care network"),
        ("alder", "alder", "cannot belong directly"),
    ],
)
def test_a_parent_that_cannot_be_is_refused(cast: Cast, child: str, parent: str, words: str) -> None:
    with pytest.raises(Refusal, match=words) as refused:
        actions.add_parent(
            by=BUILDER, at=NOW, organisation=getattr(cast, child), parent=getattr(cast, parent), period=ALWAYS
        )

    assert refused.value.field == "parent"


def test_a_place_changes_its_network_from_a_day_and_the_past_stays_known(cast: Cast) -> None:
    other = actions.add_organisation(by=BUILDER, at=NOW, new=NewOrganisation("U10002", "Hill PCN", Kind.PCN))
    actions.end_parent(by=BUILDER, at=NOW, organisation=cast.alder, parent=cast.network, ends_on=date(2026, 4, 1))
    actions.add_parent(by=BUILDER, at=NOW, organisation=cast.alder, parent=other, period=Period(date(2026, 4, 1)))

    assert cast.alder in beneath_today(cast.network, date(2026, 3, 31))
    assert cast.alder not in beneath_today(cast.network, date(2026, 4, 1))
    assert cast.alder in beneath_today(other, date(2026, 4, 1))
    before = [one.period for one in relations(EVERYWHERE, NOW - timedelta(seconds=1)) if one.child == cast.alder]
    assert before == [Period(date(2019, 7, 1))]
    assert [(row.parent.code, row.ends_on) for row in parents_of(EVERYWHERE, cast.alder)] == [
        ("U10002", None),
        ("U10001", date(2026, 4, 1)),
    ]


def test_a_relation_that_is_not_there_or_ends_too_early_is_refused(cast: Cast) -> None:
    with pytest.raises(Refusal, match="before the first") as refused:
        actions.end_parent(by=BUILDER, at=NOW, organisation=cast.alder, parent=cast.network, ends_on=date(2019, 7, 1))
    with pytest.raises(Refusal, match="does not belong"):
        actions.end_parent(by=BUILDER, at=NOW, organisation=cast.cedar, parent=cast.network, ends_on=TODAY)

    assert refused.value.field == "ends_on"


def test_a_system_and_a_service_are_started_and_stopped(lists: Cast) -> None:
    by, place = lists.ruth.viewer, lists.alder
    since, until = Period(date(2020, 1, 1)), date(2026, 6, 1)
    actions.start_system(by=by, at=NOW, organisation=place, system="emis-web", period=since)
    actions.start_service(by=by, at=NOW, organisation=place, service="online-records", period=since)

    actions.stop_system(by=by, at=LATER, organisation=place, system="emis-web", ends_on=until)
    actions.stop_service(by=by, at=LATER, organisation=place, service="online-records", ends_on=until)

    assert [(row.system_id, row.starts_on, row.ends_on) for row in systems_of(EVERYWHERE, place)] == [
        ("emis-web", date(2020, 1, 1), until)
    ]
    assert [(row.service_id, row.ends_on) for row in services_of(EVERYWHERE, place)] == [("online-records", until)]
    then = SystemUsed.objects.filter(known(NOW), organisation_id=place)
    assert [row.ends_on for row in then] == [None]


def test_what_is_in_use_already_unknown_or_not_in_use_is_refused(lists: Cast) -> None:
    by, place = lists.ruth.viewer, lists.alder
    actions.start_system(by=by, at=NOW, organisation=place, system="emis-web", period=Period(date(2020, 1, 1)))
    actions.start_service(by=by, at=NOW, organisation=place, service="online-records", period=ALWAYS)

    refusals: dict[str, Callable[[], object]] = {
        "already in use": lambda: actions.start_system(
            by=by, at=NOW, organisation=place, system="emis-web", period=ALWAYS
        ),
        "Choose a system": lambda: actions.start_system(
            by=by, at=NOW, organisation=place, system="abacus", period=ALWAYS
        ),
        "not in use": lambda: actions.stop_system(by=by, at=NOW, organisation=place, system="docman", ends_on=TODAY),
        "before the first": lambda: actions.stop_system(
            by=by, at=NOW, organisation=place, system="emis-web", ends_on=date(2020, 1, 1)
        ),
        "already offered": lambda: actions.start_service(
            by=by, at=NOW, organisation=place, service="online-records", period=ALWAYS
        ),
        "Choose a service": lambda: actions.start_service(
            by=by, at=NOW, organisation=place, service="fax", period=ALWAYS
        ),
        "not offered": lambda: actions.stop_service(by=by, at=NOW, organisation=place, service="fax", ends_on=TODAY),
    }
    for words, refused in refusals.items():
        with pytest.raises(Refusal, match=words):
            refused()


def test_the_lists_are_loaded_once(lists: Cast) -> None:
    renamed = [(SYSTEMS[0][0], "EMIS", *SYSTEMS[0][2:]), SYSTEMS[1]]

    assert actions.load_systems(by=BUILDER, at=NOW, systems=renamed) == 1
    assert actions.load_services(by=BUILDER, at=NOW, services=SERVICES) == 0


def test_everybody_sees_the_organisations_of_their_roles(cast: Cast) -> None:
    seen = {
        name: {one.code for one in organisations_in(getattr(cast, name).viewer.scope(Can.SEE_ORGANISATIONS))}
        for name in ("ruth", "nadia", "gareth", "tomasz", "owen")
    }

    assert seen == {
        "ruth": {"A81001"},
        "nadia": {"U10001", "A81001", "A81002"},
        "gareth": {"HUB01", "U10001", "A81001", "A81002"},
        "tomasz": set(),
        "owen": {"A81003"},
    }
    with pytest.raises(Http404):
        organisation_by_code(cast.owen.viewer.scope(Can.SEE_ORGANISATIONS), "A81001")


def test_listing_costs_the_same_for_one_and_for_three(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for key in (cast.hub, cast.network):
        with django_assert_num_queries(1):
            [row.child.name for row in children_of(EVERYWHERE, key)]


def refused_by_database(make: Callable[[], object]) -> str:
    with pytest.raises(Error) as error, acting(), transaction.atomic():
        make()
    return str(error.value)


@pytest.mark.parametrize(
    ("change", "name"),
    [
        ({"code": "a81001"}, "organisation_code"),
        ({"code": "A81001"}, "organisation_code"),
        ({"name": ""}, "organisation_name"),
        ({"kind": "castle"}, "organisation_kind"),
        ({"opened_on": date(2020, 1, 1), "closed_on": date(2020, 1, 1)}, "organisation_open"),
    ],
)
def test_an_organisation_that_cannot_be_is_refused_by_the_database(
    cast: Cast, change: dict[str, object], name: str
) -> None:
    values: dict[str, Any] = {"code": "A81009", "name": "Dale Surgery", "kind": "practice"} | change

    assert name in refused_by_database(lambda: Organisation.objects.create(**values))


def test_nothing_stands_above_itself_and_history_is_not_rewritten(lists: Cast) -> None:
    actions.start_system(by=BUILDER, at=NOW, organisation=lists.alder, system="docman", period=ALWAYS)
    actions.start_service(by=BUILDER, at=NOW, organisation=lists.alder, service="online-records", period=ALWAYS)

    itself: dict[str, Any] = {"child_id": lists.alder, "parent_id": lists.alder, "recorded_at": NOW}
    assert "parent_not_itself" in refused_by_database(lambda: Parent.objects.create(**itself))
    tables: tuple[type[Model], ...] = (Parent, SystemUsed, ServiceOffered)
    for table in tables:
        rows = table._default_manager.all()
        assert "keeps its history" in refused_by_database(partial(rows.update, starts_on=date(2000, 1, 1)))
        assert "keeps its history" in refused_by_database(rows.delete)
