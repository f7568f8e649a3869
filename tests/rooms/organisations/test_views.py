"""The pages about organisations."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from preceptor.foundation.access import EVERYWHERE
from preceptor.register.organisations.actions import load_services, load_systems
from preceptor.register.organisations.queries import organisation_by_code, services_of, systems_of
from tests.cast import ALDER, BIRCH, BUILDER, CEDAR, NETWORK, NOW, Cast, signed_in

DAY = {"first_on_day": "1", "first_on_month": "4", "first_on_year": "2024"}


def test_the_organisations_one_may_see_are_listed(client: Client, cast: Cast) -> None:
    text = signed_in(client, cast.nadia).get(reverse("organisations:organisations")).content.decode()

    assert all(name in text for name in ("Riverside PCN", "Alder Surgery", "Birch Health Centre"))
    assert "Cedar Lane Surgery" not in text


def test_an_organisation_shows_what_it_belongs_to_and_has(client: Client, cast: Cast) -> None:
    text = signed_in(client, cast.priya).get(reverse("organisations:organisation", args=[NETWORK])).content.decode()

    assert "Vale Training Hub" in text
    assert "Alder Surgery" in text
    assert "Since 1 July 2019" in text


def test_an_administrator_adds_an_organisation(client: Client, cast: Cast) -> None:
    signed_in(client, cast.priya)
    wrong = client.post(reverse("organisations:add"), {"code": "a", "name": "Dale", "kind": "practice"})
    taken = client.post(reverse("organisations:add"), {"code": ALDER, "name": "Dale", "kind": "practice"})
    right = client.post(reverse("organisations:add"), {"code": "a81009", "name": "Dale", "kind": "practice"})

    assert "ODS code must be 3 to 10" in wrong.content.decode()
    assert "already in the register" in taken.content.decode()
    assert right.headers["Location"] == reverse("organisations:organisation", args=["A81009"])


def test_a_manager_renames_their_place(client: Client, cast: Cast) -> None:
    signed_in(client, cast.ruth).post(reverse("organisations:rename", args=[ALDER]), {"name": "Alder House"})

    assert organisation_by_code(EVERYWHERE, ALDER).name == "Alder House"


@pytest.mark.parametrize("what", ["system", "service"])
def test_systems_and_services_are_started_and_stopped_on_pages(client: Client, cast: Cast, what: str) -> None:
    load_systems(by=BUILDER, at=NOW, systems=[("emis-web", "EMIS Web", "", "")])
    load_services(by=BUILDER, at=NOW, services=[("online-records", "Online record access")])
    code = "emis-web" if what == "system" else "online-records"
    start, stop = (
        reverse(f"organisations:start-{what}", args=[ALDER]),
        reverse(f"organisations:stop-{what}", args=[ALDER, code]),
    )
    signed_in(client, cast.ruth)

    client.post(start, {"code": code, **DAY})
    again = client.post(start, {"code": code, **DAY})
    early = client.post(stop, {"last_on_day": "31", "last_on_month": "3", "last_on_year": "2024"})
    client.post(stop, {"last_on_day": "31", "last_on_month": "3", "last_on_year": "2026"})

    rows = systems_of(EVERYWHERE, cast.alder) if what == "system" else services_of(EVERYWHERE, cast.alder)
    assert "already" in again.content.decode()
    assert "must not be before the first" in early.content.decode()
    assert [(row.starts_on, row.ends_on) for row in rows] == [(date(2024, 4, 1), date(2026, 4, 1))]


def addresses(code: str) -> list[str]:
    names = ("organisation", "rename", "start-system", "start-service")
    stops = [reverse(f"organisations:stop-{what}", args=[code, "x"]) for what in ("system", "service")]
    return [reverse(f"organisations:{name}", args=[code]) for name in names] + stops


@pytest.mark.parametrize(("who", "status"), [(None, 302), ("owen", 404), ("tomasz", 403)])
def test_every_page_refuses_the_wrong_person(client: Client, cast: Cast, who: str | None, status: int) -> None:
    if who:
        signed_in(client, getattr(cast, who))

    answers = {address: client.get(address).status_code for address in addresses(ALDER)}

    assert answers == dict.fromkeys(addresses(ALDER), status)


def test_a_lead_sees_a_practice_beneath_and_changes_nothing_there(client: Client, cast: Cast) -> None:
    signed_in(client, cast.nadia)

    assert client.get(reverse("organisations:organisation", args=[BIRCH])).status_code == 200
    assert client.get(reverse("organisations:rename", args=[BIRCH])).status_code == 404
    assert client.get(reverse("organisations:organisation", args=[CEDAR])).status_code == 404
    assert client.get(reverse("organisations:add")).status_code == 403
