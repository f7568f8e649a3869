"""Answers and worlds written out: plain JSON values, and a table for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum

from msgspec import structs

from preceptor.compliance.requirements.domain.audience import Leaf, written_audience
from preceptor.compliance.requirements.domain.criteria import Criterion
from preceptor.compliance.requirements.domain.reading import Json
from preceptor.compliance.requirements.domain.versions import written_requirement
from preceptor.compliance.requirements.domain.words import Names

from .explanation import Explanation
from .facts import (
    Adjustment,
    Dated,
    Engagement,
    Exemption,
    Extension,
    Organisation,
    Pause,
    Record,
    World,
)
from .steps import Achieve, Hold, Spend
from .verdicts import Verdict
from .wording import Words, headline, in_words


def plain(value: object) -> Json:
    """A value of the judge as plain JSON: dates as text, dataclasses as objects, rules in their own notation."""
    match value:
        case None | bool() | int() | float():
            return value
        case Enum():
            return plain(value.value)
        case str():
            return value
        case date():
            return value.isoformat()
        case Leaf():
            return written_audience(value)
        case Criterion():
            return value.written()
        case dict():
            return {str(key): plain(inner) for key, inner in value.items()}
        case Achieve() | Spend() | Hold():
            return {type(value).__name__.lower(): _fields(value)}
        case Record():
            return _record(value)
        case _ if is_dataclass(value) and not isinstance(value, type):
            return _fields(value)
        case list() | tuple():
            return [plain(inner) for inner in value]
        case _:
            message = f"{type(value).__name__} has no plain form"
            raise TypeError(message)


def _fields(value: object) -> dict[str, Json]:
    return {one.name: plain(getattr(value, one.name)) for one in fields(value)}  # type: ignore[arg-type]  # only dataclasses come here


def _record(record: Record) -> dict[str, Json]:
    return {key: plain(value) for key, value in structs.asdict(record).items()}


def verdict_entry(verdict: Verdict) -> dict[str, Json]:
    """A verdict as an entry of the answer."""
    return {key: plain(value) for key, value in verdict._asdict().items()}


def explanation_entry(explanation: Explanation, names: Names) -> dict[str, Json]:
    """An explanation as a JSON object: every code and value, and the words made of them."""
    said = {one.name: plain(getattr(explanation, one.name)) for one in fields(explanation) if one.name != "verdict"}
    return said | {"words": plain(in_words(explanation, names))}


def names_in(world: World) -> Names:
    """The names a world brings of its own."""
    return Names(
        people={one.id: one.name for one in world.people if one.name},
        organisations={one.id: one.name for one in world.organisations if one.name},
        requirements={one.id: one.title for one in world.requirements if one.title},
    )


_COLUMNS = ("engagement", "person", "requirement", "standing", "next change")


def answer_table(
    world: World,
    verdicts: Sequence[Verdict],
    explanations: Sequence[Explanation] = (),
) -> str:
    """The answer as a table for people, with the words of each explanation below its row."""
    names = names_in(world)
    person_of = {one.id: one.person for one in world.engagements}
    rows = [_COLUMNS, *(_row(verdict, names.person(person_of[verdict.engagement])) for verdict in verdicts)]
    widths = [max(len(row[column]) for row in rows) for column in range(len(_COLUMNS))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
    said = [[f"    {line}" for line in _lines(in_words(one, names))] for one in explanations]
    below = [[], *said] if said else [[] for _ in lines]
    return "".join(f"{line}\n" for line, more in zip(lines, below, strict=True) for line in (line, *more))


def _row(verdict: Verdict, person: str) -> tuple[str, ...]:
    change = "" if verdict.next_change_on is None else verdict.next_change_on.isoformat()
    return (verdict.engagement, person, verdict.requirement, headline(verdict), change)


def _lines(words: Words) -> list[str]:
    """The words of an explanation, a sentence a line."""
    ways = [f"Way to be valid: {way}" for way in words.ways]
    return [words.because, *words.applies, *words.parts, *words.records, *words.adjustments, words.next_change, *ways]


def written_world(world: World) -> dict[str, Json]:
    """The document that is read as this world."""
    return {
        "organisations": [_organisation(one) for one in world.organisations],
        "people": [_named({"id": one.id, "states": _dated(one.states)}, one.name) for one in world.people],
        "engagements": [_engagement(one) for one in world.engagements],
        "records": [_record(one) for one in world.records],
        "equivalences": [_fields(one) for one in world.equivalences],
        "requirements": [written_requirement(one) for one in world.requirements],
        "adjustments": [_adjustment(one) for one in world.adjustments],
    }


def _named(said: dict[str, Json], name: str | None) -> dict[str, Json]:
    return said if name is None else {**said, "name": name}


def _dated(values: Sequence[Dated]) -> list[Json]:
    return [{"value": one.value, "from": plain(one.starts_on), "to": plain(one.ends_on)} for one in values]


def _organisation(one: Organisation) -> dict[str, Json]:
    said: dict[str, Json] = {
        "id": one.id,
        "kind": one.kind,
        "parents": _dated(one.parents),
        "systems": _dated(one.systems),
        "services": _dated(one.services),
    }
    return _named(said, one.name)


def _engagement(one: Engagement) -> dict[str, Json]:
    return {
        "id": one.id,
        "person": one.person,
        "organisation": one.organisation,
        "role": one.role,
        "staff_group": one.staff_group,
        "kind": one.kind,
        "tasks": _dated(one.tasks),
        "from": plain(one.starts_on),
        "to": plain(one.ends_on),
    }


def _adjustment(one: Adjustment) -> dict[str, Json]:
    said: dict[str, Json]
    match one:
        case Exemption():
            said = {"kind": "exemption", "requirement": one.requirement, "engagement": one.engagement}
            said |= {"from": plain(one.starts_on), "to": plain(one.ends_on)}
        case Pause():
            said = {"kind": "pause", "engagement": one.engagement}
            said |= {"from": plain(one.starts_on), "to": plain(one.ends_on)}
        case Extension():
            said = {"kind": "extension", "requirements": list(one.requirements), "scope": written_audience(one.scope)}
            said |= {"from": plain(one.starts_on), "until": plain(one.until)}
    said |= {"recorded_at": plain(one.recorded_at), "withdrawn_at": plain(one.withdrawn_at)}
    return said if one.reason is None else {**said, "reason": one.reason}
