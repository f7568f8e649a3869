"""Training that could be spared: on a page of its own, and as a line on the manager's home."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from preceptor.foundation.dates import london_date
from tests.cast import Member, signed_in
from tests.rooms.workplace import Workplace

pytestmark = pytest.mark.django_db

PAGE = "/practices/A81001/over-training/"


def _today(work: Workplace) -> date:
    return london_date(work.now)


def _twice(work: Workplace, member: Member, subject: str = "fire-safety") -> None:
    """Somebody does the same a hundred days after they did it."""
    for days in (150, 50):
        work.did(member, subject, _today(work) - timedelta(days))


def _page(client: Client, member: Member, address: str = PAGE) -> str:
    answer = signed_in(client, member).get(address)
    assert answer.status_code == 200, answer
    return answer.content.decode()


def test_where_nothing_is_too_much_the_page_says_so_and_the_home_is_silent(client: Client, work: Workplace) -> None:
    assert "Nothing is asked or done too often." in _page(client, work.cast.ruth)
    assert "could be spared" not in _page(client, work.cast.ruth, "/practices/A81001/")


def test_what_was_repeated_too_early_says_how_long_before_and_leads_to_why(client: Client, work: Workplace) -> None:
    _twice(work, work.cast.tomasz)

    page, home = _page(client, work.cast.ruth), _page(client, work.cast.ruth, "/practices/A81001/")

    assert "Tomasz Nowak: Fire safety" in page
    assert re.search(r"valid until the end of [^,]+, \d{3} days later", page)
    assert "Saves 30 minutes a year" in page
    assert f"/practices/A81001/training/{work.cast.tomasz.engagement}/fire-safety/" in page
    assert "<strong>1 thing, about 30 minutes a year</strong>" in home
    assert PAGE in home


def test_what_is_not_looked_at_is_named_with_why(client: Client, work: Workplace) -> None:
    page = _page(client, work.cast.ruth)
    named = dict(re.findall(r"<dt>([^<]+)</dt><dd>([^<]+)</dd>", page))

    assert set(named) == {"Done once and for ever"}
    assert "Data security induction; " in named["Done once and for ever"]
    assert not any("Fire safety" in titles for titles in named.values())


def test_professional_development_is_never_listed(client: Client, work: Workplace) -> None:
    _twice(work, work.cast.helen, "appraisal")

    assert "Nothing is asked or done too often." in _page(client, work.cast.ruth)


def test_only_who_manages_the_practice_sees_it(client: Client, work: Workplace) -> None:
    _twice(work, work.cast.tomasz)

    for member in (work.cast.tomasz, work.cast.lorna, work.cast.nadia, work.cast.gareth, work.cast.owen):
        assert signed_in(client, member).get(PAGE).status_code in {403, 404}


def test_the_page_costs_the_same_for_one_and_for_three(client: Client, work: Workplace) -> None:
    signed_in(client, work.cast.ruth)
    costs, page = [], ""
    for members in ((work.cast.tomasz,), (work.cast.aisha, work.cast.helen)):
        for member in members:
            _twice(work, member)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(PAGE).content.decode()
        costs.append(len(asked))

    assert page.count(": Fire safety</span>") == 3
    assert costs[0] == costs[1]


def test_of_very_many_the_first_are_shown_and_the_rest_are_one_link_away(client: Client, work: Workplace) -> None:
    subjects = ("fire-safety", "data-security", "conflict-resolution", "equality-diversity", "health-safety-welfare")
    people = (work.cast.tomasz, work.cast.aisha, work.cast.helen, work.cast.mei, work.cast.ruth, work.cast.samir)
    for subject in (*subjects, "mental-capacity", "prevent"):
        for member in people:
            _twice(work, member, subject)

    page, whole = _page(client, work.cast.ruth), _page(client, work.cast.ruth, f"{PAGE}?all=yes")

    (number,) = set(re.findall(r"See all (\d+)", page))
    assert page.count('<li class="pr-row">') == 25
    assert whole.count('<li class="pr-row">') == int(number) > 25
