"""Every read of programmes and texts. What was published of them never changes."""

from __future__ import annotations

from datetime import datetime
from typing import Final
from uuid import UUID

import msgspec
from django.db.models import Q
from django.http import Http404

from preceptor.foundation.access import Scope

from ..domain.programme import Programme, ProgrammeId
from ..domain.published import Published
from ..domain.texts import Text, TextId, TextVersion
from ..models import InductionText, ProgrammeVersion

# Versions never change, so what was read of one is kept by its identifier.
_MOST: Final = 128
_read: dict[UUID, Programme] = {}


def programmes_at(scope: Scope, organisation: UUID) -> list[Published]:
    """The programmes a place goes by: its own newest versions, and the national ones it has not taken, by title."""
    if not scope.holds(organisation):
        raise Http404
    national = {row.key: row for row in _newest_first(Q(owner=None))}
    own = {row.key: row for row in _newest_first(Q(owner_id=organisation))}
    bases = _bases(own)
    found = [
        _published(row, base=bases.get(row.pk, 0), newest=national[key].number if key in national else 0)
        for key, row in {**national, **own}.items()
    ]
    return sorted(found, key=lambda one: one.programme.title)


def programme_at(scope: Scope, organisation: UUID, key: str) -> Published:
    """The programme of that key as a place goes by it. Outside the scope, or of another key, there is none."""
    found = next((one for one in programmes_at(scope, organisation) if one.programme.key == key), None)
    if found is None:
        raise Http404
    return found


def versions_of(scope: Scope, organisation: UUID, key: str) -> list[Published]:
    """A place's own versions of a programme, the newest first."""
    if not scope.holds(organisation):
        raise Http404
    rows = ProgrammeVersion.objects.filter(owner_id=organisation, key=key).order_by("-number")
    return [_published(row) for row in rows]


def newest_national(key: str) -> Published | None:
    """The newest national version of a programme; None when there is none. It is about nobody: no scope."""
    row = ProgrammeVersion.objects.filter(owner=None, key=key).order_by("-number").first()
    return _published(row) if row else None


def whole(row: ProgrammeVersion) -> Programme:
    """What a version says."""
    if row.pk not in _read:
        if len(_read) >= _MOST:
            _read.clear()
        _read[row.pk] = msgspec.json.decode(row.content.encode(), type=Programme)
    return _read[row.pk]


def texts_at(organisation: UUID, at: datetime | None = None) -> dict[str, TextVersion]:
    """The newest version of each text at a place, its own before a national one, now or as it was at a moment."""
    rows = InductionText.objects.filter(Q(owner=None) | Q(owner_id=organisation))
    if at is not None:
        rows = rows.filter(published_at__lte=at)
    ordered = rows.order_by("key", "owner_id", "number")
    national = {row.key: row for row in ordered if row.owner_id is None}
    own = {row.key: row for row in ordered if row.owner_id is not None}
    return {key: _text(row) for key, row in {**national, **own}.items()}


def text_versions(scope: Scope, organisation: UUID, key: str) -> list[TextVersion]:
    """A place's own versions of a text, the newest first."""
    if not scope.holds(organisation):
        raise Http404
    rows = InductionText.objects.filter(owner_id=organisation, key=key).order_by("-number")
    return [_text(row) for row in rows]


def _newest_first(condition: Q) -> list[ProgrammeVersion]:
    """The newest version of each programme."""
    rows = ProgrammeVersion.objects.filter(condition).order_by("key", "number")
    return list({row.key: row for row in rows}.values())


def _bases(own: dict[str, ProgrammeVersion]) -> dict[UUID, int]:
    """The number of the national version that each of these goes back to."""
    if not own:
        return {}
    rows = {
        row.pk: row
        for row in ProgrammeVersion.objects.filter(key__in=list(own)).only("pk", "based_on", "number", "owner")
    }
    found = {}
    for row in own.values():
        at = row
        while at.based_on_id is not None and at.owner_id is not None:
            at = rows[at.based_on_id]
        found[row.pk] = at.number
    return found


def _published(row: ProgrammeVersion, *, base: int = 0, newest: int = 0) -> Published:
    return Published(
        id=ProgrammeId(row.pk),
        is_own=row.owner_id is not None,
        number=row.number,
        programme=whole(row),
        changed=row.changed,
        reason=row.reason,
        published_at=row.published_at,
        by_name=row.by_name,
        base=base,
        newest=newest,
    )


def _text(row: InductionText) -> TextVersion:
    return TextVersion(
        id=TextId(row.pk),
        is_own=row.owner_id is not None,
        number=row.number,
        text=msgspec.json.decode(row.content.encode(), type=Text),
        sha256=row.sha256,
        reason=row.reason,
        published_at=row.published_at,
        by_name=row.by_name,
    )
