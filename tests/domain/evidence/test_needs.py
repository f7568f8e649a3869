"""The analysis out of the decisions and the register: roles, trainings, specialists, and the measure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from preceptor.compliance.requirements.domain.audience import Everyone
from preceptor.compliance.requirements.domain.criteria import (
    Achieved,
    AllOf,
    AnyOf,
    Count,
    Criterion,
    FirstThen,
    Hours,
    State,
)
from preceptor.oversight.evidence.domain import Measure, RoleNeed, analysis, told, training_of
from tests.domain.evidence.small import DATA, FIRE, MEASURE, NAMES, RISK, asked, facts, holder


def test_each_role_has_its_people_data_systems_and_needs() -> None:
    found = analysis(facts())

    nurse, reception = found.roles
    assert (nurse.name, nurse.group, nurse.people) == ("Nurse", "Nurses", 1)
    assert (nurse.data, nurse.systems) == ("The whole record.", ("EMIS Web", "e-RS"))
    assert reception.systems == ("EMIS Web",)
    assert reception.needs == (RoleNeed("fire-safety", 2), RoleNeed("data-security", 1))
    assert [need.training for need in nurse.needs] == [
        *("fire-safety", "data-security", "record-coding-c", "registration-nmc")
    ]
    assert found.people == 3


def test_a_person_in_two_engagements_of_a_role_is_one() -> None:
    found = analysis(facts(holder("Tom", "reception", "fire-safety"), holder("Tom", "reception", "data-security")))

    assert (found.people, found.roles[0].people) == (1, 1)
    assert found.roles[0].needs == (RoleNeed("fire-safety", 1), RoleNeed("data-security", 1))


def test_the_contract_is_said_of_a_role_only_where_the_contract_pays() -> None:
    paid, own = (
        analysis(facts(holder("Aisha", "nurse", kind=kind))).roles[0].contract for kind in ("arrs", "employed")
    )

    assert paid == (
        "Network contract of 2025/26; Registered nurse; registration: NMC. Not verified: check the Annex B in force."
    )
    assert own == ""


def test_what_nobody_needs_is_left_out_unless_a_specialist_would() -> None:
    found = analysis(facts(holder("Tom", "reception", "fire-safety")))

    assert [one.key for one in found.trainings] == ["fire-safety", "information-risk"]
    assert found.specialists[0].trainings == ("information-risk",)


def test_specialists_are_named_and_those_nobody_is_are_said() -> None:
    found = analysis(facts(holder("Ruth", "reception", "information-risk", tasks=("siro",)), requirements=(RISK,)))

    assert [(one.name, one.count, one.holders) for one in found.specialists] == [
        ("Senior information risk owner", 1, ("Ruth",)),
        ("Caldicott Guardian", 0, ()),
    ]
    assert [row.holders for row in told(found).specialists] == ["Ruth", "Nobody is recorded"]


SIGNED = Achieved("fire-safety", None, 1, ("sign-off",))


@pytest.mark.parametrize(
    ("criterion", "method", "frequency", "judged"),
    [
        (Achieved("fire-safety", 24), "Course, e-learning or session", "Every 24 months", "A certificate is accepted"),
        (SIGNED, "Sign-off by a named person", "Once", "A named person signs off"),
        (
            Count("fire-safety", at_least=4, months=12),
            "Course, e-learning or session",
            "4 times, within any 12 months",
            "A certificate is accepted",
        ),
        (
            Hours(("fire-safety",), 720, 36, participatory_minutes=360),
            "Course, e-learning or session, 6 hours of it with others",
            "12 hours, within any 36 months",
            "A certificate is accepted",
        ),
        (
            State("registered:nmc"),
            "Registration or enrolment",
            "Held throughout",
            "The register or the course is asked",
        ),
        (
            AllOf((Achieved("fire-safety", 12), SIGNED)),
            "Course, e-learning or session; sign-off by a named person",
            "Every 12 months and once",
            "A certificate is accepted; a named person signs off",
        ),
        (
            AnyOf((Achieved("fire-safety", 12), Achieved("data-security", 12))),
            "Course, e-learning or session",
            "Every 12 months",
            "A certificate is accepted",
        ),
        (
            FirstThen(Achieved("fire-safety", 36), Achieved("fire-safety", 12, 1, ("assessment",))),
            "Course, e-learning or session; assessment",
            "Every 36 months or every 12 months",
            "A certificate is accepted; an assessment is passed",
        ),
    ],
)
def test_method_frequency_and_judgement_are_read_off_the_rule(
    criterion: Criterion, method: str, frequency: str, judged: str
) -> None:
    found = training_of(asked("x", "X", criterion), NAMES)

    assert (found.method, found.frequency, found.judged) == (method, frequency, judged)


def test_what_must_be_known_adds_what_a_module_holds_and_nothing_a_title_says() -> None:
    rows = {row.key: row.must for role in told(analysis(facts())).roles for row in role.rows}

    assert rows == {
        "fire-safety": "",
        "data-security": "",
        "record-coding-c": "Coding, level 3 or above. SNOMED CT and more.",
        "registration-nmc": "Registered with the Nursing and Midwifery Council",
    }


@pytest.mark.parametrize(
    ("trained", "of", "percent", "met", "missing"),
    [(19, 20, 95, True, 0), (18, 19, 94, False, 1), (0, 3, 0, False, 3), (0, 0, 0, False, 0), (94, 99, 94, False, 1)],
)
def test_the_measure_is_met_exactly_at_the_share_asked_for(
    trained: int, of: int, percent: int, *, met: bool, missing: int
) -> None:
    found = replace(MEASURE, trained=trained, of=of)

    assert (found.percent, found.is_met, found.missing) == (percent, met, missing)


@pytest.mark.parametrize("of", range(1, 60))
def test_what_is_missing_is_exactly_enough(of: int) -> None:
    for trained in range(of + 1):
        found = replace(MEASURE, trained=trained, of=of)
        enough = replace(found, trained=trained + found.missing)

        assert enough.is_met
        assert found.missing == 0 or not replace(enough, trained=enough.trained - 1).is_met


def test_from_above_nobody_is_named_and_few_are_not_measured() -> None:
    few = analysis(facts(holder("Ruth", "reception", "information-risk", tasks=("siro",)), requirements=(RISK,)))
    many = replace(few, people=5, measure=replace(MEASURE, of=5))

    assert (few.from_above().measure, few.from_above().of) == (None, 0)
    assert (many.from_above().measure, many.from_above().of) == (many.measure, 7)
    assert many.from_above().specialists[0].holders == ()
    assert "Ruth" not in str(told(many.from_above()))
    assert "1 person" in str(told(many.from_above()).specialists[0])


def test_the_report_says_the_numbers_behind_the_share() -> None:
    said = told(analysis(facts()))

    assert said.measure_lead == (
        "2 of 3 people, 66%, if published on 23 November 2026. 95% is needed. 1 more person to train."
    )
    assert said.lead == "As of 23 November 2026: 3 people in 2 roles, 5 requirements."
    assert "On 23 November 2026 5 of 7 requirements that should be in date were, 71%." in said.effect
    assert {row.key: row.source for area in said.areas for row in area.rows}[
        "fire-safety"
    ] == "Fire order and Core skills"


def test_a_day_to_come_is_called_a_forecast() -> None:
    ahead = replace(analysis(facts()), measure=replace(MEASURE, published_on=date(2027, 6, 30)))

    assert "A forecast by what was known on 23 November 2026, if nobody trains before then." in told(ahead).measure_lead


def test_a_measure_that_is_not_there_is_said() -> None:
    assert told(replace(analysis(facts()), measure=None)).measure_lead.startswith("No share is shown")


def test_nobody_or_nothing_is_empty() -> None:
    nobody = analysis(replace(facts(), holders=()))
    nothing = analysis(facts(holder("Tom", "reception"), requirements=()))

    assert nobody.is_empty
    assert nothing.is_empty
    assert not analysis(facts()).is_empty
    assert isinstance(MEASURE, Measure)
    assert {FIRE.rule.audience, DATA.rule.audience} == {Everyone()}
