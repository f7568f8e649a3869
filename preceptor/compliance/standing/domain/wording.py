"""Explanations as whole sentences of plain English."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from preceptor.compliance.requirements.domain.criteria import Count, Hours
from preceptor.compliance.requirements.domain.wording import leaf_phrase
from preceptor.compliance.requirements.domain.words import (
    Names,
    day_phrase,
    kinds_phrase,
    level_phrase,
    listed,
    plural,
    sentence,
    time_phrase,
)

from .explanation import (
    AdjustmentFinding,
    Applicability,
    Applies,
    Cause,
    CauseCode,
    Effect,
    Explanation,
    Finding,
    Outcome,
    Part,
    RecordFindings,
    Span,
    Way,
)
from .facts import Extension, RecordStatus
from .steps import Achieve, Hold, Spend, Step
from .verdicts import Status, Verdict


@dataclass(frozen=True, slots=True)
class Words:
    """An explanation in sentences, in the order of the page: the answer, the reason, then the rest."""

    headline: str
    because: str
    applies: tuple[str, ...]
    parts: tuple[str, ...]
    records: tuple[str, ...]
    adjustments: tuple[str, ...]
    next_change: str
    ways: tuple[str, ...]


def in_words(explanation: Explanation, names: Names) -> Words:
    """The whole explanation in sentences."""
    return Words(
        headline=headline(explanation.verdict),
        because=because(explanation, names),
        applies=applies(explanation, names),
        parts=tuple(part_sentence(part, names) for part in explanation.parts),
        records=tuple(record_sentence(one, names) for one in explanation.records),
        adjustments=tuple(adjustment_sentence(one) for one in explanation.adjustments),
        next_change=next_change_sentence(explanation),
        ways=tuple(way_sentence(way, explanation, names) for way in explanation.ways),
    )


def headline(verdict: Verdict) -> str:
    """The status with the date that belongs to it: “Overdue since 9 November 2026”."""
    match verdict.status:
        case Status.NOT_NEEDED:
            return "Not needed"
        case Status.PAUSED:
            return "Paused"
        case Status.VALID:
            return f"Valid until {day_phrase(verdict.until)}" if verdict.until else "Valid"
        case Status.DUE_SOON:
            return f"Due soon, valid until {day_phrase(verdict.until)}" if verdict.until else "Due soon"
        case Status.DUE:
            return f"To do by {day_phrase(verdict.due_on)}" if verdict.due_on else "To do"
        case Status.OVERDUE:
            return f"Overdue since {day_phrase(verdict.overdue_since)}" if verdict.overdue_since else "Overdue"


def because(explanation: Explanation, names: Names) -> str:
    """The reason in a sentence or two, about the person by name."""
    person = names.person(explanation.person)
    verdict = explanation.verdict
    match verdict.status:
        case Status.NOT_NEEDED:
            return _why_not_needed(explanation, names)
        case Status.PAUSED:
            return _why_paused(explanation, person)
        case Status.VALID | Status.DUE_SOON:
            return _why_met(explanation, person)
        case Status.DUE:
            return f"{person} has not met this yet and has until the end of {_day(verdict.due_on)} to do so."
        case Status.OVERDUE:
            return _why_overdue(explanation, person)


def _day(day: date | None) -> str:
    return "the end" if day is None else day_phrase(day)


def _why_not_needed(explanation: Explanation, names: Names) -> str:
    person = names.person(explanation.person)
    found = explanation.applicability
    match found.code:
        case Applies.NOT_ENGAGED:
            if found.engaged.first_on is not None and explanation.day < found.engaged.first_on:
                return f"{person} starts in this engagement on {day_phrase(found.engaged.first_on)}."
            return f"{person}’s engagement ended on {_day(found.engaged.last_on)}."
        case Applies.EXEMPT:
            return f"{person} is exempt from this on this day."
        case Applies.NOT_IN_FORCE:
            return "No version of this requirement is in force on this day."
        case _:
            said = _leaves_phrase(found, names)
            return f"This is not for {person}, who {said}." if said else f"This is not for {person}."


def _why_paused(explanation: Explanation, person: str) -> str:
    until = explanation.verdict.until
    said = f"{person} is away, so nothing falls due."
    return f"{said} What they did counts until the end of {day_phrase(until)}." if until else said


def _why_met(explanation: Explanation, person: str) -> str:
    until = explanation.verdict.until
    counting = [one for one in explanation.records if one.telling.outcome in {Outcome.COUNTS, Outcome.ADDS}]
    if explanation.verdict.status is Status.DUE_SOON and until:
        return f"{person} meets this until the end of {day_phrase(until)}, and nothing newer counts after that."
    if not counting:
        return f"{person} meets this{_until(until)}."
    days = [day_phrase(one.record.on) for one in reversed(counting)]
    what = "record" if len(days) == 1 else "records"
    return f"{person} meets this{_until(until)} by the {what} of {listed(days)}."


def _until(until: date | None) -> str:
    return f" until the end of {day_phrase(until)}" if until else ""


def _why_overdue(explanation: Explanation, person: str) -> str:
    lapsed = _last_counted(explanation)
    since = explanation.verdict.overdue_since
    if not explanation.verdict.ever_met:
        said = f"{person} has never met this"
        return f"{said}, and the time to do it ended before {_day(since)}." if since else f"{said}."
    if lapsed is not None:
        return f"{person}’s last record counted until the end of {day_phrase(lapsed)} and nothing newer counts."
    return f"{person} met this before, and nothing counts now."


def _last_counted(explanation: Explanation) -> date | None:
    """The last day any record counted for, when that is why the requirement is not met now."""
    days = [
        finding.days.last_on
        for one in explanation.records
        for finding in one.findings
        if finding.outcome is Outcome.LAPSED and finding.days is not None and finding.days.last_on is not None
    ]
    return max(days, default=None)


def applies(explanation: Explanation, names: Names) -> tuple[str, ...]:
    """Why the requirement applies, part by part, or why it does not."""
    found = explanation.applicability
    if found.code is not Applies.REQUIRED:
        return (_why_not_needed(explanation, names),)
    person = names.person(explanation.person)
    said = [
        f"{person} {leaf_phrase(one.leaf, names, holds=one.holds, values=one.values)}{_since(one.since)}."
        for one in found.leaves
    ] or [f"This is for everyone; {person} has been in this engagement since {_day(found.engaged.first_on)}."]
    if explanation.version is not None and explanation.version.kept:
        said.append(f"{person} stays with the version of {day_phrase(explanation.version.starts_on)}.")
    return tuple(said)


def _since(since: date | None) -> str:
    return f", since {day_phrase(since)}" if since else ""


def _leaves_phrase(found: Applicability, names: Names) -> str:
    return listed(
        [leaf_phrase(one.leaf, names, holds=one.holds, values=one.values if one.holds else ()) for one in found.leaves],
    )


def part_sentence(part: Part, names: Names) -> str:
    """A part of the criterion, and whether it is met."""
    said = part.criterion.words(names)
    match part.criterion:
        case Count() as criterion if part.counted is not None:
            return sentence(f"{said}: {part.counted} of {criterion.at_least}")
        case Hours() as criterion if part.minutes is not None:
            return sentence(f"{said}: {time_phrase(part.minutes)} of {time_phrase(criterion.minutes)}{_together(part)}")
        case _ if part.holds:
            return sentence(f"{said}: met{_until(part.until)}")
        case _:
            return sentence(f"{said}: not met")


def _together(part: Part) -> str:
    criterion = part.criterion
    if not isinstance(criterion, Hours) or not criterion.participatory_minutes:
        return ""
    wanted = time_phrase(criterion.participatory_minutes)
    return f", and {time_phrase(part.participatory_minutes or 0)} of {wanted} participatory"


def record_sentence(found: RecordFindings, names: Names) -> str:
    """A record, and what it does: “Basic life support, 8 November 2025: counts until the end of 8 November 2026.”."""
    record = found.record
    level = f", level {record.level}" if record.level > 1 else ""
    what = f"{names.subject(record.subject)}{level}, {day_phrase(record.on)}"
    return sentence(f"{what}: {outcome_phrase(found, names)}")


def outcome_phrase(found: RecordFindings, names: Names) -> str:
    """What a record does, or why it does nothing, without a full stop."""
    return _OUTCOMES[found.telling.outcome](found, found.telling, names)


def _counts(found: RecordFindings, finding: Finding, names: Names) -> str:
    said = f"counts{_over(finding.days)}"
    if finding.subject is not None and finding.subject != found.record.subject:
        said += f", as {names.subject(finding.subject)}"
    return f"{said}. Renewed early, so no days were lost" if finding.kept_date else said


def _adds(found: RecordFindings, finding: Finding, names: Names) -> str:
    what = f"{time_phrase(found.record.minutes)}" if found.record.minutes else "one"
    together = " of participatory time" if found.record.minutes and found.record.participatory else ""
    return f"adds {what}{together}{_over(finding.days)}"


def _over(days: Span | None) -> str:
    if days is None or days.last_on is None:
        return " and does not run out"
    return f" until the end of {day_phrase(days.last_on)}"


def _starts_later(found: RecordFindings, finding: Finding, names: Names) -> str:
    return f"counts from {day_phrase(found.record.on)}, which is later than this day"


def _superseded(found: RecordFindings, finding: Finding, names: Names) -> str:
    return "counted by an earlier version of the rule, and no longer does"


def _lapsed(found: RecordFindings, finding: Finding, names: Names) -> str:
    return f"counted until the end of {_day(finding.days.last_on if finding.days else None)}"


def _not_accepted(found: RecordFindings, finding: Finding, names: Names) -> str:
    if found.record.status is RecordStatus.PENDING:
        return "does not count yet: it is waiting to be accepted"
    return "does not count: it was refused"


def _level_too_low(found: RecordFindings, finding: Finding, names: Names) -> str:
    if finding.level_needed is None:
        return f"does not count: level {found.record.level} is too low"
    return f"does not count: it is level {found.record.level}, and level {finding.level_needed} is needed"


def _other_kind(found: RecordFindings, finding: Finding, names: Names) -> str:
    needed = listed([names.record_kind(kind) for kind in finding.kinds_needed or ()], "or")
    kind = (
        "it has no kind" if found.record.kind is None else f"it is recorded as {names.record_kind(found.record.kind)}"
    )
    return f"does not count: {kind}, and {needed} is needed"


_OUTCOMES: Final[Mapping[Outcome, Callable[[RecordFindings, Finding, Names], str]]] = {
    Outcome.COUNTS: _counts,
    Outcome.ADDS: _adds,
    Outcome.STARTS_LATER: _starts_later,
    Outcome.SUPERSEDED: _superseded,
    Outcome.LAPSED: _lapsed,
    Outcome.NOT_ACCEPTED: _not_accepted,
    Outcome.NOT_YET_KNOWN: lambda _, __, ___: "does not count: it was not yet known at the moment asked about",
    Outcome.WITHDRAWN: lambda _, __, ___: "does not count: it was withdrawn",
    Outcome.EXPIRED_BEFORE_ITS_DAY: lambda _, __, ___: "does not count: its certificate ran out before its own day",
    Outcome.LEVEL_TOO_LOW: _level_too_low,
    Outcome.OTHER_KIND: _other_kind,
}


def adjustment_sentence(found: AdjustmentFinding) -> str:
    """An adjustment, and what it did."""
    reason = f" ({found.adjustment.reason})" if found.adjustment.reason else ""
    days = listed([_span(one) for one in found.days])
    match found.effect:
        case Effect.EXEMPTED:
            return f"Exempt {days}{reason}."
        case Effect.PAUSED:
            return f"Away {days}{reason}: nothing falls due."
        case Effect.GAVE_TIME_ON_RETURN:
            return f"Time to catch up after being away, {days}{reason}."
        case Effect.EXTENDED:
            until = f" until {day_phrase(found.adjustment.until)}" if isinstance(found.adjustment, Extension) else ""
            return f"Extended{until}{reason}: counts {days} as well."


def _span(days: Span) -> str:
    if days.first_on is None or days.last_on is None:
        return f"from {_day(days.first_on)}" if days.first_on else f"until {_day(days.last_on)}"
    if days.first_on == days.last_on:
        return f"on {day_phrase(days.first_on)}"
    return f"from {day_phrase(days.first_on)} to {day_phrase(days.last_on)}"


_STATUS_PHRASES: Final[Mapping[Status, str]] = {
    Status.NOT_NEEDED: "it is no longer needed",
    Status.PAUSED: "it is paused",
    Status.VALID: "it is valid",
    Status.DUE_SOON: "it is due soon",
    Status.DUE: "it is to do",
    Status.OVERDUE: "it is overdue",
}

_CAUSES: Final[Mapping[CauseCode, str]] = {
    CauseCode.ENGAGEMENT_STARTS: "the engagement starts",
    CauseCode.ENGAGEMENT_ENDS: "the engagement has ended",
    CauseCode.VERSION_STARTS: "a version of the rule starts",
    CauseCode.VERSION_ENDS: "the rule is no longer in force",
    CauseCode.JOINS_AUDIENCE: "the rule begins to apply to them",
    CauseCode.LEAVES_AUDIENCE: "the rule no longer applies to them",
    CauseCode.EXEMPTION_STARTS: "an exemption starts",
    CauseCode.EXEMPTION_ENDS: "an exemption has ended",
    CauseCode.PAUSE_STARTS: "leave starts",
    CauseCode.PAUSE_ENDS: "leave has ended",
    CauseCode.RECORDS_COUNT: "a record counts from that day",
    CauseCode.RECORDS_LAPSE: "what was done has run out",
    CauseCode.STATE_STARTS: "a state they need starts",
    CauseCode.STATE_ENDS: "a state they need has ended",
    CauseCode.EXTENSION_ENDS: "an extension has ended",
    CauseCode.NOTICE_STARTS: "it will soon run out",
    CauseCode.NOTICE_CHANGES: "the rule’s notice changes",
    CauseCode.GRACE_ENDS: "the time to do it has ended",
}


def cause_phrase(cause: Cause) -> str:
    """Why a status changes, without a full stop."""
    return _CAUSES[cause.code]


def next_change_sentence(explanation: Explanation) -> str:
    """What changes next by itself, and why."""
    change = explanation.next_change
    if change is not None:
        return f"From {day_phrase(change.on)} {_STATUS_PHRASES[change.status]}, because {cause_phrase(change.cause)}."
    if explanation.verdict.status is Status.OVERDUE:
        return "Nothing by itself. It stays overdue until a record counts."
    return "Nothing by itself."


def way_sentence(way: Way, explanation: Explanation, names: Names) -> str:
    """A way to become valid or stay so, and what it gives."""
    steps = "; and ".join(step_phrase(step, names) for step in way.steps)
    gives = f"valid until the end of {day_phrase(way.until)}" if way.until else "valid without running out"
    when = "this day" if way.done_on == explanation.day else day_phrase(way.done_on)
    return sentence(f"{steps}. Done on {when}, it is {gives}")


def step_phrase(step: Step, names: Names) -> str:
    """One step, without a full stop."""
    match step:
        case Achieve(subject, level, kinds, dated_from, times):
            what = f"{names.subject(subject)}{level_phrase(level)}{kinds_phrase(kinds, names)}"
            more = "a record" if times == 1 else plural(times, "more record")
            return f"{more} of {what}{_dated(dated_from)}"
        case Spend(subjects, level, minutes, participatory_minutes, dated_from):
            what = listed([names.subject(subject) for subject in subjects], "or")
            together = f", {time_phrase(participatory_minutes)} of it participatory" if participatory_minutes else ""
            return f"{time_phrase(minutes)} more of {what}{level_phrase(level)}{together}{_dated(dated_from)}"
        case Hold(state):
            return f"hold the state “{names.state(state)}”"


def _dated(since: date | None) -> str:
    return f", dated {day_phrase(since)} or later" if since else ""
