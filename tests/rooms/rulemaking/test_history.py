"""Versions side by side and reviews, over HTTP."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from preceptor.compliance.requirements.actions import publish_version
from preceptor.compliance.requirements.domain.decisions import Decision, Force, RequirementId
from preceptor.compliance.requirements.domain.reading import Json
from preceptor.compliance.requirements.queries import requirement_by_key, requirements_of
from preceptor.compliance.rulemaking.actions import start_draft
from preceptor.foundation.access import EVERYWHERE
from preceptor.foundation.dates import london_date
from tests.cast import ALDER, BIRCH, signed_in
from tests.rooms.workplace import Workplace

pytestmark = pytest.mark.django_db
COMPARE = f"/practices/{ALDER}/requirements/fire-safety/versions/"
REVIEWS = f"/practices/{ALDER}/rules/reviews/"
YEARLY: dict[str, Json] = {
    "from": "2027-01-01",
    "audience": "everyone",
    "met_by": {"achieved": {"subject": "fire-safety", "months": 12}},
    "first_due_days": 14,
    "transition": {"at_renewal": {}},
}


def _words(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode().partition("<main")[2]).split())


def _publish(work: Workplace, key: str = "fire-safety", *, review_by: date | None = None) -> None:
    decision = Decision(
        Force.LOCAL, "The fire risk assessment asks for it.", "Partners", london_date(work.now), review_by
    )
    requirement = RequirementId(requirement_by_key(EVERYWHERE, work.cast.alder, key).id)
    rule = {**YEARLY, "from": f"{london_date(work.now).year + 1}-01-01"}
    publish_version(by=work.cast.ruth.viewer, at=work.now, requirement=requirement, rule=rule, decision=decision)


def test_the_last_two_versions_are_compared_until_others_are_asked_for(client: Client, work: Workplace) -> None:
    ruth = signed_in(client, work.cast.ruth)
    assert "There is one version only" in _words(ruth, COMPARE)
    _publish(work)

    said = _words(ruth, COMPARE)
    assert "From version 1 to version 2" in said
    assert "fire risk assessment asks for it." in said
    assert "What people did before this version started goes on counting" in said
    assert "They say the same" in _words(ruth, f"{COMPARE}?older=2&newer=2")
    assert "From version 1 to version 2" in _words(ruth, f"{COMPARE}?older=2&newer=1")
    assert "Choose two versions from the lists" in _words(ruth, f"{COMPARE}?older=7&newer=x")


def test_the_page_of_a_requirement_says_how_it_stands_today(client: Client, work: Workplace) -> None:
    page, cast = f"/practices/{ALDER}/requirements/fire-safety/", work.cast
    work.did(cast.aisha, "fire-safety", london_date(work.now))

    managers = _words(signed_in(client, cast.ruth), page)
    column = _words(client, f"/practices/{ALDER}/training/requirements/fire-safety/")
    leads = _words(signed_in(client, cast.nadia), page)
    staff = _words(signed_in(client, cast.tomasz), page)

    share = re.search(r"(\d+% in date) .*?(\d+ of \d+)", managers)
    assert share
    assert all(words in column for words in share.groups())
    assert all(words in leads for words in share.groups())
    assert "It is asked of 6 of 6 people here. See people" in managers
    assert "Practice nurse" in managers
    assert "See people" not in leads
    assert "Practice nurse" not in leads
    assert "in date" not in staff
    assert "It is asked of" not in staff


def test_who_decided_and_published_is_named_at_the_practice_alone(client: Client, work: Workplace) -> None:
    page = f"/practices/{ALDER}/requirements/fire-safety/"
    _publish(work)

    managers = _words(signed_in(client, work.cast.ruth), page)
    leads = _words(signed_in(client, work.cast.nadia), page)

    assert "Published by Ruth Okafor" in managers
    assert "Published by Alder Surgery" in leads
    assert "Ruth Okafor" not in leads
    for more in ("requirements/fire-safety/versions/", "rules/reviews/"):
        above = _words(signed_in(client, work.cast.nadia), f"/practices/{ALDER}/{more}")
        at_home = _words(signed_in(client, work.cast.ruth), f"/practices/{ALDER}/{more}")
        assert "Partners’ meeting" in at_home, more
        assert "Partners’ meeting" not in above, more
        assert "By Alder Surgery" in above, more


def test_the_page_of_a_requirement_lists_its_drafts_for_who_may_edit(client: Client, work: Workplace) -> None:
    page = f"/practices/{ALDER}/requirements/fire-safety/"
    fire = requirement_by_key(EVERYWHERE, work.cast.alder, "fire-safety")
    draft = start_draft(by=work.cast.ruth.viewer, at=work.now, organisation=work.cast.alder, requirement=fire.id)

    mine = signed_in(client, work.cast.ruth).get(page).content.decode()
    staff = signed_in(client, work.cast.tomasz).get(page).content.decode()

    assert f"/practices/{ALDER}/rules/{draft}/" in mine
    assert f"Version {len(fire.versions) + 1}, draft" in mine
    assert ", draft" not in staff


def test_the_page_of_the_requirement_leads_to_it_once_there_are_two(client: Client, work: Workplace) -> None:
    ruth, page = signed_in(client, work.cast.ruth), f"/practices/{ALDER}/requirements/fire-safety/"
    assert COMPARE not in ruth.get(page).content.decode()
    _publish(work)

    assert COMPARE in ruth.get(page).content.decode()


def test_what_is_past_its_review_is_first_and_the_home_page_counts_it(client: Client, work: Workplace) -> None:
    ruth = signed_in(client, work.cast.ruth)
    late = {
        one.key
        for one in requirements_of(EVERYWHERE, work.cast.alder)
        for review in [one.versions[-1].decision.review_by]
        if review is not None and review < london_date(work.now)
    }
    home = _words(ruth, f"/practices/{ALDER}/")
    assert ("Rules to look at again" in home) is bool(late)
    _publish(work, review_by=date(london_date(work.now).year - 1, 1, 1))
    assert f"{len(late | {'fire-safety'})} requirement" in _words(ruth, f"/practices/{ALDER}/")

    said = _words(ruth, REVIEWS)
    assert "What Alder Surgery is to look at again" in said
    assert "Fire safety" in said


def test_staff_read_both_and_nobody_from_elsewhere_does(client: Client, work: Workplace) -> None:
    signed_in(client, work.cast.tomasz)
    assert [client.get(address).status_code for address in (COMPARE, REVIEWS)] == [200, 200]
    elsewhere = [address.replace(ALDER, BIRCH) for address in (COMPARE, REVIEWS)]
    assert [client.get(address).status_code for address in elsewhere] == [404, 404]


@pytest.mark.parametrize("address", [COMPARE, REVIEWS])
def test_both_cost_the_same_for_one_version_more(address: str, client: Client, work: Workplace) -> None:
    ruth = signed_in(client, work.cast.ruth)
    ruth.get(address)
    with CaptureQueriesContext(connection) as before:
        ruth.get(address)
    _publish(work)
    with CaptureQueriesContext(connection) as after:
        ruth.get(address)

    assert len(after) == len(before)


def test_the_reviews_are_a_link_away_also_while_none_is_late(client: Client, work: Workplace) -> None:
    ruth = signed_in(client, work.cast.ruth)
    _publish(work, review_by=date(london_date(work.now).year + 1, 1, 1))
    listed = ruth.get(f"/practices/{ALDER}/requirements/").content.decode()

    assert f'<a href="{REVIEWS}">' in listed
    assert "In time review by" in _words(ruth, REVIEWS)
