"""Each shape a rule can have: its example is loaded, adopted, judged on the days that matter, and said in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from preceptor.compliance.packs.actions import adopt, publish_national
from preceptor.compliance.packs.queries.offered import national_pack
from preceptor.compliance.records.actions import add_record
from preceptor.compliance.records.domain import Achievement, HowKnown, RecordKind
from preceptor.compliance.requirements.actions import publish_version
from preceptor.compliance.requirements.domain.decisions import Cited, Decision, Force, Otherwise
from preceptor.compliance.requirements.domain.examples import RuleExample, Shape
from preceptor.compliance.requirements.domain.transitions import AtOnce
from preceptor.compliance.requirements.domain.versions import Version, written_version
from preceptor.compliance.requirements.queries import (
    requirement_by_key,
    rule_examples,
    template_by_key,
)
from preceptor.compliance.standing.queries import loaded_of
from preceptor.foundation.access import EVERYWHERE
from preceptor.foundation.dates import end_of_day
from preceptor.register.organisations.domain import Period
from preceptor.register.people.actions import add_person, add_state
from preceptor.register.people.domain import PersonDetails, PersonId, Terms
from tests.cast import BUILDER, CEDAR, signed_in
from tests.rooms.workplace import Workplace

pytestmark = pytest.mark.django_db

STARTED = date(2026, 1, 5)
EXAMPLES = {one.key: one for one in rule_examples()}
RISK_ASSESSED = "A local risk assessment may set another interval for non-clinical staff."
PD, LOGS = "professional-development", "cervical-samples"


def done(subject: str, on: date, kind: str = "course", minutes: int = 0, level: int = 1) -> Achievement:
    """Something somebody did; what takes time in a room is with others."""
    return Achievement(subject, on, level, RecordKind(kind), minutes, participatory=kind == "session" and minutes > 0)


@dataclass(frozen=True, slots=True)
class Case:
    """Somebody new in January 2026, what they do and are, how they stand on some days, and what the page says."""

    key: str
    role: tuple[str, str]
    days: tuple[tuple[date, str], ...]
    says: str
    did: Sequence[Achievement] = ()
    holds: Sequence[tuple[str, Period]] = ()
    kind: str = "employed"
    tasks: tuple[str, ...] = ()


DESK, GP, PHARMACIST, NURSE = (
    ("receptionist", "admin"),
    ("gp-salaried", "gp"),
    ("pharmacist", "dpc"),
    ("practice-nurse", "nurse"),
)
CASES = (
    Case(
        key="interval",
        role=DESK,
        did=[done("fire-safety", date(2026, 1, 25))],
        days=(
            (date(2026, 1, 19), "due"),
            (date(2026, 1, 20), "overdue"),
            (date(2026, 1, 25), "valid"),
            (date(2028, 1, 25), "due_soon"),
            (date(2028, 1, 26), "overdue"),
        ),
        says="every 24 months",
    ),
    Case(
        key="contract-variation",
        role=DESK,
        did=[done("additional-needs", date(2026, 7, 10))],
        days=(
            (date(2026, 3, 31), "not_needed"),
            (date(2026, 4, 1), "due"),
            (date(2026, 6, 30), "due"),
            (date(2026, 7, 1), "overdue"),
            (date(2026, 7, 10), "valid"),
            (date(2029, 7, 11), "overdue"),
        ),
        says="reasonable adjustments, every 36 months",
    ),
    Case(
        key="rolling-window",
        role=DESK,
        did=[Achievement("data-security", date(2026, 1, 10), expires_on=date(2028, 1, 1))],
        days=((date(2026, 2, 1), "valid"), (date(2027, 1, 10), "due_soon"), (date(2027, 1, 11), "overdue")),
        says="a last day on the certificate makes no difference",
    ),
    Case(
        key="count",
        role=PHARMACIST,
        did=[
            *(done(PD, date(2026, month, 10)) for month in (1, 2, 3, 4)),
            done("peer-discussion", date(2026, 2, 1)),
            done("reflective-account", date(2026, 2, 1)),
        ],
        days=((date(2026, 4, 9), "due"), (date(2026, 4, 10), "valid"), (date(2027, 1, 11), "overdue")),
        says="at least 4 records of Professional development",
    ),
    Case(
        key="hours",
        role=GP,
        did=[
            done("safeguarding-children", date(2026, 2, 1), "session", 360, level=3),
            done("safeguarding-children", date(2026, 3, 1), "course", 360, level=3),
        ],
        days=((date(2026, 2, 28), "due"), (date(2026, 3, 1), "valid"), (date(2029, 2, 2), "overdue")),
        says="at least 6 hours of it participatory",
    ),
    Case(
        key="deadline",
        role=GP,
        did=[done("safeguarding-lead-meeting", date(2026, 2, 10), "session")],
        days=(
            (date(2026, 2, 4), "due"),
            (date(2026, 2, 5), "overdue"),
            (date(2026, 2, 10), "valid"),
            (date(2036, 1, 1), "valid"),
        ),
        says="within 30 days of starting",
    ),
    Case(
        key="once",
        role=NURSE,
        tasks=("vaccinator",),
        did=[done("vaccination-foundation", date(2026, 1, 20))],
        days=((STARTED, "overdue"), (date(2026, 1, 20), "valid"), (date(2046, 1, 20), "valid")),
        says="once",
    ),
    Case(
        key="parts",
        role=DESK,
        did=[
            done("oliver-mcgowan-elearning", date(2026, 2, 1)),
            done("oliver-mcgowan-live", date(2026, 3, 1), "session", level=2),
        ],
        days=((date(2026, 2, 28), "due"), (date(2026, 3, 1), "valid"), (date(2029, 2, 2), "overdue")),
        says="and also",
    ),
    Case(
        key="sign-off",
        role=NURSE,
        tasks=("cervical-sample-taker",),
        did=[
            done("cervical-theory", date(2026, 2, 2), "session", 180),
            done("cervical-theory", date(2026, 2, 3), "course", 540),
            done("cervical-sampling", date(2026, 3, 2), "assessment"),
            *(done(LOGS, date(2026, 4, 1) + timedelta(days=one), "log") for one in range(20)),
            done("cervical-sampling", date(2026, 6, 1), "sign-off"),
        ],
        days=((date(2026, 5, 31), "due"), (date(2026, 6, 1), "valid"), (date(2036, 6, 1), "valid")),
        says="at least 20 records of Acceptable cervical samples",
    ),
    Case(
        key="assessment-first",
        role=DESK,
        did=[
            done("health-safety-welfare", date(2026, 2, 1)),
            done("health-safety-welfare", date(2029, 1, 15), "assessment"),
        ],
        days=((date(2026, 2, 1), "valid"), (date(2029, 3, 1), "valid"), (date(2032, 1, 16), "overdue")),
        says="once that has been met",
    ),
    Case(
        key="local-choice",
        role=DESK,
        did=[done("resuscitation", date(2026, 2, 10))],
        days=((date(2027, 3, 1), "valid"), (date(2028, 2, 10), "due_soon"), (date(2028, 2, 11), "overdue")),
        says="every 24 months",
    ),
    Case(
        key="state-with-dates",
        role=PHARMACIST,
        kind="arrs",
        holds=[
            ("enrolled:pcpep", Period(date(2026, 2, 1), date(2027, 8, 1))),
            ("qualified:pcpep", Period(date(2027, 9, 1))),
        ],
        days=(
            (date(2026, 1, 31), "due"),
            (date(2026, 2, 1), "valid"),
            (date(2027, 7, 31), "due_soon"),
            (date(2027, 8, 1), "overdue"),
            (date(2027, 9, 1), "valid"),
        ),
        says="or else holds the state “Qualified from the primary care pharmacy pathway",
    ),
)


def test_there_is_an_example_of_every_shape_and_a_case_for_every_example() -> None:
    assert {one.shape for one in EXAMPLES.values()} == set(Shape)
    assert [case.key for case in CASES] == list(EXAMPLES)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.key)
def test_an_example_is_loaded_adopted_judged_and_worded(case: Case, work: Workplace, client: Client) -> None:
    example = EXAMPLES[case.key]
    _adopt(example, work)

    person = _somebody(case, work)

    loaded = loaded_of(EVERYWHERE, work.cast.cedar, stamped=True)
    asked = next(one for one in loaded.asked.values() if one.key == example.requirement)
    seat = next(one for one in loaded.seats.values() if one.person == person)
    verdicts = {day: loaded.verdicts(day).get((seat.engagement, str(asked.id))) for day, _ in case.days}
    assert {day: one.status if one else "not_needed" for day, one in verdicts.items()} == dict(case.days)
    page = signed_in(client, work.cast.owen).get(reverse("rulemaking:requirement", args=[CEDAR, example.requirement]))
    assert case.says in page.content.decode()


def test_a_choice_of_ones_own_says_why_beside_the_source_it_departs_from(work: Workplace, client: Client) -> None:
    example = EXAMPLES["local-choice"]
    _adopt(example, work)

    page = signed_in(client, work.cast.owen).get(reverse("rulemaking:requirement", args=[CEDAR, example.requirement]))

    assert example.changes in page.content.decode()
    assert RISK_ASSESSED in page.content.decode()
    assert "National catalogue, changed here" in page.content.decode()


def test_an_additional_role_carries_the_year_of_its_contract(work: Workplace, client: Client) -> None:
    page = signed_in(client, work.cast.owen)
    pharmacist = page.get(reverse("requirements:template", args=["pharmacist-pathway"])).content.decode()
    fire = page.get(reverse("requirements:template", args=["fire-safety"])).content.decode()

    assert "<dt>Pharmacist</dt><dd>Network contract of 2025/26; Enrolled in or qualified from" in pharmacist
    assert "<dt>Advanced pharmacist practitioner</dt>" in pharmacist
    assert "Not verified: check the Annex B in force" in pharmacist
    assert "Network contract of" not in fire


def _adopt(example: RuleExample, work: Workplace) -> None:
    """Cedar Lane takes the requirement over in time, and makes its own version where the example is one."""
    template = template_by_key(example.requirement)
    since = max(date(2025, 2, 1), template.versions[-1].rule.starts_on)
    at = end_of_day(since)
    publish_national(by=BUILDER, at=at)
    national = national_pack()
    assert national is not None
    adopt(
        by=work.cast.owen.viewer,
        at=at,
        organisation=work.cast.cedar,
        pack=national.id,
        wanted=[example.requirement],
        starts_on=since,
        decided_by="Partners’ meeting",
        decided_on=since,
    )
    if not example.changes:
        return
    held, starts_on = requirement_by_key(EVERYWHERE, work.cast.cedar, example.requirement), date(2025, 3, 1)
    rule = Version(
        starts_on=starts_on,
        ends_on=None,
        audience=example.audience,
        met_by=example.met_by,
        first_due_days=example.first_due_days,
        transition=AtOnce(0),
    )
    publish_version(
        by=work.cast.owen.viewer,
        at=datetime(2025, 3, 1, 9, tzinfo=UTC),
        requirement=held.id,
        rule=written_version(rule),
        decision=Decision(Force.LOCAL, example.changes, "Partners’ meeting", starts_on),
        citations=[Cited("resuscitation-summary", "Generally yearly too.", followed=False, verified=True)],
        alternatives=[Otherwise(RISK_ASSESSED, "resuscitation-summary", verified=True)],
    )


def _somebody(case: Case, work: Workplace) -> PersonId:
    """Somebody new at Cedar Lane, with what they did and what they are."""
    role, group = case.role
    person = add_person(
        by=BUILDER,
        at=end_of_day(STARTED),
        organisation=work.cast.cedar,
        details=PersonDetails("Rosa", "Marlow"),
        terms=Terms(role, group, case.kind, STARTED),
        tasks=case.tasks,
    )
    for one in case.did:
        add_record(
            by=BUILDER, at=end_of_day(max(one.on, STARTED)), person=person, achievement=one, how_known=HowKnown.OBSERVED
        )
    for state, period in case.holds:
        add_state(by=BUILDER, at=end_of_day(STARTED), person=person, state=state, period=period)
    return person
