"""Offering: versions for others, and packs of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from preceptor.compliance.requirements.actions.taking import (
    offer_version,
    refuse_undecided,
    said_of,
    take_version,
)
from preceptor.compliance.requirements.domain.criteria import Achieved
from preceptor.compliance.requirements.domain.decisions import RequirementId
from preceptor.compliance.requirements.domain.transitions import AtRenewal, Transition
from preceptor.compliance.requirements.models import RequirementVersion
from preceptor.compliance.requirements.queries.rows import decision_of, requirement_row, rule_of, said_in, template_rows
from preceptor.foundation.access import Can, Viewer
from preceptor.foundation.actions import Refusal, action
from preceptor.foundation.dates import london_date
from preceptor.register.models import Organisation
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_id
from preceptor.ui.words import count, listed

from ..domain import Item
from ..models import Pack, PackItem, PackVersion
from ..queries.offered import item_of, items_of, latest_versions, offerable, own_key, own_rule

_NATIONAL = "National starter pack"
_NAMED = 3


@dataclass(frozen=True, slots=True)
class Changed:
    """What an organisation offers in the place of what there was: how long it counts, how soon it is due, and why.

    `months` None leaves how long it counts as it was.
    """

    starts_on: date
    transition: Transition
    first_due_days: int | None
    months: int | None
    rationale: str
    decided_by: str
    decided_on: date


@action("requirement.offered", may=Can.EDIT_PACKS)
def offer_change(*, by: Viewer, at: datetime, organisation: OrganisationId, key: str, changed: Changed) -> int:
    """Makes a version of a requirement for an organisation's pack, out of what the pack may hold now.

    It obliges nobody. It reaches nobody before a version of the pack holds it. Refuses what changes nothing.
    """
    scope = by.scope(Can.EDIT_PACKS)
    owner = organisation_by_id(scope, organisation)
    found = {one.item.key: one for one in offerable(scope, owner.pk, at)}.get(key)
    if found is None:
        raise Refusal("Choose a requirement from the list", field="key")
    refuse_undecided(at, changed.decided_by, changed.decided_on)
    if not changed.rationale.strip():
        raise Refusal("Say why", field="rationale")
    row = RequirementVersion.objects.select_related("requirement__template", "requirement__area").get(
        pk=found.item.version
    )
    before = rule_of(row)
    met_by = before.met_by
    if changed.months is not None and isinstance(met_by, Achieved):
        early = met_by.early_days if met_by.early_days and met_by.early_days < 28 * changed.months else None
        met_by = replace(met_by, months=changed.months, early_days=early)
    rule = replace(
        before,
        starts_on=changed.starts_on,
        ends_on=None,
        met_by=met_by,
        first_due_days=changed.first_due_days,
        transition=changed.transition,
    )
    if (rule.met_by, rule.first_due_days) == (before.met_by, before.first_due_days):
        raise Refusal("Change how long it counts or how soon it is due", field="months")
    decision = replace(
        decision_of(row),
        rationale=changed.rationale.strip(),
        decided_by=changed.decided_by.strip(),
        decided_on=changed.decided_on,
        review_by=None,
        note="",
    )
    return offer_version(by, at, owner, row.requirement, said_of(row, rule=rule, decision=decision), key=key).number


@action("requirement.taken-up", may=Can.EDIT_REQUIREMENTS)
def take_up(
    *,
    by: Viewer,
    at: datetime,
    organisation: OrganisationId,
    key: str,
    starts_on: date,
    decided_by: str,
    decided_on: date,
) -> RequirementId:
    """Makes what an organisation's pack may hold a requirement of its own people, whose whole rule can be changed.

    Refuses what it requires of its own people already, or did.
    """
    scope = by.scope(Can.EDIT_REQUIREMENTS)
    owner = organisation_by_id(scope, organisation)
    found = {one.item.key: one for one in offerable(scope, owner.pk, at)}.get(key)
    if found is None:
        raise Refusal("Choose a requirement from the list", field="key")
    if own_rule(scope, owner.pk, found.item, london_date(at)).requirement is not None:
        raise Refusal(f"{found.item.title} is on your own list already", field="key")
    offered = RequirementVersion.objects.select_related("requirement__area").get(pk=found.item.version)
    return take_version(
        by,
        at,
        scope,
        owner,
        offered,
        starts_on=starts_on,
        transition=AtRenewal(),
        decided_by=decided_by,
        decided_on=decided_on,
    )


@action("requirement.shared", may=Can.EDIT_PACKS)
def offer_own(*, by: Viewer, at: datetime, organisation: OrganisationId, requirement: RequirementId) -> int:
    """Offers the latest version of what an organisation requires of its own people to others, as it is."""
    scope = by.scope(Can.EDIT_PACKS)
    owner = organisation_by_id(scope, organisation)
    row = requirement_row(scope, requirement)
    if row.owner_id != owner.pk or hasattr(row, "retirement"):
        raise Refusal("Choose a requirement from your list", field="requirement")
    said = said_in(list(row.versions.all())[-1])
    return offer_version(by, at, owner, row, said, key=own_key(row)).number


@action("pack.published", may=Can.EDIT_PACKS)
def publish_pack(
    *,
    by: Viewer,
    at: datetime,
    organisation: OrganisationId,
    name: str,
    wanted: Collection[str],
    note: str,
) -> int:
    """Publishes the next version of an organisation's pack, and says its number. It changes nothing at any practice.

    The latest version of each requirement wanted is in it. Refuses one that holds what the version before held.
    """
    scope = by.scope(Can.EDIT_PACKS)
    owner = organisation_by_id(scope, organisation)
    if not note.strip():
        raise Refusal("Say what changed", field="note")
    Organisation.objects.select_for_update().get(pk=owner.pk)
    found = {one.item.key: one for one in offerable(scope, owner.pk, at)}
    keys = set(wanted)
    if not keys or not keys <= found.keys():
        raise Refusal("Choose at least one requirement", field="wanted")
    pack = Pack.objects.filter(owner=owner).first()
    if pack is None:
        if not name.strip():
            raise Refusal("Give the pack a name", field="name")
        pack = Pack.objects.create(owner=owner, name=name.strip(), made_at=at, made_by_name=by.name)
    number = _publish(by, at, pack, [found[key].item for key in sorted(keys)], note.strip())
    if number is None:
        raise Refusal("It holds what the version before held. Change something first", field="wanted")
    return number


@action("pack.loaded", may=Can.LOAD_CATALOGUE)
def publish_national(*, by: Viewer, at: datetime) -> int | None:
    """Makes a version of the national pack out of the catalogue as published by then, if anything changed since."""
    pack = Pack.objects.select_for_update().filter(owner=None).first()
    items = []
    for row in template_rows():
        published = [one for one in row.versions.all() if one.published_at <= at]
        if published:
            items.append(item_of(published[-1], row))
    if not items:
        return None
    pack = pack or Pack.objects.create(owner=None, name=_NATIONAL, made_at=at, made_by_name=by.name)
    return _publish(by, at, pack, items, "")


def _publish(by: Viewer, at: datetime, pack: Pack, items: Collection[Item], note: str) -> int | None:
    last = latest_versions([pack.pk]).get(pack.pk)
    before = items_of([last.pk])[last.pk] if last else {}
    new = {item.key: item for item in items}
    if {item.version for item in before.values()} == {item.version for item in new.values()}:
        return None
    number = last.number + 1 if last else 1
    version = PackVersion.objects.create(
        pack=pack,
        number=number,
        note=note or _note(before, new),
        published_at=at,
        published_by_name=by.name,
    )
    PackItem.objects.bulk_create(PackItem(pack_version=version, item_id=item.version) for item in new.values())
    return number


def _note(before: Mapping[str, Item], new: Mapping[str, Item]) -> str:
    """What changed from one version to the next, by name."""
    if not before:
        return f"{count(len(new), 'requirement')} to start from"
    changed = [one.title for key, one in new.items() if key in before and before[key].version != one.version]
    said = [
        _said("Added", [one.title for key, one in new.items() if key not in before]),
        _said("Changed", changed),
        _said("Withdrawn", [one.title for key, one in before.items() if key not in new]),
    ]
    return ". ".join(one for one in said if one)


def _said(verb: str, titles: list[str]) -> str:
    if len(titles) > _NAMED + 1:
        titles = [*titles[:_NAMED], f"{len(titles) - _NAMED} more"]
    return f"{verb}: {listed(titles)}" if titles else ""
