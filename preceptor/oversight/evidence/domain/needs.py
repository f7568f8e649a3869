"""The training needs analysis of a place, made out of its decision records and its register."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from preceptor.compliance.requirements.domain.audience import Task, named
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
from preceptor.compliance.requirements.domain.decisions import FORCE_NAMES, Decision
from preceptor.compliance.requirements.domain.versions import Version
from preceptor.compliance.requirements.domain.words import (
    Names,
    every_phrase,
    level_phrase,
    listed,
    plural,
    sentence,
    time_phrase,
    within_phrase,
)
from preceptor.register.people.domain import ContractTerms

from .analysis import Analysis, Measure, NotRequired, RoleNeed, RolePart, Specialist, Training

# The duties for data and systems that are named even when nobody holds them, in this order.
SPECIALISTS: Final = (
    "siro",
    "caldicott-guardian",
    "data-protection-officer",
    "information-governance-lead",
    "it-administrator",
    "clinical-safety-officer",
    "digital-champion",
)

# How it is seen that learning of a kind had an effect.
_JUDGED: Final[Mapping[str, str]] = {
    "assessment": "an assessment is passed",
    "sign-off": "a named person signs off",
    "reflection": "a written reflection is read",
    "log": "procedures are counted",
    "course": "a certificate is accepted",
    "session": "attendance is confirmed",
}
# Engagements that the network contract pays for.
_ADDITIONAL: Final = "arrs"
# The subjects that are modules of the curriculum, whose requirements say in their note what the module holds.
_MODULE: Final = "record-"
_ANY: Final = "course, e-learning or session"


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody in a role at the place: which requirements they need, and the duties given to them."""

    person: str
    name: str
    role: str
    group: str
    group_position: int
    kind: str
    needs: frozenset[str]
    tasks: frozenset[str]


@dataclass(frozen=True, slots=True)
class Asked:
    """A requirement in force, with the decision behind it and the titles of the sources it follows."""

    key: str
    title: str
    area: str
    rule: Version
    decision: Decision
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RoleFacts:
    """What the lists say of a role."""

    name: str
    data: str
    uses: tuple[str, ...]
    terms: ContractTerms | None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the analysis is made from. `systems` in use are pairs of a name and a use; `needs` are named by id."""

    code: str
    place: str
    on: date
    holders: tuple[Holder, ...]
    asked: tuple[Asked, ...]
    roles: Mapping[str, RoleFacts]
    tasks: Mapping[str, str]
    systems: tuple[tuple[str, str], ...]
    names: Names
    in_date: int
    of: int
    measure: Measure | None
    not_required: tuple[NotRequired, ...] = ()


def analysis(facts: Facts) -> Analysis:
    """The analysis on a day: every role somebody holds, and every requirement in force that somebody there needs."""
    tasked = {
        code: [one.key for one in facts.asked if code in named(one.rule.audience, Task)]
        for code in SPECIALISTS
        if code in facts.tasks
    }
    needed = {need for holder in facts.holders for need in holder.needs}.union(*tasked.values())
    trainings = tuple(training_of(one, facts.names) for one in facts.asked if one.key in needed)
    order = [one.key for one in trainings]
    return Analysis(
        code=facts.code,
        place=facts.place,
        on=facts.on,
        people=len({holder.person for holder in facts.holders}),
        roles=tuple(_role(role, facts, order) for role in _roles(facts.holders)),
        trainings=trainings,
        specialists=tuple(_specialist(code, facts, keys) for code, keys in tasked.items()),
        in_date=facts.in_date,
        of=facts.of,
        measure=facts.measure,
        not_required=facts.not_required,
    )


def training_of(one: Asked, names: Names) -> Training:
    """A requirement as the analysis tells it: what must be known, by which method, how often, on whose authority."""
    decision, criterion = one.decision, one.rule.met_by
    return Training(
        key=one.key,
        title=one.title,
        area=one.area,
        must=_must(criterion, names, decision.note),
        why=decision.rationale,
        method=_said(_methods(criterion, names)),
        frequency=_said(_frequency(criterion)),
        judged=_said(_judgements(criterion)),
        minutes=decision.minutes,
        is_estimate=not decision.minutes_verified,
        basis=FORCE_NAMES[decision.basis],
        source=listed(one.sources) or "The place’s own decision",
        decided_by=decision.decided_by,
        decided_on=decision.decided_on,
        review_by=decision.review_by,
        allowed=decision.legal_reason,
    )


def _roles(holders: Iterable[Holder]) -> list[str]:
    """The roles somebody holds, by staff group and then by code."""
    return [role for _, role in sorted({(holder.group_position, holder.role) for holder in holders})]


def _role(role: str, facts: Facts, order: list[str]) -> RolePart:
    holders = [holder for holder in facts.holders if holder.role == role]
    people = {key: {holder.person for holder in holders if key in holder.needs} for key in order}
    said = facts.roles[role]
    return RolePart(
        code=role,
        name=said.name,
        group=holders[0].group,
        people=len({holder.person for holder in holders}),
        data=said.data,
        systems=tuple(name for name, use in facts.systems if use in said.uses),
        contract=_contract(said.terms) if any(holder.kind == _ADDITIONAL for holder in holders) else "",
        needs=tuple(RoleNeed(key, len(some)) for key, some in people.items() if some),
    )


def _contract(terms: ContractTerms | None) -> str:
    if terms is None:
        return ""
    parts = (
        f"network contract of {terms.contract_year}",
        terms.training,
        f"registration: {terms.registration}" if terms.registration else "",
        f"supervision: {terms.supervision}" if terms.supervision else "",
    )
    check = "" if terms.verified else " Not verified: check the Annex B in force."
    return f"{sentence('; '.join(part for part in parts if part))}{check}"


def _specialist(code: str, facts: Facts, trainings: list[str]) -> Specialist:
    holders = {holder.person: holder.name for holder in facts.holders if code in holder.tasks}
    return Specialist(code, facts.tasks[code], len(holders), tuple(sorted(holders.values())), tuple(trainings))


def _must(criterion: Criterion, names: Names, note: str) -> str:
    """What must be known: each subject at its level, or the state to be held; then what a module holds."""
    known = [f"{names.subject(ask.subject)}{level_phrase(ask.level)}" for ask in criterion.asked()]
    held = [names.state(leaf.state) for _, leaf in criterion.leaves() if isinstance(leaf, State)]
    is_module = all(ask.subject.startswith(_MODULE) for ask in criterion.asked()) and known
    return _said([*known, *held]) + (f". {note}" if is_module and note else "")


def _methods(criterion: Criterion, names: Names) -> Iterable[str]:
    for _, leaf in criterion.leaves():
        match leaf:
            case State():
                yield "registration or enrolment"
            case Hours(participatory_minutes=minutes) if minutes:
                yield f"{_ANY}, {time_phrase(minutes)} of it with others"
            case Achieved(kinds=kinds) | Count(kinds=kinds) if kinds:
                yield listed([names.record_kind(kind).lower() for kind in kinds], "or")
            case _:
                yield _ANY


def _judgements(criterion: Criterion) -> Iterable[str]:
    for _, leaf in criterion.leaves():
        if isinstance(leaf, State):
            yield "the register or the course is asked"
        else:
            kinds = [kind for ask in leaf.asks() for kind in ask.kinds or ("course",)]
            yield listed(list(dict.fromkeys(_JUDGED.get(kind, kind) for kind in kinds)), "or")


def _frequency(criterion: Criterion) -> list[str]:
    match criterion:
        case AllOf(parts):
            return [" and ".join(dict.fromkeys(_joined(part) for part in parts))]
        case AnyOf(parts):
            return [" or ".join(dict.fromkeys(_joined(part) for part in parts))]
        case FirstThen(first, then):
            return [" or ".join(dict.fromkeys((_joined(first), _joined(then))))]
        case Achieved(months=months):
            return ["once" if months is None else every_phrase(months)]
        case Count(at_least=number, months=months):
            return [f"{plural(number, 'time')}{within_phrase(months)}"]
        case Hours(minutes=minutes, months=months):
            return [f"{time_phrase(minutes)}{within_phrase(months)}"]
        case _:
            return ["held throughout"]


def _joined(criterion: Criterion) -> str:
    return "; ".join(_frequency(criterion))


def _said(parts: Iterable[str]) -> str:
    """Parts as one phrase with a capital, each said once."""
    words = "; ".join(dict.fromkeys(parts))
    return words[:1].upper() + words[1:]
