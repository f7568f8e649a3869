"""Drafts of notices: started by hand, because of something else, or to correct a published one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from preceptor.compliance.requirements.domain.reading import DocumentError
from preceptor.foundation.access import Can, Viewer
from preceptor.foundation.actions import Refusal, action, concerning
from preceptor.foundation.dates import london_date
from preceptor.foundation.files import MEGABYTE, PICTURES, HeldFile, held, kind_of, media_type_of, store
from preceptor.foundation.soundness import pixels_of
from preceptor.register.models import ClinicalSystem
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_id

from ..domain.notice import Attachment, Notice, RolloutId, lines_of, written_notice
from ..domain.rules import long_past
from ..models import Rollout, RolloutDraft, RolloutFile
from ..queries.drafts import draft_row, own_rollout, read_draft

MOST_ATTACHMENTS = 6
MOST_MEGABYTES = 5
MOST_MEGAPIXELS = 25
_MEGAPIXEL = 1_000_000


@action("rollout.drafted", may=Can.EDIT_ROLLOUTS)
def draft_rollout(
    *,
    by: Viewer,
    at: datetime,
    organisation: OrganisationId,
    title: str,
    system: str,
    goes_live_on: date,
    different: str,
    audience: Any,
    product: str = "",
) -> RolloutId:
    """Starts the draft of a change notice. Each line of `different` is a step of it; `audience` may be None as yet.

    It is about a system on the list, or about a product that is not on it. Obliges nobody until it is published.
    Refuses a system that is not in the list and an audience that says nothing.
    """
    owner = organisation_by_id(by.scope(Can.EDIT_ROLLOUTS), organisation)
    notice = Notice(title.strip(), system, goes_live_on, lines_of(different), audience=audience, product=product)
    _refuse(notice)
    _refuse_old(notice, at)
    row = Rollout.objects.create(owner=owner, at=at, by_name=by.name)
    RolloutDraft.objects.create(rollout=row, content=written_notice(notice), changed_at=at, changed_by_name=by.name)
    return RolloutId(row.pk)


@action("rollout.changed", may=Can.EDIT_ROLLOUTS)
def save_notice(*, by: Viewer, at: datetime, rollout: RolloutId, revision: int, notice: Notice) -> int:
    """Keeps what a draft says and returns its new revision. Refuses who has not seen the latest one."""
    _refuse(notice)
    row = _open(by, rollout, revision)
    if notice.goes_live_on != read_draft(row).goes_live_on:
        _refuse_old(notice, at)
    if {one.file for one in notice.attachments} - _files_of(rollout):
        raise Refusal("Choose the file again", field="file")
    return _save(row, by, at, notice)


@action("rollout.file-added", may=Can.EDIT_ROLLOUTS)
def add_file(*, by: Viewer, at: datetime, rollout: RolloutId, revision: int, file: HeldFile, words: str) -> int:
    """Adds a picture or a document to a draft, checked by its content, without the place a photo was taken at."""
    row = _open(by, rollout, revision)
    notice = read_draft(row)
    if len(notice.attachments) >= MOST_ATTACHMENTS:
        raise Refusal(f"A notice holds {MOST_ATTACHMENTS} files at most", field="file")
    if not words.strip():
        raise Refusal("Say what the picture shows, or what the document is called", field="words")
    try:
        _refuse_file(file)
        stored = store(file, at=at, by=by.user)
    except Refusal as refused:
        raise Refusal(refused.message.replace("Certificate", "The file"), field="file") from refused
    RolloutFile.objects.create(file=stored, rollout_id=row.rollout_id)
    added = Attachment(stored.pk, words.strip(), stored.media_type in PICTURES)
    return _save(row, by, at, replace(notice, attachments=(*notice.attachments, added)))


@action("rollout.discarded", may=Can.EDIT_ROLLOUTS)
def discard_notice(*, by: Viewer, at: datetime, rollout: RolloutId, revision: int) -> None:
    """Puts a draft away. Nobody was ever asked anything by it. Refuses who has not seen the latest revision."""
    row = _open(by, rollout, revision)
    row.is_open, row.changed_at, row.changed_by_name = False, at, by.name
    row.save(update_fields=["is_open", "changed_at", "changed_by_name"])


@action("rollout.correction-drafted", may=Can.EDIT_ROLLOUTS)
def draft_correction(*, by: Viewer, at: datetime, rollout: RolloutId) -> RolloutId:
    """Opens the draft of a published notice again, with what its latest version says."""
    row = own_rollout(by.scope(Can.EDIT_ROLLOUTS), rollout)
    concerning(row.owner_id)
    latest = row.versions.order_by("-number").first()
    draft = RolloutDraft.objects.select_for_update().get(pk=row.pk)
    if latest is None or draft.is_open:
        raise Refusal("There is a draft of this already. Go on with that one")
    draft.content, draft.is_open, draft.revision = latest.content, True, draft.revision + 1
    draft.changed_at, draft.changed_by_name = at, by.name
    draft.save(update_fields=["content", "is_open", "revision", "changed_at", "changed_by_name"])
    return RolloutId(row.pk)


def opened(by: Viewer, rollout: RolloutId, revision: int) -> RolloutDraft:
    """A draft held until the action is over, as whoever acts last saw it."""
    return _open(by, rollout, revision)


def _refuse_file(file: HeldFile) -> None:
    """Refuses what nobody should open on a phone, before it is kept."""
    content = held(file) or b""
    if len(content) > MOST_MEGABYTES * MEGABYTE:
        raise Refusal(f"The file must be smaller than {MOST_MEGABYTES} MB")
    if content and kind_of(content) not in {*PICTURES, "application/pdf"}:
        raise Refusal(f"The file must be a PNG or JPEG picture, or a PDF. “{file.name}” is not")
    media_type = media_type_of(content, file.name) if content else "application/pdf"  # `store` says that it is gone
    if pixels_of(content, media_type) > MOST_MEGAPIXELS * _MEGAPIXEL:
        raise Refusal(f"The picture must have fewer than {MOST_MEGAPIXELS} megapixels. Make it smaller, then add it")


def _open(by: Viewer, rollout: RolloutId, revision: int) -> RolloutDraft:
    row = draft_row(by.scope(Can.EDIT_ROLLOUTS), rollout)
    concerning(row.rollout.owner_id)
    if row.revision != revision:
        when = london_date(row.changed_at)
        raise Refusal(
            f"{row.changed_by_name} changed this on {when.day} {when:%B %Y} while you had it open. "
            "Nothing of yours was saved. Open it again to see it as it is now"
        )
    return row


def _save(row: RolloutDraft, by: Viewer, at: datetime, notice: Notice) -> int:
    row.content = written_notice(notice)
    row.revision += 1
    row.changed_at, row.changed_by_name = at, by.name
    row.save(update_fields=["content", "revision", "changed_at", "changed_by_name"])
    return row.revision


def _files_of(rollout: RolloutId) -> set[UUID]:
    return set(RolloutFile.objects.filter(rollout_id=rollout).values_list("file_id", flat=True))


def _refuse_old(notice: Notice, at: datetime) -> None:
    if too_old := long_past(notice.goes_live_on, london_date(at)):
        raise Refusal(too_old, field="goes_live_on")


def _refuse(notice: Notice) -> None:
    """Refuses what no form lets through: an empty title, an unknown system, an audience that is none."""
    if not notice.title:
        raise Refusal("Say what changes", field="title")
    if not (notice.product and not notice.system) and not ClinicalSystem.objects.filter(pk=notice.system).exists():
        raise Refusal("Choose the system from the list", field="system")
    try:
        _ = notice.whom
    except DocumentError as error:
        raise Refusal(f"Choose who it is for: it {error}", field="whom") from error
