"""What differs between two analyses of one place, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from preceptor.compliance.requirements.domain.words import day_phrase, listed, plural

from .analysis import Analysis, Measure, RolePart, Specialist, Training

# The words of a training whose change is worth a sentence.
_ASPECTS: Mapping[str, str] = {
    "title": "its name",
    "must": "what must be known",
    "method": "the method",
    "frequency": "how often",
    "judged": "how its effect is judged",
    "basis": "the basis",
    "allowed": "why the law allows asking for less",
}


def changes_since(then: Analysis, now: Analysis) -> tuple[str, ...]:
    """Everything that is otherwise now, in the order of the report; empty when nothing is."""
    return (
        *_of_measures(then.measure, now.measure),
        *_of_roles(then, now),
        *_of_specialists(then.specialists, now.specialists),
        *_of_trainings(then, now),
        *_of_not_required(then, now),
    )


def _of_measures(then: Measure | None, now: Measure | None) -> Iterator[str]:
    if then is None or now is None or (then.trained, then.of, then.needed) == (now.trained, now.of, now.needed):
        return
    yield (
        f"The training item was {then.trained} of {then.of}, {then.percent}%, for {day_phrase(then.published_on)}. "
        f"It is {now.trained} of {now.of}, {now.percent}%, for {day_phrase(now.published_on)}."
    )
    if then.needed != now.needed:
        yield f"The training item asked for {then.needed}%. It asks for {now.needed}%."


def _of_roles(then: Analysis, now: Analysis) -> Iterator[str]:
    before, after = ({role.code: role for role in one.roles} for one in (then, now))
    for code, role in after.items():
        if code not in before:
            yield f"{role.name} is a new role here: {_people(role.people)}."
        else:
            yield from _of_role(before[code], role, then, now)
    for code, role in before.items():
        if code not in after:
            yield f"Nobody is {role.name} any more; it was {_people(role.people)}."


def _of_role(then: RolePart, now: RolePart, before: Analysis, after: Analysis) -> Iterator[str]:
    name = now.name
    if then.people != now.people:
        yield f"{name}: {_people(now.people)}, and {then.people} then."
    old, new = ({need.training for need in role.needs} for role in (then, now))
    if more := [one.title for one in after.trainings if one.key in new - old]:
        yield f"{name} now also needs {listed(more)}."
    if fewer := [one.title for one in before.trainings if one.key in old - new]:
        yield f"{name} no longer needs {listed(fewer)}."
    if set(then.systems) != set(now.systems):
        yield f"{name} uses {listed(now.systems) or 'no system'}, and used {listed(then.systems) or 'none'} then."
    if then.data != now.data:
        yield f"{name}: the data it works with is described otherwise."


def _of_specialists(then: tuple[Specialist, ...], now: tuple[Specialist, ...]) -> Iterator[str]:
    before = {one.code: one for one in then}
    for one in now:
        was = before.get(one.code)
        if was is None or (was.count, was.holders) != (one.count, one.holders):
            yield f"{one.name}: {_held(one)}, and {_held(was) if was else 'not named'} then."


def _of_trainings(then: Analysis, now: Analysis) -> Iterator[str]:
    before = {one.key: one for one in then.trainings}
    for one in now.trainings:
        if one.key in before:
            yield from _of_training(before[one.key], one)


def _of_training(then: Training, now: Training) -> Iterator[str]:
    for field, aspect in _ASPECTS.items():
        was, is_ = getattr(then, field), getattr(now, field)
        if was != is_:
            yield f"{now.title}: {aspect} {_quoted('is', is_)}, and {_quoted('was', was)} then."
    if then.minutes != now.minutes:
        yield f"{now.title} takes {_minutes(now.minutes)}, and took {_minutes(then.minutes)} then."


def _of_not_required(then: Analysis, now: Analysis) -> Iterator[str]:
    if then.not_required is None or now.not_required is None:
        return
    before, after = ({one.key: one for one in some} for some in (then.not_required, now.not_required))
    for key, one in after.items():
        if key not in before:
            yield f"A law asks for {one.title}, and it was declined since: {one.legal_reason}"
        elif one.legal_reason != before[key].legal_reason:
            yield f"{one.title}: why the law does not apply is said otherwise."
    for key, one in before.items():
        if key not in after:
            yield f"{one.title} is required again."


def _quoted(verb: str, words: str) -> str:
    return f"{verb} “{words}”" if words else f"{verb} not said"


def _minutes(minutes: int | None) -> str:
    return "no stated time" if minutes is None else plural(minutes, "minute")


def _held(one: Specialist) -> str:
    return listed(one.holders) or (_people(one.count) if one.count else "nobody is recorded")


def _people(number: int) -> str:
    return "1 person" if number == 1 else f"{number} people"
