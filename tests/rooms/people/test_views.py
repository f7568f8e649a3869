"""The pages about people: what they show, what they save, and whom they refuse."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from preceptor.foundation.access import EVERYWHERE
from preceptor.register.organisations.actions import add_organisation
from preceptor.register.organisations.domain import Kind, NewOrganisation, Period
from preceptor.register.people.actions import add_person, add_state, end_engagement
from preceptor.register.people.domain import PersonDetails, PersonId, Terms
from preceptor.register.people.models import Person
from preceptor.register.people.queries import (
    engagements_of,
    person_by_id,
    states_known,
    tasks_known,
    terms_of,
)
from tests.cast import ALDER, BIRCH, BUILDER, CEDAR, NOW, Cast, signed_in


def day(name: str, on: date) -> dict[str, str]:
    return {f"{name}_day": str(on.day), f"{name}_month": str(on.month), f"{name}_year": str(on.year)}


NEW: dict[str, Any] = {
    "given_name": "Dean",
    "family_name": "Whitlock",
    "email": "dean@example.nhs.uk",
    "role": "receptionist",
    "kind": "employed",
    "hours": "22,5",
    "tasks": ["chaperone"],
    **day("first_on", date(2025, 11, 3)),
}


def text_of(client: Client, name: str, *args: object, **query: str) -> str:
    return client.get(reverse(name, args=args), query).content.decode()


def test_the_people_of_a_place_are_shown_as_here_starting_and_left(client: Client, cast: Cast) -> None:
    far = date(2190, 1, 1)
    add_person(
        by=BUILDER,
        at=NOW,
        organisation=cast.alder,
        details=PersonDetails("Dean", "Whitlock"),
        terms=Terms("receptionist", "admin", "employed", far),
    )
    end_engagement(by=BUILDER, at=NOW, engagement=cast.helen.engagement, ends_on=date(2025, 3, 1))

    text = text_of(signed_in(client, cast.ruth), "people:people", ALDER)

    here, _, rest = text.partition('id="later"')
    starting, _, left = rest.partition('id="gone"')
    assert "Working here today (5 people)" in here
    assert [name for name in ("Ruth Okafor", "Aisha Rahman", "Samir Patel", "Dr Mei Lin") if name in here]
    assert "Dean Whitlock" in starting
    assert "Dr Helen Marsh" in left
    assert "28 Feb 2025" in left
    assert "Left, or in another role since (" in left


def test_people_are_found_by_name(client: Client, cast: Cast) -> None:
    signed_in(client, cast.ruth)

    found = text_of(client, "people:people", ALDER, q="rahM")
    nobody = text_of(client, "people:people", ALDER, q="zzz")

    assert ("Aisha Rahman" in found, "Tomasz Nowak" in found) == (True, False)
    assert "0 of 6 people match" in nobody


def test_a_place_without_people_says_what_to_do(client: Client, cast: Cast) -> None:
    new = NewOrganisation("A81009", "Dale Surgery", Kind.PRACTICE)
    add_organisation(by=BUILDER, at=NOW, new=new)

    text = text_of(signed_in(client, cast.priya), "people:people", "A81009")

    assert "Dale Surgery has no people yet" in text
    assert reverse("people:import", args=["A81009"]) in text


def test_a_person_page_shows_roles_tasks_and_registrations(client: Client, cast: Cast) -> None:
    add_state(by=BUILDER, at=NOW, person=cast.aisha.person, state="registered:nmc", period=Period(date(2010, 9, 1)))

    text = text_of(signed_in(client, cast.ruth), "people:person", cast.aisha.person)

    for words in (
        "aisha.rahman@example.nhs.uk",
        "12A3456E",
        "Practice nurse at Alder Surgery",
        "Since 5 September 2022",
        "Vaccinator",
        "Registered with the Nursing and Midwifery Council",
        "Since 1 September 2010",
    ):
        assert words in text
    assert reverse("practices:person", args=[ALDER, cast.aisha.person]) in text


def test_a_manager_sees_only_the_roles_at_their_own_place(client: Client, cast: Cast) -> None:
    text = text_of(signed_in(client, cast.ruth), "people:person", cast.mei.person)

    assert ("Alder Surgery" in text, "Birch Health Centre" in text) == (True, False)


def test_adding_a_person_shows_them_at_once(client: Client, cast: Cast) -> None:
    signed_in(client, cast.ruth)
    form = text_of(client, "people:add", ALDER)

    answer = client.post(reverse("people:add", args=[ALDER]), NEW)

    person = Person.objects.get(email="dean@example.nhs.uk")
    (row,) = engagements_of(EVERYWHERE, PersonId(person.pk))
    assert "What they do here" in form
    assert answer.headers["Location"] == reverse("people:person", args=[person.pk])
    assert (row.staff_group_id, str(row.weekly_hours), row.starts_on) == ("admin", "22.50", date(2025, 11, 3))
    assert [one.task_id for one in tasks_known(EVERYWHERE, [row.engagement_id])] == ["chaperone"]
    assert "Dean Whitlock" in text_of(client, "people:people", ALDER)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"given_name": ""}, "Enter a first name"),
        ({"email": "dean"}, "Enter an email address in the correct format"),
        ({"email": "helen.marsh@example.nhs.uk"}, "Someone with another last name already has this"),
        ({"role": ""}, "Choose a role"),
        ({"kind": ""}, "Choose how they are engaged"),
        ({"hours": "lots"}, "Weekly hours must be a number of hours"),
        (day("first_on", date(2025, 11, 3)) | {"first_on_month": "13"}, "First day must be a real date"),
        (day("last_on", date(2025, 11, 2)), "Last day must not be before the first day"),
    ],
)
def test_a_mistake_is_named_beside_its_question(client: Client, cast: Cast, change: dict[str, str], words: str) -> None:
    answer = signed_in(client, cast.ruth).post(reverse("people:add", args=[ALDER]), NEW | change)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert page.count(words) == 2
    assert "<title>Error: Add a person" in page
    assert not Person.objects.filter(family_name="Whitlock").exists()


def test_details_are_changed_and_the_way_back_is_kept(client: Client, cast: Cast) -> None:
    address = reverse("people:edit", args=[cast.tomasz.person])
    signed_in(client, cast.ruth)

    form = client.get(address, {"next": "/help/"}).content.decode()
    answer = client.post(
        address,
        {"given_name": "Tomasz", "family_name": "Bell", "email": "tomasz.nowak@example.nhs.uk", "next": "/help/"},
    )

    assert 'value="/help/"' in form
    assert answer.headers["Location"] == "/help/"
    assert str(person_by_id(EVERYWHERE, cast.tomasz.person)) == "Tomasz Bell"


def test_a_refused_change_of_address_stays_on_the_form(client: Client, cast: Cast) -> None:
    answer = signed_in(client, cast.ruth).post(
        reverse("people:edit", args=[cast.mei.person]),
        {"given_name": "Mei", "family_name": "Lin", "email": "new@example.nhs.uk", "professional_number": "7054321"},
    )

    assert "only an administrator can change this" in answer.content.decode()


def test_a_leaver_leaves_the_list(client: Client, cast: Cast) -> None:
    address = reverse("people:leave", args=[cast.tomasz.person, cast.tomasz.engagement])
    signed_in(client, cast.ruth)

    form = client.get(address).content.decode()
    client.post(address, day("last_on", date(2025, 2, 28)))

    (row,) = engagements_of(EVERYWHERE, cast.tomasz.person)
    assert "Last day at Alder Surgery" in form
    assert "loses the access" in form
    assert row.ends_on == date(2025, 3, 1)
    assert "Tomasz Nowak" in text_of(client, "people:people", ALDER).partition('id="gone"')[2]


def test_a_correction_starts_from_what_is_believed(client: Client, cast: Cast) -> None:
    address = reverse("people:correct", args=[cast.tomasz.person, cast.tomasz.engagement])
    signed_in(client, cast.ruth)

    form = client.get(address).content.decode()
    client.post(
        address,
        {"role": "receptionist", "staff_group": "admin", "kind": "employed", "hours": "20"}
        | day("first_on", date(2024, 3, 1)),
    )

    (row,) = engagements_of(EVERYWHERE, cast.tomasz.person)
    assert 'value="2024"' in form
    assert 'value="22.5"' in form
    assert (terms_of(row).starts_on, str(row.weekly_hours)) == (date(2024, 3, 1), "20.00")


def test_a_second_role_is_added(client: Client, cast: Cast) -> None:
    answer = signed_in(client, cast.ruth).post(
        reverse("people:add-engagement", args=[ALDER, cast.tomasz.person]),
        {"role": "medical-secretary", "kind": "employed", **day("first_on", date(2025, 3, 1))},
    )

    assert answer.headers["Location"] == reverse("people:person", args=[cast.tomasz.person])
    assert [row.role_id for row in engagements_of(EVERYWHERE, cast.tomasz.person)] == [
        "medical-secretary",
        "receptionist",
    ]


def test_a_role_entered_in_error_is_removed_with_a_reason(client: Client, cast: Cast) -> None:
    address = reverse("people:void", args=[cast.tomasz.person, cast.tomasz.engagement])
    signed_in(client, cast.ruth)

    without = client.post(address, {"reason": ""}).content.decode()
    answer = client.post(address, {"reason": "Works at Birch"})

    assert without.count("Say why it was entered in error") == 2
    assert answer.headers["Location"] == reverse("people:people", args=[ALDER])
    assert engagements_of(EVERYWHERE, cast.tomasz.person) == []


def test_tasks_are_given_and_ended_on_pages(client: Client, cast: Cast) -> None:
    person, engagement = cast.tomasz.person, cast.tomasz.engagement
    signed_in(client, cast.ruth)

    client.post(reverse("people:give-task", args=[person, engagement]), {"code": "fire-marshal"})
    again = client.post(reverse("people:give-task", args=[person, engagement]), {"code": "fire-marshal"})
    client.get(reverse("people:end-task", args=[person, engagement, "chaperone"]))
    client.post(reverse("people:end-task", args=[person, engagement, "chaperone"]), day("last_on", date(2025, 2, 28)))
    unknown = client.get(reverse("people:end-task", args=[person, engagement, "vaccinator"]))

    assert "already have that task" in again.content.decode()
    assert [(one.task_id, one.ends_on) for one in tasks_known(EVERYWHERE, [engagement])] == [
        ("chaperone", date(2025, 3, 1)),
        ("fire-marshal", None),
    ]
    assert unknown.status_code == 404


def test_registrations_are_added_and_ended_on_pages(client: Client, cast: Cast) -> None:
    person = cast.aisha.person
    signed_in(client, cast.ruth)

    missing = client.post(reverse("people:add-state", args=[person]), {"code": "registered:nmc"})
    client.post(
        reverse("people:add-state", args=[person]), {"code": "registered:nmc"} | day("first_on", date(2010, 9, 1))
    )
    address = reverse("people:end-state", args=[person, "registered:nmc"])
    form = client.get(address).content.decode()
    client.post(address, day("last_on", date(2025, 8, 31)))

    assert "Enter the first day" in missing.content.decode()
    assert "Registered with the Nursing and Midwifery Council" in form
    assert [(one.state_id, one.ends_on) for one in states_known(EVERYWHERE, [person])] == [
        ("registered:nmc", date(2025, 9, 1))
    ]
    assert client.get(reverse("people:end-state", args=[person, "registered:gmc"])).status_code == 404


def addresses(cast: Cast) -> list[str]:
    person, engagement = cast.tomasz.person, cast.tomasz.engagement
    return [
        reverse("people:people", args=[ALDER]),
        reverse("people:add", args=[ALDER]),
        reverse("people:import", args=[ALDER]),
        reverse("people:import-check", args=[ALDER]),
        reverse("people:add-engagement", args=[ALDER, person]),
        reverse("people:person", args=[person]),
        reverse("people:edit", args=[person]),
        reverse("people:add-state", args=[person]),
        reverse("people:end-state", args=[person, "registered:gmc"]),
        *(reverse(f"people:{name}", args=[person, engagement]) for name in ("correct", "leave", "void", "give-task")),
        reverse("people:end-task", args=[person, engagement, "chaperone"]),
    ]


@pytest.mark.parametrize(
    ("who", "status"), [(None, 302), ("owen", 404), ("lorna", 404), ("nadia", 404), ("tomasz", 403), ("gareth", 403)]
)
def test_every_page_refuses_the_wrong_person(client: Client, cast: Cast, who: str | None, status: int) -> None:
    if who:
        signed_in(client, getattr(cast, who))

    answers = {address: client.get(address).status_code for address in addresses(cast)}

    assert answers == dict.fromkeys(addresses(cast), status)


def test_somebody_elses_engagement_is_not_under_this_person(client: Client, cast: Cast) -> None:
    signed_in(client, cast.ruth)

    for name in ("correct", "leave", "void", "give-task"):
        assert (
            client.get(reverse(f"people:{name}", args=[cast.aisha.person, cast.tomasz.engagement])).status_code == 404
        )


def test_a_manager_of_two_people_at_two_places_changes_only_their_own(client: Client, cast: Cast) -> None:
    answer = signed_in(client, cast.ruth).get(
        reverse("people:leave", args=[cast.mei.person, cast.mei.engagements[BIRCH]])
    )

    assert answer.status_code == 404
    assert signed_in(client, cast.ruth).get(reverse("people:people", args=[CEDAR])).status_code == 404


def test_the_list_of_people_costs_the_same_for_one_and_for_three(
    client: Client, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    signed_in(client, cast.owen)
    address = reverse("people:people", args=[CEDAR])
    client.get(address)
    with django_assert_num_queries(7):
        client.get(address)
    for number in (1, 2):
        add_person(
            by=BUILDER,
            at=NOW + timedelta(minutes=number),
            organisation=cast.cedar,
            details=PersonDetails("Ana", f"Lee{number}"),
            terms=Terms("receptionist", "admin", "employed", date(2025, 1, 1)),
        )

    with django_assert_num_queries(7):
        text = client.get(address).content.decode()

    assert "Working here today (3 people)" in text


def test_a_person_page_costs_the_same_for_one_role_and_for_three(
    client: Client, cast: Cast, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    signed_in(client, cast.priya)
    counts = []
    for member in (cast.tomasz, cast.samir):
        address = reverse("people:person", args=[member.person])
        client.get(address)
        with django_assert_num_queries(9) as captured:
            client.get(address)
        counts.append(len(captured))

    assert counts == [9, 9]
