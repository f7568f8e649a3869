"""A practice's pages: every figure from one value, every day, and nobody who should not."""

from __future__ import annotations

import csv
import io
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from preceptor.compliance.requirements.actions import load_training_items, record_leave
from preceptor.compliance.requirements.domain.decisions import Eased
from preceptor.compliance.requirements.domain.items import TrainingItem
from preceptor.foundation.dates import last_valid_day, london_date
from preceptor.register.people.actions import add_person
from preceptor.register.people.domain import PersonDetails, Terms
from preceptor.ui.words import day, dense_day
from tests.cast import ALDER, BUILDER, BUILT_AT, signed_in
from tests.rooms.workplace import Workplace

pytestmark = pytest.mark.django_db

MATRIX = f"/practices/{ALDER}/training/"
DONE = london_date(datetime.now(UTC)) - timedelta(days=200)
UNTIL = last_valid_day(DONE, 24)


@pytest.fixture
def manager(client: Client, work: Workplace) -> Client:
    return signed_in(client, work.cast.ruth)


def _page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_the_matrix_shows_people_down_and_requirements_across(manager: Client, work: Workplace) -> None:
    work.did(work.cast.aisha, "fire-safety", DONE)

    page = _page(manager, MATRIX)

    assert "Aisha Rahman" in page
    assert "Owen Price" not in page
    assert dense_day(UNTIL) in page
    assert f"{MATRIX}{work.cast.aisha.engagement}/fire-safety/" in page


def test_a_past_day_says_so_in_words_and_can_be_asked_as_it_was_known(manager: Client, work: Workplace) -> None:
    asked = {"on_day": "3", "on_month": "5", "on_year": "2025"}

    hindsight = _page(manager, f"{MATRIX}?on_day=3&on_month=5&on_year=2025")
    then = manager.get(MATRIX, {**asked, "known": "then"}).content.decode()

    assert "As of 3 May 2025 – not today." in hindsight
    assert "With what is known now, including records added later." in hindsight
    assert "As it was known on that day." in then


def test_a_day_to_come_says_what_it_supposes(manager: Client) -> None:
    year = DONE.year + 3
    ahead = manager.get(MATRIX, {"on_day": "3", "on_month": "5", "on_year": f"{year}"}).content.decode()

    assert f"As of 3 May {year} – not today." in ahead
    assert "With what is known now, and if nothing more is done." in ahead


def test_a_year_in_two_figures_is_asked_for_in_full(manager: Client) -> None:
    assert "The date must have a year from 1900 to 2200" in _page(manager, f"{MATRIX}?on_day=3&on_month=2&on_year=26")


def test_a_day_that_is_none_is_refused_and_today_is_shown(manager: Client) -> None:
    page = _page(manager, f"{MATRIX}?on_day=31&on_month=2&on_year=2026")

    assert "There is a problem" in page
    assert "The date must be a real date" in page
    assert "As of today" in page


def test_filters_that_leave_nobody_say_so_and_offer_to_be_cleared(manager: Client) -> None:
    page = _page(manager, f"{MATRIX}?name=nobody+like+this")

    assert "0 of" in page
    assert "Clear the filters" in page
    assert "Nothing here should be in date yet." in page
    assert "0% in date" not in page


def _rows(manager: Client, asked: dict[str, str]) -> list[list[str]]:
    """The lines of the matrix as CSV; those of the workbook are the same."""
    as_csv = manager.get(f"/practices/{ALDER}/training.csv", asked).content.decode("utf-8-sig")
    as_xlsx = manager.get(f"/practices/{ALDER}/training.xlsx", asked).content
    rows = list(csv.reader(io.StringIO(as_csv)))
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(as_xlsx)).get_sheet_by_index(0).to_python()
    wide = max(map(len, rows))
    assert sheet == [[*row, *[""] * (wide - len(row))] for row in rows]
    return rows


def test_the_files_hold_exactly_what_is_shown(manager: Client, work: Workplace) -> None:
    work.did(work.cast.aisha, "fire-safety", DONE)
    work.did(work.cast.aisha, "display-screen", DONE, by=work.cast.aisha.viewer)
    asked = {"name": "aisha", "area": "safety"}

    page, rows = _page(manager, f"{MATRIX}?name=aisha&area=safety"), _rows(manager, asked)

    heads = rows[5]
    assert rows[0] == ["Training matrix", "Alder Surgery (A81001)"]
    assert re.fullmatch(r"As of today, .*\. 1 of 6 people, \d+ of \d+ requirements", rows[1][0])
    assert rows[2] == ["Only name “aisha” and Safety at work."]
    assert rows[3][0] in re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", page))
    assert rows[4][:5] == ["", "", "", "", "Safety at work"]
    assert heads[:4] == ["Person", "Role", "In date", "Counts"]
    assert rows[6][0] == "In date"
    assert rows[6][heads.index("Fire safety")] == "1 of 1"
    assert rows[7] == ["Nurses (1)"]
    assert rows[8][:3] == ["Aisha Rahman", "Practice nurse", rows[6][2]]
    assert rows[8][3] in page
    assert rows[8][heads.index("Fire safety")] == f"Valid until {dense_day(UNTIL)}"
    assert len(rows) == 9


def test_the_files_keep_the_order_and_say_what_a_status_leaves(manager: Client, work: Workplace) -> None:
    work.did(work.cast.tomasz, "fire-safety", DONE)

    rows = _rows(manager, {"status": "valid", "order": "name"})

    assert rows[2] == ["Only valid. Only people and requirements with something valid, with all their cells."]
    assert rows[5][4:] == ["Fire safety"]
    assert rows[7:] == [
        ["By name (1)"],
        ["Tomasz Nowak", "Receptionist", "1 of 1", "1 valid", f"Valid until {dense_day(UNTIL)}"],
    ]


def test_the_files_say_what_waits(manager: Client, work: Workplace) -> None:
    today = london_date(work.now)
    work.did(work.cast.tomasz, "fire-safety", today - timedelta(days=3), by=work.cast.tomasz.viewer)
    past = today - timedelta(days=1)

    now = _rows(manager, {"name": "tomasz", "requirement": "fire-safety"})
    then = _rows(
        manager, {"name": "tomasz", "on_day": f"{past.day}", "on_month": f"{past.month}", "on_year": f"{past.year}"}
    )

    assert now[8][4].endswith(", 1 waiting")
    assert "waiting" not in str(then)


def test_a_name_cannot_run_as_a_formula(manager: Client, work: Workplace) -> None:
    add_person(
        by=BUILDER,
        at=BUILT_AT,
        organisation=work.cast.alder,
        details=PersonDetails("=HYPERLINK(1)", "Risk"),
        terms=Terms("receptionist", "admin", "employed", date(2025, 3, 1)),
        tasks=(),
    )

    text = manager.get(f"/practices/{ALDER}/training.csv").content.decode("utf-8-sig")

    assert "'=HYPERLINK(1) Risk" in text


@pytest.mark.parametrize(
    "address",
    [f"/practices/{ALDER}/", MATRIX, f"{MATRIX}requirements/fire-safety/", f"/practices/{ALDER}/training.csv"],
)
def test_a_page_costs_the_same_for_one_more_and_for_three_more(address: str, manager: Client, work: Workplace) -> None:
    manager.get(address)
    counts = []
    for number in (1, 3):
        for one in range(number):
            add_person(
                by=BUILDER,
                at=BUILT_AT,
                organisation=work.cast.alder,
                details=PersonDetails(f"Given{number}{one}", "Family"),
                terms=Terms("receptionist", "admin", "employed", date(2025, 3, 1)),
                tasks=("chaperone",),
            )
        with CaptureQueriesContext(connection) as asked:
            manager.get(address)
        counts.append(len(asked))

    assert counts[0] == counts[1]


def test_the_home_page_counts_what_the_matrix_shows(manager: Client, work: Workplace) -> None:
    today = london_date(work.now)
    work.did(work.cast.tomasz, "fire-safety", today - timedelta(days=3), by=work.cast.tomasz.viewer)

    home, matrix = _page(manager, f"/practices/{ALDER}/"), _page(manager, f"{MATRIX}?status=overdue")

    overdue = int(home.split('s-overdue"/></svg> ')[1].split("<")[0])
    assert f"{overdue} overdue, " in matrix
    assert "Waiting for you to accept (1)" in home
    assert "Tomasz Nowak" in home


def test_the_home_page_says_the_share_the_toolkit_asks_for_from_what_was_loaded(
    manager: Client, work: Workplace
) -> None:
    home = f"/practices/{ALDER}/"
    before = _page(manager, home)
    later = TrainingItem("later", date(2026, 1, 1), 60, "fire-safety", "A2.b", "dspt-v8-gp", verified=False)
    for member in (work.cast.aisha, work.cast.tomasz, work.cast.helen):
        work.did(member, "fire-safety", DONE)

    load_training_items(by=BUILDER, at=work.now, items=[later])

    assert "0 of 6 people, 0%</strong>, if published today. 95% is needed: 6 more to train" in before
    assert "3 of 6 people, 50%</strong>, if published today. 60% is needed: 1 more to train" in _page(manager, home)


def test_the_home_page_says_what_waits_beside_what_is_overdue(manager: Client, work: Workplace) -> None:
    today, tomasz = london_date(work.now), work.cast.tomasz
    home = f"/practices/{ALDER}/"
    before = _overdue_lines(_page(manager, home))

    one = work.did(tomasz, "chaperoning", today - timedelta(days=3), by=tomasz.viewer)
    with_one = _overdue_lines(_page(manager, home))
    work.did(tomasz, "data-security-induction", today - timedelta(days=3), by=tomasz.viewer)
    with_two = _overdue_lines(_page(manager, home))

    review = f'1 waiting, <a href="{reverse("records:review", args=[one])}?next=%2Fpractices%2FA81001%2F">review<'
    waiting = f'1 waiting, <a href="{reverse("records:waiting", args=[ALDER])}">review<'
    assert len(before) == len(with_one) == len(with_two) > 2
    assert not any("waiting" in line for line in before)
    assert [line for line in with_one if "waiting" in line] == [line for line in with_one if review in line]
    assert len([line for line in with_one if review in line and "Tomasz Nowak: Chaperoning" in line]) == 1
    assert len([line for line in with_two if waiting in line]) == 2


def _overdue_lines(page: str) -> list[str]:
    """The lines of what is overdue on the home page."""
    (found,) = re.findall(r'<section [^>]*aria-labelledby="overdue">(.*?)</section>', page, re.DOTALL)
    return re.findall(r"<li .*?</li>", found, re.DOTALL)


def test_a_person_and_a_requirement_have_pages_of_their_own(manager: Client, work: Workplace) -> None:
    work.did(work.cast.aisha, "fire-safety", DONE)

    person = _page(manager, reverse("practices:person", args=[ALDER, work.cast.aisha.person]))
    requirement = _page(manager, reverse("practices:requirement", args=[ALDER, "fire-safety"]))

    assert f"until {day(UNTIL)}" in person
    assert "Aisha Rahman" in requirement
    assert f"until {day(UNTIL)}" in requirement


def test_why_says_what_counted_and_what_would_help(manager: Client, work: Workplace) -> None:
    work.did(work.cast.aisha, "fire-safety", date(2023, 3, 1))

    page = _page(manager, reverse("standing:why", args=[ALDER, work.cast.aisha.engagement, "fire-safety"]))

    assert "Overdue" in page
    assert "1 Mar 2023" in page
    assert "Ways to become valid" in page
    assert "subject=fire-safety%3A1" in page
    assert "Core Skills Training Framework" in page


def test_why_offers_to_review_what_waits_to_whoever_may_decide(manager: Client, work: Workplace) -> None:
    aisha = work.cast.aisha
    work.did(aisha, "fire-safety", date(2023, 3, 1))
    waits = work.did(aisha, "fire-safety", DONE, by=aisha.viewer)
    why = reverse("standing:why", args=[ALDER, aisha.engagement, "fire-safety"])
    review = reverse("records:review", args=[waits])

    managers, own = _page(manager, why), _page(signed_in(Client(), aisha), why)

    assert managers.count(f'href="{review}?next={why.replace("/", "%2F")}">Review<') == 1
    assert managers.count(">Details<") == 1
    assert (own.count(">Review<"), own.count(">Details<")) == (0, 2)


def test_whoever_is_away_is_told_that_nothing_is_needed(manager: Client, work: Workplace) -> None:
    work.did(work.cast.aisha, "practice-induction", date(2025, 3, 1))
    away = Eased(work.now.date(), "Maternity leave", "Ruth Okafor", work.now.date() + timedelta(days=30))
    record_leave(by=work.cast.ruth.viewer, at=work.now, engagement=work.cast.aisha.engagement, eased=away)

    page = _page(manager, reverse("standing:why", args=[ALDER, work.cast.aisha.engagement, "practice-induction"]))

    assert "Aisha is away, so nothing falls due." in page
    assert "Nothing is needed while Aisha is away." in page
    assert "No record can meet this" not in page


def test_why_leads_to_an_exemption_from_just_this(manager: Client, work: Workplace) -> None:
    why = _page(manager, reverse("standing:why", args=[ALDER, work.cast.aisha.engagement, "fire-safety"]))
    found = re.search(r'href="([^"]*/exemption/[^"]*)"', why)
    assert found is not None

    asked = _page(manager, found[1].replace("&amp;", "&"))

    assert re.findall(r"<option [^>]*selected[^>]*>([^<]*)", asked) == ["Fire safety"]


def test_staff_see_why_for_themselves_and_for_nobody_else(client: Client, work: Workplace) -> None:
    signed_in(client, work.cast.aisha)

    own = client.get(reverse("standing:why", args=[ALDER, work.cast.aisha.engagement, "fire-safety"]))
    other = client.get(reverse("standing:why", args=[ALDER, work.cast.tomasz.engagement, "fire-safety"]))

    assert (own.status_code, other.status_code) == (200, 404)
