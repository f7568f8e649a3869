"""What leads see across practices: figures of enough people, never people, at one price."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from preceptor.compliance.packs.jobs import start
from preceptor.register.organisations.actions import add_organisation, add_parent
from preceptor.register.organisations.domain import Kind, NewOrganisation, Period
from preceptor.register.people.actions import add_person
from preceptor.register.people.domain import PersonDetails, Terms
from tests.cast import BUILDER, BUILT_AT, Member, signed_in
from tests.rooms.workplace import SINCE, Workplace

pytestmark = pytest.mark.django_db

ALDERS, BIRCHES = "Alder Surgery", "Birch Health Centre"


def _page(client: Client, member: Member) -> str:
    answer = signed_in(client, member).get(reverse("hubs:practices"))
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def _open_practice(work: Workplace, code: str, people: int) -> None:
    """A practice of the network that asks for the starter pack, with people in it."""
    place = add_organisation(by=BUILDER, at=BUILT_AT, new=NewOrganisation(code, f"Practice {code}", Kind.PRACTICE))
    period = Period(date(2019, 7, 1))
    add_parent(by=BUILDER, at=BUILT_AT, organisation=place, parent=work.cast.network, period=period)
    for number in range(people):
        add_person(
            by=BUILDER,
            at=BUILT_AT,
            organisation=place,
            details=PersonDetails(f"Given{number}", code),
            terms=Terms("receptionist", "admin", "employed", date(2025, 3, 1)),
            tasks=("chaperone",),
        )
    start(BUILDER, BUILT_AT, code=code, starts_on=SINCE, decided_by="Partners’ meeting", decided_on=date(2025, 1, 6))


def test_across_practices_a_lead_sees_figures_and_never_people(client: Client, work: Workplace) -> None:
    for member in (work.cast.nadia, work.cast.gareth):
        page = _page(client, member)

        assert "Alder Surgery" in page
        assert "Cedar Lane Surgery" not in page
        assert "Rahman" not in page


def test_across_practices_no_figure_is_of_fewer_than_five_people(client: Client, work: Workplace) -> None:
    page = _page(client, work.cast.gareth)

    rows = {name: page[page.index(f"<strong>{name}</strong>") :].partition("</tr>")[0] for name in (ALDERS, BIRCHES)}
    lead = page[page.index('class="pr-lead"') :].partition("</p>")[0]
    (alders,) = re.findall(r"<b>(\d+)</b> <small>of (\d+)</small></td>", rows[ALDERS])
    assert "3 people" in rows[BIRCHES]
    assert re.findall(r"<(?:b|small)>", rows[BIRCHES]) == []
    assert f"of {alders[1]}." in lead


def test_the_page_costs_the_same_for_one_more_practice_and_for_three_more(client: Client, work: Workplace) -> None:
    signed_in(client, work.cast.gareth)
    counts, page = [], ""
    for codes in (("A81010",), ("A81011", "A81012", "A81013")):
        for people, code in enumerate(codes, 5):
            _open_practice(work, code, people)
        with CaptureQueriesContext(connection) as asked:
            page = client.get(reverse("hubs:practices")).content.decode()
        counts.append(len(asked))

    assert [page.count(f"<strong>Practice A8101{number}</strong>") for number in range(4)] == [1, 1, 1, 1]
    assert counts[0] == counts[1]


def test_whoever_leads_nothing_is_refused(client: Client, work: Workplace) -> None:
    for member in (work.cast.aisha, work.cast.mei):
        assert signed_in(client, member).get(reverse("hubs:practices")).status_code == 403
