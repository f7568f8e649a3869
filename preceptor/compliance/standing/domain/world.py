"""The world file: strict reading, and the judge's answer to a document."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Final, TypeVar

from preceptor.compliance.requirements.domain.audience import At, Audience, Everyone, PersonIs, leaves, read_audience
from preceptor.compliance.requirements.domain.reading import DocumentError, Fields, Json, a_text
from preceptor.compliance.requirements.domain.versions import read_requirement

from .days import end_of, start_of
from .facts import (
    Adjustment,
    Dated,
    Engagement,
    Equivalence,
    Exemption,
    Extension,
    Organisation,
    Pause,
    Person,
    Record,
    RecordStatus,
    World,
)
from .judge import Judge
from .written import verdict_entry

_Item = TypeVar("_Item")

_WORLD: Final = frozenset(
    {"organisations", "people", "engagements", "records", "equivalences", "requirements", "adjustments"},
)
_DATED: Final = frozenset({"value", "from", "to"})
_ORGANISATION: Final = frozenset({"id", "kind", "parents", "systems", "services"})
_PERSON: Final = frozenset({"id", "states"})
_ENGAGEMENT: Final = frozenset({"id", "person", "organisation", "role", "staff_group", "kind", "tasks", "from", "to"})
_RECORD: Final = frozenset(
    {
        "id",
        "person",
        "subject",
        "level",
        "on",
        "kind",
        "minutes",
        "participatory",
        "expires_on",
        "status",
        "recorded_at",
        "withdrawn_at",
    },
)
_EQUIVALENCE: Final = frozenset({"subject", "level", "counts_as", "counts_as_level"})
_STAMPS: Final = frozenset({"recorded_at", "withdrawn_at"})
_ADJUSTMENT: Final = {
    "exemption": frozenset({"kind", "requirement", "engagement", "from", "to"}) | _STAMPS,
    "pause": frozenset({"kind", "engagement", "from", "to"}) | _STAMPS,
    "extension": frozenset({"kind", "requirements", "scope", "from", "until"}) | _STAMPS,
}
_ANY_ADJUSTMENT: Final = frozenset[str]().union(*_ADJUSTMENT.values())


def judge_document(document: object, *, as_of: date, known_at: datetime | None = None) -> list[dict[str, Json]]:
    """The judge's answer to a world document: one entry for each pair that is needed, by engagement and requirement."""
    return [verdict_entry(verdict) for verdict in Judge(read_world(document), known_at).verdicts(as_of)]


def read_world(document: object) -> World:
    """The world that a document of plain JSON values says; refuses anything else, naming the place."""
    fields = Fields(document, "", _WORLD)
    organisations = _each(fields, "organisations", _organisation, lambda one: one.id)
    people = _each(fields, "people", _person, lambda one: one.id)
    engagements = _each(fields, "engagements", _engagement, lambda one: one.id)
    records = _each(fields, "records", _record, lambda one: one.id)
    requirements = _each(fields, "requirements", read_requirement, lambda one: one.id)
    world = World(
        organisations=organisations,
        people=people,
        engagements=engagements,
        records=records,
        equivalences=tuple(_equivalence(value, place) for value, place in fields.items("equivalences")),
        requirements=requirements,
        adjustments=tuple(_adjustment(value, place) for value, place in fields.items("adjustments")),
    )
    _check_references(world)
    _check_parents(organisations)
    return world


def _each(
    fields: Fields,
    key: str,
    read: Callable[[object, str], _Item],
    id_of: Callable[[_Item], str],
) -> tuple[_Item, ...]:
    """The items of one list, refused when two have the same id."""
    found: dict[str, _Item] = {}
    for value, place in fields.items(key):
        item = read(value, place)
        if id_of(item) in found:
            raise DocumentError(f"{place}.id", f"“{id_of(item)}” is the id of an earlier one in this list")
        found[id_of(item)] = item
    return tuple(found.values())


def _dated(fields: Fields, key: str) -> tuple[Dated, ...]:
    return tuple(_one_dated(Fields(value, place, _DATED)) for value, place in fields.items(key))


def _one_dated(fields: Fields) -> Dated:
    starts_on = fields.day_or_none("from")
    return Dated(fields.text("value"), starts_on, fields.end(starts_on))


def _name(fields: Fields) -> str | None:
    name = fields.any("name") or fields.any("title")
    return name if isinstance(name, str) else None


def _reason(fields: Fields) -> str | None:
    reason = fields.any("reason")
    return reason if isinstance(reason, str) else None


def _organisation(value: object, place: str) -> Organisation:
    fields = Fields(value, place, _ORGANISATION)
    return Organisation(
        id=fields.text("id"),
        kind=fields.text_or_none("kind"),
        parents=_dated(fields, "parents"),
        systems=_dated(fields, "systems"),
        services=_dated(fields, "services"),
        name=_name(fields),
    )


def _person(value: object, place: str) -> Person:
    fields = Fields(value, place, _PERSON)
    return Person(id=fields.text("id"), states=_dated(fields, "states"), name=_name(fields))


def _engagement(value: object, place: str) -> Engagement:
    fields = Fields(value, place, _ENGAGEMENT)
    starts_on = fields.day("from")
    return Engagement(
        id=fields.text("id"),
        person=fields.text("person"),
        organisation=fields.text("organisation"),
        starts_on=starts_on,
        ends_on=fields.end(starts_on),
        role=fields.text_or_none("role"),
        staff_group=fields.text_or_none("staff_group"),
        kind=fields.text_or_none("kind"),
        tasks=_dated(fields, "tasks"),
    )


def _record(value: object, place: str) -> Record:
    fields = Fields(value, place, _RECORD)
    return Record(
        id=fields.text("id"),
        person=fields.text("person"),
        subject=fields.text("subject"),
        on=fields.day("on"),
        level=fields.whole("level", 1, default=1),
        kind=fields.text_or_none("kind"),
        minutes=fields.whole("minutes", 0, default=0),
        participatory=fields.flag("participatory", default=False),
        expires_on=fields.day_or_none("expires_on"),
        status=fields.choice("status", RecordStatus, RecordStatus.ACCEPTED),
        recorded_at=fields.moment_or_none("recorded_at"),
        withdrawn_at=fields.moment_or_none("withdrawn_at"),
    )


def _equivalence(value: object, place: str) -> Equivalence:
    fields = Fields(value, place, _EQUIVALENCE)
    return Equivalence(
        subject=fields.text("subject"),
        level=fields.whole("level", 1, default=1),
        counts_as=fields.text("counts_as"),
        counts_as_level=fields.whole("counts_as_level", 1, default=1),
    )


def _adjustment(value: object, place: str) -> Adjustment:
    kind = Fields(value, place, _ANY_ADJUSTMENT).text("kind")
    if kind not in _ADJUSTMENT:
        raise DocumentError(f"{place}.kind", f"must be one of: {', '.join(sorted(_ADJUSTMENT))}; it is “{kind}”")
    fields = Fields(value, place, _ADJUSTMENT[kind])
    starts_on = fields.day("from")
    recorded_at, withdrawn_at = fields.moment_or_none("recorded_at"), fields.moment_or_none("withdrawn_at")
    reason = _reason(fields)
    if kind == "extension":
        until = fields.day("until")
        if until < starts_on:
            raise fields.wrong("until", f"must not be earlier than “from”, {starts_on}; it is {until}")
        return Extension(
            id=place,
            requirements=tuple(_texts(fields, "requirements")),
            starts_on=starts_on,
            until=until,
            scope=_scope(fields),
            recorded_at=recorded_at,
            withdrawn_at=withdrawn_at,
            reason=reason,
        )
    engagement, ends_on = fields.text("engagement"), fields.end(starts_on)
    if kind == "pause":
        return Pause(place, engagement, starts_on, ends_on, recorded_at, withdrawn_at, reason)
    return Exemption(
        place,
        fields.text("requirement"),
        engagement,
        starts_on,
        ends_on,
        recorded_at,
        withdrawn_at,
        reason,
    )


def _texts(fields: Fields, key: str) -> Iterable[str]:
    return [a_text(value, place) for value, place in fields.items(key)]


def _scope(fields: Fields) -> Audience:
    return read_audience(fields.any("scope"), fields.at("scope")) if "scope" in fields else Everyone()


def _check_references(world: World) -> None:
    """Every person, organisation, engagement and requirement that is named must be there."""
    organisations = {one.id for one in world.organisations}
    people = {one.id for one in world.people}
    engagements = {one.id for one in world.engagements}
    requirements = {one.id for one in world.requirements}

    def must_be_in(ids: set[str], named: str, noun: str, place: str) -> None:
        if named not in ids:
            raise DocumentError(place, f"there is no {noun} “{named}” in this world")

    def check_audience(audience: Audience, place: str) -> None:
        for leaf, where in leaves(audience, place):
            if isinstance(leaf, At | PersonIs):
                ids, noun = (organisations, "organisation") if isinstance(leaf, At) else (people, "person")
                for index, named in enumerate(leaf.one_of):
                    must_be_in(ids, named, noun, f"{where}[{index}]")

    for i, organisation in enumerate(world.organisations):
        for j, parent in enumerate(organisation.parents):
            must_be_in(organisations, parent.value, "organisation", f"organisations[{i}].parents[{j}].value")
    for i, engagement in enumerate(world.engagements):
        must_be_in(people, engagement.person, "person", f"engagements[{i}].person")
        must_be_in(organisations, engagement.organisation, "organisation", f"engagements[{i}].organisation")
    for i, record in enumerate(world.records):
        must_be_in(people, record.person, "person", f"records[{i}].person")
    for i, requirement in enumerate(world.requirements):
        for j, version in enumerate(requirement.versions):
            check_audience(version.audience, f"requirements[{i}].versions[{j}].audience")
    for i, adjustment in enumerate(world.adjustments):
        place = f"adjustments[{i}]"
        match adjustment:
            case Exemption():
                must_be_in(requirements, adjustment.requirement, "requirement", f"{place}.requirement")
                must_be_in(engagements, adjustment.engagement, "engagement", f"{place}.engagement")
            case Pause():
                must_be_in(engagements, adjustment.engagement, "engagement", f"{place}.engagement")
            case Extension():
                for k, requirement_id in enumerate(adjustment.requirements):
                    must_be_in(requirements, requirement_id, "requirement", f"{place}.requirements[{k}]")
                check_audience(adjustment.scope, f"{place}.scope")


def _check_parents(organisations: tuple[Organisation, ...]) -> None:
    """No organisation stands above itself on any day."""
    # A circle on some day is there on the day the last of its relations starts: only those days need a look.
    starts = {start_of(parent.starts_on) for one in organisations for parent in one.parents}
    for day in sorted(starts):
        _check_parents_on(organisations, day)


def _check_parents_on(organisations: tuple[Organisation, ...], day: int) -> None:
    above = {
        one.id: [
            (parent.value, f"organisations[{i}].parents[{j}]")
            for j, parent in enumerate(one.parents)
            if start_of(parent.starts_on) <= day < end_of(parent.ends_on)
        ]
        for i, one in enumerate(organisations)
    }
    finished: set[str] = set()
    for start, parents in above.items():
        trail = [] if start in finished else [(start, list(parents))]
        on_trail = {start}
        while trail:
            below, waiting = trail[-1]
            if not waiting:
                trail.pop()
                on_trail.discard(below)
                finished.add(below)
                continue
            parent, place = waiting.pop()
            if parent in on_trail:
                raise DocumentError(place, f"makes a circle: “{parent}” would stand above itself")
            if parent not in finished:
                trail.append((parent, list(above[parent])))
                on_trail.add(parent)
