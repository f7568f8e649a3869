"""A worked example with real dates: somebody does what a rule asks, does it again, and the judge says what counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from preceptor.compliance.requirements.domain.audience import Everyone
from preceptor.compliance.requirements.domain.criteria import Criterion
from preceptor.compliance.requirements.domain.versions import Requirement, Version
from preceptor.compliance.requirements.domain.words import Names, day_phrase, listed, plural, time_phrase
from preceptor.compliance.standing.domain.facts import Dated, Engagement, Organisation, Person, Record, World
from preceptor.compliance.standing.domain.judge import Judge
from preceptor.compliance.standing.domain.steps import Achieve, Hold, Step
from preceptor.compliance.standing.domain.ways import ways
from preceptor.ui.words import inside

_MARCH: Final = (3, 15)
# Somebody who renews in good time does so on the first of a month, at least four weeks before the last day.
_BEFORE: Final = timedelta(days=28)


@dataclass(frozen=True, slots=True)
class Example:
    """What somebody did on a day and until when that is enough; then, if it runs out, what doing it again gives."""

    done: tuple[Step, ...]
    on: date
    until: date | None
    again: tuple[Step, ...] = ()
    again_on: date | None = None
    again_until: date | None = None


def example(criterion: Criterion, today: date) -> Example | None:
    """Somebody new on 15 March next year who does the first thing that is enough; None when nothing is."""
    on = date(today.year + 1, *_MARCH)
    done = _shortest(_world(criterion, on, ()), on)
    if done is None:
        return None
    first = _world(criterion, on, [(done, on)])
    until = Judge(first).verdict("e", "r", on).until
    again_on = None if until is None else (until - _BEFORE).replace(day=1)
    if again_on is None or again_on <= on:
        return Example(done, on, until)
    again = _shortest(first, again_on)
    if again is None:
        return Example(done, on, until)
    both = Judge(_world(criterion, on, [(done, on), (again, again_on)]))
    return Example(done, on, until, again, again_on, both.verdict("e", "r", again_on).until)


def example_sentence(found: Example, names: Names) -> str:
    """The example in words."""
    on = day_phrase(found.on)
    who = f"Someone who {_done(found.done, names)} {'from' if _is_held(found.done) else 'on'} {on}"
    if found.until is None:
        return f"{who} is valid {'for as long as that lasts' if _is_held(found.done) else 'for ever'}."
    first = f"{who} is valid until the end of {day_phrase(found.until)}."
    if found.again_on is None or found.again_until is None:
        return first
    same = "do it again" if _undated(found.again) == _undated(found.done) else _again(found.again, names)
    then = f"If they {same} on {day_phrase(found.again_on)}, they are valid until the end of"
    return f"{first} {then} {day_phrase(found.again_until)}."


def _done(steps: tuple[Step, ...], names: Names) -> str:
    if len(steps) == 1 and isinstance(steps[0], Achieve) and steps[0].times == 1:
        return "does it"
    return listed([_said(step, names) for step in steps])


def _again(steps: Iterable[Step], names: Names) -> str:
    return f"have {listed([_what(step, names) for step in steps])}"


def _said(step: Step, names: Names) -> str:
    if isinstance(step, Hold):
        return f"is {inside(names.state(step.state))}"
    return f"has {_what(step, names)}"


def _what(step: Step, names: Names) -> str:
    match step:
        case Hold():
            return names.state(step.state)
        case Achieve():
            kind = f" as {names.record_kind(step.kinds[0]).lower()}" if step.kinds else ""
            level = f", level {step.level}" if step.level > 1 else ""
            times = "" if step.times == 1 else f" {plural(step.times, 'time')}"
            return f"{inside(names.subject(step.subject))}{level} recorded{kind}{times}"
        case _:
            return f"{time_phrase(step.minutes)} of {inside(names.subject(step.subjects[0]))} recorded"


def _undated(steps: Iterable[Step]) -> list[Step]:
    """The steps whenever they are done."""
    return [step if isinstance(step, Hold) else replace(step, dated_from=None) for step in steps]


def _is_held(steps: Iterable[Step]) -> bool:
    return all(isinstance(step, Hold) for step in steps)


def _shortest(world: World, on: date) -> tuple[Step, ...] | None:
    """The first of the shortest ways to be valid, or to stay so; those that only take doing before all others."""
    judge = Judge(world)
    prepared = judge.prepared
    found = ways(prepared, prepared.seat("e"), prepared.rule("r"), on.toordinal())
    doing = [way.steps for way in found if not any(isinstance(step, Hold) for step in way.steps)]
    return next(iter([*doing, *(way.steps for way in found)]), None)


def _world(criterion: Criterion, on: date, done: Iterable[tuple[tuple[Step, ...], date]]) -> World:
    """One person at one place, of whom the rule asks from the day they start, with what they have done."""
    version = Version(on, None, Everyone(), criterion, None)
    held = tuple(done)
    states = [Dated(step.state, day) for steps, day in held for step in steps if isinstance(step, Hold)]
    return World(
        organisations=(Organisation("o"),),
        people=(Person("p", tuple(states)),),
        engagements=(Engagement("e", "p", "o", on),),
        records=tuple(record for time, (steps, day) in enumerate(held) for record in _records(steps, day, time)),
        requirements=(Requirement("r", (version,)),),
    )


def _records(steps: Iterable[Step], on: date, time: int) -> Iterator[Record]:
    for number, step in enumerate(steps):
        if isinstance(step, Hold):
            continue
        name = f"{time}.{number}"
        if isinstance(step, Achieve):
            kind = step.kinds[0] if step.kinds else None
            for one in range(step.times):
                yield Record(f"{name}.{one}", "p", step.subject, on, step.level, kind)
        else:
            together = step.participatory_minutes > 0
            yield Record(name, "p", step.subjects[0], on, step.level, None, step.minutes, together)
