"""When somebody will have to do a requirement, if each time they do it on the last day that keeps them out of overdue.

What a rule costs in time is told by these days: nobody knows when people will really renew, and this is the latest
they may.
"""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from .cases import Prepared, Seat
from .days import FOREVER, contains
from .ledger import Ledger
from .rules import Rule, governing
from .steps import Hold
from .verdicts import Case, Status, status_on
from .ways import after

# More than anybody does of one requirement in the periods asked about; a rule that asks for more is cut there.
MOST: Final = 400


class Renewals(NamedTuple):
    """The days on which somebody does a requirement, in order; `stuck` when nothing they can do would meet it."""

    days: tuple[date, ...]
    stuck: bool = False


def renewals(prepared: Prepared, seat: Seat, rule: Rule, first: date, end: date) -> Renewals:
    """The last days on which to do a requirement on [first, end), each of them done when it comes."""
    ledger, day, found = seat.ledger, first.toordinal(), list[date]()
    while len(found) < MOST:
        overdue, done = _next_overdue(prepared.case(seat, rule, ledger), day)
        if done >= end.toordinal():
            break
        grown = _after_doing(prepared, seat, rule, ledger, done, overdue)
        if grown is None:
            return Renewals(tuple(found), stuck=True)
        found.append(date.fromordinal(done))
        ledger, day = grown, overdue
    return Renewals(tuple(found))


def _next_overdue(case: Case, day: int) -> tuple[int, int]:
    """The first overdue day from a day on, and the day to do it: the one before, if it was required by then already."""
    first, before = day, Status.NOT_NEEDED
    while day < FOREVER:
        status, edge = status_on(case, day)
        if status is Status.OVERDUE:
            could = day > first and before not in {Status.NOT_NEEDED, Status.PAUSED}
            return day, day - 1 if could else day
        before, day = status, edge
    return FOREVER, FOREVER


def _after_doing(prepared: Prepared, seat: Seat, rule: Rule, ledger: Ledger, day: int, target: int) -> Ledger | None:
    """The ledger once what meets the requirement on a later day has been done on a day; None if nothing does."""
    gauge = rule.gauges[governing(prepared.tenure(seat, rule).reigns, target)]
    for steps in gauge.ways(ledger, target):
        if not steps or any(isinstance(step, Hold) for step in steps):
            continue
        grown = after(ledger, steps, day)
        if contains(prepared.case(seat, rule, grown).met, target):
            return grown
    return None
