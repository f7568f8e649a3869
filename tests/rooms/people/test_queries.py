"""Who is found, by whom, and as it was known when."""

from datetime import date, datetime, timedelta

import pytest
from django.http import Http404
from pytest_django import DjangoAssertNumQueries

from preceptor.foundation.access import EVERYWHERE, Can, Scope
from preceptor.register.organisations.domain import Period
from preceptor.register.people.actions import add_state, end_engagement, give_task
from preceptor.register.people.queries import (
    engaged_elsewhere,
    engagement_by_id,
    engagement_of,
    engagements_at,
    engagements_of,
    person_by_id,
    states_known,
    tasks_known,
    works_within,
)
from tests.cast import ALDER, BIRCH, BUILDER, NOW, TODAY, Cast, Member


def at_alder(cast: Cast) -> Scope:
    return cast.ruth.viewer.scope(Can.SEE_PEOPLE)


def test_the_people_of_a_place_come_by_staff_group_and_name(cast: Cast) -> None:
    rows = engagements_at(at_alder(cast), cast.alder, TODAY)

    assert [str(row.engagement.person) for row in rows] == [
        "Dr Mei Lin",
        "Dr Helen Marsh",
        "Aisha Rahman",
        "Samir Patel",
        "Tomasz Nowak",
        "Ruth Okafor",
    ]


def test_another_place_is_empty_to_a_manager(cast: Cast) -> None:
    assert engagements_at(at_alder(cast), cast.birch) == []


@pytest.mark.parametrize(
    ("viewer", "seen"),
    [("ruth", {"ruth", "aisha", "tomasz", "helen", "mei", "samir"}), ("nadia", {"nadia", "samir"}), ("gareth", set())],
)
def test_everybody_sees_their_own_people_and_nobody_else(cast: Cast, viewer: str, seen: set[str]) -> None:
    scope = getattr(cast, viewer).viewer.scope(Can.SEE_PEOPLE)

    found = set()
    for name in ("ruth", "aisha", "tomasz", "helen", "mei", "samir", "nadia", "lorna", "gareth", "owen"):
        member: Member = getattr(cast, name)
        try:
            person_by_id(scope, member.person)
        except Http404:
            continue
        found.add(name)

    assert found == seen


def test_a_manager_sees_of_a_shared_person_only_what_is_at_their_place(cast: Cast) -> None:
    rows = engagements_of(at_alder(cast), cast.mei.person)

    assert [row.engagement.organisation.code for row in rows] == [ALDER]
    with pytest.raises(Http404):
        engagement_by_id(at_alder(cast), cast.mei.engagements[BIRCH])
    with pytest.raises(Http404):
        engagement_of(EVERYWHERE, cast.aisha.person, cast.mei.engagement)


def test_a_person_sees_all_their_own(cast: Cast) -> None:
    scope = cast.mei.viewer.scope(Can.SEE_RECORDS)

    assert {row.engagement.organisation.code for row in engagements_of(scope, cast.mei.person)} == {ALDER, BIRCH}
    assert person_by_id(scope, cast.mei.person).family_name == "Lin"
    with pytest.raises(Http404):
        person_by_id(scope, cast.aisha.person)


def test_a_leaver_is_still_found_by_the_place_they_left(cast: Cast) -> None:
    end_engagement(by=BUILDER, at=NOW, engagement=cast.mei.engagements[ALDER], ends_on=date(2026, 1, 1))
    scope = at_alder(cast)

    assert person_by_id(scope, cast.mei.person).family_name == "Lin"
    assert not works_within(scope, cast.mei.person, TODAY)
    assert works_within(EVERYWHERE, cast.mei.person, TODAY)
    assert engaged_elsewhere(scope, cast.mei.person)
    assert not engaged_elsewhere(EVERYWHERE, cast.mei.person)


def test_what_was_known_before_can_still_be_asked(cast: Cast) -> None:
    before = NOW - timedelta(seconds=1)
    end_engagement(by=BUILDER, at=NOW, engagement=cast.tomasz.engagement, ends_on=date(2026, 1, 1))
    give_task(by=BUILDER, at=NOW, engagement=cast.aisha.engagement, task="chaperone", period=Period())
    add_state(by=BUILDER, at=NOW, person=cast.aisha.person, state="registered:nmc", period=Period())

    def known(at: datetime | None) -> tuple[bool, int, int]:
        rows = engagements_at(EVERYWHERE, cast.alder, TODAY, at)
        return (
            "Tomasz Nowak" in {str(row.engagement.person) for row in rows},
            len(tasks_known(EVERYWHERE, [cast.aisha.engagement], at)),
            len(states_known(EVERYWHERE, [cast.aisha.person], at)),
        )

    assert (known(before), known(NOW), known(None)) == ((True, 1, 0), (False, 2, 1), (False, 2, 1))


def test_everything_about_one_person_and_about_three_takes_one_query(
    cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    three = (cast.aisha, cast.tomasz, cast.mei)
    for members in (three[:1], three):
        with django_assert_num_queries(2):
            tasks_known(EVERYWHERE, [member.engagement for member in members])
            states_known(EVERYWHERE, [member.person for member in members])
    for place in (cast.cedar, cast.alder):
        with django_assert_num_queries(1):
            [(str(row.engagement.person), row.role.name, row.kind.name) for row in engagements_at(EVERYWHERE, place)]
