"""Why a status changes on a day, and the timeline of a case."""

from __future__ import annotations

from collections.abc import Iterator

from preceptor.compliance.requirements.domain.criteria import State

from .cases import Prepared, Seat
from .days import BEGINNING, FOREVER, as_date, contains, end_of, last_date, run_holding, start_of
from .explanation import Cause, CauseCode, Change, Segment, Timeline
from .gauges import RecordGauge
from .ledger import Ledger
from .rules import Piece, Rule, governing
from .verdicts import Case, next_change, segments, status_on


class Causes:
    """Finds why the status of one engagement and one requirement changes."""

    def __init__(self, prepared: Prepared, seat: Seat, rule: Rule) -> None:
        self._prepared = prepared
        self._seat = seat
        self._rule = rule
        self._tenure = prepared.tenure(seat, rule)
        self._exempt = prepared.exempt(seat, rule)
        self._plain_met = prepared.plain_met(rule, self._tenure, seat.ledger)
        self._case: Case = prepared.case(seat, rule)

    def timeline(self) -> Timeline:
        """The whole of time, each stretch with the cause of its beginning."""
        found = tuple(
            Segment(status, as_date(start), last_date(end), self._cause_unless_first(start))
            for status, start, end in segments(self._case)
        )
        return Timeline(self._seat.id, self._rule.id, found)

    def _cause_unless_first(self, day: int) -> Cause | None:
        return None if day == BEGINNING else self.at(day)

    def next_change(self, day: int) -> Change | None:
        """The next change after a day, if there is one."""
        changes = next_change(self._case, day)
        on = as_date(changes)
        return None if on is None else Change(on, status_on(self._case, changes)[0], self.at(changes))

    def at(self, day: int) -> Cause:
        """Why the status of a day is not that of the day before."""
        case = self._case
        was, is_now = contains(case.required, day - 1), contains(case.required, day)
        if was != is_now:
            return self._why_required(day) if is_now else self._why_not_required(day)
        if contains(case.paused, day - 1) != contains(case.paused, day):
            return self._why_paused(day)
        if contains(case.met, day - 1) != contains(case.met, day):
            return self._why_met(day) if contains(case.met, day) else self._why_not_met(day)
        version = governing(self._tenure.reigns, day)
        if contains(case.met, day):
            changed = version != governing(self._tenure.reigns, day - 1)
            return (
                Cause(CauseCode.NOTICE_CHANGES, version=self._rule.numbers[version])
                if changed
                else Cause(CauseCode.NOTICE_STARTS)
            )
        # Grace begins with a run of Required or on the first day back, both seen above: here it can only have ended.
        return Cause(CauseCode.GRACE_ENDS, version=self._rule.numbers[version])

    def _why_required(self, day: int) -> Cause:
        if day == self._seat.start:
            return Cause(CauseCode.ENGAGEMENT_STARTS)
        if contains(self._exempt, day - 1):
            return Cause(CauseCode.EXEMPTION_ENDS, adjustments=self._exemptions_on(day - 1))
        version = governing(self._tenure.reigns, day)
        if day in (self._rule.starts[version], *(start for start, _ in self._tenure.reigns)):
            return Cause(CauseCode.VERSION_STARTS, version=self._rule.numbers[version])
        return Cause(CauseCode.JOINS_AUDIENCE, version=self._rule.numbers[version])

    def _why_not_required(self, day: int) -> Cause:
        if day == self._seat.end:
            return Cause(CauseCode.ENGAGEMENT_ENDS)
        if contains(self._exempt, day):
            return Cause(CauseCode.EXEMPTION_STARTS, adjustments=self._exemptions_on(day))
        before = governing(self._tenure.reigns, day - 1)
        now = governing(self._tenure.reigns, day)
        if now != before:
            return Cause(CauseCode.VERSION_STARTS, version=self._rule.numbers[now])
        if day == self._rule.ends[before]:
            return Cause(CauseCode.VERSION_ENDS, version=self._rule.numbers[before])
        return Cause(CauseCode.LEAVES_AUDIENCE, version=self._rule.numbers[before])

    def _exemptions_on(self, day: int) -> tuple[str, ...]:
        exemptions = self._prepared.exemptions.get((self._seat.id, self._rule.id), ())
        return tuple(one.id for one in exemptions if start_of(one.starts_on) <= day < end_of(one.ends_on))

    def _why_paused(self, day: int) -> Cause:
        """The pauses that start or end on the day."""
        starting = tuple(one.id for one in self._seat.pauses if one.starts_on.toordinal() == day)
        if contains(self._case.paused, day):
            return Cause(CauseCode.PAUSE_STARTS, adjustments=starting)
        ending = tuple(one.id for one in self._seat.pauses if end_of(one.ends_on) == day)
        return Cause(CauseCode.PAUSE_ENDS, adjustments=ending)

    def _why_met(self, day: int) -> Cause:
        records: list[str] = []
        states = False
        for gauge, ledger, state in self._measured_on(day):
            if isinstance(gauge, RecordGauge):
                records += [one.id for one in gauge.entries(ledger) if one.on == day]
            elif state is not None:
                held = ledger.held(state.state)
                states = states or (contains(held, day) and not contains(held, day - 1))
        if records:
            return Cause(CauseCode.RECORDS_COUNT, records=tuple(sorted(set(records))))
        if states:
            return Cause(CauseCode.STATE_STARTS)
        return Cause(CauseCode.VERSION_STARTS, version=self._rule.numbers[governing(self._tenure.reigns, day)])

    def _why_not_met(self, day: int) -> Cause:
        extended = self._prepared.lengthenings(self._seat, self._rule, self._plain_met)
        ended = tuple(one.extension.id for one in extended if one.added[1:] == (day,))
        if ended and not contains(self._plain_met, day - 1):
            return Cause(CauseCode.EXTENSION_ENDS, adjustments=ended)
        if any(self._still_holds(piece, day) for piece in self._pieces_on(day - 1)):
            return Cause(CauseCode.VERSION_STARTS, version=self._rule.numbers[governing(self._tenure.reigns, day)])
        records: list[str] = []
        for gauge, ledger, _ in self._measured_on(day - 1):
            if isinstance(gauge, RecordGauge):
                entries = gauge.entries(ledger)
                spans = gauge.spans(entries)
                records += [one.id for one, (_, end) in zip(entries, spans, strict=True) if end == day]
        if records:
            return Cause(CauseCode.RECORDS_LAPSE, records=tuple(sorted(set(records))))
        return Cause(CauseCode.STATE_ENDS)

    def _still_holds(self, piece: Piece, day: int) -> bool:
        """Whether a piece's criterion holds on a day on both sides of which only the versions make a difference."""
        held = run_holding(self._rule.gauges[piece.version].days(self._ledger(piece)), day)
        return held is not None and held[0] < day

    def _pieces_on(self, day: int) -> list[Piece]:
        return [piece for piece in self._tenure.pieces if piece.start <= day < piece.end]

    def _ledger(self, piece: Piece) -> Ledger:
        return self._seat.ledger.before(piece.cutoff) if piece.cutoff < FOREVER else self._seat.ledger

    def _measured_on(self, day: int) -> Iterator[tuple[object, Ledger, State | None]]:
        """Every leaf that is part of Met on a day: its gauge, the ledger it measures, and its state if it has one."""
        for piece in self._pieces_on(day):
            for _, leaf in self._rule.versions[piece.version].met_by.leaves():
                state = leaf if isinstance(leaf, State) else None
                yield self._prepared.rulebook.gauge(leaf), self._ledger(piece), state
