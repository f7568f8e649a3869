"""The analysis in words: what the page and the PDF both say, so that they cannot disagree."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

import msgspec

from preceptor.compliance.requirements.domain.words import day_phrase, listed, sentence, time_phrase

from .analysis import Analysis, Measure, NotRequired, RolePart, Specialist, Training

# The typst template of the report, below the package.
PRINTED: Final = "oversight/evidence/templates/needs.typ"

TITLE: Final = "Training needs analysis"
_LABEL: Final = (
    "Expected of NHS organisations; version 8 of the toolkit has no item of its own for it for GP practices, and asks "
    "for it in the note to its training item."
)
_TELLING: Final = (
    "Each person has a list of what they need, why, by when and how long it takes, and sees the rule and the source "
    "behind each line. Each requirement has a page with the decision behind it."
)
_EFFECT: Final = (
    "Nothing counts until a record of it is accepted, with who said so and how it is known. A training is due again "
    "when its time has run, and each decision is looked at again by the date beside it."
)


@dataclass(frozen=True, slots=True)
class Line:
    """A name and what is said of it."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class NeedRow:
    """One training of a role."""

    key: str
    title: str
    must: str
    method: str
    frequency: str
    minutes: str
    people: str


@dataclass(frozen=True, slots=True)
class RoleTold:
    """One role."""

    code: str
    name: str
    summary: str
    facts: tuple[Line, ...]
    rows: tuple[NeedRow, ...]


@dataclass(frozen=True, slots=True)
class SpecialistRow:
    """One duty for data and systems."""

    name: str
    holders: str
    trainings: str


@dataclass(frozen=True, slots=True)
class TrainingRow:
    """One training, with the decision behind it."""

    key: str
    title: str
    area: str
    why: str
    judged: str
    basis: str
    source: str
    decided: str
    review_by: str


@dataclass(frozen=True, slots=True)
class AreaTold:
    """The trainings of one area, with the decisions behind them."""

    name: str
    rows: tuple[TrainingRow, ...]


@dataclass(frozen=True, slots=True)
class NotRequiredRow:
    """Something a law asks for that the place declined."""

    title: str
    legal_reason: str
    reason: str
    decided: str


@dataclass(frozen=True, slots=True)
class Told:
    """The whole report, its summary first."""

    title: str
    place: str
    lead: str
    label: str
    summary: tuple[Line, ...]
    endorsement: tuple[Line, ...]
    measure: tuple[Line, ...]
    measure_lead: str
    roles: tuple[RoleTold, ...]
    specialists: tuple[SpecialistRow, ...]
    effect: tuple[str, ...]
    telling: tuple[str, ...]
    areas: tuple[AreaTold, ...]
    not_required: tuple[NotRequiredRow, ...]
    not_required_lead: str


def printed(
    analysis: Analysis, number: int | None = None, sha256: str = "", *, is_whole: bool = True
) -> dict[str, object]:
    """What the PDF is made of: the report in words, and for an endorsed one its number and its digest."""
    report = msgspec.to_builtins(told(analysis))
    return {"report": report, "number": number, "sha256": sha256, "is_whole": is_whole}


def told(analysis: Analysis) -> Told:
    """The report in words."""
    said = analysis.endorsement
    return Told(
        title=TITLE,
        place=f"{analysis.place} ({analysis.code})",
        lead=(
            f"As of {day_phrase(analysis.on)}: {_count(analysis.people, 'person', 'people')} in "
            f"{_count(len(analysis.roles), 'role', 'roles')}, "
            f"{_count(len(analysis.trainings), 'requirement', 'requirements')}."
        ),
        label=_LABEL,
        summary=_summary(analysis),
        endorsement=_endorsement(analysis),
        measure_lead=_measure_lead(analysis.measure, analysis.on),
        measure=_measure(analysis.measure),
        roles=tuple(_role(role, analysis) for role in analysis.roles),
        specialists=tuple(_specialist(one, analysis) for one in analysis.specialists),
        effect=tuple(part for part in (said.effect if said else "", _EFFECT, _in_date(analysis)) if part),
        telling=tuple(part for part in (said.telling if said else "", _TELLING) if part),
        areas=tuple(
            AreaTold(name, tuple(_training(one) for one in some))
            for name, some in groupby(analysis.trainings, lambda one: one.area)
        ),
        not_required=tuple(_not_required(one) for one in analysis.not_required or ()),
        not_required_lead=_declined(analysis),
    )


def _summary(analysis: Analysis) -> tuple[Line, ...]:
    late = [one for one in analysis.trainings if one.review_by and one.review_by < analysis.on]
    unheld = [one.name for one in analysis.specialists if not one.count]
    return (
        Line("Training item", _measure_lead(analysis.measure, analysis.on)),
        Line("Training in date", _in_date(analysis) or "Not shown: too few people are here, or nothing is due."),
        Line("Duties nobody holds", sentence(listed(unheld)) if unheld else "None: somebody holds each of them."),
        Line("Asked by law", _declined(analysis)),
        Line(
            "Decisions to look at again",
            sentence(f"{len(late)} of {_count(len(analysis.trainings), 'decision', 'decisions')} past their day"),
        ),
    )


def _endorsement(analysis: Analysis) -> tuple[Line, ...]:
    said = analysis.endorsement
    if said is None:
        return ()
    return (
        Line("Endorsed by", said.by),
        Line("Endorsed on", day_phrase(said.on)),
        Line("Review by", day_phrase(said.review_by)),
        Line("Recorded by", said.recorded_by),
    )


def _measure_lead(measure: Measure | None, on: date) -> str:
    if measure is None:
        return "No share is shown: no training item holds on that day, or too few people are here."
    is_ahead = on < measure.published_on
    forecast = f" A forecast by what was known on {day_phrase(on)}, if nobody trains before then." if is_ahead else ""
    met = "It is reached." if measure.is_met else f"{_count(measure.missing, 'more person', 'more people')} to train."
    return (
        f"{measure.trained} of {_count(measure.of, 'person', 'people')}, {measure.percent}%, if published on "
        f"{day_phrase(measure.published_on)}. {measure.needed}% is needed. {met}{forecast}"
    )


def _measure(measure: Measure | None) -> tuple[Line, ...]:
    if measure is None:
        return ()
    verified = "" if measure.is_verified else " Not verified."
    return (
        Line("Item", f"{measure.item}, {measure.subject_name}{verified}"),
        Line("Day of publication", day_phrase(measure.published_on)),
        Line(
            "Trained",
            f"{measure.trained}: people here that day with an accepted record from the twelve months before it",
        ),
        Line("Of", f"{measure.of}: everyone here that day, people on leave included"),
        Line("Share", f"{measure.percent}%, {measure.needed}% needed"),
    )


def _role(role: RolePart, analysis: Analysis) -> RoleTold:
    found = [(need, analysis.training(need.training)) for need in role.needs]
    whole = sum(training.minutes or 0 for _, training in found)
    systems = listed(role.systems) or ("none recorded" if role.data else "")
    facts = (
        Line("People", f"{role.people}, {role.group}"),
        Line("Data", role.data),
        Line("Systems", sentence(systems) if systems else ""),
        Line("Contract", role.contract),
        Line("Time", f"About {time_phrase(whole)} to do each once" if whole else ""),
    )
    return RoleTold(
        code=role.code,
        name=role.name,
        summary=", ".join(
            part
            for part in (
                _count(role.people, "person", "people"),
                _count(len(role.needs), "requirement", "requirements"),
                f"about {time_phrase(whole)}" if whole else "",
            )
            if part
        ),
        facts=tuple(line for line in facts if line.words),
        rows=tuple(
            NeedRow(
                key=training.key,
                title=training.title,
                must="" if training.must.startswith(training.title) else training.must,
                method=training.method,
                frequency=training.frequency,
                minutes=_minutes(training),
                people="All" if need.people == role.people else f"{need.people} of {role.people}",
            )
            for need, training in found
        ),
    )


def _specialist(one: Specialist, analysis: Analysis) -> SpecialistRow:
    titles = [analysis.training(key).title for key in one.trainings]
    count = _count(one.count, "person", "people") if one.count else "Nobody is recorded"
    return SpecialistRow(one.name, listed(one.holders) or count, listed(titles) or "Nothing of its own")


def _training(one: Training) -> TrainingRow:
    decided = ", ".join(part for part in (one.decided_by, day_phrase(one.decided_on) if one.decided_on else "") if part)
    return TrainingRow(
        key=one.key,
        title=one.title,
        area=one.area,
        why=f"{one.why} It asks for less than where it was taken from. The law allows it: {one.allowed}"
        if one.allowed
        else one.why,
        judged=one.judged,
        basis=one.basis,
        source=one.source,
        decided=decided or "Not recorded",
        review_by=day_phrase(one.review_by) if one.review_by else "No date",
    )


def _not_required(one: NotRequired) -> NotRequiredRow:
    said = (one.decided_by, f"not required from {day_phrase(one.starts_on)} on")
    return NotRequiredRow(
        title=one.title,
        legal_reason=one.legal_reason,
        reason=one.reason,
        decided=sentence(", ".join(part for part in said if part)),
    )


def _declined(analysis: Analysis) -> str:
    if analysis.not_required is None:
        return "What was declined was not part of the analysis then."
    number = len(analysis.not_required)
    if not number:
        return "Nothing that a law asks for has been declined."
    asked = _count(number, "thing a law asks for is", "things a law asks for are")
    return f"{asked} not required here. Each says why the law does not apply."


def _minutes(training: Training) -> str:
    if training.minutes is None:
        return "–"
    return f"{'about ' if training.is_estimate else ''}{time_phrase(training.minutes)}"


def _in_date(analysis: Analysis) -> str:
    if not analysis.of:
        return ""
    percent = 100 * analysis.in_date // analysis.of
    part = f"{analysis.in_date} of {analysis.of}"
    return f"On {day_phrase(analysis.on)} {part} requirements that should be in date were, {percent}%."


def _count(number: int, one: str, many: str) -> str:
    return f"{number:,} {one if number == 1 else many}"
