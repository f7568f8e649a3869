"""What a place answers to the changes of a pack: taken, left, put off or declined."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.http import Http404

from preceptor.compliance.requirements.actions import retire
from preceptor.compliance.requirements.actions.taking import refuse_undecided, take_version
from preceptor.compliance.requirements.domain.transitions import Transition
from preceptor.compliance.requirements.models import RequirementVersion
from preceptor.foundation.access import Can, Viewer
from preceptor.foundation.actions import Refusal, action
from preceptor.foundation.dates import london_date
from preceptor.register.models import Organisation
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_id

from ..domain import Answer, Line, PackId
from ..models import PackAnswer
from ..queries.picture import pack_at


@dataclass(frozen=True, slots=True)
class _Asked:
    """The line of a pack that is answered, at the place that answers."""

    owner: Organisation
    version: int
    line: Line


@action("pack-change.taken", may=Can.EDIT_REQUIREMENTS)
def take_change(
    *,
    by: Viewer,
    at: datetime,
    organisation: OrganisationId,
    pack: PackId,
    number: int,
    key: str,
    starts_on: date,
    transition: Transition,
    decided_by: str,
    decided_on: date,
    after: int | None = None,
) -> None:
    """Takes one requirement as the pack offers it, from a day and in a way of the organisation's own.

    One withdrawn from the pack ends on that day. Refuses another version of the pack than the latest, so that nobody
    takes what they have not seen; and, with `after`, another number of versions here than was tried.
    """
    asked = _asked(by, at, organisation, pack, number, key)
    new, own = asked.line.new, asked.line.ours
    if after is not None and after != asked.line.versions:
        raise Refusal(f"{asked.line.title} was changed here meanwhile. Nothing was saved. Look again at who changes")
    if new is None and own is not None and asked.line.is_on_list:
        refuse_undecided(at, decided_by, decided_on)
        if asked.line.is_law:
            raise Refusal("A law asks for this. Decline it, and say why it does not apply to you")
        reason = f"Withdrawn from the pack. Decided by {decided_by.strip()}"
        retire(by=by, at=at, requirement=own.id, ends_on=starts_on, reason=reason)
    elif new is not None:
        offered = RequirementVersion.objects.select_related("requirement__area").get(pk=new.version)
        scope = by.scope(Can.EDIT_REQUIREMENTS)
        take_version(
            by,
            at,
            scope,
            asked.owner,
            offered,
            starts_on=starts_on,
            transition=transition,
            decided_by=decided_by,
            decided_on=decided_on,
        )
    else:
        raise Refusal("There is nothing to take")
    _answer(by, at, asked, Answer.TAKEN)


@action("pack-change.left", may=Can.EDIT_REQUIREMENTS)
def leave_change(
    *, by: Viewer, at: datetime, organisation: OrganisationId, pack: PackId, number: int, key: str, reason: str
) -> None:
    """Leaves a requirement as the organisation has it, for a reason. A later change of the pack is asked about again.

    What a law asks for and is not on the list is declined, and not left.
    """
    asked = _asked(by, at, organisation, pack, number, key)
    if not reason.strip():
        raise Refusal("Say why you leave it as it is", field="reason")
    if asked.line.is_law and not asked.line.is_on_list:
        raise Refusal("A law asks for this. Take it, or decline it and say why it does not apply to you")
    _answer(by, at, asked, Answer.LEFT, reason)


@action("pack-change.put-off", may=Can.EDIT_REQUIREMENTS)
def put_off(
    *, by: Viewer, at: datetime, organisation: OrganisationId, pack: PackId, number: int, key: str, reason: str = ""
) -> None:
    """Notes that a change is for later. It goes on waiting."""
    _answer(by, at, _asked(by, at, organisation, pack, number, key), Answer.LATER, reason)


@action("pack-item.declined", may=Can.EDIT_REQUIREMENTS)
def decline(
    *,
    by: Viewer,
    at: datetime,
    organisation: OrganisationId,
    pack: PackId,
    number: int,
    key: str,
    ends_on: date | None,
    reason: str,
    legal_reason: str = "",
) -> None:
    """Declines a requirement of a pack for a reason. One on the list ends on the day given, tomorrow if none is.

    What a law asks for is not declined without saying why the law does not ask it here.
    """
    asked = _asked(by, at, organisation, pack, number, key)
    line = asked.line
    if line.is_declined or (line.ours is not None and not line.is_on_list):
        raise Refusal(f"{line.title} is not required here already")
    if not reason.strip():
        raise Refusal("Say why you decline it", field="reason")
    if line.is_law and not legal_reason.strip():
        raise Refusal("A law asks for this. Say why it does not apply to you", field="legal_reason")
    if line.ours is not None:
        retire(
            by=by,
            at=at,
            requirement=line.ours.id,
            ends_on=ends_on or london_date(at) + timedelta(days=1),
            reason=reason,
            legal_reason=legal_reason,
        )
    _answer(by, at, asked, Answer.DECLINED, reason, legal_reason)


def _asked(by: Viewer, at: datetime, organisation: OrganisationId, pack: UUID, number: int, key: str) -> _Asked:
    scope = by.scope(Can.EDIT_REQUIREMENTS)
    owner = organisation_by_id(scope, organisation)
    Organisation.objects.select_for_update().get(pk=owner.pk)
    found = pack_at(scope, owner.pk, pack, london_date(at))
    line = found.line(key)
    if line is None:
        raise Http404
    if stale := found.stale(number):
        raise Refusal(stale)
    if found.adopted is None:
        raise Refusal(f"Adopt {found.pack.name} first")
    return _Asked(owner, found.version, line)


def _answer(by: Viewer, at: datetime, asked: _Asked, answer: Answer, reason: str = "", legal_reason: str = "") -> None:
    PackAnswer.objects.create(
        organisation=asked.owner,
        pack_version_id=asked.version,
        key=asked.line.key,
        item_id=asked.line.new.version if asked.line.new else None,
        answer=answer,
        reason=reason.strip(),
        legal_reason=legal_reason.strip(),
        at=at,
        by_name=by.name,
    )
