"""The pages about records: what is asked, what is shown, who is kept out."""

import re
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.http import urlencode
from pytest_django import DjangoAssertNumQueries

from preceptor.compliance.records.actions import accept_record, refuse_record, take_back_record
from preceptor.compliance.records.domain import (
    Achievement,
    Effect,
    HowKnown,
    RecordKind,
    Status,
    foresee_with,
    foresight,
)
from preceptor.compliance.records.queries import is_there, record_by_id, records_of, waiting
from preceptor.foundation.access import EVERYWHERE, Can, Scope
from preceptor.foundation.files import hold
from preceptor.register.people.domain import PersonId
from tests.cast import ALDER, NOW, Cast, Member, signed_in
from tests.rooms.records.conftest import FIRE, PDF, PNG, Ledger

ANSWERS = {
    "subject": "fire-safety:1",
    "on_day": "5",
    "on_month": "5",
    "on_year": "2026",
    "shows_expiry": "no",
    "kind": "course",
}


def _text(content: bytes) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", content.decode()))


def _add(client: Client, address: str, **answers: object) -> tuple[int, str]:
    response = client.post(address, ANSWERS | answers)
    return response.status_code, _text(response.content)


def test_staff_are_told_who_checks_and_what_they_send_waits(cast: Cast, client: Client) -> None:
    signed_in(client, cast.tomasz)
    asked = client.get(reverse("records:add-mine"))
    answer = client.post(
        reverse("records:add-mine"), ANSWERS | {"certificate": SimpleUploadedFile("fire.pdf", PDF), "minutes": "35"}
    )

    assert "Ruth Okafor checks it before it counts." in _text(asked.content)
    assert (answer.status_code, answer["Location"]) == (302, reverse("records:mine"))
    (entry,) = records_of(EVERYWHERE, cast.tomasz.person)
    assert (entry.status, entry.on, entry.minutes) == (Status.PENDING, date(2026, 5, 5), 35)
    assert (entry.how_known, entry.certificate and entry.certificate.name) == (HowKnown.COPY, "fire.pdf")
    page = _text(client.get(answer["Location"]).content)
    assert "Sent. It counts once it is accepted." in page
    assert "Waiting to be accepted (1)" in page
    assert "Ruth Okafor checks these." in page


def test_without_a_certificate_a_record_of_ones_own_is_declared(cast: Cast, client: Client) -> None:
    _add(signed_in(client, cast.tomasz), reverse("records:add-mine"))

    assert [entry.how_known for entry in records_of(EVERYWHERE, cast.tomasz.person)] == [HowKnown.DECLARED]


def test_what_a_manager_adds_counts_and_says_how_it_is_known(cast: Cast, client: Client) -> None:
    signed_in(client, cast.ruth)
    address = reverse("records:add", args=[cast.tomasz.person])

    missing, words = _add(client, address)
    status, _ = _add(
        client,
        address,
        how_known="observed",
        shows_expiry="yes",
        expires_on_day="4",
        expires_on_month="5",
        expires_on_year="2028",
    )

    assert (missing, status) == (200, 302)
    assert "Say how you know" in words
    (entry,) = records_of(EVERYWHERE, cast.tomasz.person)
    assert (entry.counts, entry.how_known, entry.expires_on) == (True, HowKnown.OBSERVED, date(2028, 5, 4))


def test_the_page_before_may_ask_for_subjects_first_and_for_the_way_back(cast: Cast, client: Client) -> None:
    signed_in(client, cast.tomasz)
    back = reverse("accounts:me")

    page = client.get(
        reverse("records:add-mine"), {"subject": ["safeguarding-adults:2", "fire-safety"], "next": back}
    ).content.decode()
    offered = re.findall(r'<option value="([^"]*)"( selected)?', page)
    answer = client.post(reverse("records:add-mine"), ANSWERS | {"next": back})
    foreign = client.post(reverse("records:add-mine"), ANSWERS | {"on_day": "6", "next": "https://elsewhere.example/"})

    assert [value for value, _ in offered[:4]] == [
        "",
        "safeguarding-adults:2",
        "safeguarding-adults:3",
        "fire-safety:1",
    ]
    assert [value for value, selected in offered if selected] == ["safeguarding-adults:2", "course"]
    assert answer["Location"] == back
    assert foreign["Location"] == reverse("records:mine")


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ({"subject": ""}, "Choose what it was"),
        ({"on_day": ""}, "Date finished must include a day"),
        ({"on_year": "2062"}, "Date finished must be today or in the past"),
        ({"on_year": "1949"}, "Date finished is too long ago"),
        ({"shows_expiry": ""}, "Say whether the certificate shows a last valid day"),
        ({"shows_expiry": "yes"}, "Enter the last valid day the certificate shows"),
        (
            {"shows_expiry": "yes", "expires_on_day": "4", "expires_on_month": "5", "expires_on_year": "2026"},
            "The last valid day must not be before the date finished",
        ),
        ({"minutes": "long"}, "Minutes it took must be a whole number"),
        ({"minutes": "60001"}, "Minutes must be between 0 and 60,000"),
        ({"certificate": SimpleUploadedFile("training.docx", b"PK\x03\x04")}, "“training.docx” is not"),
        ({"certificate": SimpleUploadedFile("empty.pdf", b"")}, "The file is empty"),
    ],
)
def test_a_mistake_is_said_first_and_nothing_is_saved(
    cast: Cast, client: Client, answers: dict[str, object], message: str
) -> None:
    response = signed_in(client, cast.tomasz).post(reverse("records:add-mine"), ANSWERS | answers)

    page = response.content.decode()
    assert "<title>Error: Add something you have done" in page
    assert page.index("There is a problem") < page.index("<h1")
    assert _text(response.content).count(message) == 2
    assert records_of(EVERYWHERE, cast.tomasz.person) == []


def test_a_last_day_that_was_typed_and_then_denied_is_no_mistake(cast: Cast, client: Client) -> None:
    status, _ = _add(signed_in(client, cast.tomasz), reverse("records:add-mine"), expires_on_day="4")

    assert status == 302


def test_a_certificate_survives_a_mistake_elsewhere(cast: Cast, client: Client) -> None:
    signed_in(client, cast.tomasz)
    first = client.post(
        reverse("records:add-mine"), ANSWERS | {"on_day": "", "certificate": SimpleUploadedFile("fire.pdf", PDF)}
    ).content.decode()
    token = re.search(r'name="held" value="([^"]+)"', first)
    assert token is not None

    second = client.post(reverse("records:add-mine"), ANSWERS | {"held": token[1]})

    assert "<strong>fire.pdf</strong> is attached" in first
    assert second.status_code == 302
    (entry,) = records_of(EVERYWHERE, cast.tomasz.person)
    assert entry.certificate is not None
    assert entry.certificate.name == "fire.pdf"


def test_a_held_certificate_is_of_use_to_nobody_else(cast: Cast, client: Client) -> None:
    page = signed_in(client, cast.tomasz).post(
        reverse("records:add-mine"), ANSWERS | {"on_day": "", "certificate": SimpleUploadedFile("fire.pdf", PDF)}
    )
    token = re.search(r'name="held" value="([^"]+)"', page.content.decode())
    assert token is not None

    _add(signed_in(client, cast.aisha), reverse("records:add-mine"), held=token[1])
    _add(signed_in(client, cast.aisha), reverse("records:add-mine"), held="nonsense", on_day="6")

    assert [entry.certificate for entry in records_of(EVERYWHERE, cast.aisha.person)] == [None, None]


def test_what_it_would_change_is_shown_before_it_is_sent_when_someone_knows(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(foresight, "_answering", [])
    signed_in(client, cast.tomasz)
    assert "See what it changes" not in _text(client.get(reverse("records:add-mine")).content)

    def answer(scope: Scope, person: PersonId, achievement: Achievement, today: date) -> tuple[Effect, ...]:
        assert (scope.person, person, achievement.subject) == (cast.tomasz.person, cast.tomasz.person, "fire-safety")
        return (Effect("fire safety", "valid", "Valid", f"until 5 May {achievement.on.year + 2}"),)

    foresee_with(answer)
    status, words = _add(client, reverse("records:add-mine"), check="yes")

    assert status == 200
    assert "When accepted, your fire safety becomes Valid until 5 May 2028" in words
    assert records_of(EVERYWHERE, cast.tomasz.person) == []


def test_the_manager_sees_what_waits_and_accepts_it(cast: Cast, client: Client, ledger: Ledger) -> None:
    record = ledger.add(cast.tomasz, certificate=hold(PNG, "photo.png", NOW))
    own = ledger.add(cast.ruth)
    signed_in(client, cast.ruth)
    listing = reverse("records:waiting", args=[ALDER])

    page = client.get(listing).content.decode()
    review = client.get(reverse("records:review", args=[record]), {"next": listing}).content.decode()
    answer = client.post(reverse("records:review", args=[record]), {"decision": "accept", "next": listing})

    assert "Waiting to be accepted (2)" in _text(page.encode())
    assert reverse("records:review", args=[record]) in page
    assert reverse("records:review", args=[own]) not in page
    assert "Your own: someone else decides" in page
    assert f'href="{reverse("records:import", args=[ALDER])}?{urlencode({"next": listing})}"' in page
    assert f'<img class="pr-paper" src="{reverse("records:certificate", args=[record])}"' in review
    assert (answer.status_code, answer["Location"]) == (302, listing)
    assert record_by_id(EVERYWHERE, record).counts
    assert [entry.id for entry in waiting(EVERYWHERE)] == [own]
    assert "Accepted for Tomasz Nowak: Fire safety." in _text(client.get(listing).content)


def test_the_manager_refuses_with_a_reason_that_the_person_reads(cast: Cast, client: Client, ledger: Ledger) -> None:
    record = ledger.add(cast.tomasz)
    address = reverse("records:review", args=[record])
    signed_in(client, cast.ruth)

    without = _text(client.post(address, {"decision": "refuse", "reason": " "}).content)
    answer = client.post(address, {"decision": "refuse", "reason": "The name on it is not yours"})

    assert "Say why you do not accept it" in without
    assert answer.status_code == 302
    mine = _text(signed_in(client, cast.tomasz).get(reverse("records:mine")).content)
    assert "Kept, but not counted (1)" in mine
    assert "Reason: The name on it is not yours" in mine


def test_a_decision_that_comes_too_late_is_said(cast: Cast, client: Client, ledger: Ledger) -> None:
    record, own = ledger.add(cast.tomasz), ledger.add(cast.ruth)
    accept_record(by=cast.priya.viewer, at=NOW, record=record)
    signed_in(client, cast.ruth)

    late = client.post(reverse("records:review", args=[record]), {"decision": "accept"}, follow=True)
    mine = client.post(reverse("records:review", args=[own]), {"decision": "accept"}, follow=True)
    refused = client.post(reverse("records:review", args=[record]), {"decision": "refuse", "reason": "Unreadable"})

    assert "This record is already accepted" in _text(late.content)
    assert "There is a problem" not in _text(late.content)
    assert "This is your own record, so someone else must decide on it" in _text(mine.content)
    assert "This record is already accepted" in _text(refused.content)


def test_the_page_before_may_ask_for_a_kind(cast: Cast, client: Client) -> None:
    signed_in(client, cast.tomasz)

    asked = client.get(reverse("records:add-mine"), {"subject": "fire-safety:1", "kind": "sign-off"}).content.decode()
    unknown = client.get(reverse("records:add-mine"), {"subject": "fire-safety:x", "kind": "magic"}).content.decode()

    assert re.findall(r'<option value="([^"]*)" selected', asked) == ["fire-safety:1", "sign-off"]
    assert re.findall(r'<option value="([^"]*)" selected', unknown) == ["fire-safety:1", "course"]


def test_what_is_sent_twice_is_kept_once(cast: Cast, client: Client) -> None:
    signed_in(client, cast.tomasz)

    first, _ = _add(client, reverse("records:add-mine"))
    second, words = _add(client, reverse("records:add-mine"))

    assert (first, second) == (302, 200)
    assert "This is in the records already, with the same date" in words
    assert len(records_of(EVERYWHERE, cast.tomasz.person)) == 1


def test_what_was_refused_or_taken_back_may_be_sent_again(cast: Cast, client: Client, ledger: Ledger) -> None:
    refuse_record(by=cast.ruth.viewer, at=NOW, record=ledger.add(cast.tomasz), reason="Cannot be read")
    take_back_record(by=cast.tomasz.viewer, at=NOW, record=ledger.add(cast.tomasz))
    logged = replace(FIRE, kind=RecordKind.LOG)
    ledger.add(cast.tomasz, logged)
    scope = cast.tomasz.viewer.scope(Can.SEE_RECORDS)

    assert not is_there(scope, cast.tomasz.person, FIRE)
    assert not is_there(scope, cast.tomasz.person, logged)
    ledger.add(cast.tomasz)
    assert is_there(scope, cast.tomasz.person, FIRE)
    assert not is_there(scope, cast.tomasz.person, replace(FIRE, on=FIRE.on - timedelta(days=1)))


def test_a_record_tells_its_whole_history(cast: Cast, client: Client, ledger: Ledger) -> None:
    record = ledger.add(cast.tomasz, replace(FIRE, minutes=90, provider="Vale Hub"), at=NOW - timedelta(days=2))
    refuse_record(by=cast.ruth.viewer, at=NOW, record=record, reason="Cannot be read")

    page = _text(signed_in(client, cast.ruth).get(reverse("records:record", args=[record])).content)

    for words in (
        "Tomasz Nowak Fire safety",
        "Not accepted",
        "Finished on 19 November 2026",
        "How long 1 hour 30 minutes",
        "Provider Vale Hub",
        "Added by Tomasz Nowak 21 November 2026",
        "Not accepted by Ruth Okafor Reason: Cannot be read 23 November 2026",
        "No certificate came with this record.",
    ):
        assert words in page


def test_a_manager_withdraws_and_corrects_with_a_reason(cast: Cast, client: Client, ledger: Ledger) -> None:
    wrong, other = ledger.add(cast.tomasz, by=cast.ruth.viewer), ledger.add(cast.aisha, by=cast.ruth.viewer)
    signed_in(client, cast.ruth)

    asked = client.get(reverse("records:correct", args=[wrong])).content.decode()
    answer = client.post(
        reverse("records:correct", args=[wrong]), ANSWERS | {"how_known": "copy", "reason": "The day was misread"}
    )
    empty = _text(client.post(reverse("records:withdraw", args=[other]), {"reason": ""}).content)
    gone = client.post(reverse("records:withdraw", args=[other]), {"reason": "It was another Aisha"})

    assert '<option value="fire-safety:1" selected' in asked
    boxes = [tag for tag in re.findall(r"<input[^>]*>", asked) if 'name="on_' in tag]
    assert [re.findall(r' value="(\d+)"', tag) for tag in boxes] == [["19"], ["11"], ["2026"]]
    corrected = record_by_id(EVERYWHERE, wrong).corrected_by
    assert answer["Location"] == reverse("records:record", args=[corrected])
    assert "Say why you are withdrawing it" in empty
    assert gone.status_code == 302
    assert "Withdrawn by Ruth Okafor Reason: It was another Aisha" in _text(
        client.get(reverse("records:record", args=[other])).content
    )


def test_people_take_back_what_waits(cast: Cast, client: Client, ledger: Ledger) -> None:
    record = ledger.add(cast.tomasz)
    signed_in(client, cast.tomasz)
    address = reverse("records:take-back", args=[record])

    assert address in client.get(reverse("records:record", args=[record])).content.decode()
    client.post(address)
    again = client.post(address, follow=True)

    assert record_by_id(EVERYWHERE, record).withdrawn is not None
    assert "This record is already withdrawn" in _text(again.content)
    assert signed_in(client, cast.ruth).get(address).status_code == 404


def test_a_certificate_is_served_so_that_it_can_do_nothing(cast: Cast, client: Client, ledger: Ledger) -> None:
    scan = ledger.add(cast.tomasz, certificate=hold(PDF, "Feuer “1”.pdf", NOW))
    photo = ledger.add(cast.tomasz, replace(FIRE, on=date(2026, 11, 18)), certificate=hold(PNG, "photo.png", NOW))
    signed_in(client, cast.ruth)

    pdf = client.get(reverse("records:certificate", args=[scan]))
    png = client.get(reverse("records:certificate", args=[photo]))

    assert (pdf.content, pdf["Content-Type"]) == (PDF, "application/pdf")
    assert pdf["Content-Disposition"].startswith("attachment; filename*=utf-8''Feuer%20")
    assert (png.content, png["Content-Type"]) == (PNG, "image/png")
    assert png["Content-Disposition"] == 'inline; filename="photo.png"'
    for response in (pdf, png):
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "sandbox" in response["Content-Security-Policy"]
        assert "default-src 'none'" in response["Content-Security-Policy"]
        assert response["Cache-Control"] == "private, no-store"


def test_empty_lists_say_what_to_do(cast: Cast, client: Client) -> None:
    signed_in(client, cast.ruth)

    assert "No records are waiting for you." in _text(client.get(reverse("records:waiting", args=[ALDER])).content)
    assert "There are no records yet. Add one here" in _text(
        client.get(reverse("records:person", args=[cast.tomasz.person])).content
    )
    mine = _text(signed_in(client, cast.tomasz).get(reverse("records:mine")).content)
    assert "Add what you have already done elsewhere" in mine


def test_lists_cost_the_same_for_one_and_for_three(
    cast: Cast, client: Client, ledger: Ledger, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    signed_in(client, cast.ruth)
    addresses = (reverse("records:waiting", args=[ALDER]), reverse("records:person", args=[cast.tomasz.person]))
    ledger.add(cast.tomasz)
    costs = []
    for address in addresses:
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        costs.append(len(asked))
    ledger.add(cast.tomasz, replace(FIRE, subject="anaphylaxis"))
    ledger.add(cast.tomasz, replace(FIRE, subject="safeguarding-adults", level=2))

    for address, cost in zip(addresses, costs, strict=True):
        with django_assert_num_queries(cost):
            client.get(address)


def _addresses(cast: Cast, ledger: Ledger) -> dict[str, str]:
    record = ledger.add(cast.tomasz, certificate=hold(PDF, "fire.pdf", NOW))
    return {
        "person": reverse("records:person", args=[cast.tomasz.person]),
        "add": reverse("records:add", args=[cast.tomasz.person]),
        **{name: reverse(f"records:{name}", args=[record]) for name in ("record", "certificate")},
        **{name: reverse(f"records:{name}", args=[record]) for name in ("review", "correct", "withdraw")},
        **{name: reverse(f"records:{name}", args=[ALDER]) for name in ("waiting", "import", "import-check")},
    }


def _statuses(client: Client, member: Member, addresses: dict[str, str]) -> dict[str, int]:
    signed_in(client, member)
    return {name: client.get(address).status_code for name, address in addresses.items()}


def test_the_wrong_person_is_refused_everywhere(cast: Cast, client: Client, ledger: Ledger) -> None:
    addresses = _addresses(cast, ledger)

    signed_out = {name: client.get(address) for name, address in addresses.items()}
    assert all(
        response.status_code == 302 and response["Location"].startswith(reverse("account_login"))
        for response in signed_out.values()
    )
    for outsider in (cast.owen, cast.lorna, cast.nadia):
        assert set(_statuses(client, outsider, addresses).values()) == {404}
    own_only = {"person", "add", "record", "certificate"}
    colleague = _statuses(client, cast.aisha, addresses)
    assert colleague == {name: 404 if name in own_only else 403 for name in addresses}
    assert _statuses(client, cast.gareth, addresses) == colleague
    manager = _statuses(client, cast.ruth, addresses)
    assert manager == {name: 302 if name == "import-check" else 200 for name in addresses}


def test_a_record_there_is_not_is_missing(cast: Cast, client: Client) -> None:
    signed_in(client, cast.ruth)

    for name in ("record", "certificate", "review", "correct", "withdraw"):
        assert client.get(reverse(f"records:{name}", args=[uuid4()])).status_code == 404
