"""Every read of drafts of notices."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.http import Http404

from preceptor.foundation.access import Scope
from preceptor.foundation.files import StoredFile
from preceptor.register.organisations.queries import relations

from ..domain.drafts import NoticeDraft
from ..domain.notice import Notice, NoticeId, RolloutId, read_notice
from ..domain.rules import Published
from ..models import Rollout, RolloutDraft, RolloutFile, RolloutVersion


def drafts_of(scope: Scope, organisation: UUID) -> list[NoticeDraft]:
    """A place's open drafts, those changed last at the top."""
    if not scope.holds(organisation):
        raise Http404
    rows = RolloutDraft.objects.filter(rollout__owner_id=organisation, is_open=True).select_related("rollout")
    found = list(rows.order_by("-changed_at", "pk"))
    versions = published_of(one.rollout_id for one in found)
    return [_draft(row, versions.get(row.rollout_id, ())) for row in found]


def draft_of(scope: Scope, organisation: UUID, rollout: RolloutId) -> NoticeDraft:
    """One open draft of a place. Outside the scope, of another place, or closed, it does not exist."""
    found = next((one for one in drafts_of(scope, organisation) if one.id == rollout), None)
    if found is None:
        raise Http404
    return found


def draft_row(scope: Scope, rollout: RolloutId) -> RolloutDraft:
    """An open draft's row, held until the action is over. Outside the scope it does not exist."""
    rows = RolloutDraft.objects.select_for_update(of=("self",)).select_related("rollout")
    row = rows.filter(pk=rollout, is_open=True).first()
    if row is None or not scope.holds(row.rollout.owner_id):
        raise Http404
    return row


def own_rollout(scope: Scope, rollout: RolloutId) -> Rollout:
    """A rollout of a place in the scope. Outside it does not exist."""
    row = Rollout.objects.filter(pk=rollout).select_related("owner").first()
    if row is None or not scope.holds(row.owner_id):
        raise Http404
    return row


def published_of(rollouts: Iterable[UUID]) -> dict[UUID, tuple[Published, ...]]:
    """The published versions of rollouts, by rollout, the first one first. Notices are about nobody."""
    found: dict[UUID, list[Published]] = {}
    for row in RolloutVersion.objects.filter(rollout_id__in=list(rollouts)).order_by("rollout_id", "number"):
        found.setdefault(row.rollout_id, []).append(published(row))
    return {rollout: tuple(some) for rollout, some in found.items()}


def closed_draft(organisation: UUID, rollout: RolloutId) -> str | None:
    """What became of a draft of a place that is none any more: published, or put away. None for an open one."""
    row = RolloutDraft.objects.filter(pk=rollout, rollout__owner_id=organisation, is_open=False).first()
    if row is None:
        return None
    was = RolloutVersion.objects.filter(rollout_id=rollout, at=row.changed_at).exists()
    return "published" if was else "put away"


def is_published(rollout: RolloutId) -> bool:
    """Was anybody ever told of a rollout?"""
    return RolloutVersion.objects.filter(rollout_id=rollout).exists()


def published(row: RolloutVersion) -> Published:
    """A version as a value."""
    return Published(NoticeId(row.pk), row.number, read_notice(row.content), row.asks_again, row.published_on, row.at)


def read_draft(row: RolloutDraft) -> Notice:
    """What a draft says."""
    return read_notice(row.content)


def _draft(row: RolloutDraft, earlier: tuple[Published, ...]) -> NoticeDraft:
    return NoticeDraft(
        id=RolloutId(row.rollout_id),
        owner=row.rollout.owner_id,
        notice=read_draft(row),
        revision=row.revision,
        changed_by=row.changed_by_name,
        changed_at=row.changed_at,
        earlier=earlier,
    )


def file_of(editing: Scope, reading: Scope, file: UUID, today: date) -> StoredFile:
    """A picture or document of a notice: its editors' to see, and once published everybody's whom it reaches."""
    row = RolloutFile.objects.filter(pk=file).select_related("file", "rollout").first()
    if row is None:
        raise Http404
    owner = row.rollout.owner_id
    if not editing.holds(owner):
        shown = RolloutVersion.objects.filter(rollout_id=row.rollout_id, content__contains=str(file)).exists()
        reached = any(one == owner or owner in above_today(one, today) for one in reading.organisations)
        if not shown or not (reached or reading.everywhere):
            raise Http404
    return row.file


def above_today(organisation: UUID, today: date) -> frozenset[UUID]:
    """Everything above a place today, at any height."""
    parents: dict[UUID, set[UUID]] = {}
    for one in relations(Scope(frozenset({organisation}))):
        begun = one.period.starts_on is None or one.period.starts_on <= today
        if begun and (one.period.ends_on is None or one.period.ends_on > today):
            parents.setdefault(one.child, set()).add(one.parent)
    reach, waiting = set[UUID](), [organisation]
    while waiting:
        more = parents.get(waiting.pop(), set()) - reach
        reach |= more
        waiting += more
    return frozenset(reach)
