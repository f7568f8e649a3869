"""What is asked of requirements, for pages and for the judge."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.http import Http404

from preceptor.compliance.requirements.actions import publish_version, retire
from preceptor.compliance.requirements.domain.decisions import Decision, Force
from preceptor.compliance.requirements.domain.versions import read_version
from preceptor.compliance.requirements.queries import (
    adjustments_known,
    live_adjustments,
    names_for,
    requirement_by_key,
    requirements_known,
    requirements_of,
    template_by_key,
    templates,
)
from preceptor.foundation.access import EVERYWHERE, Can, Scope
from tests.cast import Cast

from .conftest import KEYS, take
from .test_adjustments import leave

AT = datetime(2026, 11, 9, 9, tzinfo=UTC)
Counter = Callable[[int], AbstractContextManager[Any]]


def publish(cast: Cast, key: str, *, at: datetime, on: date, audience: Any = "everyone") -> None:
    """Ruth publishes a version of one of Alder Surgery's requirements."""
    own = requirement_by_key(EVERYWHERE, cast.alder, key)
    rule = {
        "from": on.isoformat(),
        "audience": audience,
        "met_by": {"achieved": {"subject": "fire-safety", "months": 12}},
        "first_due_days": 14,
        "transition": {"at_renewal": {}},
    }
    reason = "The order lets us choose whom to train."
    decision = Decision(Force.LOCAL, "Our building is old.", "Partners’ meeting", legal_reason=reason)
    publish_version(by=cast.ruth.viewer, at=at, requirement=own.id, rule=rule, decision=decision)


def test_the_judge_gets_what_an_organisation_requires(loaded: Cast) -> None:
    fire = take(loaded, "fire-safety", "data-security")[0]

    known = requirements_known(EVERYWHERE, [loaded.alder], None)

    assert [one.key for one in known] == ["fire-safety", "data-security"]
    first = known[0]
    assert (first.id, first.owner, first.title, first.area, first.area_name) == (
        fire.id,
        loaded.alder,
        "Fire safety",
        "safety",
        "Safety at work",
    )
    assert (first.rule.id, first.rule.versions) == (str(fire.id), tuple(one.rule for one in fire.versions))


def test_a_rule_that_two_practices_share_is_read_once(loaded: Cast) -> None:
    take(loaded, "fire-safety")
    take(loaded, "fire-safety", place=loaded.birch)

    one, other = requirements_known(EVERYWHERE, [loaded.alder, loaded.birch], None)

    assert one.id != other.id
    assert one.rule.versions[0].met_by is other.rule.versions[0].met_by


def test_a_version_is_known_from_when_it_was_published(loaded: Cast) -> None:
    take(loaded, "fire-safety")
    publish(loaded, "fire-safety", at=AT, on=date(2027, 1, 1))

    def starts(known_at: datetime | None) -> list[date]:
        known = requirements_known(EVERYWHERE, [loaded.alder], known_at)
        return [version.starts_on for one in known for version in one.rule.versions]

    assert starts(datetime(2026, 11, 2, 8, 59, tzinfo=UTC)) == []
    assert starts(datetime(2026, 11, 9, 8, 59, tzinfo=UTC)) == [date(2026, 11, 2)]
    assert starts(AT) == starts(None) == [date(2026, 11, 2), date(2027, 1, 1)]


def test_an_end_cuts_the_versions_from_when_it_was_recorded(loaded: Cast) -> None:
    fire = take(loaded, "fire-safety")[0]
    publish(loaded, "fire-safety", at=AT, on=date(2027, 1, 1))
    later = datetime(2026, 11, 16, 9, tzinfo=UTC)
    retire(
        by=loaded.ruth.viewer,
        at=later,
        requirement=fire.id,
        ends_on=date(2026, 12, 1),
        reason="His.",
        legal_reason="His",
    )

    def days(known_at: datetime | None) -> list[tuple[date, date | None]]:
        known = requirements_known(EVERYWHERE, [loaded.alder], known_at)
        return [(version.starts_on, version.ends_on) for one in known for version in one.rule.versions]

    assert days(AT) == [(date(2026, 11, 2), None), (date(2027, 1, 1), None)]
    assert days(None) == days(later) == [(date(2026, 11, 2), date(2026, 12, 1))]


def test_a_requirement_that_ended_before_it_began_is_required_of_nobody(loaded: Cast) -> None:
    fire = take(loaded, "fire-safety")[0]
    retire(
        by=loaded.ruth.viewer,
        at=AT,
        requirement=fire.id,
        ends_on=date(2026, 11, 2),
        reason="An error.",
        legal_reason="No",
    )

    assert requirements_known(EVERYWHERE, [loaded.alder], None) == []
    assert [one.key for one in requirements_of(EVERYWHERE, loaded.alder)] == ["fire-safety"]


def test_questions_cost_the_same_for_one_practice_and_one_requirement_as_for_many(
    loaded: Cast, django_assert_num_queries: Counter
) -> None:
    take(loaded, "fire-safety")
    leave(loaded)
    with django_assert_num_queries(1):
        requirements_known(EVERYWHERE, [loaded.alder], None)
    with django_assert_num_queries(1):
        adjustments_known(EVERYWHERE, [loaded.alder], None)
    with django_assert_num_queries(5):
        requirements_of(EVERYWHERE, loaded.alder)
    with django_assert_num_queries(3):
        live_adjustments(EVERYWHERE, loaded.alder, date(2026, 11, 23))

    take(loaded, *KEYS)
    take(loaded, *KEYS, place=loaded.birch)
    take(loaded, *KEYS, place=loaded.cedar)

    places = [loaded.alder, loaded.birch, loaded.cedar]
    with django_assert_num_queries(1):
        assert len(requirements_known(EVERYWHERE, places, None)) == 3 * len(KEYS)
    with django_assert_num_queries(1):
        adjustments_known(EVERYWHERE, places, None)
    with django_assert_num_queries(5):
        assert len(requirements_of(EVERYWHERE, loaded.alder)) == len(KEYS)
    with django_assert_num_queries(4):
        assert len(templates()) == len(KEYS)


def test_a_scope_opens_its_organisations_and_where_its_person_was_ever_engaged(loaded: Cast) -> None:
    take(loaded, "fire-safety")
    take(loaded, "fire-safety", place=loaded.birch)
    take(loaded, "fire-safety", place=loaded.cedar)
    places = [loaded.alder, loaded.birch, loaded.cedar]

    def owners(scope: Scope) -> set[object]:
        return {one.owner for one in requirements_known(scope, places, None)}

    assert owners(EVERYWHERE) == set(places)
    assert owners(loaded.ruth.viewer.scope(Can.SEE_STANDING)) == {loaded.alder}
    assert owners(loaded.mei.viewer.scope(Can.SEE_STANDING)) == {loaded.alder, loaded.birch}
    assert owners(loaded.mei.viewer.scope(Can.SEE_REQUIREMENTS)) == {loaded.alder, loaded.birch}
    assert owners(loaded.gareth.viewer.scope(Can.SEE_REQUIREMENTS)) == {loaded.alder, loaded.birch}
    assert owners(Scope()) == set()
    with pytest.raises(Http404):
        requirement_by_key(loaded.owen.viewer.scope(Can.SEE_REQUIREMENTS), loaded.alder, "fire-safety")


def test_adjustments_are_seen_by_who_manages_and_by_oneself(loaded: Cast) -> None:
    adjustment = leave(loaded)

    def seen(scope: Scope) -> list[object]:
        return [one.id for one in adjustments_known(scope, [loaded.alder], None)]

    assert seen(loaded.ruth.viewer.scope(Can.SEE_STANDING)) == [adjustment]
    assert seen(loaded.aisha.viewer.scope(Can.SEE_STANDING)) == [adjustment]
    assert seen(loaded.owen.viewer.scope(Can.SEE_STANDING)) == []


def test_the_version_shown_is_the_one_in_force_else_the_next_else_the_last(loaded: Cast) -> None:
    take(loaded, "fire-safety")
    publish(loaded, "fire-safety", at=AT, on=date(2027, 1, 1))
    fire = requirement_by_key(EVERYWHERE, loaded.alder, "fire-safety")
    ended = replace(fire, versions=(replace(fire.versions[0], rule=replace(fire.versions[0].rule, ends_on=AT.date())),))

    assert fire.in_force(date(2026, 11, 1)) is None
    assert [fire.shown(day).number for day in (date(2026, 11, 1), date(2026, 12, 31), date(2027, 1, 1))] == [1, 1, 2]
    assert ended.in_force(date(2026, 11, 9)) is None
    assert ended.shown(date(2026, 11, 9)).number == 1


def test_people_a_rule_names_are_named_to_whoever_may_see_them(loaded: Cast) -> None:
    take(loaded, "fire-safety")
    audience = {"person": [str(loaded.aisha.person)]}
    publish(loaded, "fire-safety", at=AT, on=date(2027, 1, 1), audience=audience)
    rules = [version.rule for version in requirement_by_key(EVERYWHERE, loaded.alder, "fire-safety").versions]

    def named(member: Any) -> str:
        return names_for(member.viewer.scope(Can.SEE_PEOPLE), rules).person(str(loaded.aisha.person))

    assert (named(loaded.ruth), named(loaded.tomasz)) == ("Aisha Rahman", "a named person")


def test_places_a_rule_names_are_called_by_their_name(loaded: Cast) -> None:
    rule = read_version(
        {
            "from": "2027-01-01",
            "audience": {"at": ["A81001"]},
            "met_by": {"state": {"state": "registered:nmc"}},
            "first_due_days": None,
        }
    )

    names = names_for(EVERYWHERE, [rule])

    assert names.organisations == {"A81001": "Alder Surgery"}
    assert names.state("registered:nmc") == "Registered with the Nursing and Midwifery Council"


def test_a_template_nobody_has_is_not_found(loaded: Cast) -> None:
    with pytest.raises(Http404):
        template_by_key("alchemy")
