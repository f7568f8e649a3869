"""The pages for when there is no page."""

from __future__ import annotations

import gzip
import re
import stat
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, signed_in

pytestmark = pytest.mark.django_db


def test_an_address_that_is_none_says_so_in_plain_words(client: Client, cast: Cast) -> None:
    answer = signed_in(client, cast.ruth).get("/nothing/here/")

    assert answer.status_code == 404
    assert "Page not found" in answer.content.decode()


def test_signing_out_is_a_button_on_every_page_of_whoever_is_signed_in(client: Client, cast: Cast) -> None:
    button = re.compile(rf'<form method="post" action="{reverse("account_logout")}">.*?>Sign out</button>', re.DOTALL)
    addresses = ("/my/training/", "/my/account/", "/accessibility/", "/nothing/here/", "/practices/A81001/")
    signed_out = client.get("/accessibility/").content.decode()

    pages = [signed_in(client, cast.tomasz).get(address).content.decode() for address in addresses]

    assert [len(button.findall(page)) for page in pages] == [1, 1, 1, 1, 1]
    assert button.findall(signed_out) == []


def test_a_form_without_its_secret_saves_nothing_and_says_what_to_do() -> None:
    answer = Client(enforce_csrf_checks=True).post(reverse("account_login"), {"login": "x"})

    assert answer.status_code == 403
    assert "Nothing was saved." in answer.content.decode()


def test_pages_may_use_nothing_but_our_own(client: Client) -> None:
    policy = client.get(reverse("account_login"))["Content-Security-Policy"]

    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy


def test_nothing_a_signed_in_person_was_shown_stays_in_the_browser(client: Client, cast: Cast) -> None:
    before = client.get(reverse("account_login"))
    shown = signed_in(client, cast.aisha).get(reverse("mine:training"))

    assert shown["Cache-Control"] == "private, no-store"
    assert "Cache-Control" not in before


def test_letters_are_for_our_eyes_only() -> None:
    assert stat.S_IMODE(Path(str(settings.EMAIL_FILE_PATH)).stat().st_mode) == 0o700


def test_the_symbols_the_stylesheet_asks_for_are_there(client: Client) -> None:
    answer = client.head("/assets/images/nhsuk-icon-cross.svg")

    assert answer.status_code == 200
    assert answer["Content-Type"] == "image/svg+xml"
    assert int(answer["Content-Length"]) > 100


def test_the_design_system_comes_without_the_fonts_that_are_not_ours(client: Client) -> None:
    address = reverse("design-system")

    plain = client.get(address)
    packed = client.get(address, HTTP_ACCEPT_ENCODING="gzip")

    assert b".nhsuk-button" in plain.content
    assert b"assets.nhs.uk" not in plain.content
    assert gzip.decompress(packed.content) == plain.content
    assert client.get(address, HTTP_IF_NONE_MATCH=plain["ETag"]).status_code == 304


@pytest.mark.parametrize("name", ["people:import", "records:import"])
def test_no_form_offers_a_kind_of_file_that_it_refuses(name: str, client: Client, cast: Cast) -> None:
    page = signed_in(client, cast.ruth).get(reverse(name, args=["A81001"])).content.decode()

    (accepted,) = re.findall(r'type="file"[^>]*accept="([^"]*)"', page)
    assert [one for one in accepted.split(",") if one.startswith(".")] == [".csv", ".xlsx"]
