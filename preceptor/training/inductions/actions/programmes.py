"""Every change to programmes and texts. Nothing published is edited: a change is a further version."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from uuid import UUID, uuid4

import msgspec
from django.db.models import Max

from preceptor.foundation.access import Can, Scope, Viewer
from preceptor.foundation.actions import Refusal, action
from preceptor.register.models import Organisation
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_id

from ..domain.changing import Change, NotAllowedError, changed, with_item, without
from ..domain.programme import Item, Programme, ProgrammeId
from ..domain.published import Published
from ..domain.reading import National
from ..domain.texts import Text, TextId
from ..models import InductionText, ProgrammeVersion
from ..queries.programmes import newest_national, programme_at, text_versions


@action("inductions.loaded", may=Can.LOAD_CATALOGUE)
def load_inductions(*, by: Viewer, at: datetime, national: National) -> int:
    """Makes the national programmes and texts hold these versions. Says how many it added.

    A loaded version is never edited: other words under the same number are refused, and so is an older number.
    """
    added = 0
    for programme in national.programmes:
        one = programme.programme
        last = ProgrammeVersion.objects.filter(owner=None, key=one.key).order_by("-number").first()
        if _is_new(one.title, programme.version, _text(one), last):
            _publish_programme(by, at, None, one, programme.version)
            added += 1
    for text in national.texts:
        held = InductionText.objects.filter(owner=None, key=text.text.key).order_by("-number").first()
        if _is_new(text.text.title, text.version, _text(text.text), held):
            _publish_text(by, at, None, text.text, text.version, "")
            added += 1
    return added


@action("programme.taken", may=Can.EDIT_PROGRAMMES)
def take_programme(*, by: Viewer, at: datetime, organisation: OrganisationId, key: str) -> ProgrammeId:
    """Makes the newest national version of a programme a place's own, as it is, in the place of what it had.

    Refuses a programme that it goes by already.
    """
    place = _locked(by.scope(Can.EDIT_PROGRAMMES), organisation)
    national = newest_national(key)
    if national is None:
        raise Refusal("There is no national programme of that kind")
    now = programme_at(Scope(frozenset({place.pk})), place.pk, key)
    if now.is_own and not now.is_behind:
        raise Refusal("You have taken this version already")
    says = f"National version {national.number} is taken as it is"
    return _next(by, at, place, Change(national.programme, says), national.id, "It is what we start from")


@action("programme.extended", may=Can.EDIT_PROGRAMMES)
def add_item(
    *, by: Viewer, at: datetime, organisation: OrganisationId, programme: ProgrammeId, item: Item, reason: str
) -> ProgrammeId:
    """Publishes a place's own next version of a programme, with an item more."""
    new = replace(item, key=f"own-{uuid4().hex[:8]}")
    return _changed(by, at, organisation, programme, reason, lambda now: with_item(now, new))


@action("programme.changed", may=Can.EDIT_PROGRAMMES)
def change_item(
    *, by: Viewer, at: datetime, organisation: OrganisationId, programme: ProgrammeId, item: Item, reason: str
) -> ProgrammeId:
    """Publishes a place's own next version of a programme, with an item said otherwise."""
    return _changed(by, at, organisation, programme, reason, lambda now: changed(now, _item(now, item.key), item))


@action("programme.shortened", may=Can.EDIT_PROGRAMMES)
def drop_item(
    *, by: Viewer, at: datetime, organisation: OrganisationId, programme: ProgrammeId, item: str, reason: str
) -> ProgrammeId:
    """Publishes a place's own next version of a programme, without an item. Refuses what is in every programme."""
    return _changed(by, at, organisation, programme, reason, lambda now: without(now, _item(now, item)))


@action("induction-text.written", may=Can.EDIT_PROGRAMMES)
def write_text(*, by: Viewer, at: datetime, organisation: OrganisationId, text: Text, seen: int, reason: str) -> TextId:
    """Publishes a place's own next version of a text. Who read the one before and is in induction is asked again.

    Refuses the same words, and to write over a version that was not seen.
    """
    place = _locked(by.scope(Can.EDIT_PROGRAMMES), organisation)
    held = text_versions(Scope(frozenset({place.pk})), place.pk, text.key)
    last = held[0] if held else None
    if (last.number if last else 0) != seen:
        raise Refusal("There is a newer version by now. Look at it, then change that one")
    if last and last.text == text:
        raise Refusal("Nothing is different. Change something, or go back", field="lines")
    if not text.title.strip() or not text.lines:
        raise Refusal("Write what people should read", field="lines")
    if not reason.strip():
        raise Refusal("Say why. It stays with the version", field="reason")
    return _publish_text(by, at, place, text, seen + 1, reason.strip())


def _changed(
    by: Viewer,
    at: datetime,
    organisation: OrganisationId,
    version: ProgrammeId,
    reason: str,
    change: Callable[[Programme], Change],
) -> ProgrammeId:
    """The next version of a programme that a place goes by now: somebody else may have been faster."""
    place = _locked(by.scope(Can.EDIT_PROGRAMMES), organisation)
    now = _gone_by(place, version)
    if not reason.strip():
        raise Refusal("Say why. It stays with the version", field="reason")
    try:
        made = change(now.programme)
    except NotAllowedError as refused:
        raise Refusal(str(refused)) from refused
    return _next(by, at, place, made, now.id, reason.strip())


def _gone_by(place: Organisation, version: ProgrammeId) -> Published:
    key = ProgrammeVersion.objects.filter(pk=version).values_list("key", flat=True).first()
    if key is None:
        raise Refusal("There is no such programme")
    now = programme_at(Scope(frozenset({place.pk})), place.pk, key)
    if now.id != version:
        raise Refusal("There is a newer version by now. Look at it, then change that one")
    return now


def _next(by: Viewer, at: datetime, place: Organisation, change: Change, base: UUID, reason: str) -> ProgrammeId:
    rows = ProgrammeVersion.objects.filter(owner=place, key=change.programme.key)
    number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    return _publish_programme(by, at, place, change.programme, number, base=base, says=change.says, reason=reason)


def _item(programme: Programme, key: str) -> Item:
    found = programme.item(key)
    if found is None:
        raise Refusal("There is no such item in this version")
    return found


def _is_new(title: str, version: int, text: str, last: ProgrammeVersion | InductionText | None) -> bool:
    if last and last.number == version and last.content == text:
        return False
    if last and version <= last.number:
        raise Refusal(f"Version {last.number} of “{title}” is loaded and says something else. Raise “version”")
    return True


def _publish_programme(
    by: Viewer,
    at: datetime,
    place: Organisation | None,
    programme: Programme,
    number: int,
    *,
    base: UUID | None = None,
    says: str = "",
    reason: str = "",
) -> ProgrammeId:
    text = _text(programme)
    row = ProgrammeVersion.objects.create(
        owner=place,
        key=programme.key,
        number=number,
        based_on_id=base,
        content=text,
        sha256=_digest(text),
        changed=says,
        reason=reason,
        published_at=at,
        by=by.user,
        by_name=by.name,
    )
    return ProgrammeId(row.pk)


def _publish_text(by: Viewer, at: datetime, place: Organisation | None, text: Text, number: int, reason: str) -> TextId:
    content = _text(text)
    row = InductionText.objects.create(
        owner=place,
        key=text.key,
        number=number,
        content=content,
        sha256=_digest(content),
        reason=reason,
        published_at=at,
        by=by.user,
        by_name=by.name,
    )
    return TextId(row.pk)


def _locked(scope: Scope, organisation: OrganisationId) -> Organisation:
    """The organisation, held until the action is over, so that two versions at once cannot both be the next."""
    return Organisation.objects.select_for_update().get(pk=organisation_by_id(scope, organisation).pk)


def _text(value: Programme | Text) -> str:
    return msgspec.json.encode(value, order="deterministic").decode()


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
