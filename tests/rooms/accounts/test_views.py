"""Signing in and out, passwords, access, and the pages everybody may read."""

import re
from datetime import date
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from preceptor.foundation.access import EVERYWHERE, Can, Role
from preceptor.register.accounts.actions import deactivate, give_role, set_password
from preceptor.register.accounts.domain import CAN_WORDS, ROLE_KINDS, ROLE_NAMES, ROLE_PURPOSES, Secret
from preceptor.register.accounts.models import User
from preceptor.register.accounts.queries import account_of, roles_held
from preceptor.register.people.actions import add_person, end_engagement
from preceptor.register.people.domain import PersonDetails, Terms
from preceptor.register.people.queries import engagements_of
from tests.cast import ALDER, BIRCH, BUILDER, NOW, Cast, Member, signed_in

PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def fresh_limits() -> None:
    """Forget earlier tries, as the limits on them are kept between tests."""
    cache.clear()


def enter(client: Client, member: Member, password: str = PASSWORD, **more: str) -> Any:
    return client.post(reverse("account_login"), {"email": member.email, "password": password, **more})


def give_password(member: Member) -> None:
    set_password(by=BUILDER, at=NOW, person=member.person, password=Secret(PASSWORD))


def test_signing_in_leads_on_to_where_one_was_going(client: Client, cast: Cast) -> None:
    give_password(cast.aisha)
    client.get(reverse("accounts:me"))

    answer = client.post(
        reverse("account_login") + "?next=/my/account/", {"email": "Aisha.Rahman@EXAMPLE.nhs.uk", "password": PASSWORD}
    )

    assert (answer.status_code, answer.headers["Location"]) == (302, "/my/account/")
    assert b"Aisha Rahman" in client.get("/my/account/").content


def test_a_signed_out_person_is_sent_to_sign_in_and_back(client: Client, cast: Cast) -> None:
    answer = client.get(reverse("accounts:me"))

    assert answer.headers["Location"] == "/sign-in/?next=%2Fmy%2Faccount%2F"


@pytest.mark.parametrize("onward", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_signing_in_never_leads_elsewhere(client: Client, cast: Cast, onward: str) -> None:
    give_password(cast.aisha)

    assert enter(client, cast.aisha, next=onward).headers["Location"] == "/"


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(client: Client, cast: Cast) -> None:
    give_password(cast.aisha)

    wrong = enter(client, cast.aisha, "not my password")
    unknown = client.post(reverse("account_login"), {"email": "aisha.rahman@example.nhs.ux", "password": PASSWORD})

    for answer in (wrong, unknown):
        assert answer.status_code == 200
        assert "The email address or the password is not right" in answer.content.decode()
        assert "<title>Error: Sign in" in answer.content.decode()
    assert PASSWORD not in unknown.content.decode()
    assert "_auth_user_id" not in client.session


def test_an_account_without_a_password_cannot_sign_in(client: Client, cast: Cast) -> None:
    assert enter(client, cast.aisha).status_code == 200


def test_a_closed_account_cannot_sign_in(client: Client, cast: Cast) -> None:
    give_password(cast.aisha)
    deactivate(by=BUILDER, at=NOW, person=cast.aisha.person)

    assert "is not right" in enter(client, cast.aisha).content.decode()


def test_closing_an_account_ends_what_is_open(client: Client, cast: Cast) -> None:
    signed_in(client, cast.aisha)
    deactivate(by=BUILDER, at=NOW, person=cast.aisha.person)

    assert client.get(reverse("accounts:me")).headers["Location"].startswith("/sign-in/")


def test_too_many_tries_are_stopped_even_with_the_right_password(client: Client, cast: Cast) -> None:
    give_password(cast.aisha)
    for _ in range(5):
        enter(client, cast.aisha, "not my password")

    answer = enter(client, cast.aisha)

    assert answer.status_code == 429
    assert "too many tries" in answer.content.decode()


def test_signing_out_takes_a_button(client: Client, cast: Cast) -> None:
    signed_in(client, cast.aisha)

    asked = client.get(reverse("account_logout"))
    still = client.get(reverse("accounts:me"))
    client.post(reverse("account_logout"))

    assert (asked.status_code, still.status_code) == (200, 200)
    assert client.get(reverse("accounts:me")).status_code == 302


def test_a_signed_in_person_is_not_asked_again(client: Client, cast: Cast) -> None:
    assert signed_in(client, cast.aisha).get(reverse("account_login")).headers["Location"] == "/"


def test_a_forgotten_password_is_replaced_with_the_link_in_the_letter(client: Client, cast: Cast) -> None:
    answer = client.post(reverse("account_reset_password"), {"email": "AISHA.rahman@example.nhs.uk"})
    (letter,) = mail.outbox
    link = next(iter(re.findall(r"http://testserver(\S+)", str(letter.body))))
    asked = client.get(link)
    saved = client.post(link, {"password": PASSWORD})
    again = client.get(link)

    assert answer.headers["Location"] == reverse("account_reset_password_done")
    assert letter.to == ["aisha.rahman@example.nhs.uk"]
    assert (asked.status_code, saved.headers["Location"], again.status_code) == (200, "/sign-in/", 410)
    assert enter(client, cast.aisha).status_code == 302


def test_no_letter_goes_to_an_address_without_an_account_and_nobody_is_told(client: Client, cast: Cast) -> None:
    deactivate(by=BUILDER, at=NOW, person=cast.aisha.person)

    for email in ("nobody@example.nhs.uk", cast.aisha.email):
        answer = client.post(reverse("account_reset_password"), {"email": email})
        assert answer.headers["Location"] == reverse("account_reset_password_done")

    assert mail.outbox == []
    assert b"If that address has an account" in client.get(reverse("account_reset_password_done")).content


def test_letters_are_not_sent_without_end(client: Client, cast: Cast) -> None:
    for _ in range(5):
        client.post(reverse("account_reset_password"), {"email": cast.aisha.email})

    answer = client.post(reverse("account_reset_password"), {"email": cast.aisha.email})

    assert (answer.status_code, len(mail.outbox)) == (429, 5)


@pytest.mark.parametrize(
    ("password", "words"),
    [
        ("", "Enter a new password"),
        ("short", "New password must be at least 12 characters"),
        ("password1234", "New password is one that many people use"),
        ("aisha.rahman@example", "New password is too much like your email address"),
    ],
)
def test_a_weak_password_is_refused_with_what_to_do(client: Client, cast: Cast, password: str, words: str) -> None:
    client.post(reverse("account_reset_password"), {"email": cast.aisha.email})
    link = next(iter(re.findall(r"http://testserver(\S+)", str(mail.outbox[0].body))))

    answer = client.post(link, {"password": password})

    assert words in answer.content.decode()
    assert not User.objects.get(pk=cast.aisha.user).has_usable_password()


def test_somebody_elses_link_opens_nothing(client: Client, cast: Cast) -> None:
    client.post(reverse("account_reset_password"), {"email": cast.aisha.email})
    link = next(iter(re.findall(r"http://testserver(\S+)", str(mail.outbox[0].body))))

    answer = client.post(link.replace(str(cast.aisha.user), str(cast.ruth.user)), {"password": PASSWORD})

    assert answer.status_code == 410
    assert not User.objects.get(pk=cast.ruth.user).has_usable_password()


def test_changing_a_password_signs_out_everywhere_else(client: Client, cast: Cast) -> None:
    give_password(cast.aisha)
    elsewhere = Client()
    enter(client, cast.aisha)
    enter(elsewhere, cast.aisha)

    wrong = client.post(reverse("account_change_password"), {"current": "wrong", "password": "another fine battery"})
    right = client.post(reverse("account_change_password"), {"current": PASSWORD, "password": "another fine battery"})

    assert "Current password is not right" in wrong.content.decode()
    assert right.headers["Location"] == reverse("accounts:me")
    assert client.get(reverse("accounts:me")).status_code == 200
    assert elsewhere.get(reverse("accounts:me")).status_code == 302


def test_my_account_says_where_i_work_and_what_i_may_do_there(client: Client, cast: Cast) -> None:
    end_engagement(by=BUILDER, at=NOW, engagement=cast.mei.engagements[BIRCH], ends_on=date(2025, 6, 1))
    give_role(by=BUILDER, at=NOW, engagement=cast.mei.engagements[ALDER], role=Role.MANAGER)

    text = signed_in(client, cast.mei).get(reverse("accounts:me")).content.decode()

    works, _, worked = text.partition("Where you worked")
    assert "Alder Surgery" in works
    assert "Locum GP. Access: Manager" in works
    assert "Birch Health Centre" in worked
    assert "3 June 2024 to 31 May 2025" in worked


def test_every_permission_and_role_has_its_words() -> None:
    assert set(CAN_WORDS) == set(Can)
    assert set(ROLE_NAMES) == set(ROLE_PURPOSES) == set(ROLE_KINDS) == set(Role)


@pytest.mark.parametrize("page", ["who-can-see", "accessibility", "help"])
@pytest.mark.parametrize("signed", [False, True])
def test_what_everybody_may_read_is_open(client: Client, cast: Cast, page: str, signed: bool) -> None:
    if signed:
        signed_in(client, cast.tomasz)

    assert client.get(reverse(f"accounts:{page}")).status_code == 200


def test_who_can_see_what_is_made_from_the_table_that_decides_it(client: Client) -> None:
    text = client.get(reverse("accounts:who-can-see")).content.decode()
    said = {}
    for permission in (Can.SEE_SHARES, Can.SEE_PEOPLE, Can.LOAD_CATALOGUE):
        row = text.partition(f'<th scope="row">{CAN_WORDS[permission]}</th>')[2].partition("</tr>")[0]
        said[permission] = re.findall(r"<td>(?:<[^>]*>–</span><[^>]*>)?([^<]+)", row)

    beneath = "At the place, and at those that belong to it"
    assert said == {
        Can.SEE_SHARES: ["At the place", beneath, beneath, "Everywhere"],
        Can.SEE_PEOPLE: ["At the place", "At the place", "No", "Everywhere"],
        Can.LOAD_CATALOGUE: ["No", "No", "No", "Everywhere"],
    }


def test_help_names_who_to_ask_where_one_works(client: Client, cast: Cast) -> None:
    text = signed_in(client, cast.tomasz).get(reverse("accounts:help")).content.decode()

    assert "ruth.okafor@example.nhs.uk" in text
    assert "lorna.blake@example.nhs.uk" not in text
    assert "ruth.okafor" not in Client().get(reverse("accounts:help")).content.decode()


def new_starter(cast: Cast, email: str | None = "dean@example.nhs.uk") -> Any:
    return add_person(
        by=cast.ruth.viewer,
        at=NOW,
        organisation=cast.alder,
        details=PersonDetails("Dean", "Whitlock", email=email),
        terms=Terms("receptionist", "admin", "employed", date(2025, 11, 2)),
    )


def test_an_invitation_leads_to_a_first_password(client: Client, cast: Cast) -> None:
    person = new_starter(cast)
    signed_in(client, cast.ruth)
    offered = client.get(reverse("accounts:access", args=[person])).content.decode()

    client.post(reverse("accounts:invite", args=[person]))
    (letter,) = mail.outbox
    link = next(iter(re.findall(r"http://testserver(/choose\S+)", str(letter.body))))
    newcomer = Client()
    newcomer.post(link, {"password": PASSWORD})
    entered = newcomer.post(reverse("account_login"), {"email": "dean@example.nhs.uk", "password": PASSWORD})

    assert "Give an account" in offered
    assert (letter.to, letter.subject) == (["dean@example.nhs.uk"], "Your account for training records")
    assert "Ruth Okafor has given you an account" in str(letter.body)
    assert entered.status_code == 302
    assert "dean@example.nhs.uk" in client.get(reverse("accounts:access", args=[person])).content.decode()


def test_an_invitation_that_is_refused_says_why(client: Client, cast: Cast) -> None:
    person = new_starter(cast, email=None)
    signed_in(client, cast.ruth)

    shown = client.get(reverse("accounts:access", args=[person])).content.decode()
    answer = client.post(reverse("accounts:invite", args=[person]))

    assert "Add an email address" in shown
    assert "Add an email address for Dean Whitlock first" in answer.content.decode()
    assert mail.outbox == []


def test_a_role_is_given_and_taken_on_the_pages(client: Client, cast: Cast) -> None:
    signed_in(client, cast.ruth)
    person, engagement = cast.aisha.person, cast.aisha.engagement

    form = client.get(reverse("accounts:give-role", args=[person])).content.decode()
    client.post(reverse("accounts:give-role", args=[person]), {"engagement": engagement, "role": "manager"})
    (held,) = roles_held(EVERYWHERE, person)
    shown = client.get(reverse("accounts:access", args=[person])).content.decode()
    client.post(
        reverse("accounts:take-role", args=[person, held.pk]),
        {"last_on_day": "1", "last_on_month": "3", "last_on_year": "2199"},
    )

    assert "Alder Surgery, as Practice nurse" in form
    assert 'value="administrator"' not in form
    assert "As long as they work there" in shown
    assert [(one.role, one.ends_on) for one in roles_held(EVERYWHERE, person)] == [("manager", date(2199, 3, 2))]


def test_a_role_nobody_offered_is_refused(client: Client, cast: Cast) -> None:
    answer = signed_in(client, cast.ruth).post(
        reverse("accounts:give-role", args=[cast.aisha.person]),
        {"engagement": cast.aisha.engagement, "role": "administrator"},
    )

    assert "Choose an answer to “Which role?”" in answer.content.decode()
    assert roles_held(EVERYWHERE, cast.aisha.person) == []


def test_an_account_is_closed_and_opened_on_the_page(client: Client, cast: Cast) -> None:
    signed_in(client, cast.ruth)
    states = []
    for name in ("close", "open"):
        client.post(reverse(f"accounts:{name}", args=[cast.aisha.person]))
        account = account_of(EVERYWHERE, cast.aisha.person)
        states.append(account and account.is_active)
    refused = client.post(reverse("accounts:close", args=[cast.mei.person]))

    assert states == [False, True]
    assert "only an administrator can change this" in refused.content.decode()


def test_a_change_of_role_keeps_what_is_ticked(client: Client, cast: Cast) -> None:
    give_role(by=BUILDER, at=NOW, engagement=cast.tomasz.engagement, role=Role.MANAGER)
    address = reverse("accounts:change-role", args=[cast.tomasz.person, cast.tomasz.engagement])
    signed_in(client, cast.ruth)

    form = client.get(address).content.decode()
    answer = client.post(
        address,
        {
            "role": "medical-secretary",
            "kind": "employed",
            "hours": "30",
            "first_on_day": "1",
            "first_on_month": "12",
            "first_on_year": "2026",
            "keep_tasks": ["chaperone"],
            "keep_roles": ["manager"],
        },
    )

    new, old = engagements_of(EVERYWHERE, cast.tomasz.person)
    assert "Now Receptionist, since 12 February 2024." in form
    assert answer.headers["Location"] == reverse("people:person", args=[cast.tomasz.person])
    assert (new.role_id, new.staff_group_id, new.starts_on, old.ends_on) == (
        "medical-secretary",
        "admin",
        date(2026, 12, 1),
        date(2026, 12, 1),
    )
    assert {one.engagement_id for one in roles_held(EVERYWHERE, cast.tomasz.person)} == {
        new.engagement_id,
        old.engagement_id,
    }


def test_a_refused_change_of_role_stays_on_the_form(client: Client, cast: Cast) -> None:
    answer = signed_in(client, cast.ruth).post(
        reverse("accounts:change-role", args=[cast.tomasz.person, cast.tomasz.engagement]),
        {
            "role": "receptionist",
            "kind": "employed",
            "hours": "lots",
            "first_on_day": "1",
            "first_on_month": "12",
            "first_on_year": "2026",
        },
    )

    assert "Weekly hours must be a number of hours" in answer.content.decode()


def test_pages_about_access_refuse_the_wrong_person(client: Client, cast: Cast) -> None:
    person = cast.aisha.person
    addresses = [
        reverse("accounts:access", args=[person]),
        reverse("accounts:give-role", args=[person]),
        reverse("accounts:change-role", args=[person, cast.aisha.engagement]),
        reverse("accounts:take-role", args=[person, 1]),
    ]

    answers = {
        name: [visitor.get(address).status_code for address in addresses]
        for name, visitor in {
            "nobody": Client(),
            "outsider": signed_in(Client(), cast.owen),
            "colleague": signed_in(Client(), cast.tomasz),
        }.items()
    }
    posted = [
        signed_in(Client(), cast.owen).post(reverse(f"accounts:{name}", args=[person])).status_code
        for name in ("invite", "close", "open")
    ]

    assert answers == {"nobody": [302] * 4, "outsider": [404] * 4, "colleague": [403] * 4}
    assert posted == [404, 404, 404]


def test_somebody_elses_engagement_or_role_is_not_under_this_person(client: Client, cast: Cast) -> None:
    (held,) = roles_held(EVERYWHERE, cast.ruth.person)
    signed_in(client, cast.ruth)

    role = client.get(reverse("accounts:take-role", args=[cast.aisha.person, held.pk]))
    change = client.get(reverse("accounts:change-role", args=[cast.aisha.person, cast.tomasz.engagement]))

    assert (role.status_code, change.status_code) == (404, 404)


def test_the_access_page_asks_the_same_of_one_role_and_of_many(
    client: Client, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    signed_in(client, cast.priya)
    address = reverse("accounts:access", args=[cast.samir.person])
    give_role(by=BUILDER, at=NOW, engagement=cast.samir.engagements[ALDER], role=Role.MANAGER)
    client.get(address)
    with django_assert_num_queries(12) as one:
        client.get(address)
    for code in (BIRCH, "U10001"):
        give_role(by=BUILDER, at=NOW, engagement=cast.samir.engagements[code], role=Role.MANAGER)

    with django_assert_num_queries(len(one)):
        client.get(address)
