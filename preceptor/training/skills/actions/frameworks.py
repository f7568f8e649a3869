"""Every change to frameworks. Nothing published is edited: a change is a further version."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID, uuid4

import msgspec
from django.db.models import Max

from preceptor.compliance.subjects.actions import add_skills
from preceptor.compliance.subjects.domain import Level as SubjectLevel
from preceptor.foundation.access import Can, Scope, Viewer
from preceptor.foundation.actions import Refusal, action
from preceptor.foundation.dates import london_date
from preceptor.register.models import Organisation
from preceptor.register.organisations.domain import Kind, OrganisationId
from preceptor.register.organisations.queries import organisation_by_id

from ..domain import Framework
from ..domain.changing import Change, NewSkill, UnchangedError, with_expectations, with_modules, with_skill, without
from ..domain.framework import SUBJECT_PREFIX, Level, Skill
from ..domain.published import FrameworkId
from ..domain.reading import National
from ..models import FrameworkAdoption, FrameworkVersion
from ..queries import follows, framework_of, latest_national, versions_offered


@action("framework.loaded", may=Can.LOAD_CATALOGUE)
def load_framework(*, by: Viewer, at: datetime, national: National) -> int:
    """Makes the national framework hold this version. Says how much it added: nothing when it is there already.

    A loaded version is never edited: other words under the same number are refused, and so is an older number.
    """
    added = _name_skills(by, at, national.framework)
    last = FrameworkVersion.objects.filter(owner=None).order_by("-number").first()
    text = _text(national.framework)
    if last and last.number == national.version and last.content == text:
        return added
    if last and national.version <= last.number:
        raise Refusal(f"Version {last.number} of the skills is loaded and says something else. Raise “version”")
    FrameworkVersion.objects.create(
        number=national.version,
        content=text,
        sha256=_digest(text),
        published_at=at,
        by=by.user,
        by_name=by.name,
    )
    return added + 1


@action("framework.adopted", may=Can.EDIT_SKILLS)
def adopt_framework(
    *, by: Viewer, at: datetime, organisation: OrganisationId, version: FrameworkId, starts_on: date, decided_by: str
) -> None:
    """Lets a practice or network follow a version from a day on.

    Refuses a version that is not offered there, one followed already, and a day before that of the last adoption.
    """
    scope = by.scope(Can.EDIT_SKILLS)
    place = _locked(scope, organisation)
    _refuse_follower(place)
    if version not in {one.id for one in versions_offered(scope, place.pk)}:
        raise Refusal("Choose a version from the list", field="version")
    _adopt(by, at, place, version, starts_on, decided_by)


@action("framework.changed", may=Can.EDIT_SKILLS)
def change_expectations(
    *,
    by: Viewer,
    at: datetime,
    organisation: OrganisationId,
    version: FrameworkId,
    skill: str,
    expects: dict[str, Level],
    reason: str,
    starts_on: date | None = None,
) -> FrameworkId:
    """Publishes a place's own next version, in which one skill is expected otherwise, or of nobody: then it goes.

    A practice follows it from the day said; what a hub publishes is offered to those beneath it.
    """
    framework = framework_of(version)
    known = _skill(framework, skill)
    try:
        change = with_expectations(framework, known, expects) if expects else without(framework, known)
    except UnchangedError as unchanged:
        raise Refusal("Nothing is different. Change what is expected, or go back") from unchanged
    return _publish(by, at, organisation, version, change, reason, starts_on)


@action("framework.narrowed", may=Can.EDIT_SKILLS)
def choose_modules(
    *,
    by: Viewer,
    at: datetime,
    organisation: OrganisationId,
    version: FrameworkId,
    modules: Collection[str],
    reason: str,
    starts_on: date | None = None,
) -> FrameworkId:
    """Publishes a place's own next version with the skills of some modules alone, so that it may begin with a few.

    A module that was left out before comes back as the national framework has it now.
    """
    framework, latest = framework_of(version), latest_national()
    if not {one.key for one in framework.modules} & set(modules):
        raise Refusal("Choose at least one module", field="modules")
    try:
        change = with_modules(framework, framework_of(latest.id) if latest else framework, modules)
    except UnchangedError as unchanged:
        raise Refusal("Nothing is different. Choose other modules, or go back", field="modules") from unchanged
    return _publish(by, at, organisation, version, change, reason, starts_on)


@action("framework.extended", may=Can.EDIT_SKILLS)
def add_own_skill(
    *,
    by: Viewer,
    at: datetime,
    organisation: OrganisationId,
    version: FrameworkId,
    new: NewSkill,
    reason: str,
    starts_on: date | None = None,
) -> FrameworkId:
    """Publishes a place's own next version, with a skill of its own in it."""
    framework = framework_of(version)
    if any(one.title.casefold() == new.title.casefold() for one in framework.skills):
        raise Refusal("There is a skill of that name already", field="title")
    place = organisation_by_id(by.scope(Can.EDIT_SKILLS), organisation)
    change = with_skill(framework, new, f"own-{place.code.lower()}-{uuid4().hex[:8]}")
    published = _publish(by, at, organisation, version, change, reason, starts_on)
    _name_skills(by, at, change.framework)
    return published


def _publish(
    by: Viewer,
    at: datetime,
    organisation: OrganisationId,
    version: UUID,
    change: Change,
    reason: str,
    starts_on: date | None,
) -> FrameworkId:
    scope = by.scope(Can.EDIT_SKILLS)
    place = _locked(scope, organisation)
    _refuse_stale(scope, place, version)
    if not reason.strip():
        raise Refusal("Say why. It stays with the version", field="reason")
    last = FrameworkVersion.objects.filter(owner=place).aggregate(last=Max("number"))["last"] or 0
    text = _text(change.framework)
    row = FrameworkVersion.objects.create(
        owner=place,
        number=last + 1,
        based_on_id=version,
        content=text,
        sha256=_digest(text),
        changed=change.says,
        reason=reason.strip(),
        published_at=at,
        by=by.user,
        by_name=by.name,
    )
    published = FrameworkId(row.pk)
    if place.kind != Kind.HUB:
        _adopt(by, at, place, published, starts_on or london_date(at), by.name)
    return published


def _adopt(by: Viewer, at: datetime, place: Organisation, version: UUID, starts_on: date, decided_by: str) -> None:
    held = follows(Scope(frozenset({place.pk})), place.pk)
    if not decided_by.strip():
        raise Refusal("Say who decided this", field="decided_by")
    if held and held[0].version.id == version:
        raise Refusal("You follow this version already", field="version")
    if held and starts_on < held[0].starts_on:
        raise Refusal("The first day must not be before that of the version you follow now", field="starts_on")
    FrameworkAdoption.objects.create(
        organisation=place,
        framework_version_id=version,
        starts_on=starts_on,
        decided_by=decided_by.strip(),
        recorded_at=at,
        by=by.user,
        by_name=by.name,
    )


def _refuse_stale(scope: Scope, place: Organisation, version: UUID) -> None:
    """Refuses to change anything but the version a place goes by now: somebody else was faster."""
    if place.kind == Kind.HUB:
        own = [one.id for one in versions_offered(scope, place.pk) if one.owner == place.pk]
        now = own[0] if own else None
    else:
        held = follows(scope, place.pk)
        now = held[0].version.id if held else None
        if now is None:
            raise Refusal("Follow a version first")
    if now is not None and now != version:
        raise Refusal("There is a newer version by now. Look at it, then change that one")


def _refuse_follower(place: Organisation) -> None:
    if place.kind not in {Kind.PRACTICE, Kind.PCN}:
        raise Refusal("Only practices and networks follow a framework: a hub publishes one")


def _skill(framework: Framework, key: str) -> Skill:
    found = framework.skill(key)
    if found is None:
        raise Refusal("There is no such skill in this version")
    return found


def _name_skills(by: Viewer, at: datetime, framework: Framework) -> int:
    """Lets records be of the framework's skills."""
    levels = [SubjectLevel(int(one.level), one.name) for one in framework.levels]
    names = {f"{SUBJECT_PREFIX}{one.key}": one.title for one in framework.skills}
    return add_skills(by=by, at=at, skills=names, levels=levels)


def _locked(scope: Scope, organisation: OrganisationId) -> Organisation:
    """The organisation, held until the action is over, so that two versions at once cannot both be the next."""
    return Organisation.objects.select_for_update().get(pk=organisation_by_id(scope, organisation).pk)


def _text(framework: Framework) -> str:
    return msgspec.json.encode(framework, order="deterministic").decode()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
