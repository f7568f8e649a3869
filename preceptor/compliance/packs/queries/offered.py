"""Packs and their versions, as they are offered. They are about nobody."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final
from uuid import UUID

from django.db.models import QuerySet
from django.http import Http404

from preceptor.compliance.requirements.domain.decisions import Force, RequirementId
from preceptor.compliance.requirements.models import Requirement, RequirementVersion
from preceptor.compliance.requirements.queries.rows import offered_rows, requirement_rows, rule_of, template_rows
from preceptor.compliance.requirements.queries.taking import Wanted
from preceptor.compliance.requirements.queries.texts import KEPT, RULE, rule_in, with_texts
from preceptor.compliance.standing.queries import numbers_in
from preceptor.foundation.access import EVERYWHERE, Scope
from preceptor.foundation.dates import end_of_day
from preceptor.foundation.statements import statement
from preceptor.register.organisations.domain import OrganisationId, above
from preceptor.register.organisations.queries import relations

from ..domain import Item, PackId, PackNamed
from ..domain.packs import terms_of
from ..models import Pack, PackItem, PackVersion

# The columns of a requirement version as a pack offers it, before those of its rule.
_ITEM: Final = (
    *("pk", "number", "requirement_id", "requirement__key", "requirement__title", "requirement__area_id"),
    *("requirement__area__name", "requirement__area__position", "requirement__position", "requirement__core"),
    *("basis", "note", "rationale", "minutes"),
)


@dataclass(frozen=True, slots=True)
class VersionTold:
    """A version of a pack: its number, its day, what changed, and how many requirements it holds."""

    pk: int
    number: int
    note: str
    published_at: datetime
    published_by: str
    items: int


def packs_reaching(scope: Scope, organisation: UUID, today: date) -> list[PackNamed]:
    """The packs that reach an organisation: the national one, and those of what stands above it today, by name.

    Outside the scope no pack reaches it.
    """
    if not scope.holds(organisation):
        return []
    return reaching({organisation}, today)[organisation]


def reaching(organisations: Collection[UUID], today: date) -> dict[UUID, list[PackNamed]]:
    """The packs that reach each of some organisations, the national one first. Asked for organisations in a scope."""
    everything = relations(EVERYWHERE) if organisations else []
    tops = {one: above(OrganisationId(one), everything, today) for one in organisations}
    rows = Pack.objects.filter(versions__number=1).select_related("owner").order_by("owner__name", "pk")
    packs = sorted((_named(row) for row in rows), key=lambda one: not one.is_national)
    return {
        organisation: [pack for pack in packs if pack.owner is None or pack.owner in tops[organisation]]
        for organisation in organisations
    }


def pack_named(scope: Scope, organisation: UUID, pack: UUID, today: date) -> PackNamed:
    """A pack that reaches an organisation. Any other does not exist there."""
    for one in packs_reaching(scope, organisation, today):
        if one.id == pack:
            return one
    raise Http404


def national_pack() -> PackNamed | None:
    """The pack that belongs to nobody, once there is one."""
    row = Pack.objects.filter(owner=None).first()
    return _named(row) if row else None


def own_pack(scope: Scope, organisation: UUID) -> PackNamed | None:
    """The pack an organisation offers, if it does. Outside the scope there is none."""
    if not scope.holds(organisation):
        return None
    row = Pack.objects.filter(owner_id=organisation).select_related("owner").first()
    return _named(row) if row else None


def versions_of(pack: PackId) -> list[VersionTold]:
    """The versions of a pack, the newest first."""
    rows = PackVersion.objects.filter(pack_id=pack).order_by("-number")
    counted: dict[int, int] = {}
    for (key,) in PackItem.objects.filter(pack_version__pack_id=pack).values_list("pack_version_id"):
        counted[key] = counted.get(key, 0) + 1
    return [
        VersionTold(row.pk, row.number, row.note, row.published_at, row.published_by_name, counted.get(row.pk, 0))
        for row in rows
    ]


def latest_versions(packs: Collection[UUID], at: datetime | None = None) -> dict[UUID, PackVersion]:
    """The latest version of each pack, or the latest published by a moment."""
    rows = PackVersion.objects.filter(pack_id__in=packs).order_by("pack_id", "number")
    rows = rows.filter(published_at__lte=at) if at else rows
    return {row.pack_id: row for row in rows}


def items_of(versions: Collection[int]) -> dict[int, dict[str, Item]]:
    """What versions of packs hold, by version and key. One query."""
    found: dict[int, dict[str, Item]] = {version: {} for version in versions}
    for version, *row in _packed(versions):
        item = _item(tuple(row))
        found[version][item.key] = item
    return found


def items_by_version(versions: Collection[int]) -> dict[int, Item]:
    """Requirement versions as packs offer them, by their own identifier. One query."""
    return {row[0]: _item(row) for row in _versions(versions)}


@statement
def _packed(versions: Collection[int]) -> QuerySet[RequirementVersion, tuple[Any, ...]]:
    rows = with_texts(RequirementVersion.objects.filter(packed__pack_version_id__in=versions))
    return rows.values_list("packed__pack_version_id", *_ITEM, *RULE)


@statement
def _versions(versions: Collection[int]) -> QuerySet[RequirementVersion, tuple[Any, ...]]:
    return with_texts(RequirementVersion.objects.filter(pk__in=versions)).values_list(*_ITEM, *RULE)


@lru_cache(maxsize=KEPT)
def _item(row: tuple[Any, ...]) -> Item:
    """An item as its columns hold it. Versions are never edited, and what a pack offers is offered to thousands."""
    (version, number, requirement, key, title, area, area_name, area_position, position, core) = row[:10]
    basis, note, rationale, minutes = row[10:14]
    return Item(
        version=version,
        number=number,
        requirement=RequirementId(requirement),
        key=key,
        title=title,
        area=area,
        area_name=area_name,
        order=(area_position, position, key),
        core=core,
        basis=Force(basis),
        rule=rule_in(row[14:]),
        note=note,
        rationale=rationale,
        minutes=minutes,
    )


def item_of(row: RequirementVersion, requirement: Requirement) -> Item:
    """A requirement version as a pack offers it."""
    return Item(
        version=row.pk,
        number=row.number,
        requirement=RequirementId(requirement.pk),
        key=requirement.key,
        title=requirement.title,
        area=requirement.area_id,
        area_name=requirement.area.name,
        order=(requirement.area.position, requirement.position, requirement.key),
        core=requirement.core,
        basis=Force(row.basis),
        rule=rule_of(row),
        note=row.note,
        rationale=row.rationale,
        minutes=row.minutes,
    )


def wanted_of(items: Mapping[str, Item], keys: Collection[str]) -> list[Wanted]:
    """Some of what a pack holds, to be taken over, in the order of the pack."""
    asked = {item.requirement for key, item in items.items() if key in keys}
    national = list(template_rows().filter(pk__in=asked))
    found = [*national, *offered_requirements(asked - {row.pk for row in national})]
    return [Wanted(row, items[row.key].number) for row in sorted(found, key=lambda row: items[row.key].order)]


def offered_requirements(requirements: Collection[UUID]) -> list[Requirement]:
    """Requirements that organisations offer, whole. They oblige nobody, so it needs no scope."""
    owners = Requirement.objects.filter(pk__in=requirements, offered_by__isnull=False)
    found = []
    for owner in sorted(set(owners.values_list("offered_by_id", flat=True)), key=str):
        found += list(offered_rows(owner).filter(pk__in=requirements))
    return found


@dataclass(frozen=True, slots=True)
class Offerable:
    """What a pack may hold: the latest national version, or the organisation's own in its place; and what is in it."""

    item: Item
    is_own: bool
    packed: Item | None


def offerable(scope: Scope, organisation: UUID, at: datetime) -> list[Offerable]:
    """Everything an organisation's next pack version may hold, in the order of areas. Outside the scope: nothing."""
    if not scope.holds(organisation):
        return []
    own = own_pack(scope, organisation)
    latest = latest_versions([own.id]).get(own.id) if own else None
    packed = items_of([latest.pk])[latest.pk] if latest else {}
    found: dict[str, Offerable] = {}
    for rows, is_own in ((template_rows(), False), (offered_rows(organisation), True)):
        for row in rows:
            published = [one for one in row.versions.all() if one.published_at <= at]
            if published:
                item = item_of(published[-1], row)
                found[row.key] = Offerable(item, is_own, packed.get(row.key))
    return sorted(found.values(), key=lambda one: one.item.order)


def shareable(scope: Scope, organisation: UUID, found: Iterable[Offerable]) -> list[tuple[str, str]]:
    """The keys and titles of what an organisation made its own and requires today, unless its pack may hold just that.

    Outside the scope there is nothing.
    """
    held = {one.item.key: one.item.terms for one in found}
    rows = [(row, list(row.versions.all())[-1]) for row in requirement_rows(scope, organisation)]
    return [
        (row.key, row.title)
        for row, last in rows
        if not hasattr(row, "retirement")
        and last.copied_from_id is None
        and terms_of(rule_of(last)) not in {held.get(row.key), held.get(own_key(row))}
    ]


def is_unshared(scope: Scope, organisation: UUID, key: str, today: date) -> bool:
    """Does an organisation that offers a pack ask of its own people what the pack may not hold as it is now?"""
    if own_pack(scope, organisation) is None:
        return False
    found = offerable(scope, organisation, end_of_day(today))
    return key in dict(shareable(scope, organisation, found))


@dataclass(frozen=True, slots=True)
class OwnRule:
    """The requirement of an organisation's own people that its pack may offer under a key, if it has one.

    `asked_of` is how many of its own people the rule is for today.
    """

    requirement: RequirementId | None
    has_ended: bool
    asked_of: int


def own_rule(scope: Scope, organisation: UUID, item: Item, today: date) -> OwnRule:
    """What an organisation itself requires under the key of something its pack holds or may hold."""
    rows = requirement_rows(scope, organisation)
    row = next((one for one in rows if item.key in {one.key, own_key(one)}), None)
    audience = rule_of(list(row.versions.all())[-1]).audience if row else item.rule.audience
    (asked_of,) = numbers_in(organisation, [audience], today)
    return OwnRule(RequirementId(row.pk) if row else None, bool(row and hasattr(row, "retirement")), asked_of)


def own_key(row: Requirement) -> str:
    """The key under which an organisation offers what it requires itself: the national one, or one nobody else has."""
    if row.template_id or row.owner is None:
        return row.key
    return f"{row.owner.code.lower()}-{row.key}"[:80]


def _named(row: Pack) -> PackNamed:
    owner = row.owner
    return PackNamed(PackId(row.pk), row.name, row.owner_id, owner.code if owner else "", owner.name if owner else "")
