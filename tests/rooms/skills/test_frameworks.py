"""Frameworks are versions that never change; what they expect is judged like training."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from functools import partial

import pytest
from django.db import connection
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from preceptor.compliance.standing.domain.verdicts import Status
from preceptor.compliance.subjects.queries import areas, subject_index, subjects
from preceptor.foundation.access import EVERYWHERE, Scope
from preceptor.foundation.actions import Refusal
from preceptor.register.organisations.domain import OrganisationId
from preceptor.training.skills.actions import (
    add_own_skill,
    adopt_framework,
    change_expectations,
    choose_modules,
    confirm_skill,
    doubt_skill,
    load_framework,
)
from preceptor.training.skills.domain import Framework, Level
from preceptor.training.skills.domain.changing import NewSkill
from preceptor.training.skills.domain.matrix import Picture, Question, matrix
from preceptor.training.skills.domain.published import FrameworkId
from preceptor.training.skills.domain.reviewing import description_digest
from preceptor.training.skills.models import FrameworkVersion
from preceptor.training.skills.queries import (
    follows,
    framework_of,
    latest_national,
    picture_of,
    reviewed_at,
    version_gone_by,
    versions_offered,
)
from tests.cast import ALDER, BIRCH, BUILDER, signed_in
from tests.rooms.skilled import FILING, SINCE, Skilled
from tests.rooms.skilled import national as read_national

pytestmark = pytest.mark.django_db


def version(skilled: Skilled, on: date | None = None) -> FrameworkId:
    found = version_gone_by(EVERYWHERE, skilled.cast.alder, on or skilled.now.date())
    assert found is not None
    return found.id


def picture(skilled: Skilled, on: date | None = None) -> Picture:
    return picture_of(EVERYWHERE, skilled.cast.alder, on or skilled.now.date())


def expected(skilled: Skilled, skill: str, on: date | None = None) -> dict[str, Level]:
    """The level expected of each role here."""
    found = picture(skilled, on)
    roles = {who.engagement: who.role for who in found.people}
    return {roles[one]: held.level for (one, key), held in found.held.items() if key == skill}


def test_loading_twice_changes_nothing_and_a_loaded_version_stays(skilled: Skilled) -> None:
    national = read_national()
    first, *others = national.framework.skills
    reworded = replace(national.framework, skills=(replace(first, minutes=99), *others))

    again = load_framework(by=BUILDER, at=skilled.now, national=national)
    with pytest.raises(Refusal, match="Raise “version”"):
        load_framework(by=BUILDER, at=skilled.now, national=replace(national, framework=reworded))
    load_framework(
        by=BUILDER, at=skilled.now, national=replace(national, version=national.version + 1, framework=reworded)
    )

    assert again == 0
    assert [row.number for row in FrameworkVersion.objects.filter(owner=None).order_by("number")] == [
        national.version,
        national.version + 1,
    ]
    assert framework_of(version(skilled)) == national.framework


def test_skills_are_subjects_that_nobody_picks_from_a_list(skilled: Skilled) -> None:
    assert not [one for one in subjects() if one.code.startswith("skill-")]
    assert subject_index().subject(f"skill-{FILING}") is None
    assert "skills" not in {one.code for one in areas()}


def test_expectations_follow_roles_and_the_systems_in_use(skilled: Skilled) -> None:
    assert expected(skilled, "code-a-letter") == {
        "gp-partner": Level.CAN,
        "gp-locum": Level.CAN,
        "pharmacist": Level.CAN,
        "practice-manager": Level.CAN,
    }
    assert expected(skilled, "scribe-check-note") == {}, "no scribe is used here"
    assert expected(skilled, "e-referral-priority") != {}, "every practice has the national system"
    assert expected(skilled, FILING, SINCE - timedelta(days=1)) == {}


def test_a_practice_changes_what_it_expects_from_a_day_on(skilled: Skilled) -> None:
    before, day = version(skilled), skilled.now.date() + timedelta(days=10)
    expects = {"reception": Level.CAN, "gp": Level.TEACH}

    change_expectations(
        by=skilled.cast.ruth.viewer,
        at=skilled.now,
        organisation=skilled.cast.alder,
        version=before,
        skill="code-a-letter",
        expects=expects,
        reason="Reception codes letters here",
        starts_on=day,
    )

    assert expected(skilled, "code-a-letter", day - timedelta(days=1))["pharmacist"] is Level.CAN
    assert expected(skilled, "code-a-letter", day) == {
        "gp-partner": Level.TEACH,
        "gp-locum": Level.TEACH,
        "receptionist": Level.CAN,
    }
    (own, first) = follows(EVERYWHERE, skilled.cast.alder)
    assert (own.version.owner_name, own.version.number, own.version.reason) == (
        "Alder Surgery",
        1,
        "Reception codes letters here",
    )
    assert own.version.changed.startswith("“Code a letter from hospital")
    assert "Reception and admin from nothing to can do" in own.version.changed
    assert first.version.id == before
    with pytest.raises(Refusal, match="newer version"):
        change_expectations(
            by=skilled.cast.ruth.viewer,
            at=skilled.now,
            organisation=skilled.cast.alder,
            version=before,
            skill="code-a-letter",
            expects={},
            reason="Again",
            starts_on=day,
        )


def test_a_skill_is_left_out_or_added_with_a_reason(skilled: Skilled) -> None:
    ruth, alder, now = skilled.cast.ruth.viewer, skilled.cast.alder, skilled.now
    new = NewSkill("Send samples by the van", "record-results", {"hca": Level.CAN}, ("a", "b", "c"), 10, 12)

    with pytest.raises(Refusal, match="Say why"):
        add_own_skill(by=ruth, at=now, organisation=alder, version=version(skilled), new=new, reason=" ")
    add_own_skill(by=ruth, at=now, organisation=alder, version=version(skilled), new=new, reason="The van")
    change_expectations(
        by=ruth, at=now, organisation=alder, version=version(skilled), skill=FILING, expects={}, reason="Not ours"
    )

    framework = framework_of(version(skilled))
    assert framework.skill(FILING) is None
    assert [one.title for one in framework.of_module("record-results")][-1] == "Send samples by the van"
    assert expected(skilled, FILING) == {}


def test_a_place_begins_with_a_few_modules_and_takes_one_in_later(skilled: Skilled) -> None:
    ruth, alder, now = skilled.cast.ruth.viewer, skilled.cast.alder, skilled.now

    def choose(*modules: str) -> Framework:
        return framework_of(
            choose_modules(
                by=ruth, at=now, organisation=alder, version=version(skilled), modules=modules, reason="To begin with"
            )
        )

    few = choose("record-results", "record-searches")
    more = choose("record-results", "record-recalls")
    latest = version_gone_by(EVERYWHERE, alder, now.date())

    national = read_national().framework
    assert {one.module for one in few.skills} == {"record-results", "record-searches"}
    assert more.of_module("record-recalls") == national.of_module("record-recalls")
    assert {one.module for one in more.skills} == {"record-results", "record-recalls"}
    assert latest is not None
    assert latest.changed.startswith("Left out: ")
    assert "Taken in: " in latest.changed
    for wrong in ((), ("nothing",), ("record-results", "record-recalls")):
        with pytest.raises(Refusal) as refused:
            choose(*wrong)
        assert refused.value.field == "modules"


def test_only_what_is_offered_is_followed_and_never_backwards(skilled: Skilled) -> None:
    cast, now, today = skilled.cast, skilled.now, skilled.now.date()
    national = latest_national()
    assert national is not None
    alders = change_expectations(
        by=cast.ruth.viewer,
        at=now,
        organisation=cast.alder,
        version=national.id,
        skill=FILING,
        expects={},
        reason="Not ours",
    )

    def adopt(found: FrameworkId, day: date) -> None:
        adopt_framework(
            by=cast.ruth.viewer,
            at=now,
            organisation=cast.alder,
            version=found,
            starts_on=day,
            decided_by="Partners’ meeting",
        )

    with pytest.raises(Refusal, match="must not be before"):
        adopt(national.id, today - timedelta(days=1))
    with pytest.raises(Refusal, match="already"):
        adopt(alders, today)
    with pytest.raises(Refusal, match="from the list"):
        adopt_framework(
            by=cast.lorna.viewer,
            at=now,
            organisation=cast.birch,
            version=alders,
            starts_on=today,
            decided_by="Partners’ meeting",
        )
    with pytest.raises(Http404):
        adopt_framework(
            by=cast.owen.viewer,
            at=now,
            organisation=cast.alder,
            version=national.id,
            starts_on=today,
            decided_by="Partners’ meeting",
        )
    adopt(national.id, today)
    assert version(skilled) == national.id


def test_a_hub_publishes_and_those_beneath_may_follow(skilled: Skilled) -> None:
    cast, now = skilled.cast, skilled.now
    hubs = change_expectations(
        by=cast.gareth.viewer,
        at=now,
        organisation=cast.hub,
        version=version(skilled),
        skill=FILING,
        expects={"reception": Level.CAN},
        reason="A county agreement",
    )

    def offered(place: OrganisationId) -> set[FrameworkId]:
        return {one.id for one in versions_offered(EVERYWHERE, place)}

    assert hubs in offered(cast.alder)
    assert hubs in offered(cast.birch)
    assert hubs not in offered(cast.cedar)
    assert follows(EVERYWHERE, cast.hub) == []


def test_who_decided_at_a_practice_is_named_at_home_alone(skilled: Skilled, client: Client) -> None:
    address = reverse("skills:framework", args=[ALDER])

    at_home = signed_in(client, skilled.cast.aisha).get(address).content.decode()
    above = signed_in(client, skilled.cast.gareth).get(address).content.decode()

    assert "decided by Partners’ meeting" in at_home
    assert "decided by Alder Surgery" in above
    assert "Partners’ meeting" not in above


def test_what_was_known_then_is_what_was_adopted_then(skilled: Skilled) -> None:
    day = skilled.now.date()
    change_expectations(
        by=skilled.cast.ruth.viewer,
        at=skilled.now,
        organisation=skilled.cast.alder,
        version=version(skilled),
        skill=FILING,
        expects={},
        reason="Not ours",
        starts_on=day,
    )
    before = skilled.now - timedelta(hours=1)

    known = picture_of(EVERYWHERE, skilled.cast.alder, day, before)

    assert FILING in {skill for _, skill in known.held}
    assert FILING not in {skill for _, skill in picture(skilled, day).held}


def test_the_matrix_counts_what_it_shows(skilled: Skilled) -> None:
    skilled.names(skilled.cast.helen, FILING)
    skilled.signed(skilled.cast.aisha, FILING, skilled.cast.helen)
    found = picture(skilled)

    whole = matrix(found)
    module = matrix(found, Question(module="record-consultation"))
    nurse = matrix(found, Question(name="aisha", status=Status.VALID))

    assert len(whole.columns) < len(module.columns) + 22
    assert whole.count.in_date == module.count.in_date == 1
    assert sum(one.count.of for one in whole.columns) == whole.count.of
    assert [row.who.name for row in nurse.rows] == ["Aisha Rahman"]
    assert [column.key for column in nurse.columns] == ["record-consultation"]
    assert matrix(found, Question(system="docman")).skills_shown == 3


def test_the_matrix_asks_the_same_number_of_queries_for_one_signature_and_for_three(
    skilled: Skilled, client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    page, address = signed_in(client, skilled.cast.ruth), reverse("skills:skills", args=[ALDER])
    skilled.names(skilled.cast.helen, FILING)
    skilled.signed(skilled.cast.aisha, FILING, skilled.cast.helen)
    page.get(address)
    with CaptureQueriesContext(connection) as asked:
        page.get(address)
    for member in (skilled.cast.tomasz, skilled.cast.mei):
        skilled.signed(member, FILING, skilled.cast.helen)

    with django_assert_num_queries(len(asked)):
        found = page.get(address)

    assert found.status_code == 200


def test_the_csv_holds_what_the_matrix_shows(skilled: Skilled, client: Client) -> None:
    address = reverse("skills:csv", args=[ALDER])

    answer = signed_in(client, skilled.cast.ruth).get(address, {"module": "record-consultation", "name": "Aisha"})

    lines = answer.content.decode("utf-8-sig").splitlines()
    assert lines[2].startswith("Person,Role,Module,Skill,Expected,Standing,Date")
    assert {line.split(",")[0] for line in lines[3:]} == {"Aisha Rahman"}
    assert len(lines) == 3 + 6


def test_a_place_that_follows_none_says_so(skilled: Skilled, client: Client) -> None:
    page = signed_in(client, skilled.cast.lorna).get(reverse("skills:skills", args=[BIRCH])).content.decode()

    assert "No framework of skills is followed here" in page
    assert picture_of(Scope(frozenset({skilled.cast.birch})), skilled.cast.birch, date(2026, 1, 5)).framework is None


def review_of(skilled: Skilled, *, names_own: bool = True) -> str:
    """Who stands by filing at Alder Surgery, as its pages name them."""
    now = framework_of(version(skilled))
    skill = reviewed_at(EVERYWHERE, skilled.cast.alder, now, names_own=names_own).skill(FILING)
    assert skill is not None
    return skill.review.by if skill.review else ""


def test_a_named_reviewer_stands_by_a_description_for_the_places_beneath_until_they_do_not(skilled: Skilled) -> None:
    cast, at = skilled.cast, skilled.now
    skill = framework_of(version(skilled)).skill(FILING)
    assert skill is not None
    digest, words = description_digest(skill), "trains practices in it"
    gareth = cast.gareth.viewer
    confirm = partial(confirm_skill, by=gareth, at=at, organisation=cast.hub, skill=FILING)
    doubt = partial(doubt_skill, by=gareth, at=at, organisation=cast.hub, skill=FILING)

    assert review_of(skilled) == ""
    with pytest.raises(Refusal, match="has changed since"):
        confirm(digest="0" * 64, words=words)
    with pytest.raises(Refusal, match="Say what you do"):
        confirm(digest=digest, words=" ")
    confirm(digest=digest, words=words)
    with pytest.raises(Refusal, match="already"):
        confirm(digest=digest, words=words)
    assert review_of(skilled) == f"{gareth.name} (trains practices in it) at Vale Training Hub"
    doubt(reason="The screen is another one now")
    assert review_of(skilled) == ""
    with pytest.raises(Refusal, match="Nobody here"):
        doubt(reason="Again")


def test_a_practice_stands_by_a_description_and_its_name_stays_at_home(skilled: Skilled, client: Client) -> None:
    cast = skilled.cast
    page = reverse("skills:review", args=[ALDER, FILING])
    manager = signed_in(client, cast.ruth)
    skill = framework_of(version(skilled)).skill(FILING)
    assert skill is not None

    manager.post(page, {"described": description_digest(skill), "words": "files them every day"})

    assert review_of(skilled) == f"{cast.ruth.viewer.name} (files them every day) at Alder Surgery"
    assert review_of(skilled, names_own=False) == "Alder Surgery"
    assert "Confirmed by" in manager.get(reverse("skills:skill", args=[ALDER, FILING])).content.decode()
    assert ", 1 confirmed by a reviewer" in manager.get(reverse("skills:framework", args=[ALDER])).content.decode()
    again = manager.post(page, {"words": ""}).content.decode()
    assert "Say why" in again
    manager.post(page, {"words": "It is another screen now"})
    assert review_of(skilled) == ""


def test_other_expectations_leave_a_review_and_other_words_do_not() -> None:
    framework = read_national().framework
    skill = framework.skill(FILING)
    assert skill is not None
    digest = description_digest(skill)

    assert description_digest(replace(skill, expects={}, minutes=5, lasts_months=1, review=None)) == digest
    for other in (
        replace(skill, title="File a letter"),
        replace(skill, look_for=skill.look_for[1:]),
        replace(skill, times=skill.times + 1),
        replace(skill, shown=skill.shown[1:]),
    ):
        assert description_digest(other) != digest
