"""The pages about requirements and adjustments, and who may open them."""

import re
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from preceptor.compliance.requirements.actions import record_leave
from preceptor.compliance.requirements.domain.decisions import Eased
from preceptor.compliance.requirements.queries import live_adjustments, requirement_by_key, requirements_of
from preceptor.foundation.access import EVERYWHERE
from tests.cast import Cast, Member, signed_in

from .conftest import take

AT = datetime(2026, 11, 9, 9, tzinfo=UTC)
ALDER = "/practices/A81001/requirements/"
ADJUSTMENTS = "/practices/A81001/adjustments/"
FAR = date(2199, 1, 1)


def page(client: Client, path: str, **query: str) -> str:
    """The words of a page that must be there."""
    response = client.get(path, query)
    assert response.status_code == 200, response
    return response.content.decode()


def days(name: str, day: date) -> dict[str, str]:
    """A day as its three boxes send it."""
    return {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}


def adoption(*keys: str) -> dict[str, object]:
    """The answers of the form that adopts fire safety or data security."""
    areas = {"fire-safety": "area_safety", "data-security": "area_data", "practice-induction": "area_joining"}
    return {
        **{areas[key]: key for key in keys},
        **days("first_on", date(2026, 12, 1)),
        **days("decided_on", date(2025, 11, 2)),
        "decided_by": "Partners’ meeting",
    }


def test_an_empty_practice_is_shown_where_to_start(client: Client, loaded: Cast) -> None:
    ruths = page(signed_in(client, loaded.ruth), ALDER)
    aishas = page(signed_in(client, loaded.aisha), ALDER)

    assert "Nothing is required here yet" in ruths
    assert f"{ALDER}adopt/" in ruths
    assert "Nothing is required here yet" in aishas
    assert f"{ALDER}adopt/" not in aishas


def test_requirements_are_listed_by_area_with_the_rule_in_a_sentence(client: Client, loaded: Cast) -> None:
    take(loaded, "fire-safety", "data-security")

    html = page(signed_in(client, loaded.aisha), ALDER)

    assert html.index("Safety at work") < html.index("Fire safety") < html.index("Data security and protection")
    assert "first within 14 days of starting." in html
    assert "2 requirements" in html


def test_one_requirement_tells_its_decision_its_sources_and_its_versions(client: Client, loaded: Cast) -> None:
    take(loaded, "safeguarding-1", on=date(2022, 4, 1))

    html = page(signed_in(client, loaded.ruth), f"{ALDER}safeguarding-1/")

    assert "Decision record, version 2" in html
    assert "Partners’ meeting, 2 November 2026. Recorded by catalogue" in html
    assert "National catalogue, version 2, kept as it is" in html
    assert "Where sources differ" in html
    assert "We follow this" in html
    assert "Not verified" in html
    assert html.index("Version 2, in force") < html.index("<strong>Version 1</strong>")
    assert "1 April 2022 to 31 October 2024" in html
    assert "<del>" in html
    assert "<ins>" in html
    assert f"{ALDER}safeguarding-1/stop/" in html


def test_the_catalogue_and_one_of_its_requirements_are_open_to_who_works_somewhere(
    client: Client, loaded: Cast
) -> None:
    signed_in(client, loaded.tomasz)

    assert "5 requirements to start from, 4 of them in the starter pack" in page(client, "/catalogue/")
    assert "It binds nobody until a practice adopts it" in page(client, "/catalogue/fire-safety/")
    assert client.get("/catalogue/alchemy/").status_code == 404


def test_adopting_reads_the_choice_back_before_anything_is_saved(client: Client, loaded: Cast) -> None:
    signed_in(client, loaded.ruth)

    form = page(client, f"{ALDER}adopt/")
    check = client.post(f"{ALDER}adopt/", adoption("fire-safety", "data-security")).content.decode()
    before = requirements_of(EVERYWHERE, loaded.alder)
    changing = client.post(f"{ALDER}adopt/", adoption("fire-safety") | {"change": "yes"}).content.decode()
    done = client.post(f"{ALDER}adopt/", adoption("fire-safety", "data-security") | {"confirm": "yes"})

    assert 'value="fire-safety" checked' in form
    assert "From 1 December 2026 everyone at Alder Surgery has to meet those of these 2 requirements" in check
    assert '<input type="hidden" name="area_data" value="data-security">' in check
    assert before == []
    assert 'value="Partners’ meeting"' in changing
    assert (done.status_code, done["Location"]) == (302, ALDER)
    assert {one.key for one in requirements_of(EVERYWHERE, loaded.alder)} == {"fire-safety", "data-security"}
    assert "Alder Surgery has taken over 2 requirements." in page(client, ALDER)
    assert 'value="fire-safety"' not in page(client, f"{ALDER}adopt/")


def test_choosing_is_folded_by_area_with_counts_and_what_is_held_stands_apart(client: Client, loaded: Cast) -> None:
    signed_in(client, loaded.ruth)
    fresh = page(client, f"{ALDER}adopt/")
    take(loaded, "fire-safety")

    held = page(client, f"{ALDER}adopt/")
    missed = client.post(f"{ALDER}adopt/", days("first_on", date(2026, 12, 1))).content.decode()

    areas = re.compile(r'<details class="[^"]*bottom-2"( open)?>.*?summary-text">([^<]*)</span>.*?quiet">([^<]*)<')
    assert areas.findall(fresh) == [
        ("", "Starting work", "1 requirement, 1 ticked"),
        ("", "Safety at work", "1 requirement, 1 ticked"),
        ("", "Safeguarding and rights", "1 requirement, 1 ticked"),
        ("", "Data and systems", "2 requirements, 1 ticked"),
    ]
    assert [found[1:] for found in areas.findall(held)] == [
        ("Starting work", "1 requirement"),
        ("Safeguarding and rights", "1 requirement"),
        ("Data and systems", "2 requirements"),
    ]
    assert "Already on" not in fresh
    assert "Already on Alder Surgery’s list (1)" in held
    assert f'<a href="{ALDER}fire-safety/">Fire safety</a>' in held
    assert [found[0] for found in areas.findall(missed)] == [" open", "", ""]


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({}, "Choose at least one requirement"),
        ({"area_safety": "fire-safety"}, "Enter the first day"),
        ({"area_safety": "fire-safety"}, "Say who decided"),
        ({"area_safety": "fire-safety"} | days("decided_on", FAR), "Day of the decision must be today or in the past"),
    ],
)
def test_adopting_says_what_is_missing(client: Client, loaded: Cast, answers: dict[str, str], message: str) -> None:
    html = signed_in(client, loaded.ruth).post(f"{ALDER}adopt/", {"x": "1"} | answers).content.decode()

    assert "<title>Error: " in html
    assert message in html
    assert requirements_of(EVERYWHERE, loaded.alder) == []


def test_a_refusal_of_the_action_is_shown_on_the_form(client: Client, loaded: Cast) -> None:
    answers = adoption("fire-safety") | days("first_on", date(2019, 6, 1)) | {"confirm": "yes"}

    html = signed_in(client, loaded.ruth).post(f"{ALDER}adopt/", answers).content.decode()

    assert "Fire safety is not in force on that day" in html or requirements_of(EVERYWHERE, loaded.alder)


def test_a_requirement_is_ended_with_its_last_day_and_a_reason(client: Client, loaded: Cast) -> None:
    take(loaded, "fire-safety")
    signed_in(client, loaded.ruth)

    missing = client.post(f"{ALDER}fire-safety/stop/", days("last_on", date(2026, 12, 31))).content.decode()
    done = client.post(
        f"{ALDER}fire-safety/stop/",
        days("last_on", date(2026, 12, 31))
        | {"reason": "The landlord does it.", "legal_reason": "He answers for the building."},
    )

    assert "Say why it is no longer required" in missing
    assert "Say why the law does not apply to you" in missing
    assert done["Location"] == f"{ALDER}fire-safety/"
    html = page(client, f"{ALDER}fire-safety/")
    assert "31 December 2026" in html
    assert "the last day it is required. Ruth Okafor recorded why: The landlord does it." in html
    assert requirement_by_key(EVERYWHERE, loaded.alder, "fire-safety").ending is not None
    colleague = page(signed_in(client, loaded.aisha), f"{ALDER}fire-safety/")
    above = page(signed_in(client, loaded.gareth), f"{ALDER}fire-safety/")
    assert "recorded why: The landlord does it." in colleague
    assert "why it does not apply here: He answers for the building." in above
    assert "The landlord does it." not in above
    assert "Ruth Okafor recorded" not in above


def test_leave_is_recorded_and_leads_back_to_where_one_was(client: Client, loaded: Cast) -> None:
    signed_in(client, loaded.ruth)
    path = f"/engagements/{loaded.aisha.engagement}/leave/"
    answers = days("first_on", date(2026, 12, 1)) | days("last_on", date(2027, 1, 31))
    answers |= {"reason": "Sickness", "authority": "Ruth Okafor", "next": "/catalogue/"}

    html = page(client, path, next="/catalogue/")
    done = client.post(path, answers)
    again = client.post(path, answers).content.decode()

    assert "Aisha Rahman: record leave" in html
    assert '<input type="hidden" name="next" value="/catalogue/">' in html
    assert done["Location"] == "/catalogue/"
    assert "That is recorded already, for the same days" in again
    (row,) = live_adjustments(EVERYWHERE, loaded.alder, date(2026, 11, 23))
    assert (row.person, row.starts_on, row.last_on) == ("Aisha Rahman", date(2026, 12, 1), date(2027, 1, 31))


def test_leave_does_not_lead_to_another_site(client: Client, loaded: Cast) -> None:
    answers = days("first_on", date(2026, 12, 1)) | {"reason": "Sickness", "authority": "Ruth", "next": "//evil.test/"}

    done = signed_in(client, loaded.ruth).post(f"/engagements/{loaded.aisha.engagement}/leave/", answers)

    assert done["Location"] == ADJUSTMENTS


def test_an_exemption_starts_from_the_requirement_one_came_from(client: Client, loaded: Cast) -> None:
    fire = take(loaded, "fire-safety", "data-security")[0]
    path = f"/engagements/{loaded.mei.engagements['A81001']}/exemption/"
    signed_in(client, loaded.ruth)
    answers = days("first_on", date(2026, 11, 1)) | {
        "requirement": str(fire.id),
        "reason": "Done elsewhere",
        "authority": "Partners",
    }

    html = page(client, path, requirement="fire-safety")
    done = client.post(path, answers)

    assert f'value="{fire.id}" selected' in html
    assert done["Location"] == ADJUSTMENTS
    register = page(client, ADJUSTMENTS)
    assert "Exemption: Dr Mei Lin" in register
    assert "From 1 November 2026, no last day yet" in register
    assert "Done elsewhere. On the authority of Partners. Recorded by Ruth Okafor" in register


def test_requirements_are_extended_for_everyone(client: Client, loaded: Cast) -> None:
    fire = take(loaded, "fire-safety")[0]
    signed_in(client, loaded.ruth)
    answers = days("first_on", date(2026, 12, 1)) | days("until_on", FAR)
    answers |= {"requirements": str(fire.id), "reason": "The provider has closed", "authority": "NHS England"}

    page(client, f"{ADJUSTMENTS}extend/")
    done = client.post(f"{ADJUSTMENTS}extend/", answers)

    assert done["Location"] == ADJUSTMENTS
    assert "Extension: Everyone it concerns" in page(client, ADJUSTMENTS)


def test_an_adjustment_is_withdrawn_with_a_reason_and_leaves_the_register(client: Client, loaded: Cast) -> None:
    adjustment = record_leave(
        by=loaded.ruth.viewer,
        at=AT,
        engagement=loaded.aisha.engagement,
        eased=Eased(date(2026, 12, 1), "Sickness", "Ruth Okafor"),
    )
    signed_in(client, loaded.ruth)
    path = f"{ADJUSTMENTS}{adjustment}/withdraw/"

    assert path in page(client, ADJUSTMENTS)
    assert "Say why it is withdrawn" in client.post(path, {"reason": " "}).content.decode()
    assert client.post(path, {"reason": "Came back"})["Location"] == ADJUSTMENTS
    assert "Nobody is on leave or excused, and nothing is extended." in page(client, ADJUSTMENTS)
    assert client.get(path).status_code == 404


def paths(cast: Cast, adjustment: UUID) -> dict[str, str]:
    """Every address of the room that belongs to a practice, with who else of Alder Surgery may open it."""
    return {
        ALDER: "staff",
        f"{ALDER}fire-safety/": "staff",
        f"{ALDER}adopt/": "",
        f"{ALDER}fire-safety/stop/": "",
        ADJUSTMENTS: "",
        f"{ADJUSTMENTS}extend/": "",
        f"{ADJUSTMENTS}{adjustment}/withdraw/": "",
        f"/engagements/{cast.aisha.engagement}/leave/": "",
        f"/engagements/{cast.aisha.engagement}/exemption/": "",
    }


def test_the_wrong_person_is_refused_at_every_address(client: Client, loaded: Cast) -> None:
    take(loaded, "fire-safety")
    adjustment = record_leave(
        by=loaded.ruth.viewer,
        at=AT,
        engagement=loaded.aisha.engagement,
        eased=Eased(date(2026, 12, 1), "Sickness", "Ruth Okafor"),
    )

    def seen(member: Member | None) -> dict[str, int]:
        browser = signed_in(Client(), member) if member else Client()
        return {path: browser.get(path).status_code for path in paths(loaded, adjustment)}

    every = paths(loaded, adjustment)
    assert seen(loaded.ruth) == dict.fromkeys(every, 200)
    assert seen(None) == dict.fromkeys(every, 302)
    assert seen(loaded.owen) == dict.fromkeys(every, 404)
    assert seen(loaded.lorna) == dict.fromkeys(every, 404)
    assert seen(loaded.aisha) == {path: 200 if who == "staff" else 403 for path, who in every.items()}
    edits = {f"{ALDER}adopt/": 404, f"{ALDER}fire-safety/stop/": 404}  # he changes what the hub asks, not this
    assert seen(loaded.gareth) == {path: 200 if who == "staff" else 403 for path, who in every.items()} | edits
    assert client.get("/catalogue/").status_code == 302


def test_posting_changes_nothing_for_the_wrong_person(loaded: Cast) -> None:
    browser = signed_in(Client(), loaded.owen)

    refused = browser.post(f"{ALDER}adopt/", adoption("fire-safety") | {"confirm": "yes"})

    assert refused.status_code == 404
    assert requirements_of(EVERYWHERE, loaded.alder) == []


def test_a_page_costs_the_same_for_one_requirement_as_for_four(client: Client, loaded: Cast) -> None:
    signed_in(client, loaded.ruth)

    def cost(path: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            page(client, path)
        return len(queries)

    take(loaded, "fire-safety")
    one = cost(ALDER)
    take(loaded, "data-security", "safeguarding-1", "practice-induction")

    assert cost(ALDER) == one
