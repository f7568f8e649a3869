"""The parts the demo world is made of, each by itself."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from pytest_django import Settings

from demo.learning import Learner, history
from demo.needs import Need, Needs
from demo.papers import Cell, as_csv, as_workbook, certificate
from demo.places import DEMOS, Lapses
from demo.records import import_days
from demo.signins import SIGN_INS
from demo.spans import ago, working_day
from demo.staff import Habit, members, shared
from demo.ways import Gathered, Repeated, ways_of
from preceptor.compliance.requirements.domain.criteria import read_criterion
from preceptor.compliance.requirements.domain.versions import Version, read_version
from preceptor.compliance.requirements.jobs import catalogue_in
from preceptor.foundation.files import held, media_type_of
from preceptor.foundation.tables import read_sheets
from preceptor.register.organisations.domain import Period

TODAY = date(2026, 11, 23)
HOUSE = Path(__file__).parents[3]
SETTINGS = "preceptor.config.settings"
YEARLY = {"achieved": {"subject": "data-security", "months": 12}}


def version(met_by: object) -> Version:
    return read_version({"from": "2020-01-01", "audience": "everyone", "met_by": met_by, "first_due_days": 30})


def learner(days: int | None, *, joined: date = date(2015, 1, 5), habit: Habit = Habit.ORDINARY) -> Learner:
    return Learner("a@b.example", joined, date(2021, 11, 22), TODAY, habit, Lapses(0, 0), {"it": days})


def needs(met_by: object, *, since: date = date(2021, 11, 22), away: tuple[Period, ...] = ()) -> Needs:
    return Needs(uuid4(), (Need("it", since, None, (version(met_by),), 30),), away)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("5d", date(2026, 11, 18)),
        ("+8d", date(2026, 12, 1)),
        ("1w", date(2026, 11, 16)),
        ("1y2m", date(2025, 9, 29)),
        ("3m", date(2026, 8, 24)),
    ],
)
def test_ago_counts_back_and_begins_on_a_monday_unless_said_to_the_day(words: str, day: date) -> None:
    assert ago(words, TODAY) == day


@pytest.mark.parametrize("words", ["", "soon", "3", "d", "2d1w"])
def test_ago_refuses_what_is_no_span(words: str) -> None:
    with pytest.raises(ValueError, match="span of time"):
        ago(words, TODAY)


def test_nobody_works_at_the_weekend() -> None:
    week = [date(2026, 11, 16) + timedelta(days=number) for number in range(7)]

    assert [working_day(day).day for day in week] == [16, 17, 18, 19, 20, 20, 20]


@pytest.mark.parametrize("days", [-54, -7, 11, 200])
def test_what_someone_did_last_runs_out_about_when_it_should(days: int) -> None:
    last = history(learner(days), needs(YEARLY))[-1].on

    assert 0 <= (TODAY + timedelta(days=days) - last.replace(year=last.year + 1)).days <= 2


def test_what_was_never_done_leaves_no_record() -> None:
    assert history(learner(None), needs(YEARLY)) == []
    assert history(learner(90), needs(YEARLY)) != []


def learned() -> str:
    """What everybody of the demo world would learn if all of the catalogue were asked of them, as a digest."""
    asked = tuple(
        Need(one.key, date(2021, 11, 22), None, tuple(dated.rule for dated in one.versions), one.minutes or 30)
        for one in catalogue_in().requirements
    )
    everybody = [one for demo in DEMOS for one in members(demo.code, TODAY)]
    found = [
        history(
            Learner(one.email, one.starts_on, date(2021, 11, 22), TODAY, one.habit, Lapses(0, 0)),
            Needs(UUID(int=0), asked, ()),
        )
        for one in everybody
    ]
    assert sum(map(len, found)) > 6000
    return hashlib.sha256(repr((everybody, shared(everybody, TODAY), found)).encode()).hexdigest()


@pytest.mark.parametrize("seed", ["1", "2"])
def test_chance_falls_the_same_way_in_every_process(seed: str) -> None:
    code = "import django; django.setup(); from tests.rooms.demo.test_parts import learned; print(learned())"
    elsewhere = os.environ | {"PYTHONHASHSEED": seed, "PYTHONPATH": str(HOUSE), "DJANGO_SETTINGS_MODULE": SETTINGS}

    said = subprocess.run([sys.executable, "-c", code], env=elsewhere, capture_output=True, text=True, check=True)

    assert said.stdout.strip() == learned()


def test_nobody_learns_on_leave() -> None:
    away = Period(date(2024, 1, 1), date(2025, 1, 6))

    before = [one.on for one in history(learner(90), needs(YEARLY))]
    during = [one.on for one in history(learner(90), needs(YEARLY, away=(away,)))]

    assert any(day.year == 2024 for day in before)
    assert not any(day.year == 2024 for day in during)


def test_a_newcomer_has_what_came_along_or_what_was_done_since() -> None:
    found = history(learner(90, joined=date(2026, 9, 7)), needs(YEARLY, since=date(2026, 9, 7)))

    assert found
    assert all("last employer" in one.note for one in found if one.on < date(2026, 9, 7))


def test_the_shorter_way_is_taken_unless_the_longer_is_asked_for() -> None:
    samples = {"count": {"subject": "cervical-samples", "at_least": 20, "months": None, "kinds": ["log"]}}
    sign_off = {"achieved": {"subject": "cervical-sampling", "months": None, "kinds": ["sign-off"]}}
    choice = read_criterion(
        {"any_of": [{"all_of": [samples, sign_off]}, {"achieved": {"subject": "cervical-certificate", "months": None}}]}
    )

    short, long = ways_of(choice), ways_of(choice, long_way=True)

    assert [type(way) for way in short] == [Repeated]
    assert {type(way) for way in long} == {Repeated, Gathered}


def test_a_state_is_nothing_anyone_does() -> None:
    assert ways_of(read_criterion({"state": {"state": "registered:nmc"}})) == []


def test_files_are_what_they_say(settings: Settings, tmp_path: Path) -> None:
    settings.FILES_ROOT = tmp_path
    paper = certificate("Tomasz Nowak", "Fire safety", TODAY, photo=False, today=TODAY)
    photo = certificate("Tomasz Nowak", "Fire safety", TODAY, photo=True, today=TODAY)

    assert media_type_of(held(paper) or b"", paper.name) == "application/pdf"
    assert media_type_of(held(photo) or b"", photo.name) == "image/png"


def test_tables_are_read_back_as_they_were_written() -> None:
    lines: list[tuple[Cell, ...]] = [("Name", "Day"), ("Zoë", date(2026, 11, 23))]

    from_csv, from_workbook = read_sheets("a.csv", as_csv(lines)), read_sheets("a.xlsx", as_workbook(lines, "Staff"))

    assert [line.values for line in from_csv[0].lines] == [("Name", "Day"), ("Zoë", "23/11/2026")]
    assert [line.values for line in from_workbook[0].lines] == lines


def test_staff_files_are_whole() -> None:
    everybody = [one for code in ("V81H", *(demo.code for demo in DEMOS)) for one in members(code, TODAY)]

    emails = [one.email for one in everybody]
    assert len(set(emails)) == len(emails)
    assert all(one.endswith(".example") for one in emails)
    assert {one.email for one in SIGN_INS} <= set(emails)
    assert {email for demo in DEMOS for email in demo.managers} <= set(emails)
    assert {one.email for one in shared(everybody, TODAY)} <= set(emails)


def test_lists_are_brought_in_more_often_of_late() -> None:
    days = import_days(DEMOS[0], TODAY)
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]

    assert days == sorted(days)
    assert gaps[0] > 150
    assert gaps[-1] < 100
    assert days[-1] < TODAY
