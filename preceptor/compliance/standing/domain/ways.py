"""The shortest ways to become valid, or to stay so, each tried before it is offered."""

from __future__ import annotations

from datetime import date

from .cases import Prepared, Seat
from .days import FOREVER, contains, last_date, run_holding, union
from .explanation import Way
from .ledger import Entry, Ledger
from .rules import Rule, governing
from .steps import Achieve, Hold, Spend, Step


def ways(prepared: Prepared, seat: Seat, rule: Rule, day: int) -> tuple[Way, ...]:
    """The ways to be valid on the day or, when the requirement is met, to go on so after it lapses."""
    case = prepared.case(seat, rule)
    run = run_holding(case.met, day)
    target = day if run is None else run[1]
    if not contains(case.required, day) or not contains(case.required, target):
        return ()
    tenure = prepared.tenure(seat, rule)
    gauge = rule.gauges[governing(tenure.reigns, target)]
    found = [_tried(prepared, seat, rule, steps, day, target) for steps in gauge.ways(seat.ledger, target) if steps]
    return tuple(way for way in found if way is not None)


def _tried(prepared: Prepared, seat: Seat, rule: Rule, steps: tuple[Step, ...], day: int, target: int) -> Way | None:
    """The way as the judge sees it once its steps are done; none when it does not lead there after all."""
    done = max(
        [day, *(step.dated_from.toordinal() for step in steps if not isinstance(step, Hold) and step.dated_from)]
    )
    met = prepared.case(seat, rule, after(seat.ledger, steps, done)).met
    run = run_holding(met, target)
    return None if run is None else Way(steps, date.fromordinal(done), last_date(run[1]))


def after(ledger: Ledger, steps: tuple[Step, ...], day: int) -> Ledger:
    """The ledger once the steps have been done on a day."""
    more: list[tuple[str, Entry]] = []
    states = {}
    for number, step in enumerate(steps):
        match step:
            case Achieve():
                kind = None if step.kinds is None else step.kinds[0]
                more += [
                    (
                        step.subject,
                        Entry(
                            day, step.level, kind, FOREVER, minutes=0, participatory=False, id=f"step {number}.{time}"
                        ),
                    )
                    for time in range(step.times)
                ]
            case Spend():
                # In one sitting, so that no other part of the criterion counts it twice.
                together = step.participatory_minutes > 0
                spent = Entry(day, step.level, None, FOREVER, step.minutes, together, f"step {number}")
                more.append((step.subjects[0], spent))
            case Hold():
                states[step.state] = union(ledger.held(step.state), (day, FOREVER))
    return ledger.with_more(more, states)
