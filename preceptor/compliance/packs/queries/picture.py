"""A pack three ways at places: what was settled, what is offered now, what each place has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, Final, TypeAlias
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from preceptor.compliance.requirements.domain.decisions import Force, RequirementId
from preceptor.compliance.requirements.models import RequirementVersion
from preceptor.compliance.requirements.queries.texts import RULE, rule_in, with_texts
from preceptor.compliance.standing.queries import Loaded, numbers_in
from preceptor.foundation.access import Scope
from preceptor.foundation.statements import statement

from ..domain import Answer, Answered, Item, Ours, PackAt, PackNamed, lines_of
from ..models import PackAdoption, PackAnswer
from .offered import items_by_version, items_of, latest_versions, packs_reaching, reaching

# The columns of a requirement version as a place has it, before those of its rule.
_OURS: Final = (
    *("requirement_id", "requirement__owner_id", "requirement__template_id", "requirement__key"),
    *("requirement__title", "requirement__area__name"),
    *("requirement__retirement__ends_on", "requirement__retirement__legal_reason"),
    *("copied_from_id", "copied_from__requirement_id", "copied_from__requirement__offered_by_id", "minutes", "basis"),
)

# What a place said about one requirement of a pack's version, and the requirement version it said it of.
_Answer: TypeAlias = "tuple[UUID, UUID, str, str, int, str, str, datetime, str, int | None]"


def packs_at(scope: Scope, organisation: UUID, today: date, loaded: Loaded | None = None) -> list[PackAt]:
    """Every pack that reaches an organisation, three ways, in a fixed number of queries.

    Who is there is asked for, unless the facts of the organisation are at hand as they are known now.
    """
    packs = packs_reaching(scope, organisation, today)
    return _concerning(organisation, pictures({organisation: packs})[organisation], today, loaded)


def pack_at(scope: Scope, organisation: UUID, pack: UUID, today: date) -> PackAt:
    """One pack at an organisation, three ways. One that does not reach it does not exist there."""
    wanted = [one for one in packs_reaching(scope, organisation, today) if one.id == pack]
    if not wanted:
        raise Http404
    return _concerning(organisation, pictures({organisation: wanted})[organisation], today)[0]


def _concerning(organisation: UUID, packs: list[PackAt], today: date, loaded: Loaded | None = None) -> list[PackAt]:
    """The packs, with what a law asks of nobody who is at the organisation today. Asked for one in a scope."""
    open_ones = {line.key: line.new for one in packs for line in one.lines if line.may_be_nobodys and line.new}
    audiences = [one.rule.audience for one in open_ones.values()]
    here = loaded.numbers_in(audiences, today) if loaded else numbers_in(organisation, audiences, today)
    nobodys = frozenset(key for key, number in zip(open_ones, here, strict=True) if not number)
    return [replace(one, nobodys=nobodys) for one in packs]


def pack_at_places(pack: PackNamed, places: Collection[UUID], today: date) -> dict[UUID, PackAt]:
    """One pack at every place of some that it reaches. Asked for places in a scope."""
    reached = {place: [one for one in packs if one.id == pack.id] for place, packs in reaching(places, today).items()}
    return {place: found[0] for place, found in pictures(reached).items() if found}


def pictures(
    packs: Mapping[UUID, Iterable[PackNamed]], *, instead: Mapping[str, Item] | None = None
) -> dict[UUID, list[PackAt]]:
    """Packs three ways at each of some places, in a fixed number of queries.

    With `instead`, these requirements stand in the place of what the pack's latest version holds: what would be.
    """
    asked = {place: list(some) for place, some in packs.items()}
    latest = latest_versions({one.id for some in asked.values() for one in some})
    offered = items_of([one.pk for one in latest.values()])
    adopted = {
        (row.organisation_id, row.pack_id): row.pack_version.number
        for row in PackAdoption.objects.filter(organisation_id__in=asked).select_related("pack_version")
    }
    answers, settled = _answers(asked, {item.version: item for some in offered.values() for item in some.values()})
    ours = ours_at(asked)
    return {
        place: [
            PackAt(
                pack=one,
                version=latest[one.id].pk,
                number=latest[one.id].number,
                note=latest[one.id].note,
                published_at=latest[one.id].published_at,
                adopted=adopted.get((place, one.id)),
                lines=lines_of(
                    offered[latest[one.id].pk] if instead is None else instead,
                    settled[place, one.id],
                    ours[place],
                    answers[place, one.id],
                    everything_is_meant=not one.is_national,
                ),
            )
            for one in some
            if one.id in latest
        ]
        for place, some in asked.items()
    }


def _answers(
    places: Collection[UUID], offered: Mapping[int, Item]
) -> tuple[dict[tuple[UUID, UUID], dict[str, Answered]], dict[tuple[UUID, UUID], dict[str, Item | None]]]:
    """The last word of each place on each requirement of each pack, and what it had before it when it settled one.

    Most answers are about what is `offered` still; what they had before them else is asked for.
    """
    rows = _answered(places)
    items = {**offered, **items_by_version({row[-1] for row in rows if row[-1] is not None} - offered.keys())}
    answers: dict[tuple[UUID, UUID], dict[str, Answered]] = defaultdict(dict)
    settled: dict[tuple[UUID, UUID], dict[str, Item | None]] = defaultdict(dict)
    for place, pack, key, answer, number, reason, legal_reason, at, by_name, item in rows:
        said = Answer(answer)
        answers[place, pack][key] = Answered(said, number, reason, legal_reason, at, by_name)
        if said is not Answer.LATER:
            settled[place, pack][key] = None if item is None else items[item]
    return answers, settled


@statement
def _answered(places: Collection[UUID]) -> QuerySet[PackAnswer, _Answer]:
    rows = PackAnswer.objects.filter(organisation_id__in=places).order_by("at", "pk")
    return rows.values_list(
        *("organisation_id", "pack_version__pack_id", "key", "answer", "pack_version__number"),
        *("reason", "legal_reason", "at", "by_name", "item_id"),
    )


def ours_at(places: Collection[UUID]) -> dict[UUID, dict[str, Ours]]:
    """What each place requires or did, by key. Asked for places in a scope."""
    versions: dict[UUID, list[tuple[Any, ...]]] = defaultdict(list)
    for row in _versions(places):
        versions[row[0]].append(row)
    templates = {template for some in versions.values() if (template := some[0][2])}
    law = {template for (template,) in _asked_by_law(templates)}
    found: dict[UUID, dict[str, Ours]] = {place: {} for place in places}
    for some in versions.values():
        _, owner, template, key = some[-1][:4]
        found[owner][key] = _ours(some, is_law=template in law)
    return found


@statement
def _versions(places: Collection[UUID]) -> QuerySet[RequirementVersion, tuple[Any, ...]]:
    rows = with_texts(RequirementVersion.objects.filter(requirement__owner_id__in=places))
    return rows.order_by("requirement_id", "number").values_list(*_OURS, *RULE)


@statement
def _asked_by_law(templates: Collection[UUID]) -> QuerySet[RequirementVersion, tuple[UUID]]:
    rows = RequirementVersion.objects.filter(requirement_id__in=templates, basis=Force.LAW)
    return rows.values_list("requirement_id")


def _ours(rows: list[tuple[Any, ...]], *, is_law: bool) -> Ours:
    (requirement, _, _, key, title, area_name, ends_on, legal_reason) = rows[-1][:8]
    (copies, copied, copied_offered_by, minutes, _) = rows[-1][8:13]
    return Ours(
        id=RequirementId(requirement),
        key=key,
        title=title,
        area_name=area_name,
        versions=tuple(rule_in(row[13:]) for row in rows),
        is_law=is_law or any(row[12] == Force.LAW for row in rows),
        copies=copies,
        copied=RequirementId(copied) if copied else None,
        is_from_organisation=copied_offered_by is not None,
        minutes=minutes,
        ends_on=ends_on,
        legal_reason=legal_reason or "",
    )
