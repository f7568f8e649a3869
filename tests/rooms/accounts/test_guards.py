"""Closing an account asks first, and a password cannot be guessed from an open screen."""

from __future__ import annotations

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from preceptor.foundation.access import EVERYWHERE
from preceptor.register.accounts.actions import set_password
from preceptor.register.accounts.domain import Secret
from preceptor.register.accounts.queries import account_of
from tests.cast import BUILDER, NOW, Cast, signed_in

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    """Forget earlier tries, as the limits on them are kept between tests."""
    cache.clear()


def test_closing_an_account_asks_first(cast: Cast, client: Client) -> None:
    signed_in(client, cast.ruth)
    address = reverse("accounts:close", args=[cast.tomasz.person])

    asked = client.get(address).content.decode()
    still = account_of(EVERYWHERE, cast.tomasz.person)
    client.post(address)
    closed = account_of(EVERYWHERE, cast.tomasz.person)

    assert "Close Tomasz Nowak’s account?" in asked
    assert "Keep it open" in asked
    assert still is not None
    assert closed is not None
    assert (still.is_active, closed.is_active) == (True, False)
    for other in (cast.owen, cast.lorna):
        assert signed_in(client, other).get(address).status_code == 404


def test_the_current_password_is_guessed_no_more_often_than_at_the_door(cast: Cast, client: Client) -> None:
    set_password(by=BUILDER, at=NOW, person=cast.aisha.person, password=Secret(PASSWORD))
    signed_in(client, cast.aisha)
    address, new = reverse("account_change_password"), "another fine battery"

    wrong = [client.post(address, {"current": f"guess {number}", "password": new}) for number in range(5)]
    right = client.post(address, {"current": PASSWORD, "password": new})

    assert {answer.status_code for answer in wrong} == {200}
    assert right.status_code == 429
    assert "There were too many tries. Wait 5 minutes, then try again" in right.content.decode()
    account = account_of(EVERYWHERE, cast.aisha.person)
    assert account is not None
    assert account.check_password(PASSWORD)
