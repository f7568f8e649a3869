"""One's own answers stay one's own; a place sees figures of whole groups, as of the end of last month."""

from __future__ import annotations

from datetime import datetime, timedelta

import msgspec
import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from preceptor.foundation.access import EVERYWHERE, Can, Scope
from preceptor.foundation.actions import Refusal
from preceptor.foundation.journal import JournalLine
from preceptor.register.organisations.queries import organisation_by_id
from preceptor.training.capability.actions import answer
from preceptor.training.capability.domain import Score
from preceptor.training.capability.models import CapabilityAnswers
from preceptor.training.capability.queries import figures_of, own_answers, questionnaire
from tests.cast import ALDER, Member, signed_in
from tests.rooms.workplace import Workplace

pytestmark = pytest.mark.django_db


def answers_all(member: Member, at: datetime, now: int = 4, need: int = 8) -> None:
    asked = questionnaire()
    for part in asked.domains:
        given = {one.key: Score(now, need) for one in part.statements}
        answer(by=member.viewer, at=at, part=part.key, given=given)
    agreed = {one.key: 4 for one in asked.attitudes.statements}
    answer(by=member.viewer, at=at, part=asked.attitudes.key, given=agreed)


def five(work: Workplace) -> tuple[Member, ...]:
    cast = work.cast
    return (cast.ruth, cast.aisha, cast.tomasz, cast.helen, cast.mei)


def test_the_questionnaire_has_six_domains_of_five_and_two_attitudes() -> None:
    asked = questionnaire()

    assert [len(one.statements) for one in asked.domains] == [5] * 6
    assert len(asked.attitudes.statements) == 2
    assert len({each.key for one in asked.parts for each in one.statements}) == 32
    assert all(each.suggests for one in asked.domains for each in one.statements)


def test_a_part_is_answered_on_a_page_and_leads_to_the_next(work: Workplace, client: Client) -> None:
    browser, (first, second, *_) = signed_in(client, work.cast.tomasz), questionnaire().parts
    fields = {f"{one.key}-{when}": value for one in first.statements for when, value in (("now", 3), ("need", 9))}

    unfinished = browser.post(
        reverse("capability:part", args=[first.key]), {**fields, f"{first.statements[1].key}-now": ""}
    )
    finished = browser.post(reverse("capability:part", args=[first.key]), fields)

    assert "Statement 2: choose where you are now" in unfinished.content.decode()
    assert finished.headers["Location"] == reverse("capability:part", args=[second.key])
    assert "1 of 7 parts answered" in browser.get(reverse("capability:mine")).content.decode()


def test_only_the_person_reads_their_answers_and_the_journal_keeps_none(work: Workplace, client: Client) -> None:
    tomasz = work.cast.tomasz
    answers_all(tomasz, work.now)

    own = own_answers(tomasz.viewer.scope(Can.RATE_SKILLS), tomasz.person)
    lines = JournalLine.objects.filter(verb="capability.answered")

    assert own.answers.is_whole(questionnaire())
    for scope in (EVERYWHERE, work.cast.ruth.viewer.scope(Can.SEE_PRACTICE), Scope()):
        with pytest.raises(Http404):
            own_answers(scope, tomasz.person)
    assert {msgspec.json.encode(one.what["given"]) for one in lines} == {b'"sealed"'}
    assert "Practise finding a letter" in signed_in(client, tomasz).get(reverse("capability:mine")).content.decode()
    assert "0 of 7 parts" in signed_in(client, work.cast.ruth).get(reverse("capability:mine")).content.decode()


def test_a_part_must_be_answered_whole_and_within_the_scale(work: Workplace) -> None:
    part = questionnaire().domains[0]
    whole: dict[str, Score | int] = {one.key: Score(1, 2) for one in part.statements}

    for wrong in ({}, {**whole, part.statements[0].key: Score(1, 11)}, {**whole, "another": Score(1, 1)}):
        with pytest.raises(Refusal):
            answer(by=work.cast.tomasz.viewer, at=work.now, part=part.key, given=wrong)
    with pytest.raises(Refusal):
        answer(by=work.cast.tomasz.viewer, at=work.now, part="nothing", given=whole)
    assert not CapabilityAnswers.objects.exists()


def test_somebody_deletes_their_own_answers_and_nobody_elses(work: Workplace, client: Client) -> None:
    for member in (work.cast.tomasz, work.cast.aisha):
        answers_all(member, work.now)

    signed_in(client, work.cast.tomasz).post(reverse("capability:forget"))

    assert set(CapabilityAnswers.objects.values_list("person_id", flat=True)) == {work.cast.aisha.person}


def test_a_place_sees_figures_from_five_people_as_of_the_end_of_last_month(work: Workplace, client: Client) -> None:
    address, page = reverse("capability:report", args=[ALDER]), signed_in(client, work.cast.ruth)
    earlier = work.now.replace(day=1) - timedelta(days=3)
    *four, last = five(work)
    for member in four:
        answers_all(member, earlier)
    answers_all(last, work.now)  # this month: not counted yet

    too_few = page.get(address).content.decode()
    answers_all(last, earlier)
    enough = page.get(address).content.decode()

    assert "Not enough people have answered yet" in too_few
    assert "Everybody: 5 people" in enough
    assert "5 of 5 agree" in enough
    assert "No staff group is shown on its own" in enough
    assert page.get(reverse("capability:csv", args=[ALDER])).content.decode("utf-8-sig").count("\n") == 8


def test_who_left_before_the_end_of_the_month_and_half_answers_are_not_counted(work: Workplace) -> None:
    earlier = work.now.replace(day=1) - timedelta(days=3)
    for member in five(work)[:4]:
        answers_all(member, earlier)
    part = questionnaire().domains[0]
    given: dict[str, Score | int] = {one.key: Score(1, 2) for one in part.statements}
    answer(by=work.cast.mei.viewer, at=earlier, part=part.key, given=given)
    answers_all(work.cast.gareth, earlier)  # works elsewhere

    place = organisation_by_id(EVERYWHERE, work.cast.alder)

    assert figures_of(EVERYWHERE, place, work.now.date()).report.everybody is None


def test_a_hub_counts_only_practices_with_five_and_asks_the_same_number_of_queries(
    work: Workplace, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    earlier, today = work.now.replace(day=1) - timedelta(days=3), work.now.date()
    hub = organisation_by_id(EVERYWHERE, work.cast.hub)
    for member in five(work)[:1]:
        answers_all(member, earlier)

    with django_assert_num_queries(3):
        one = figures_of(EVERYWHERE, hub, today)
    for member in five(work)[1:]:
        answers_all(member, earlier)
    with django_assert_num_queries(3):
        found = figures_of(EVERYWHERE, hub, today)

    assert (one.counted, one.report.everybody) == (0, None)
    assert found.counted == 1
    assert found.report.everybody is not None
    assert (found.report.everybody.people, found.report.groups) == (5, {})
