"""Cases in which neighbouring systems went wrong, numbered as in the list they were collected in."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from .small import Json, achieved, engagement, record, small_world, status_on, statuses_on, verdict_on, version


def test_case_01_one_month_from_the_31st_of_january_ends_with_february() -> None:
    world = small_world([version(achieved(1))], [record("2025-01-31")])

    assert verdict_on(world, "2025-02-01")["until"] == "2025-02-28"
    assert statuses_on(world, "2025-02-28", "2025-03-01") == ["due_soon", "overdue"]


def test_case_02_twelve_months_from_a_leap_day_end_on_28_february() -> None:
    world = small_world([version(achieved(12))], [record("2024-02-29")])

    assert verdict_on(world, "2024-03-01")["until"] == "2025-02-28"
    assert statuses_on(world, "2025-02-28", "2025-03-01") == ["due_soon", "overdue"]


@pytest.mark.parametrize(
    ("asked", "status"),
    [("2025-03-31T22:59:00+00:00", "due_soon"), ("2025-03-31T23:00:00+00:00", "overdue")],
)
def test_case_03_the_last_day_ends_at_midnight_in_london(asked: str, status: str) -> None:
    world = small_world([version(achieved(12))], [record("2024-03-31")])
    today = datetime.fromisoformat(asked).astimezone(ZoneInfo("Europe/London")).date()

    assert status_on(world, today.isoformat()) == status


@pytest.mark.parametrize(
    ("renewed", "until"),
    [
        ("2025-01-29", "2026-01-29"),
        ("2025-01-30", "2026-03-31"),
        ("2025-03-31", "2026-03-31"),
        ("2025-04-01", "2026-04-01"),
    ],
)
def test_case_04_renewing_inside_the_window_keeps_the_anniversary(renewed: str, until: str) -> None:
    records = [record("2024-03-31"), record(renewed, "x2")]
    world = small_world([version(achieved(12, early_days=60))], records)

    assert verdict_on(world, renewed)["until"] == until


def test_case_05_an_old_completion_neither_satisfies_nor_blocks_a_new_one() -> None:
    old, new = record("2018-05-01"), record("2024-05-01", "x2")

    assert statuses_on(small_world([version(achieved(12))], [old]), "2024-05-01") == ["overdue"]
    both = verdict_on(small_world([version(achieved(12))], [old, new]), "2024-05-01")
    assert (both["status"], both["until"]) == ("valid", "2025-05-01")


def test_case_06_two_overlapping_certificates_last_to_the_later_end_and_one_can_go() -> None:
    first = record("2024-01-10", expires_on="2024-11-30")
    second = record("2024-03-01", "x2", expires_on="2024-09-30")
    rule = [version(achieved(12))]

    assert verdict_on(small_world(rule, [first, second]), "2024-06-01")["until"] == "2024-11-30"
    assert verdict_on(small_world(rule, [second]), "2024-06-01")["until"] == "2024-09-30"
    withdrawn = {**first, "withdrawn_at": "2024-05-01T09:00:00Z"}
    assert verdict_on(small_world(rule, [withdrawn, second]), "2024-06-01")["until"] == "2024-09-30"


def test_case_07_no_longer_needed_and_needed_again_with_the_old_evidence() -> None:
    tasks = [
        {"value": "chaperone", "from": "2024-01-01", "to": "2024-06-01"},
        {"value": "chaperone", "from": "2025-01-01", "to": None},
    ]
    world = small_world(
        [version(achieved(36), audience={"task": ["chaperone"]})],
        [record("2024-02-01")],
        engagements=[engagement(tasks=tasks)],
    )

    assert statuses_on(world, "2024-05-31", "2024-06-01", "2024-12-31", "2025-01-01") == [
        "valid",
        "not_needed",
        "not_needed",
        "valid",
    ]


@pytest.mark.parametrize(
    ("transition", "statuses"),
    [
        ({"at_once": {}}, ["due_soon", "overdue", "overdue", "overdue", "overdue"]),
        ({"at_once": {"grace_days": 90}}, ["valid", "valid", "overdue", "overdue", "overdue"]),
        ({"at_renewal": {}}, ["valid", "valid", "valid", "due_soon", "overdue"]),
        ({"new_starters": {}}, ["valid", "valid", "valid", "due_soon", "overdue"]),
    ],
)
def test_case_08_a_refresher_cut_from_36_to_24_months(transition: Json, statuses: list[str]) -> None:
    records = [record("2022-11-15")]
    world = small_world(
        [version(achieved(36)), version(achieved(24), **{"from": "2025-01-01", "transition": transition})], records
    )

    days = ("2024-12-31", "2025-01-01", "2025-04-01", "2025-11-15", "2025-11-16")
    assert statuses_on(world, *days) == statuses


@pytest.mark.parametrize(
    ("transition", "until"), [({"at_renewal": {}}, "2027-02-01"), ({"new_starters": {}}, "2028-02-01")]
)
def test_case_08_a_renewal_after_the_cut(transition: Json, until: str) -> None:
    world = small_world(
        [version(achieved(36)), version(achieved(24), **{"from": "2025-01-01", "transition": transition})],
        [record("2022-11-15"), record("2025-02-01", "x2")],
    )

    assert verdict_on(world, "2025-03-01")["until"] == until


def test_case_08_somebody_who_starts_after_the_cut_has_the_new_rule() -> None:
    world = small_world(
        [version(achieved(36)), version(achieved(24), **{"from": "2025-01-01", "transition": {"new_starters": {}}})],
        [record("2022-11-15")],
        engagements=[engagement(**{"from": "2025-01-01"})],
    )

    assert statuses_on(world, "2025-01-01", "2025-11-15") == ["overdue", "overdue"]


def test_case_09_leave_of_nine_months_and_the_weeks_after_it() -> None:
    pause = {"kind": "pause", "engagement": "e1", "from": "2024-03-01", "to": "2024-12-01"}
    world = small_world([version(achieved(12), return_days=28)], [record("2023-06-01")], adjustments=[pause])

    assert statuses_on(world, "2024-02-29", "2024-03-01", "2024-11-30", "2024-12-01", "2024-12-29", "2024-12-30") == [
        "valid",
        "paused",
        "paused",
        "due",
        "due",
        "overdue",
    ]
    assert verdict_on(world, "2024-12-10")["due_on"] == "2024-12-29"
    assert verdict_on(world, "2025-03-31")["overdue_since"] == "2024-12-30"


def test_case_10_a_decree_extends_what_lapses_in_its_time_and_lifting_it_restores() -> None:
    decree = {
        "kind": "extension",
        "requirements": ["bls"],
        "from": "2024-03-01",
        "until": "2024-08-31",
        "recorded_at": "2024-03-01T09:00:00Z",
    }
    rule, records = [version(achieved(12))], [record("2023-05-10")]
    world = small_world(rule, records, adjustments=[decree])
    lifted = small_world(rule, records, adjustments=[{**decree, "withdrawn_at": "2024-07-01T09:00:00Z"}])

    assert verdict_on(world, "2024-05-11")["until"] == "2024-08-31"
    assert statuses_on(world, "2024-08-31", "2024-09-01") == ["due_soon", "overdue"]
    assert status_on(lifted, "2024-05-11") == "overdue"
    assert status_on(lifted, "2024-06-30", known_at="2024-06-30T12:00:00Z") == "valid"
    assert status_on(small_world(rule, [record("2023-02-10")], adjustments=[decree]), "2024-05-11") == "overdue"


def test_case_11_evidence_entered_today_for_last_may() -> None:
    world = small_world([version(achieved(12))], [record("2024-05-01", recorded_at="2024-11-22T10:00:00Z")])

    assert status_on(world, "2024-05-15") == "valid"
    assert status_on(world, "2024-05-15", known_at="2024-05-15T23:59:00Z") == "overdue"
    assert status_on(world, "2024-05-15", known_at="2024-11-22T10:00:00Z") == "valid"


def test_case_12_evidence_voided_after_a_sign_off_lowers_the_status_and_the_sign_off_still_counts() -> None:
    course = record("2024-05-01", kind="course", withdrawn_at="2024-07-01T08:00:00Z")
    sign_off = record("2024-06-01", "x2", kind="sign-off")
    both = {"all_of": [achieved(12, kinds=["course"]), achieved(12, kinds=["sign-off"])]}

    assert status_on(small_world([version(both)], [course, sign_off]), "2024-06-15") == "overdue"
    known_then = status_on(
        small_world([version(both)], [course, sign_off]), "2024-06-15", known_at="2024-06-15T12:00:00Z"
    )
    assert known_then == "valid"
    assert (
        status_on(small_world([version(achieved(12, kinds=["sign-off"]))], [course, sign_off]), "2024-06-15") == "valid"
    )


def hours_world(participatory_minutes: int) -> Json:
    """Five hours in the first year, face to face for two of them, and three at a desk in the third."""
    hours = {
        "subjects": ["bls"],
        "level": 1,
        "minutes": 480,
        "participatory_minutes": participatory_minutes,
        "months": 36,
    }
    records = [
        record("2021-03-10", minutes=120, participatory=True),
        record("2021-03-10", "x2", minutes=180),
        record("2023-10-01", "x3", minutes=180),
    ]
    return small_world([version({"hours": hours})], records)


def test_case_16_eight_hours_in_three_years_are_met_when_reached_and_fall_when_the_first_leave() -> None:
    world = hours_world(participatory_minutes=0)

    assert statuses_on(world, "2023-09-30", "2023-10-01", "2024-03-10", "2024-03-11") == [
        "overdue",
        "valid",
        "due_soon",
        "overdue",
    ]
    assert verdict_on(world, "2023-10-01")["until"] == "2024-03-10"


@pytest.mark.parametrize(("participatory_minutes", "status"), [(120, "valid"), (240, "overdue")])
def test_case_17_part_of_the_hours_must_be_face_to_face(participatory_minutes: int, status: str) -> None:
    assert status_on(hours_world(participatory_minutes), "2023-10-01") == status


def test_case_21_voiding_an_import_leaves_statuses_as_before() -> None:
    rule, mine = [version(achieved(12))], record("2024-01-01")
    imported = [record(f"2024-0{month}-01", f"import-{month}", withdrawn_at="2024-06-01T00:00:00Z") for month in (3, 4)]
    days = ("2024-02-01", "2024-12-31", "2025-01-01", "2025-01-02", "2025-04-01")

    before = [verdict_on(small_world(rule, [mine]), day) for day in days]
    after = [verdict_on(small_world(rule, [mine, *imported]), day) for day in days]
    assert after == before


def test_case_23_renaming_a_role_a_group_and_a_practice_changes_nobody() -> None:
    rule = version(achieved(12), audience={"all": [{"role": ["practice-nurse"]}, {"at": ["A81001"]}]})
    renamed = version(achieved(12), audience={"all": [{"role": ["nurse"]}, {"at": ["A81999"]}]})
    before = small_world([rule], [record("2024-01-01")])
    after = small_world(
        [renamed],
        [record("2024-01-01")],
        organisations=[{"id": "A81999", "kind": "practice", "name": "Alder Surgery"}],
        engagements=[engagement(role="nurse", organisation="A81999", staff_group="nurses")],
    )

    assert verdict_on(before, "2024-06-01")["status"] == "valid"
    assert [verdict_on(after, day) for day in ("2024-06-01", "2025-01-02")] == [
        verdict_on(before, day) for day in ("2024-06-01", "2025-01-02")
    ]


def test_case_24_nothing_has_to_run_for_a_status_to_be_right_a_hundred_days_later() -> None:
    world = small_world([version(achieved(12), notice_days=60)], [record("2023-12-01")])

    late = verdict_on(world, "2024-12-12")
    assert (late["status"], late["overdue_since"]) == ("overdue", "2024-12-02")
    assert verdict_on(world, "2024-09-03")["next_change_on"] == "2024-10-02"
