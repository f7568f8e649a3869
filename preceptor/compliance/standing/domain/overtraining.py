"""Training that nobody needed: the same again long before it ran out, more often than its source asks, and twice over.

Only rules that are one course again and again are looked at. What other rules gather out of many records, such as
hours, is never too much, and neither is professional development.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import combinations
from typing import Final, NamedTuple

from preceptor.compliance.requirements.domain.criteria import Achieved
from preceptor.compliance.requirements.domain.intervals import Interval

from .cases import Prepared, Seat
from .days import as_date, contains, run_holding
from .gauges import AchievedGauge
from .ledger import Entry, Ledger
from .rules import Rule
from .verdicts import Status, status_on

_YEAR: Final = 365
_LOG: Final = "log"


class Kind(StrEnum):
    """The ways in which training is too much."""

    EARLY = "early"
    ELSEWHERE = "elsewhere"
    OFTENER = "oftener"
    TOGETHER = "together"


@dataclass(frozen=True, slots=True)
class Excess:
    """One way in which training was or is too much, with the minutes it costs in a year.

    `early` and `elsewhere` are about one person: done `again_on`, `days` before what they had ran out on `until`.
    `oftener` and `together` are about a requirement and everyone in `people`: `months` is how often it is asked for,
    `source` the one that asks least rarely; `other` and `course` are the requirement that one course would meet too,
    and that course with its level.
    """

    kind: Kind
    requirement: str
    minutes: int
    people: tuple[str, ...]
    engagement: str = ""
    again_on: date | None = None
    until: date | None = None
    days: int = 0
    months: int = 0
    source: Interval | None = None
    other: str = ""
    course: tuple[str, int] | None = None


@dataclass(frozen=True, slots=True)
class Costs:
    """What is known beside the facts: minutes and sources by requirement, and the subjects that are development."""

    minutes: Mapping[str, int]
    intervals: Mapping[str, Sequence[Interval]]
    development: Collection[str]


class _Held(NamedTuple):
    """A seat, a rule that asks it for one course again and again, and that course's records so far."""

    seat: Seat
    rule: Rule
    gauge: AchievedGauge
    notice: int
    entries: list[Entry]


def excesses(prepared: Prepared, day: date, costs: Costs) -> tuple[Excess, ...]:
    """Everything that was too much in the year up to a day, and is too much on it, what costs most first."""
    seats: dict[str, list[Seat]] = {}
    today = day.toordinal()
    for engagement in prepared.engagements:
        seat = prepared.seat(engagement)
        if seat.start <= today < seat.end:
            seats.setdefault(seat.engagement.person, []).append(seat)
    found = [*_oftener(prepared, seats, today, costs), *_together(prepared, seats, today, costs)]
    for person, theirs in seats.items():
        found += _repeated(prepared, person, theirs, today, costs)
    return tuple(
        sorted(
            found, key=lambda one: (-one.minutes, one.kind, one.requirement, one.people, one.other, str(one.again_on))
        )
    )


def _plain(rule: Rule, day: int, costs: Costs) -> tuple[AchievedGauge, int] | None:
    """The gauge and the notice of a rule that on a day is one course again and again; None for any other."""
    version = rule.in_force(day)
    if version is None:
        return None
    criterion, gauge = rule.versions[version].met_by, rule.gauges[version]
    if not isinstance(criterion, Achieved) or not isinstance(gauge, AchievedGauge) or criterion.months is None:
        return None
    if criterion.subject in costs.development:
        return None
    return gauge, rule.versions[version].notice_days


def _repeated(prepared: Prepared, person: str, seats: Sequence[Seat], today: int, costs: Costs) -> Iterator[Excess]:
    """What a person did again in the year up to a day although everything it counts for was far from running out."""
    for subject, record in _recent(prepared, person, today):
        if subject in costs.development or record.kind == _LOG:
            continue
        asking = list(_looking(prepared, seats, subject, record))
        spared = [_spare(prepared, seat, rule, record, costs) for seat, rule in asking]
        early = [one for one in spared if one is not None]
        if not early or len(early) < len(asking):
            continue
        least = min(early, key=lambda one: (one.until, one.rule.id))
        # What counted was done before they came, and they are asked again as somebody new.
        is_elsewhere = least.earlier < least.seat.start <= record.on <= least.seat.start + _YEAR
        yield Excess(
            kind=Kind.ELSEWHERE if is_elsewhere else Kind.EARLY,
            requirement=least.rule.id,
            minutes=costs.minutes.get(least.rule.id) or record.minutes,
            people=(person,),
            engagement=least.seat.id,
            again_on=as_date(record.on),
            until=as_date(least.until),
            days=least.until - record.on,
        )


def _recent(prepared: Prepared, person: str, today: int) -> Iterator[tuple[str, Entry]]:
    """The year's records with their subjects; what was written down twice for one day was done once."""
    for subject, entries in sorted(prepared.ledger(person).by_subject.items()):
        once: dict[int, Entry] = {}
        for one in entries:
            if today - _YEAR < one.on <= today and (one.on not in once or one.level > once[one.on].level):
                once[one.on] = one
        for one in once.values():
            yield subject, one


def _looking(prepared: Prepared, seats: Iterable[Seat], subject: str, record: Entry) -> Iterator[tuple[Seat, Rule]]:
    """Each seat and rule required on a record's day for which it counts, be it for one part of many."""
    for seat in seats:
        for rule in prepared.rulebook.rules.values():
            version = rule.in_force(record.on)
            if version is None or not _looks_at(prepared, rule, version, subject, record):
                continue
            if contains(prepared.case(seat, rule).required, record.on):
                yield seat, rule


def _looks_at(prepared: Prepared, rule: Rule, version: int, subject: str, record: Entry) -> bool:
    for _, leaf in rule.versions[version].met_by.leaves():
        for ask in leaf.asks():
            least = dict(prepared.rulebook.equivalences.sources((ask.subject,), ask.level)).get(subject)
            fits = ask.kinds is None or record.kind in ask.kinds
            if fits and least is not None and least <= record.level:
                return True
    return False


class _Spare(NamedTuple):
    """That a rule was met without a record, until when, and on which day that was done."""

    seat: Seat
    rule: Rule
    until: int
    earlier: int


def _spare(prepared: Prepared, seat: Seat, rule: Rule, record: Entry, costs: Costs) -> _Spare | None:
    """How long a rule was met without a record by what was done before; None if it was right to do it by then."""
    plain = _plain(rule, record.on, costs)
    if plain is None:
        return None
    gauge, notice = plain
    fitting = gauge.entries(seat.ledger)
    if record.id not in {one.id for one in fitting}:
        return None
    before = [one for one in fitting if one.on < record.on and one.level >= record.level]
    spans = list(zip(gauge.spans(before), before, strict=True)) if before else []
    covering = [(end - 1, one.on) for (start, end), one in spans if start <= record.on < end]
    if not covering:
        return None
    until, earlier = max(covering)
    without = prepared.case(seat, rule, _without(seat.ledger, record.on))
    run = run_holding(without.met, record.on)
    if run is None or status_on(without, record.on)[0] not in {Status.VALID, Status.PAUSED}:
        return None  # another version, or a way of taking over, has its say as well
    until = min(until, run[1] - 1)
    window = max(notice, gauge.early_days or 0)
    return _Spare(seat, rule, until, earlier) if until - record.on > window else None


def _without(ledger: Ledger, day: int) -> Ledger:
    """The ledger without what was done on a day."""
    left = {subject: [one for one in entries if one.on != day] for subject, entries in ledger.by_subject.items()}
    return Ledger({subject: entries for subject, entries in left.items() if entries}, ledger.states)


def _held(
    prepared: Prepared, seats: Mapping[str, Sequence[Seat]], today: int, costs: Costs
) -> Iterator[tuple[str, list[_Held]]]:
    """What each person needs on a day by rules that are one course again and again, each rule once."""
    for person, theirs in sorted(seats.items()):
        held: dict[str, _Held] = {}
        for seat in theirs:
            for rule in seat.shape.active(today):
                plain = _plain(rule, today, costs)
                if plain is None or rule.id in held or not contains(prepared.case(seat, rule).required, today):
                    continue
                gauge, notice = plain
                done = [one for one in gauge.entries(seat.ledger) if one.on <= today]
                held[rule.id] = _Held(seat, rule, gauge, notice, done)
        yield person, [held[key] for key in sorted(held)]


def _oftener(prepared: Prepared, seats: Mapping[str, Sequence[Seat]], today: int, costs: Costs) -> Iterator[Excess]:
    """Requirements that are asked for more often than every source of theirs that says how often."""
    asked: dict[str, list[str]] = {}
    gauges: dict[str, AchievedGauge] = {}
    for person, held in _held(prepared, seats, today, costs):
        for one in held:
            asked.setdefault(one.rule.id, []).append(person)
            gauges[one.rule.id] = one.gauge
    for requirement, people in sorted(asked.items()):
        months = gauges[requirement].months
        least = min(costs.intervals.get(requirement, ()), key=lambda one: (one.months, one.source), default=None)
        if months and least and months < least.months:
            # Twelve months hold 12 / months courses; the source would ask for 12 / least of them.
            saved = costs.minutes.get(requirement, 0) * len(people) * 12 * (least.months - months)
            yield Excess(
                Kind.OFTENER,
                requirement,
                saved // (months * least.months),
                tuple(people),
                months=months,
                source=least,
            )


def _together(prepared: Prepared, seats: Mapping[str, Sequence[Seat]], today: int, costs: Costs) -> Iterator[Excess]:
    """Pairs of requirements that one course meets, and those who did a course for each of them."""
    pairs: dict[tuple[str, str], tuple[tuple[str, int], int, list[str]]] = {}
    for person, held in _held(prepared, seats, today, costs):
        for one, other in combinations(held, 2):
            course = _one_course(one.gauge, other.gauge, costs)
            if course is None or not _did_both(one, other, today):
                continue
            found = pairs.setdefault((one.rule.id, other.rule.id), (course, _saved(one, other, costs), []))
            found[2].append(person)
    for (first, second), (course, minutes, people) in sorted(pairs.items()):
        yield Excess(Kind.TOGETHER, first, minutes * len(people), tuple(people), other=second, course=course)


def _one_course(one: AchievedGauge, other: AchievedGauge, costs: Costs) -> tuple[str, int] | None:
    """The subject and level of which one record counts for both, if there is such a thing."""
    if one.kinds is not None and other.kinds is not None and not set(one.kinds) & set(other.kinds):
        return None
    theirs = dict(other.sources)
    shared = {subject: max(level, theirs[subject]) for subject, level in one.sources if subject in theirs}
    wanted = sorted((subject, level) for subject, level in shared.items() if subject not in costs.development)
    return wanted[0] if wanted else None


def _did_both(one: _Held, other: _Held, today: int) -> bool:
    """Do both hold by their newest records, neither of which counts for the other?"""
    if not one.entries or not other.entries:
        return False
    newest, theirs = one.entries[-1], other.entries[-1]
    apart = newest.id not in {each.id for each in other.entries} and theirs.id not in {each.id for each in one.entries}
    return apart and all(contains(held.gauge.days(held.seat.ledger), today) for held in (one, other))


def _saved(one: _Held, other: _Held, costs: Costs) -> int:
    """The minutes a year of the course that would not be needed: the one that is due more rarely, or is shorter."""
    spare = min(
        (one, other), key=lambda held: (-(held.gauge.months or 1), costs.minutes.get(held.rule.id, 0), held.rule.id)
    )
    return costs.minutes.get(spare.rule.id, 0) * 12 // (spare.gauge.months or 12)
