"""A small place: a practice with a nurse, two receptionists and a few requirements."""

from __future__ import annotations

from datetime import date
from typing import Final

from preceptor.compliance.requirements.domain.audience import Audience, Everyone, Task
from preceptor.compliance.requirements.domain.criteria import Achieved, Criterion, State
from preceptor.compliance.requirements.domain.decisions import Decision, Force
from preceptor.compliance.requirements.domain.versions import Version
from preceptor.compliance.requirements.domain.words import Names
from preceptor.oversight.evidence.domain import Asked, Endorsing, Facts, Holder, Measure, RoleFacts
from preceptor.register.people.domain import ContractTerms

ON: Final = date(2026, 11, 23)
ENDORSING: Final = Endorsing(
    "Dr Helen Marsh, for the partners", ON, date(2027, 11, 23), "Phishing tests.", "At induction."
)
NAMES: Final = Names(
    subjects={
        "fire-safety": "Fire safety",
        "data-security": "Data security",
        "information-risk": "Information risk",
        "record-coding": "Coding",
    },
    record_kinds={"sign-off": "Sign-off by a named person", "course": "Course or e-learning"},
    states={"registered:nmc": "Registered with the Nursing and Midwifery Council"},
)
MEASURE: Final = Measure("3.2.1", "data-security", "Data security", 95, ON, 2, 3, is_verified=True, note="")


def asked(
    key: str, title: str, met_by: Criterion, *, audience: Audience | None = None, minutes: int = 30, note: str = ""
) -> Asked:
    """A requirement in force, decided by the partners."""
    rule = Version(date(2020, 1, 1), None, audience or Everyone(), met_by, 30)
    decision = Decision(Force.LAW, f"Why {key}.", "Partners", date(2026, 1, 5), date(2027, 1, 5), minutes, note=note)
    return Asked(key, title, "Safety", rule, decision, ("Fire order", "Core skills"))


FIRE: Final = asked("fire-safety", "Fire safety", Achieved("fire-safety", 24))
DATA: Final = asked("data-security", "Data security", Achieved("data-security", 12), minutes=60)
CODING: Final = asked(
    "record-coding-c",
    "Coding: competent",
    Achieved("record-coding", None, 3, ("sign-off",)),
    note="SNOMED CT and more.",
)
RISK: Final = asked(
    "information-risk", "Information risk", Achieved("information-risk", 36), audience=Task(("siro",)), minutes=120
)
NMC: Final = asked("registration-nmc", "Registration with the NMC", State("registered:nmc"))


def holder(name: str, role: str, *needs: str, tasks: tuple[str, ...] = (), kind: str = "employed") -> Holder:
    """Somebody in a role who needs these."""
    position = 2 if role == "nurse" else 4
    group = "Nurses" if role == "nurse" else "Admin"
    return Holder(name, name, role, group, position, kind, frozenset(needs), frozenset(tasks))


def facts(*holders: Holder, requirements: tuple[Asked, ...] = (FIRE, DATA, CODING, RISK, NMC)) -> Facts:
    """The practice with these people, or with its own."""
    return Facts(
        code="A81001",
        place="Alder Surgery",
        on=ON,
        holders=holders
        or (
            holder("Rosa", "reception", "fire-safety", "data-security"),
            holder("Tom", "reception", "fire-safety"),
            holder(
                "Aisha", "nurse", "fire-safety", "data-security", "record-coding-c", "registration-nmc", kind="arrs"
            ),
        ),
        asked=requirements,
        roles={
            "reception": RoleFacts("Receptionist", "Names and appointments.", ("core clinical system",), None),
            "nurse": RoleFacts(
                "Nurse",
                "The whole record.",
                ("core clinical system", "referrals"),
                ContractTerms("2025/26", "NMC", "Registered nurse", "", verified=False),
            ),
        },
        tasks={"siro": "Senior information risk owner", "caldicott-guardian": "Caldicott Guardian"},
        systems=(("EMIS Web", "core clinical system"), ("e-RS", "referrals"), ("Docman", "documents and workflow")),
        names=NAMES,
        in_date=5,
        of=7,
        measure=MEASURE,
    )
