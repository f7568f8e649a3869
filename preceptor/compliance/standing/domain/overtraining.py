"""Training that nobody needed: the same again long before it ran out, more often than its source asks, and twice over.

Only rules that are courses again and again are looked at. What was done again is looked for in one course, in all of
several and in any of several; what is asked too often, and twice over, in one course alone. What other rules gather out
of many records, such as hours, is never too much, and neither is professional development.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction
from itertools import combinations
from typing import Final, NamedTuple, TypeAlias

from preceptor.compliance.requirements.domain.intervals import Interval

from .cases import Prepared, Seat
from .days import as_date, contains, run_holding
from .gauges import AchievedGauge, AllOfGauge, AnyOfGauge, Gauge
from .ledger import Entry, Ledger
from .rules import Rule
from .spared import left_alone
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


class _Plain(NamedTuple):
    """A rule that on a day is one course again and again, with that course's gauge and the rule's notice."""

    rule: Rule
    gauge: AchievedGauge
    notice: int


class _Courses(NamedTuple):
    """A version of a rule that is nothing but courses again and again, all or any of them; and its notice."""

    gauge: Gauge
    each: tuple[AchievedGauge, ...]
    notice: int


class _Look(NamedTuple):
    """That a version of a rule looks at records of a subject, be it for one part of many."""

    rule: Rule
    version: int
    level: int
    kinds: tuple[str, ...] | None


# The versions that are nothing but courses again and again, by rule and version.
_CoursesOf: TypeAlias = "Mapping[tuple[str, int], _Courses]"

# By person, what they need on a day of rules that are plain then: by rule, the seat that asks it of them first.
_Held: TypeAlias = "Mapping[str, Mapping[str, Seat]]"


def excesses(prepared: Prepared, day: date, costs: Costs) -> tuple[Excess, ...]:
    """Everything that was too much in the year up to a day, and is too much on it, what costs most first."""
    seats: dict[str, list[Seat]] = {}
    today = day.toordinal()
    for engagement in prepared.engagements:
        seat = prepared.seat(engagement)
        if seat.start <= today < seat.end:
            seats.setdefault(seat.engagement.person, []).append(seat)
    rules = prepared.rulebook.rules.values()
    courses = _courses(rules, costs)
    plain = {one.rule.id: one for rule in rules if (one := _plain(rule, today, courses)) is not None}
    held = {person: _held(prepared, theirs, today, plain) for person, theirs in sorted(seats.items())}
    looks = _looks(prepared)
    found = [*_oftener(held, plain, costs), *_together(held, plain, today, costs)]
    for person, theirs in seats.items():
        found += _repeated(prepared, person, theirs, today, costs, courses, looks)
    return tuple(
        sorted(
            found, key=lambda one: (-one.minutes, one.kind, one.requirement, one.people, one.other, str(one.again_on))
        )
    )


def _plain(rule: Rule, day: int, courses: _CoursesOf) -> _Plain | None:
    """A rule that on a day is one course again and again; None for any other."""
    number = rule.in_force(day)
    found = None if number is None else courses.get((rule.id, number))
    if found is None or not isinstance(found.gauge, AchievedGauge):
        return None
    return _Plain(rule, found.gauge, found.notice)


def _courses(rules: Iterable[Rule], costs: Costs) -> _CoursesOf:
    """The versions of rules that are nothing but courses again and again."""
    return {
        (rule.id, number): _Courses(rule.gauges[number], tuple(_leaves(rule.gauges[number])), version.notice_days)
        for rule in rules
        for number, version in enumerate(rule.versions)
        if left_alone(version.met_by, costs.development) is None
    }


def _leaves(gauge: Gauge) -> Iterator[AchievedGauge]:
    """The courses of a rule that is nothing but courses."""
    match gauge:
        case AchievedGauge():
            yield gauge
        case AllOfGauge() | AnyOfGauge():
            for part in gauge.parts:
                yield from _leaves(part)


def _looks(prepared: Prepared) -> Mapping[str, Sequence[_Look]]:
    """What every version of every rule looks at, by subject."""
    sources = prepared.rulebook.equivalences.sources
    found: dict[str, list[_Look]] = {}
    for rule in prepared.rulebook.rules.values():
        for number, version in enumerate(rule.versions):
            for ask in version.met_by.asked():
                for subject, level in sources((ask.subject,), ask.level):
                    found.setdefault(subject, []).append(_Look(rule, number, level, ask.kinds))
    return found


def _repeated(
    prepared: Prepared,
    person: str,
    seats: Sequence[Seat],
    today: int,
    costs: Costs,
    courses: _CoursesOf,
    looks: Mapping[str, Sequence[_Look]],
) -> Iterator[Excess]:
    """What a person did again in the year up to a day although everything it counts for was far from running out."""
    for subject, record in _recent(prepared, person, today, looks.keys()):
        if subject in costs.development or record.kind == _LOG:
            continue
        early = _spared(prepared, _looking(prepared, seats, record, looks[subject]), record, courses)
        if not early:
            continue
        least = min(early, key=lambda one: (one.until, one.rule.id))
        # What counted was done before they came, and they are asked again as somebody new.
        is_elsewhere = least.earlier < least.seat.start <= record.on <= least.seat.start + _YEAR
        yield Excess(
            kind=Kind.ELSEWHERE if is_elsewhere else Kind.EARLY,
            requirement=least.rule.id,
            minutes=int(costs.minutes.get(least.rule.id, 0) * least.share) or record.minutes,
            people=(person,),
            engagement=least.seat.id,
            again_on=as_date(record.on),
            until=as_date(least.until),
            days=least.until - record.on,
        )


def _recent(prepared: Prepared, person: str, today: int, subjects: Collection[str]) -> Iterator[tuple[str, Entry]]:
    """The year's records of some subjects, each with its own; what was written down twice for one day was done once."""
    ledger = prepared.ledger(person)
    for subject in sorted({*subjects}.intersection(ledger.subjects)):
        once: dict[int, Entry] = {}
        for one in ledger.of(subject):
            if today - _YEAR < one.on <= today and (one.on not in once or one.level > once[one.on].level):
                once[one.on] = one
        for one in once.values():
            yield subject, one


def _looking(
    prepared: Prepared, seats: Iterable[Seat], record: Entry, looks: Iterable[_Look]
) -> Iterator[tuple[Seat, Rule]]:
    """Each seat and rule required on a record's day for which it counts, be it for one part of many."""
    day = record.on
    rules = dict.fromkeys(
        one.rule
        for one in looks
        if one.level <= record.level
        and (one.kinds is None or record.kind in one.kinds)
        and one.rule.in_force(day) == one.version
    )
    for seat in seats:
        for rule in rules:
            if contains(prepared.tenure(seat, rule).required, day):
                yield seat, rule


class _Spare(NamedTuple):
    """That a rule was met without a record, until when, on which day that was done, and how much of the rule it is."""

    seat: Seat
    rule: Rule
    until: int
    earlier: int
    share: Fraction


def _spared(
    prepared: Prepared, looking: Iterable[tuple[Seat, Rule]], record: Entry, courses: _CoursesOf
) -> Sequence[_Spare]:
    """How long each rule was met without a record; nothing as soon as it was right to do it by then for one of them."""
    found = []
    for seat, rule in looking:
        number = rule.in_force(record.on)
        asked = None if number is None else courses.get((rule.id, number))
        spare = None if asked is None else _spare(prepared, seat, rule, record, asked)
        if spare is None:
            return ()
        found.append(spare)
    return found


def _spare(prepared: Prepared, seat: Seat, rule: Rule, record: Entry, courses: _Courses) -> _Spare | None:
    """How long a rule was met without a record by what was done before; None if it was right to do it by then."""
    day, fitting, covered = record.on, [], []
    for gauge in courses.each:
        entries = gauge.entries(seat.ledger)
        if any(one.id == record.id for one in entries):  # the record counts for this course
            before = _covered(gauge, entries, record)
            if before is None:
                return None
            fitting.append(gauge)
            covered.append(before)
    if not covered:
        return None
    until, earlier = min(covered)
    window = max(courses.notice, *(gauge.early_days or 0 for gauge in fitting))
    if until - day <= window:
        return None
    without = prepared.case(seat, rule, seat.ledger.without(day))
    run = run_holding(without.met, day)
    if run is None or status_on(without, day)[0] not in {Status.VALID, Status.PAUSED}:
        return None  # another part, another version, or a way of taking over, has its say as well
    until = min(until, run[1] - 1)
    if until - day <= window:
        return None
    return _Spare(seat, rule, until, earlier, _share(courses.gauge, fitting))


def _covered(gauge: AchievedGauge, entries: Iterable[Entry], record: Entry) -> tuple[int, int] | None:
    """Until when what was done before a record is as good, and its day; None if nothing is, or it never ends."""
    before = [one for one in entries if one.on < record.on and one.level >= record.level]
    if gauge.months is None or not before:
        return None
    spans = zip(gauge.spans(before), before, strict=True)
    return max(((end - 1, one.on) for (start, end), one in spans if start <= record.on < end), default=None)


def _share(gauge: Gauge, fitting: Sequence[AchievedGauge]) -> Fraction:
    """How much of a rule some of its courses are: of several that are all needed, each is as much as another."""
    match gauge:
        case AllOfGauge():
            return sum((_share(part, fitting) for part in gauge.parts), Fraction()) / len(gauge.parts)
        case AnyOfGauge():
            return max(_share(part, fitting) for part in gauge.parts)
        case _:
            return Fraction(any(gauge is one for one in fitting))


def _held(prepared: Prepared, seats: Iterable[Seat], today: int, plain: Mapping[str, _Plain]) -> Mapping[str, Seat]:
    """What somebody needs on a day of rules that are plain then, by rule, with the first seat that asks it."""
    held: dict[str, Seat] = {}
    for seat in seats:
        for rule in seat.shape.active(today):
            if rule.id in plain and rule.id not in held and contains(prepared.tenure(seat, rule).required, today):
                held[rule.id] = seat
    return held


def _oftener(held: _Held, plain: Mapping[str, _Plain], costs: Costs) -> Iterator[Excess]:
    """Requirements that are asked for more often than every source of theirs that says how often."""
    asked: dict[str, list[str]] = {}
    for person, theirs in held.items():
        for requirement in theirs:
            asked.setdefault(requirement, []).append(person)
    for requirement, people in sorted(asked.items()):
        months = plain[requirement].gauge.months
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


def _together(held: _Held, plain: Mapping[str, _Plain], today: int, costs: Costs) -> Iterator[Excess]:
    """Pairs of requirements that one course meets, and those who did a course for each of them."""
    for first, second in _pairs(plain):
        one, other = plain[first], plain[second]
        course = _one_course(one.gauge, other.gauge, costs)
        if course is None:
            continue
        people = tuple(
            person
            for person, theirs in held.items()
            if first in theirs
            and second in theirs
            and _did_both(one.gauge, theirs[first].ledger, other.gauge, theirs[second].ledger, today)
        )
        if people:
            minutes = _saved(one, other, costs) * len(people)
            yield Excess(Kind.TOGETHER, first, minutes, people, other=second, course=course)


def _pairs(plain: Mapping[str, _Plain]) -> Sequence[tuple[str, str]]:
    """The pairs of rules that look at a subject in common, in order."""
    looking: dict[str, list[str]] = {}
    for key in sorted(plain):
        for subject, _ in plain[key].gauge.sources:
            looking.setdefault(subject, []).append(key)
    return sorted({pair for keys in looking.values() for pair in combinations(keys, 2)})


def _one_course(one: AchievedGauge, other: AchievedGauge, costs: Costs) -> tuple[str, int] | None:
    """The subject and level of which one record counts for both, if there is such a thing."""
    if one.kinds is not None and other.kinds is not None and not set(one.kinds) & set(other.kinds):
        return None
    theirs = dict(other.sources)
    shared = {subject: max(level, theirs[subject]) for subject, level in one.sources if subject in theirs}
    wanted = sorted((subject, level) for subject, level in shared.items() if subject not in costs.development)
    return wanted[0] if wanted else None


def _did_both(one: AchievedGauge, done: Ledger, other: AchievedGauge, done_there: Ledger, today: int) -> bool:
    """Do both hold on a day by their newest records, neither of which counts for the other?"""
    mine, theirs = (
        [entry for entry in gauge.entries(ledger) if entry.on <= today]
        for gauge, ledger in ((one, done), (other, done_there))
    )
    if not mine or not theirs:
        return False
    newest, newest_there = mine[-1].id, theirs[-1].id
    apart = all(newest != each.id for each in theirs) and all(newest_there != each.id for each in mine)
    return apart and contains(one.days(done), today) and contains(other.days(done_there), today)


def _saved(one: _Plain, other: _Plain, costs: Costs) -> int:
    """The minutes a year of the course that would not be needed: the one that is due more rarely, or is shorter."""
    spare = min(
        (one, other), key=lambda each: (-(each.gauge.months or 1), costs.minutes.get(each.rule.id, 0), each.rule.id)
    )
    return costs.minutes.get(spare.rule.id, 0) * 12 // (spare.gauge.months or 12)
