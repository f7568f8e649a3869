"""The living analysis and its endorsed versions: who may, what is kept, and what the database refuses."""

from __future__ import annotations

import hashlib
import io
import json
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.http import Http404
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from preceptor.compliance.requirements.actions import retire
from preceptor.compliance.requirements.queries import requirement_by_key
from preceptor.foundation.access import EVERYWHERE, Can
from preceptor.foundation.actions import Refusal
from preceptor.foundation.gates import OutsideActionError
from preceptor.foundation.journal import JournalLine
from preceptor.oversight.evidence.actions import endorse
from preceptor.oversight.evidence.domain import Endorsing, digest_of, text_of
from preceptor.oversight.evidence.models import EndorsedAnalysis
from preceptor.oversight.evidence.queries import analysis_of, version_of, versions_of
from preceptor.register.organisations.actions import start_system
from preceptor.register.organisations.domain import OrganisationId, Period
from preceptor.register.people.actions import add_person, give_task
from preceptor.register.people.domain import PersonDetails, Terms
from tests.cast import ALDER, BIRCH, BUILDER, BUILT_AT, CEDAR, Member, signed_in
from tests.rooms.workplace import Workplace

pytestmark = pytest.mark.django_db

NEEDS = f"/practices/{ALDER}/training-needs/"
SINCE = Period(date(2024, 1, 1))


def said(work: Workplace, **other: Any) -> Endorsing:
    today = work.now.date()
    return replace(
        Endorsing("Dr Helen Marsh, for the partners", today, today + timedelta(days=365), "Phishing tests.", ""),
        **other,
    )


def seen(work: Workplace, place: OrganisationId | None = None, published_on: date | None = None) -> str:
    today = work.now.date()
    return digest_of(text_of(analysis_of(EVERYWHERE, place or work.cast.alder, today, published_on or today)))


def frozen(work: Workplace, member: Member | None = None, **other: Any) -> int:
    return endorse(
        by=(member or work.cast.ruth).viewer,
        at=work.now,
        organisation=work.cast.alder,
        published_on=work.now.date(),
        endorsing=said(work, **other),
        seen=seen(work),
    )


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_living_analysis_says_what_each_role_needs_out_of_the_decisions(work: Workplace, client: Client) -> None:
    start_system(by=BUILDER, at=work.now, organisation=work.cast.alder, system="emis-web", period=SINCE)
    give_task(by=BUILDER, at=work.now, engagement=work.cast.helen.engagement, task="siro", period=SINCE)
    work.did(work.cast.tomasz, "data-security", work.now.date() - timedelta(days=10))

    shown = page(signed_in(client, work.cast.ruth), NEEDS)

    fire = requirement_by_key(EVERYWHERE, work.cast.alder, "fire-safety").versions[-1].decision
    assert 'id="role-receptionist">Receptionist</h3> <span class="pr-small pr-quiet">1 person, ' in shown
    assert "Duties nobody holds</dt><dd>Caldicott Guardian, " in shown
    assert "Names, addresses, telephone numbers and NHS numbers" in shown
    assert "EMIS Web." in shown
    assert "Every 24 months" in shown
    assert fire.rationale in shown
    assert "Regulatory Reform (Fire Safety) Order 2005" in shown
    assert "1 of 6 people, 16%, if published on" in shown
    assert re.search(r"Senior information risk owner</th><td>Dr Helen Marsh</td>", shown)
    assert re.search(r"Caldicott Guardian</th><td>Nobody is recorded</td>", shown)
    assert "Not endorsed." in shown


def test_everything_that_folds_is_open_when_asked(work: Workplace, client: Client) -> None:
    frozen(work)
    signed_in(client, work.cast.ruth)

    for address in (NEEDS, f"{NEEDS}1/"):
        folded, opened = page(client, address), page(client, f"{address}?open=all")
        assert folded.count("<details") == opened.count("<details") > 10
        assert (folded.count(" open><summary"), "Open everything" in folded) == (0, True)
        assert (opened.count(" open><summary"), "Fold everything" in opened) == (opened.count("<details"), True)


def test_the_pharmacist_the_network_pays_for_carries_the_year_of_the_contract(work: Workplace, client: Client) -> None:
    shown = page(signed_in(client, work.cast.ruth), NEEDS)

    assert "<dt>Contract</dt><dd>Network contract of 2025/26; Enrolled in or qualified from" in shown
    assert shown.count("<dt>Contract</dt>") == 1


def test_another_day_of_publication_is_measured_on_that_day(work: Workplace, client: Client) -> None:
    work.did(work.cast.tomasz, "data-security", date(2025, 6, 30))
    signed_in(client, work.cast.ruth)

    on_the_day = page(client, f"{NEEDS}?on_day=30&on_month=6&on_year=2026")
    a_day_later = page(client, f"{NEEDS}?on_day=1&on_month=7&on_year=2026")
    wrong = page(client, f"{NEEDS}?on_day=31&on_month=6&on_year=2026")

    assert "1 of 6 people, 16%, if published on 30 June 2026" in on_the_day
    assert "0 of 6 people, 0%, if published on 1 July 2026" in a_day_later
    assert "The day of publication must be a real date" in wrong


def test_endorsing_freezes_what_was_read_with_its_digest(work: Workplace, client: Client) -> None:
    number = frozen(work)

    row = EndorsedAnalysis.objects.get()
    found = version_of(EVERYWHERE, work.cast.alder, number)
    assert number == 1
    assert row.sha256 == hashlib.sha256(row.content.encode()).hexdigest()
    assert (found.is_sound, found.analysis.endorsement.by if found.analysis.endorsement else "") == (
        True,
        "Dr Helen Marsh, for the partners",
    )
    assert JournalLine.objects.filter(verb="analysis.endorsed", organisation=work.cast.alder).count() == 1
    assert [one.number for one in versions_of(EVERYWHERE, work.cast.alder)] == [1]
    text = signed_in(client, work.cast.ruth).get(f"{NEEDS}1.json")
    assert hashlib.sha256(text.content).hexdigest() == row.sha256
    assert json.loads(text.content)["endorsement"]["recorded_by"] == "Ruth Okafor"


def test_a_frozen_version_stays_whatever_happens_and_says_what_differs(work: Workplace, client: Client) -> None:
    signed_in(client, work.cast.ruth)
    frozen(work)
    before, pdf_before = page(client, f"{NEEDS}1/"), client.get(f"{NEEDS}1.pdf").content
    add_person(
        by=BUILDER,
        at=BUILT_AT,
        organisation=work.cast.alder,
        details=PersonDetails("Rosa", "Marlow"),
        terms=Terms("health-care-assistant", "dpc", "employed", date(2025, 3, 1)),
        tasks=(),
    )
    work.did(work.cast.tomasz, "data-security", work.now.date() - timedelta(days=10))

    after = page(client, f"{NEEDS}1/")

    assert "Nothing: everything is as it was endorsed." in before
    assert "Health care assistant is a new role here: 1 person." in after
    assert "The training item was 0 of 6, 0%, for" in after
    assert after.split('id="item"')[1] == before.split('id="item"')[1]
    assert client.get(f"{NEEDS}1.pdf").content == pdf_before
    assert "its digest is still the one it was given" in after
    assert EndorsedAnalysis.objects.get().sha256 in after


def test_what_changed_while_it_was_read_is_not_endorsed(work: Workplace) -> None:
    read = seen(work)
    work.did(work.cast.tomasz, "data-security", work.now.date() - timedelta(days=10))

    with pytest.raises(Refusal, match="has changed since you opened this page"):
        endorse(
            by=work.cast.ruth.viewer,
            at=work.now,
            organisation=work.cast.alder,
            published_on=work.now.date(),
            endorsing=said(work),
            seen=read,
        )


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"by": "  "}, "endorsed_by"),
        ({"on": date(2030, 1, 1)}, "endorsed_on"),
        ({"review_by": date(2020, 1, 1)}, "review_by"),
    ],
)
def test_what_is_unsaid_or_backwards_is_refused(other: dict[str, Any], field: str, work: Workplace) -> None:
    with pytest.raises(Refusal) as refused:
        frozen(work, **other)

    assert refused.value.field == field


def test_nothing_is_endorsed_where_nothing_is_required(work: Workplace) -> None:
    with pytest.raises(Refusal, match="nothing to endorse"):
        endorse(
            by=work.cast.owen.viewer,
            at=work.now,
            organisation=work.cast.cedar,
            published_on=work.now.date(),
            endorsing=said(work),
            seen=seen(work, work.cast.cedar),
        )


def test_an_empty_place_says_what_is_missing(work: Workplace, client: Client) -> None:
    shown = page(signed_in(client, work.cast.owen), f"/practices/{CEDAR}/training-needs/")

    assert "There is nothing to analyse yet" in shown
    assert "Freeze and endorse" not in shown


def test_only_the_places_own_manager_endorses(work: Workplace) -> None:
    for member, refusal in (
        (work.cast.owen, Http404),
        (work.cast.lorna, Http404),
        (work.cast.nadia, Http404),
        (work.cast.gareth, PermissionDenied),
        (work.cast.priya, PermissionDenied),
        (work.cast.tomasz, PermissionDenied),
    ):
        with pytest.raises(refusal):
            frozen(work, member)

    assert not EndorsedAnalysis.objects.exists()


def test_leads_read_without_names_and_others_do_not_read(work: Workplace, client: Client) -> None:
    give_task(by=BUILDER, at=work.now, engagement=work.cast.helen.engagement, task="siro", period=SINCE)
    frozen(work)
    files = (NEEDS, f"{NEEDS}1/", f"/practices/{ALDER}/training-needs.pdf", f"{NEEDS}1.pdf")

    for lead in (work.cast.nadia, work.cast.gareth):
        signed_in(client, lead)
        for address in files[:2]:
            shown = page(client, address).split('id="roles"')[1]
            assert re.search(r"Senior information risk owner</th><td>1 person</td>", shown)
            assert not any(one.name in shown for one in work.cast.everybody)
        for address in files[2:]:
            assert "Helen" not in _text(client.get(address).content).split("What each role needs")[1]
        assert client.get(f"{NEEDS}1.json").status_code == 404
        assert client.get(f"{NEEDS}endorse/").status_code in {403, 404}

    for outsider in (work.cast.owen, work.cast.lorna, work.cast.tomasz, work.cast.mei):
        signed_in(client, outsider)
        for address in (*files, f"{NEEDS}1.json", f"{NEEDS}endorse/"):
            assert client.get(address).status_code in {403, 404}, address
    assert Client().get(NEEDS).status_code == 302


def test_what_a_law_asks_for_and_was_declined_stands_in_the_page_the_text_and_the_pdf(
    work: Workplace, client: Client
) -> None:
    before, fire = frozen(work), requirement_by_key(EVERYWHERE, work.cast.alder, "fire-safety")
    retire(
        by=work.cast.ruth.viewer,
        at=work.now,
        requirement=fire.id,
        ends_on=work.now.date() + timedelta(days=1),
        reason="Mr Hale of the landlord trains us",
        legal_reason="The duty is the landlord’s.",
    )
    number = frozen(work)

    whole = version_of(EVERYWHERE, work.cast.alder, number)
    first, living = page(signed_in(client, work.cast.ruth), f"{NEEDS}{before}/"), page(client, NEEDS)
    pdf = _text(client.get(f"{NEEDS}{number}.pdf").content)
    above = page(signed_in(client, work.cast.gareth), f"{NEEDS}{number}/")

    assert [(one.key, one.decided_by) for one in whole.analysis.not_required or ()] == [("fire-safety", "Ruth Okafor")]
    assert "Nothing that a law asks for has been declined." in first
    assert "A law asks for Fire safety, and it was declined since: The duty is the landlord’s." in first
    for shown in (living, pdf):
        assert "1 thing a law asks for is not required here" in shown
        assert "The duty is the landlord’s." in shown
        assert "Mr Hale of the landlord trains us" in shown
    assert "The duty is the landlord’s." in above
    assert "Mr Hale" not in above
    assert "Ruth Okafor, not required" not in above


def test_a_version_of_one_place_is_none_of_anothers(work: Workplace, client: Client) -> None:
    frozen(work)

    assert signed_in(client, work.cast.lorna).get(f"/practices/{BIRCH}/training-needs/1/").status_code == 404
    with pytest.raises(Http404):
        version_of(work.cast.lorna.viewer.scope(Can.SEE_SHARES), work.cast.alder, 1)


def test_the_form_endorses_what_was_read_and_says_what_is_wrong(work: Workplace, client: Client) -> None:
    signed_in(client, work.cast.ruth)
    address, today = f"{NEEDS}endorse/", work.now.date()
    shown = page(client, address)
    (digest,) = re.findall(r'name="seen" value="([0-9a-f]{64})"', shown)
    later = today + timedelta(days=300)
    answers = {
        "endorsed_by": "Dr Helen Marsh",
        "endorsed_on_day": today.day,
        "endorsed_on_month": today.month,
        "endorsed_on_year": today.year,
        "review_by_day": later.day,
        "review_by_month": later.month,
        "review_by_year": later.year,
        "effect": "Phishing tests.",
        "telling": "",
        "seen": digest,
    }

    nobody = client.post(address, {**answers, "endorsed_by": ""}).content.decode()
    stale = client.post(address, {**answers, "seen": "0" * 64}).content.decode()
    done = client.post(address, answers)

    assert "Say who endorses it" in nobody
    assert "Read it again, then endorse it" in stale
    assert done.status_code == 302
    assert done["Location"] == f"{NEEDS}1/"
    assert "Phishing tests." in page(client, f"{NEEDS}1/")
    assert "Version 1" in page(client, NEEDS)


def test_versions_are_numbered_on_and_only_added_to(work: Workplace) -> None:
    assert [frozen(work), frozen(work)] == [1, 2]
    row = EndorsedAnalysis.objects.get(number=1)

    for sql in (
        "UPDATE oversight_endorsedanalysis SET endorsed_by = 'x'",
        "DELETE FROM oversight_endorsedanalysis",
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"/* by hand */ {sql}")
    with pytest.raises(OutsideActionError):
        EndorsedAnalysis.objects.filter(pk=row.pk).update(endorsed_by="x")


@pytest.mark.parametrize(
    ("columns", "constraint"),
    [
        ({"content": "{}"}, "analysis_digest_of_text"),
        ({"sha256": "X" * 64}, "analysis_digest"),
        ({"number": 1}, "analysis_number_once"),
        ({"number": 0}, "analysis_number"),
        ({"review_by": date(2020, 1, 1)}, "analysis_review"),
        ({"endorsed_by": ""}, "analysis_endorser"),
    ],
)
def test_the_database_refuses_what_is_not_so(columns: dict[str, object], constraint: str, work: Workplace) -> None:
    frozen(work)
    row: dict[str, Any] = dict(EndorsedAnalysis.objects.values().get())
    row |= {"id": "7b0a3f9e-0000-4000-8000-000000000001", "number": 2} | columns
    names, marks = ", ".join(row), ", ".join(["%s"] * len(row))

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            f"/* by hand */ INSERT INTO oversight_endorsedanalysis ({names}) VALUES ({marks})", list(row.values())
        )


@pytest.mark.parametrize("address", [NEEDS, f"{NEEDS}1/"])
def test_the_pages_cost_the_same_for_one_more_and_for_three_more(address: str, work: Workplace, client: Client) -> None:
    signed_in(client, work.cast.ruth)
    frozen(work)
    page(client, address)
    counts = []
    for number in (1, 3):
        for one in range(number):
            frozen(work)
            add_person(
                by=BUILDER,
                at=BUILT_AT,
                organisation=work.cast.alder,
                details=PersonDetails(f"Given{number}{one}", "Family"),
                terms=Terms("receptionist", "admin", "employed", date(2025, 3, 1)),
                tasks=("chaperone",),
            )
        with CaptureQueriesContext(connection) as asked:
            page(client, address)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def _text(pdf: bytes) -> str:
    return " ".join(" ".join(one.extract_text() for one in PdfReader(io.BytesIO(pdf)).pages).split())


def test_the_pdf_is_tagged_so_that_a_screen_reader_can_read_it(work: Workplace, client: Client) -> None:
    give_task(by=BUILDER, at=work.now, engagement=work.cast.helen.engagement, task="siro", period=SINCE)
    frozen(work)
    signed_in(client, work.cast.ruth)

    answer = client.get(f"{NEEDS}1.pdf")

    reader = PdfReader(io.BytesIO(answer.content))
    root: Any = reader.trailer["/Root"].get_object()
    assert answer["Content-Type"] == "application/pdf"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Training needs analysis, Alder Surgery (A81001)"
    assert b"pdfuaid" in root["/Metadata"].get_object().get_data()
    tags = _tags(root["/StructTreeRoot"].get_object())
    kinds = [kind for kind, _ in tags]
    assert kinds[0] == "Document"
    assert {"H1", "H2", "H3", "P", "Table", "TR", "TH", "TD", "THead", "TBody"} <= set(kinds)
    assert kinds.count("H1") == 1
    assert [level for level in kinds if re.fullmatch(r"H\d", level)][:3] == ["H1", "H2", "H2"]
    tables = [inside for kind, inside in tags if kind == "Table"]
    assert len(tables) > 5
    assert all(inside.count("TH") >= 3 and inside.index("TH") < inside.index("TD") for inside in tables)
    scopes = {str(one.get("/Scope")) for one in _attributes(root["/StructTreeRoot"].get_object())}
    assert "/Column" in scopes
    words = _text(answer.content)
    assert EndorsedAnalysis.objects.get().sha256 in words.replace(" ", "")
    assert "Endorsed by" in words
    assert "Dr Helen Marsh" in words
    assert "0 of 6 people, 0%" in words


def test_the_living_pdf_says_that_nobody_endorsed_it(work: Workplace, client: Client) -> None:
    answer = signed_in(client, work.cast.ruth).get(f"/practices/{ALDER}/training-needs.pdf")

    assert "Not endorsed." in _text(answer.content)
    assert "SHA-256" not in _text(answer.content)


def _children(element: DictionaryObject) -> list[DictionaryObject]:
    inner = element.get("/K")
    found = [] if inner is None else [inner.get_object()]
    if found and isinstance(found[0], ArrayObject):
        found = [one.get_object() for one in found[0]]
    return [one for one in found if isinstance(one, DictionaryObject) and "/S" in one]


def _tags(element: DictionaryObject) -> list[tuple[str, list[str]]]:
    """Every tag in reading order, each with the tags inside it."""
    found: list[tuple[str, list[str]]] = []
    for child in _children(element):
        inside = _tags(child)
        found += [(str(child["/S"])[1:], [kind for kind, _ in inside]), *inside]
    return found


def _attributes(element: DictionaryObject) -> list[DictionaryObject]:
    found = []
    for child in _children(element):
        given = child.get("/A")
        values = [] if given is None else [given.get_object()]
        if values and isinstance(values[0], ArrayObject):
            values = [one.get_object() for one in values[0]]
        found += [one for one in values if isinstance(one, DictionaryObject)]
        found += _attributes(child)
    return found
