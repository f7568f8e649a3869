"""Every read of frameworks and of how people stand in their skills. The judge answers; nothing derived is kept."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Final
from uuid import UUID

import msgspec
from django.db.models import Q
from django.http import Http404

from preceptor.compliance.requirements.domain.known import KnownRequirement
from preceptor.compliance.requirements.domain.versions import Requirement, Version
from preceptor.compliance.requirements.queries.scopes import obliging
from preceptor.compliance.standing.domain.verdicts import Status
from preceptor.compliance.standing.queries import Loaded, Seat, loaded_of, loaded_of_person
from preceptor.foundation.access import Scope
from preceptor.register.models import ClinicalSystem, Organisation
from preceptor.register.organisations.domain import Kind
from preceptor.register.organisations.queries import relations

from ..domain import Framework
from ..domain.matrix import Held, Picture, Who
from ..domain.published import Followed, FrameworkId, Published
from ..domain.rules import Adopted, Expected, Ruled, followed, ruled, rules_of
from ..models import FrameworkAdoption, FrameworkVersion

# Versions never change, so what was read of one is kept by its identifier.
_MOST: Final = 64
_read: dict[UUID, tuple[Framework, Mapping[Expected, Version]]] = {}
# What a place follows is told by these, and what is expected of it then is the same each time.
_asked: dict[tuple[UUID, tuple[tuple[UUID, date, datetime], ...]], Ruled] = {}


def framework_of(version: FrameworkId) -> Framework:
    """What a version says. Frameworks are about nobody, so this takes no scope."""
    return _whole(version)[0]


def latest_national() -> Published | None:
    """The newest version of the national framework; None before it was loaded."""
    row = FrameworkVersion.objects.filter(owner=None).defer("content").order_by("-number").first()
    return _published(row) if row else None


def versions_offered(scope: Scope, organisation: UUID) -> list[Published]:
    """What a place may follow: the national versions, those of places above it, and its own. The newest first."""
    reach = places_above(scope, organisation) | {organisation}
    rows = FrameworkVersion.objects.filter(Q(owner=None) | Q(owner_id__in=reach)).defer("content")
    return [_published(row) for row in rows.select_related("owner").order_by("-published_at", "-number", "pk")]


def version_gone_by(scope: Scope, organisation: UUID, on: date) -> Published | None:
    """The version a place follows on a day, or a hub published last; None when there is none."""
    held = next((one.version for one in follows(scope, organisation) if one.starts_on <= on), None)
    return held or _last_own(organisation)


def version_to_read(scope: Scope, organisation: UUID, on: date) -> Published | None:
    """The version a place goes by on a day; for a hub that published none of its own, the national one."""
    found = version_gone_by(scope, organisation, on)
    if found is None and Organisation.objects.filter(pk=organisation, kind=Kind.HUB).exists():
        return latest_national()
    return found


def frameworks_at(scope: Scope, organisations: Collection[UUID], on: date) -> dict[UUID, Framework]:
    """The framework each of these places follows on a day, else the national one. Before that was loaded, none."""
    national = latest_national()
    adopted = _adopted(scope, organisations, None)
    found = {}
    for one in organisations:
        now = followed(adopted.get(one, []), on)
        if now is not None:
            found[one] = now.framework
        elif national is not None:
            found[one] = framework_of(national.id)
    return found


def version_to_change(scope: Scope, organisation: UUID) -> Published | None:
    """The version a place's own next one is made from: the last it decided on; for a hub its own or the national."""
    held = follows(scope, organisation)
    if held:
        return held[0].version
    return _last_own(organisation) or latest_national()


def follows(scope: Scope, organisation: UUID) -> list[Followed]:
    """What a place follows, followed and will follow, the latest first. Of two from one day only the one that holds."""
    rows = FrameworkAdoption.objects.filter(obliging(scope, "organisation_id"), organisation_id=organisation)
    found: dict[date, Followed] = {}
    for row in (
        rows.select_related("framework_version__owner")
        .defer("framework_version__content")
        .order_by("-starts_on", "-recorded_at", "-pk")
    ):
        found.setdefault(row.starts_on, Followed(_published(row.framework_version), row.starts_on, row.decided_by))
    return list(found.values())


def picture_of(
    scope: Scope, organisation: UUID, on: date, known_at: datetime | None = None, *, person: UUID | None = None
) -> Picture:
    """How people at a place stand in their skills on a day, or one person there. Outside the scope it is not there."""
    loaded = loaded_of(scope, organisation, on=on, known_at=known_at, person=person)
    return _picture(loaded, _adopted(scope, [organisation], known_at).get(organisation, []), on)


def pictures_of_person(scope: Scope, person: UUID, on: date) -> list[tuple[Loaded, Picture]]:
    """How one person stands in their skills at each place they work at on a day, by name of the place."""
    places = loaded_of_person(scope, person, on=on)
    adopted = _adopted(scope, [one.organisation.pk for one in places], None)
    found = [(one, _picture(one, adopted.get(one.organisation.pk, []), on)) for one in places]
    return [(one, picture) for one, picture in found if picture.framework and picture.people]


def asked_at(scope: Scope, organisations: Collection[UUID]) -> dict[UUID, tuple[KnownRequirement, ...]]:
    """What the versions these places follow, followed and will follow expect, as requirements, for rooms that judge."""
    adopted = _adopted(scope, organisations, None)
    return {one: _ruled(one, adopted[one]).requirements for one in organisations if one in adopted}


def rules_at(scope: Scope, organisation: UUID) -> dict[str, tuple[Requirement, ...]]:
    """What the versions a place follows expect of each skill, by its key: for rooms that ask for a few of them."""
    asked = _ruled(organisation, _adopted(scope, [organisation], None).get(organisation, []))
    found: dict[str, tuple[Requirement, ...]] = {}
    for one in asked.requirements:
        found[one.key] = (*found.get(one.key, ()), one.rule)
    return found


def system_names() -> dict[str, str]:
    """Every clinical system by its code."""
    return dict(ClinicalSystem.objects.order_by("code").values_list("code", "name"))


def _last_own(organisation: UUID) -> Published | None:
    rows = FrameworkVersion.objects.filter(owner_id=organisation).select_related("owner").defer("content")
    row = rows.order_by("-number").first()
    return _published(row) if row else None


def _whole(version: UUID) -> tuple[Framework, Mapping[Expected, Version]]:
    if version not in _read:
        content = FrameworkVersion.objects.filter(pk=version).values_list("content", flat=True).first()
        if content is None:
            raise Http404
        framework = msgspec.json.decode(content.encode(), type=Framework)
        if len(_read) >= _MOST:
            _read.clear()
        _read[version] = framework, rules_of(framework)
    return _read[version]


def _ruled(organisation: UUID, adopted: list[Adopted]) -> Ruled:
    told = organisation, tuple((one.version, one.starts_on, one.recorded_at) for one in adopted)
    found = _asked.get(told)
    if found is None:
        if len(_asked) >= _MOST:
            _asked.clear()
        found = _asked[told] = ruled(organisation, adopted)
    return found


def _adopted(scope: Scope, organisations: Collection[UUID], known_at: datetime | None) -> dict[UUID, list[Adopted]]:
    rows = FrameworkAdoption.objects.filter(obliging(scope, "organisation_id"), organisation_id__in=organisations)
    if known_at is not None:
        rows = rows.filter(recorded_at__lte=known_at)
    found: dict[UUID, list[Adopted]] = {}
    for row in rows.order_by("organisation_id", "starts_on", "recorded_at", "pk"):
        framework, rules = _whole(row.framework_version_id)
        one = Adopted(row.framework_version_id, framework, rules, row.starts_on, row.recorded_at)
        found.setdefault(row.organisation_id, []).append(one)
    return found


def _picture(loaded: Loaded, adopted: list[Adopted], on: date) -> Picture:
    now = followed(adopted, on)
    if now is None:
        return Picture(on, None, tuple(_who(seat) for seat in loaded.seats.values()))
    asked = _ruled(loaded.organisation.pk, adopted)
    skills = {one.key: one for one in now.framework.skills}
    held = {}
    for verdict in loaded.asked_for(asked.requirements).verdicts(on).values():
        expected = asked.about[verdict.requirement]
        skill = skills.get(expected.skill)
        if skill is not None and verdict.status is not Status.NOT_NEEDED:
            held[verdict.engagement, expected.skill] = Held(skill, expected.level, verdict)
    return Picture(on, now.framework, tuple(_who(seat) for seat in loaded.seats.values()), held)


def _who(seat: Seat) -> Who:
    return Who(
        engagement=seat.engagement,
        person=str(seat.person),
        name=seat.name,
        sort_name=seat.sort_name,
        role=seat.role,
        role_name=seat.role_name,
        group=seat.group,
        group_name=seat.group_name,
        group_position=seat.group_position,
    )


def places_above(scope: Scope, organisation: UUID) -> set[UUID]:
    """Everything above an organisation, at any height."""
    parents: dict[UUID, set[UUID]] = {}
    for one in relations(scope):
        parents.setdefault(one.child, set()).add(one.parent)
    reach, waiting = set[UUID](), [organisation]
    while waiting:
        for parent in parents.get(waiting.pop(), set()) - reach:
            reach.add(parent)
            waiting.append(parent)
    return reach


def _published(row: FrameworkVersion) -> Published:
    return Published(
        id=FrameworkId(row.pk),
        owner=row.owner_id,
        owner_name=row.owner.name if row.owner else "",
        number=row.number,
        changed=row.changed,
        reason=row.reason,
        published_at=row.published_at,
        by_name=row.by_name,
    )
