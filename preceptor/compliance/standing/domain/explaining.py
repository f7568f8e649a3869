"""The explanation of a verdict, made from the case that the verdict was read from."""

from __future__ import annotations

from datetime import date

from .applicability import applicability, governing_version
from .cases import Prepared, Seat
from .causes import Causes
from .explanation import Explanation
from .findings import adjustment_findings, parts, record_findings
from .rules import Rule, governing
from .verdicts import verdict_on
from .ways import ways


def explain(prepared: Prepared, seat: Seat, rule: Rule, day: date) -> Explanation:
    """Why the verdict on an engagement and a requirement on a day is what it is."""
    ordinal = day.toordinal()
    criterion = None
    if rule.versions:
        criterion = rule.versions[governing(prepared.tenure(seat, rule).reigns, ordinal)].met_by
    return Explanation(
        verdict=verdict_on(prepared.case(seat, rule), ordinal),
        person=seat.engagement.person,
        day=day,
        known_at=prepared.known_at,
        version=governing_version(prepared, seat, rule, ordinal),
        applicability=applicability(prepared, seat, rule, ordinal),
        criterion=criterion,
        parts=parts(prepared, seat, rule, ordinal),
        records=record_findings(prepared, seat, rule, ordinal),
        adjustments=adjustment_findings(prepared, seat, rule, ordinal),
        next_change=Causes(prepared, seat, rule).next_change(ordinal),
        ways=ways(prepared, seat, rule, ordinal),
    )
