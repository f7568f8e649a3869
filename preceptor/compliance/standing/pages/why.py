"""What the why page shows: the verdict, past and future, what counted and what did not, the rule, and the ways out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from django.urls import reverse
from django.utils.http import urlencode

from preceptor.compliance.requirements.domain.criteria import Ask
from preceptor.compliance.requirements.domain.decisions import FORCE_NAMES
from preceptor.compliance.requirements.domain.held import HeldAdjustment, HeldRequirement, HeldVersion
from preceptor.compliance.requirements.domain.wanted import in_address
from preceptor.compliance.requirements.domain.words import Names, sentence
from preceptor.compliance.standing.domain.explanation import Explanation, RecordFindings, Segment, Timeline, Way
from preceptor.compliance.standing.domain.facts import Adjustment
from preceptor.compliance.standing.domain.notes import RecordNote
from preceptor.compliance.standing.domain.steps import Achieve, Step
from preceptor.compliance.standing.domain.tags import WORDS, tag_of
from preceptor.compliance.standing.domain.verdicts import Status
from preceptor.compliance.standing.domain.wording import cause_phrase, in_words, outcome_phrase, step_phrase
from preceptor.foundation.dates import london_date
from preceptor.ui.asof import AsOf
from preceptor.ui.forms import Form
from preceptor.ui.pages import Page, StatusTag
from preceptor.ui.words import count, day, dense_day, listed

from .strip import Strip, strip_of


@dataclass(frozen=True, slots=True)
class Fact:
    """One line about the rule, marked when nobody has verified it."""

    name: str
    value: str
    unverified: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of one status, for those who read rather than see."""

    first: str
    last: str
    word: str
    because: str


@dataclass(frozen=True, slots=True)
class WayRow:
    """A way to become or stay valid, and what it gives."""

    title: str
    gives: str
    href: str


@dataclass(frozen=True, slots=True)
class RecordRow:
    """A record that was looked at."""

    title: str
    day: str
    counts: bool
    lines: tuple[str, ...]
    known: str
    href: str
    review_href: str


@dataclass(frozen=True, slots=True)
class Hrefs:
    """Where the page's buttons lead; empty where the viewer may not. To `add` comes what is to be added."""

    add: str
    exemption: str = ""
    leave: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyPage(Page):
    """Why someone stands as they do in one requirement on a day."""

    template: ClassVar[str] = "standing/why.jinja"
    reading: ClassVar[bool] = False

    who: str
    name: str
    as_of: AsOf
    tag: StatusTag
    sentence: str
    strip: Strip
    strip_words: str
    periods: tuple[Period, ...]
    ways_title: str
    ways: tuple[WayRow, ...]
    no_ways: str
    records: tuple[RecordRow, ...]
    applies_title: str
    rule_href: str
    version: str
    facts: tuple[Fact, ...]
    adjustments: tuple[str, ...]
    next_change: str
    add_href: str
    exemption_href: str
    leave_href: str
    day_form: Form[object]


def why_page(
    *,
    code: str,
    who: str,
    name: str,
    explanation: Explanation,
    timeline: Timeline,
    names: Names,
    rule: HeldRequirement,
    notes: Mapping[str, RecordNote],
    eased: Mapping[str, HeldAdjustment],
    as_of: AsOf,
    hrefs: Hrefs,
    reviews: Mapping[str, str],
    day_form: Form[object],
) -> WhyPage:
    """The page out of an explanation and its timeline: one computation made both."""
    words = in_words(explanation, names)
    version = rule.shown(as_of.on)
    verdict = explanation.verdict
    periods = tuple(_period(segment) for segment in reversed(timeline.segments) if _is_told(segment))
    is_met = verdict.status in {Status.VALID, Status.DUE_SOON}
    is_needed = verdict.status is not Status.NOT_NEEDED
    return WhyPage(
        title=rule.title,
        who=who,
        name=name,
        as_of=as_of,
        tag=tag_of(verdict),
        sentence=words.because,
        strip=strip_of(timeline, _periods_of(rule), explanation.records, as_of.on),
        strip_words=f"{_strip_words(timeline, as_of.on)} The same facts are in the table below.",
        periods=periods,
        ways_title="Ways to stay valid" if is_met else "Ways to become valid",
        ways=tuple(_way(way, names, hrefs) for way in explanation.ways),
        no_ways=_no_ways(verdict.status, name),
        records=tuple(
            _record(one, names, notes.get(one.record.id), reviews.get(one.record.id, "")) for one in explanation.records
        ),
        applies_title="Why it applies" if is_needed else "Why it does not apply",
        rule_href=reverse("rulemaking:requirement", args=[code, rule.key]),
        version=f"version {version.number}, since {day(version.rule.starts_on)}",
        facts=(
            *_joined("For", words.applies),
            *_joined("Met by", words.parts),
            *_rule_facts(version),
        ),
        adjustments=tuple(
            _eased(one.adjustment, words, eased)
            for one, words in zip(explanation.adjustments, words.adjustments, strict=True)
        ),
        next_change=words.next_change,
        add_href=_address(hrefs.add, version.rule.met_by.asked()),
        exemption_href=hrefs.exemption,
        leave_href=hrefs.leave,
        day_form=day_form,
    )


def _eased(adjustment: Adjustment, words: str, eased: Mapping[str, HeldAdjustment]) -> str:
    """What an adjustment did, on whose authority, and who recorded it when."""
    held = eased.get(adjustment.id.partition(":")[0])
    if held is None:
        return words
    recorded = f"{held.recorded_by}, {day(london_date(held.recorded_at))}"
    return f"{words} On the authority of {held.authority}. Recorded by {recorded}."


def _is_told(segment: Segment) -> bool:
    return segment.status is not Status.NOT_NEEDED or (segment.starts_on is not None and segment.last_on is not None)


def _period(segment: Segment) -> Period:
    return Period(
        first=dense_day(segment.starts_on) or "Always",
        last=dense_day(segment.last_on) or "Open",
        word=WORDS[segment.status],
        because=sentence(cause_phrase(segment.cause)) if segment.cause else "",
    )


def _strip_words(timeline: Timeline, on: date) -> str:
    """The message of the strip: the status on the day, and how often it was overdue before."""
    now = next((one for one in timeline.segments if _holds(one, on)), None)
    gaps = [
        one
        for one in timeline.segments
        if one.status is Status.OVERDUE and one.last_on is not None and one.last_on < on and one.starts_on
    ]
    said = f"{WORDS[now.status]} on {day(on)}" if now else ""
    if now and now.starts_on:
        said += f", since {day(now.starts_on)}"
    if not gaps:
        return f"{said}. Never overdue before."
    times = [f"{day(one.starts_on)} to {day(one.last_on)}" for one in gaps]
    return f"{said}. Overdue before: {listed(times)}."


def _holds(segment: Segment, on: date) -> bool:
    return (segment.starts_on is None or segment.starts_on <= on) and (segment.last_on is None or on <= segment.last_on)


def _way(way: Way, names: Names, hrefs: Hrefs) -> WayRow:
    steps = sentence("; and ".join(step_phrase(step, names) for step in way.steps)).rstrip(".")
    gives = f"Valid until the end of {day(way.until)}." if way.until else "Valid without running out."
    return WayRow(steps, f"Done on {day(way.done_on)}: {gives[:1].lower()}{gives[1:]}", _add(way.steps, hrefs.add))


def _no_ways(status: Status, name: str) -> str:
    if status is Status.PAUSED:
        return f"Nothing is needed while {name} is away."
    if status in {Status.DUE, Status.OVERDUE}:
        return "No record can meet this. Look at the rule."
    return "Nothing is needed."


def _add(steps: Iterable[Step], add: str) -> str:
    asks = [Ask(step.subject, step.level, step.kinds) for step in steps if isinstance(step, Achieve)]
    return _address(add, asks) if add and asks else ""


def _address(add: str, asks: Sequence[Ask]) -> str:
    return f"{add}&{urlencode(in_address(asks))}"


def _record(found: RecordFindings, names: Names, note: RecordNote | None, review_href: str) -> RecordRow:
    record = found.record
    level = f", level {record.level}" if record.level > 1 else ""
    return RecordRow(
        title=(note.title if note and note.title else names.subject(record.subject)) + level,
        day=dense_day(record.on),
        counts=found.telling.days is not None,
        lines=(sentence(outcome_phrase(found, names)),),
        known=f"{note.how_known}, recorded {day(london_date(note.recorded_at))}" if note else "",
        href=reverse("records:record", args=[record.id]) if note else "",
        review_href=review_href,
    )


def _joined(name: str, sentences: tuple[str, ...]) -> tuple[Fact, ...]:
    return (Fact(name, " ".join(sentences)),) if sentences else ()


def _rule_facts(version: HeldVersion) -> list[Fact]:
    decision = version.decision
    facts = [Fact("Basis", FORCE_NAMES[decision.basis]), Fact("Why", decision.rationale)]
    if decision.decided_by:
        when = f", {day(decision.decided_on)}" if decision.decided_on else ""
        facts.append(Fact("Decided", f"{decision.decided_by}{when}"))
    for one in version.citations:
        if one.followed:
            checked = f" Checked {day(one.source.checked_on)}." if one.source.checked_on else ""
            words = f"{one.source.publisher}, {one.source.title}: {one.says}{checked}"
            facts.append(Fact("Source", words, unverified=not one.source.verified))
    others = len(version.others) + sum(not one.followed for one in version.citations)
    if others:
        said = count(others, "source gives another answer", "sources give other answers")
        facts.append(Fact("Conflict", f"{said}: see the rule"))
    return facts


def _periods_of(rule: HeldRequirement) -> list[tuple[date, date | None]]:
    """The days each version is in force: until its own end or the next one's start, whichever comes first."""
    starts = [one.rule.starts_on for one in rule.versions]
    return [
        (one.rule.starts_on, min(filter(None, (one.rule.ends_on, after)), default=None))
        for one, after in zip(rule.versions, [*starts[1:], None], strict=True)
    ]
