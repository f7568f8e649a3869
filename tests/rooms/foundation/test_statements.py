"""A query whose SQL is kept gives what Django would give, whatever it is asked with."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.db.models import Q, QuerySet
from django.test.utils import CaptureQueriesContext

from preceptor.compliance.requirements.models import RequirementVersion
from preceptor.foundation.access import EVERYWHERE, Scope
from preceptor.foundation.facts import holding, known
from preceptor.foundation.statements import Statement, statement
from preceptor.register.models import EngagementTerm, Organisation
from tests.rooms.workplace import Workplace

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 8, tzinfo=UTC)


def _wanted(
    scope: Scope, people: Collection[UUID], on: date | None, known_at: datetime | None
) -> QuerySet[EngagementTerm, tuple[UUID, str, date | None]]:
    rows = EngagementTerm.objects.filter(known(known_at), engagement__person_id__in=people)
    if not scope.everywhere:
        inside = Q(engagement__organisation_id__in=scope.organisations)
        rows = rows.filter(inside | Q(engagement__person_id=scope.person) if scope.person else inside)
    if on is not None:
        rows = rows.filter(holding(on))
    return rows.order_by("pk").values_list("engagement_id", "role_id", "starts_on")


def test_it_gives_what_the_query_gives_for_every_shape(work: Workplace) -> None:
    kept = statement(_wanted)
    people = list(EngagementTerm.objects.order_by("pk").values_list("engagement__person_id", flat=True).distinct())
    places = list(Organisation.objects.values_list("pk", flat=True))
    asked = [
        (scope, some, on, known_at)
        for scope in (
            EVERYWHERE,
            Scope(frozenset(places[:1])),
            Scope(frozenset(places[1:3]), person=people[0]),
            Scope(person=people[-1]),
            Scope(),
        )
        for some in (people, people[:1], people[2:5], [], {people[1], people[3]})
        for on in (None, date(2026, 11, 23), date(2020, 1, 1))
        for known_at in (None, NOW, datetime(2019, 1, 1, tzinfo=UTC))
    ]

    assert all(kept(*one) == list(_wanted(*one)) for one in asked)
    assert any(kept(*one) for one in asked)


def test_the_query_is_made_once_and_asked_each_time(work: Workplace) -> None:
    made = []

    @statement
    def codes(organisations: Collection[UUID]) -> QuerySet[Organisation, tuple[str]]:
        """The codes of organisations."""
        made.append(len(organisations))
        return Organisation.objects.filter(pk__in=organisations).order_by("code").values_list("code")

    first, second = work.cast.alder, work.cast.birch
    with CaptureQueriesContext(connection) as asked:
        assert [codes([one]) for one in (first, second)] == [[("A81001",)], [("A81002",)]]
        assert codes([uuid4()]) == codes([]) == []

    assert len(asked) == 3, "nothing is asked when nothing can be found"
    assert made == [1, 0]
    assert codes.__doc__ == "The codes of organisations."


def test_whole_numbers_are_passed_on_as_identifiers_are(work: Workplace) -> None:
    @statement
    def versions(numbers: Collection[int], owners: Collection[UUID]) -> QuerySet[RequirementVersion, tuple[int]]:
        rows = RequirementVersion.objects.filter(pk__in=numbers, requirement__owner_id__in=owners, number__lt=9)
        return rows.order_by("pk").values_list("pk")

    alder = [work.cast.alder]
    first, second, third = (
        pk
        for (pk,) in RequirementVersion.objects.filter(requirement__owner_id__in=alder)
        .order_by("pk")
        .values_list("pk")[:3]
    )

    assert versions([first, third], alder) == [(first,), (third,)]
    assert versions({second, third}, alder) == [(second,), (third,)]
    assert versions([first], [work.cast.birch]) == versions([], alder) == []


def test_shapes_are_forgotten_before_they_fill_the_house(work: Workplace, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("preceptor.foundation.statements._KEPT", 3)
    kept = statement(_wanted)
    for number in range(8):
        kept(EVERYWHERE, [uuid4() for _ in range(number + 1)], None, None)

    assert len(kept._kept) <= 3


def test_what_it_cannot_take_is_refused() -> None:
    with pytest.raises(TypeError, match="a statement takes no int"):
        statement(_wanted)(EVERYWHERE, 7, None, None)  # type: ignore[arg-type]  # what is tried
    with pytest.raises(TypeError, match="by position: known_at"):
        statement(_wanted)(EVERYWHERE, [], None, known_at=None)


def test_a_column_that_needs_converting_is_refused() -> None:
    refused: Statement[[], tuple[object]] = statement(lambda: RequirementVersion.objects.values_list("audience"))
    with pytest.raises(TypeError, match="needs converting"):
        refused()
