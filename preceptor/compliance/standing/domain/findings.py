"""What each record, each part of the criterion and each adjustment does in a case."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

from preceptor.compliance.requirements.domain.criteria import Criterion

from .applicability import span
from .cases import Prepared, Seat
from .days import FOREVER, Days, contains, difference, end_of, intersection, last_date, period, run_holding, runs
from .explanation import AdjustmentFinding, Effect, Finding, Outcome, Part, RecordFindings, Span
from .facts import Adjustment, Exemption, Record, RecordStatus
from .gauges import AchievedGauge, CountGauge, HoursGauge, RecordGauge
from .ledger import Ledger
from .rules import Rule, governing

_ORDER = {outcome: place for place, outcome in enumerate(Outcome)}


class Leaves:
    """The leaves of one version's criterion that look at records, measured by one ledger."""

    def __init__(self, prepared: Prepared, rule: Rule, version: int, ledger: Ledger) -> None:
        self.version = version
        self.number = rule.numbers[version]
        self.ledger = ledger
        self._equivalences = prepared.rulebook.equivalences
        self.gauges: list[tuple[str, RecordGauge, dict[str, tuple[int, int]]]] = []
        for place, leaf in rule.versions[version].met_by.leaves():
            gauge = prepared.rulebook.gauge(leaf)
            if isinstance(gauge, RecordGauge):
                entries = gauge.entries(ledger)
                spans = dict(zip((one.id for one in entries), gauge.spans(entries), strict=True))
                self.gauges.append((place, gauge, spans))

    def findings(self, record: Record, day: int) -> Iterator[Finding]:
        """What each leaf that looks at the record makes of it; nothing when none looks."""
        for place, gauge, spans in self.gauges:
            stands_for = self._equivalences.looked_at(gauge.subjects).get(record.subject)
            if stands_for is not None:
                finding = self._finding(record, gauge, spans, day)
                yield replace(finding, version=self.number, place=place, subject=stands_for)

    def _finding(self, record: Record, gauge: RecordGauge, spans: dict[str, tuple[int, int]], day: int) -> Finding:
        found = spans.get(record.id)
        if found is not None:
            return _of_span(record, gauge, found, day)
        least = dict(gauge.sources).get(record.subject)
        if least is None or record.level < least:
            return Finding(Outcome.LEVEL_TOO_LOW, level_needed=least)
        if gauge.kinds is not None and record.kind not in gauge.kinds:
            return Finding(Outcome.OTHER_KIND, kinds_needed=gauge.kinds)
        return Finding(Outcome.SUPERSEDED)


def _of_span(record: Record, gauge: RecordGauge, days: tuple[int, int], day: int) -> Finding:
    start, end = days
    if day < start:
        outcome = Outcome.STARTS_LATER
    elif day >= end:
        outcome = Outcome.LAPSED
    else:
        outcome = Outcome.COUNTS if isinstance(gauge, AchievedGauge) else Outcome.ADDS
    kept = isinstance(gauge, AchievedGauge) and gauge.keeps_date(record.on.toordinal(), end - 1)
    return Finding(outcome, days=span(days), kept_date=kept)


def record_findings(prepared: Prepared, seat: Seat, rule: Rule, day: int) -> tuple[RecordFindings, ...]:
    """Every record of the person that the criterion looks at, newest first, and what it does on the day."""
    if not rule.versions:
        return ()
    tenure = prepared.tenure(seat, rule)
    now = governing(tenure.reigns, day)
    in_effect = [
        Leaves(
            prepared, rule, piece.version, seat.ledger.before(piece.cutoff) if piece.cutoff < FOREVER else seat.ledger
        )
        for piece in tenure.pieces
        if piece.start <= day < piece.end
    ]
    in_effect.sort(key=lambda leaves: -leaves.version)
    earlier = [Leaves(prepared, rule, version, seat.ledger) for version in range(now - 1, -1, -1)]
    found = []
    for record in prepared.records_of(seat.engagement.person):
        findings = _of_record(record, in_effect, earlier, day, prepared.known_at, rule.numbers[now])
        if findings:
            found.append(RecordFindings(record, findings))
    return tuple(sorted(found, key=lambda one: (-one.record.on.toordinal(), one.record.id)))


def _of_record(
    record: Record,
    in_effect: list[Leaves],
    earlier: list[Leaves],
    day: int,
    known_at: datetime | None,
    now: int,
) -> tuple[Finding, ...]:
    findings = [finding for leaves in in_effect for finding in leaves.findings(record, day)]
    does_something = any(finding.outcome in {Outcome.COUNTS, Outcome.ADDS} for finding in findings)
    barred = _barred(record, known_at)
    if barred is not None:
        return (Finding(barred),) if findings else ()
    if not does_something:
        would = [
            one
            for leaves in earlier
            for one in leaves.findings(record, day)
            if one.outcome in {Outcome.COUNTS, Outcome.ADDS}
        ]
        findings += [replace(one, outcome=Outcome.SUPERSEDED, superseded_by=now) for one in would[:1]]
    findings = [one if one.outcome is not Outcome.SUPERSEDED else replace(one, superseded_by=now) for one in findings]
    return tuple(sorted(dict.fromkeys(findings), key=lambda one: _ORDER[one.outcome]))


def _barred(record: Record, known_at: datetime | None) -> Outcome | None:
    """Why a record counts nowhere, if it does not."""
    if known_at is not None and record.recorded_at is not None and record.recorded_at > known_at:
        return Outcome.NOT_YET_KNOWN
    if record.withdrawn_at is not None and (known_at is None or record.withdrawn_at <= known_at):
        return Outcome.WITHDRAWN
    if record.status is not RecordStatus.ACCEPTED:
        return Outcome.NOT_ACCEPTED
    if record.expires_on is not None and record.expires_on < record.on:
        return Outcome.EXPIRED_BEFORE_ITS_DAY
    return None


def parts(prepared: Prepared, seat: Seat, rule: Rule, day: int) -> tuple[Part, ...]:
    """Each leaf of the governing criterion on the day."""
    if not rule.versions:
        return ()
    version = rule.versions[governing(prepared.tenure(seat, rule).reigns, day)]
    return tuple(_part(prepared, seat.ledger, place, leaf, day) for place, leaf in version.met_by.leaves())


def _part(prepared: Prepared, ledger: Ledger, place: str, leaf: Criterion, day: int) -> Part:
    gauge = prepared.rulebook.gauge(leaf)
    run = run_holding(gauge.days(ledger), day)
    until = None if run is None else last_date(run[1])
    found = Part(place, leaf, run is not None, until)
    if isinstance(gauge, CountGauge):
        return replace(found, counted=gauge.adds_up_to(ledger, day))
    if isinstance(gauge, HoursGauge):
        minutes, participatory = gauge.adds_up_to(ledger, day)
        return replace(found, minutes=minutes, participatory_minutes=participatory)
    return found


def adjustment_findings(prepared: Prepared, seat: Seat, rule: Rule, day: int) -> tuple[AdjustmentFinding, ...]:
    """Every adjustment that changed something in the case, and what it did."""
    case = prepared.case(seat, rule)
    tenure = prepared.tenure(seat, rule)
    found: list[AdjustmentFinding] = []

    def note(adjustment: Adjustment, effect: Effect, days: Days) -> None:
        if days:
            spans: tuple[Span, ...] = tuple(span(one) for one in runs(days))
            found.append(AdjustmentFinding(adjustment, effect, spans, contains(days, day)))

    exemptions: list[Exemption] = prepared.exemptions.get((seat.id, rule.id), [])
    if exemptions:
        required_otherwise = prepared.required_without_exemptions(seat, rule)
        for exemption in exemptions:
            exempt = period(exemption.starts_on, exemption.ends_on)
            note(exemption, Effect.EXEMPTED, intersection(required_otherwise, exempt))
    for pause in seat.pauses:
        note(pause, Effect.PAUSED, intersection(case.required, period(pause.starts_on, pause.ends_on)))
        back = run_holding(case.required, end_of(pause.ends_on))
        if back is not None:
            first = end_of(pause.ends_on)
            last = first + rule.return_days[governing(tenure.reigns, first)]
            note(pause, Effect.GAVE_TIME_ON_RETURN, (first, min(back[1], last + 1)))
    plain_met = prepared.plain_met(rule, tenure, seat.ledger)
    for one in prepared.lengthenings(seat, rule, plain_met):
        note(one.extension, Effect.EXTENDED, difference(one.added, plain_met))
    return tuple(found)
