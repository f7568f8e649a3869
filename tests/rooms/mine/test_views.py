"""What someone sees of themselves: one list, in their own words, and where they begin."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from preceptor.register.people.actions import add_engagement
from preceptor.register.people.domain import Terms
from tests.cast import ALDER, BUILDER, BUILT_AT, Member, signed_in
from tests.rooms.workplace import SINCE, Workplace

pytestmark = pytest.mark.django_db

TRAINING = "/my/training/"


def _page(client: Client, member: Member) -> str:
    answer = signed_in(client, member).get(TRAINING)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def _whys(page: str) -> dict[str, str]:
    """Why each thing to do is asked, by its title."""
    found = re.findall(r"<article.*?<h2[^>]*>([^<]*)</h2>.*?<dt>Why</dt><dd>(.*?) <a", page, re.DOTALL)
    return {title: why.strip() for title, why in found}


def test_my_training_is_one_list_with_the_strictest_of_two_places(client: Client, work: Workplace) -> None:
    page = _page(client, work.cast.mei)

    assert page.count(">Fire safety</h2>") == 1
    assert "Aisha" not in page


def test_my_training_says_why_by_what_i_am_and_do(client: Client, work: Workplace) -> None:
    aishas, tomaszs = _whys(_page(client, work.cast.aisha)), _whys(_page(client, work.cast.tomasz))

    assert aishas["Fire safety"] == "Everyone here needs it."
    assert aishas["Conflict resolution"] == "Because you are in the staff group Nurses."
    assert tomaszs["Conflict resolution"] == "Because you are a receptionist here."
    assert tomaszs["Chaperoning"] == "Because your tasks here include chaperone."
    assert tomaszs["Digital systems yearly update"] == "Everyone here needs it, except some roles that are not yours."


def test_each_role_begins_where_its_work_is(client: Client, work: Workplace) -> None:
    cast = work.cast
    starts = (
        (cast.ruth, f"/practices/{ALDER}/"),
        (cast.aisha, TRAINING),
        (cast.nadia, "/across/"),
        (cast.gareth, "/across/"),
        (cast.priya, "/across/"),
    )

    for member, place in starts:
        assert signed_in(client, member).get("/")["Location"] == place


def test_the_places_to_go_are_those_one_has_to_do_with(client: Client, work: Workplace) -> None:
    lead = signed_in(client, work.cast.nadia).get(reverse("mine:places")).content.decode()
    manager = signed_in(client, work.cast.ruth).get(reverse("mine:places")).content.decode()

    assert "Riverside PCN (U10001)" in lead
    assert "All practices you can see" in lead
    assert "Alder Surgery (A81001)" in manager
    assert "Birch Health Centre" not in manager
    assert "All practices you can see" not in manager


def test_my_training_costs_the_same_at_one_place_and_at_three(client: Client, work: Workplace) -> None:
    terms = Terms("receptionist", "admin", "employed", SINCE)
    counts, page = [], ""
    for places in ((), (work.cast.birch, work.cast.network)):
        for place in places:
            add_engagement(by=BUILDER, at=BUILT_AT, organisation=place, person=work.cast.tomasz.person, terms=terms)
        signed_in(client, work.cast.tomasz)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(TRAINING).content.decode()
        counts.append(len(asked))

    assert "<dt>For</dt><dd>Alder Surgery, as receptionist</dd>" in page
    assert counts[0] == counts[1]
