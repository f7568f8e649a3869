"""Leave, exemptions and extensions: eased for a while, for a reason, on someone's authority."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Q

from preceptor.foundation.access import Can, Viewer
from preceptor.foundation.actions import Refusal, action, concerning
from preceptor.register.models import Engagement
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_id
from preceptor.register.people.domain import EngagementId
from preceptor.register.people.models import EngagementTerm
from preceptor.register.people.queries import engagement_by_id

from ..domain.audience import Everyone, PersonIs, leaves, read_audience, written_audience
from ..domain.decisions import AdjustmentId, AdjustmentKind, Eased, Leave, RequirementId
from ..domain.reading import DocumentError, Json
from ..models import Adjustment, AdjustmentWithdrawal, Requirement
from ..queries.rows import adjustment_row


@action("leave.recorded", may=Can.ADJUST)
def record_leave(
    *, by: Viewer, at: datetime, engagement: EngagementId, eased: Eased, leave: Leave = Leave.OTHER
) -> AdjustmentId:
    """Pauses everything an engagement requires for a while. Refuses days outside it, the same twice, and one's own."""
    term = engagement_by_id(by.scope(Can.ADJUST), engagement)
    _refuse_own(by, term.engagement.person_id, "record your own leave")
    concerning(term.engagement.organisation_id)
    _refuse_days(eased, term)
    _refuse_repeat(AdjustmentKind.PAUSE, term, eased, Q())
    return AdjustmentId(_record(by, at, AdjustmentKind.PAUSE, term, eased, leave.value).pk)


@action("exemption.recorded", may=Can.ADJUST)
def record_exemption(
    *, by: Viewer, at: datetime, engagement: EngagementId, requirement: RequirementId, eased: Eased
) -> AdjustmentId:
    """Excuses one engagement from one requirement of its organisation for a while, or for good. Refuses one's own."""
    term = engagement_by_id(by.scope(Can.ADJUST), engagement)
    _refuse_own(by, term.engagement.person_id, "excuse yourself")
    concerning(term.engagement.organisation_id)
    _refuse_days(eased, term)
    owned = Requirement.objects.filter(pk=requirement, owner_id=term.engagement.organisation_id).first()
    if owned is None:
        raise Refusal("Choose a requirement from the list", field="requirement")
    _refuse_repeat(AdjustmentKind.EXEMPTION, term, eased, Q(requirements=owned))
    row = _record(by, at, AdjustmentKind.EXEMPTION, term, eased)
    row.requirements.add(owned)
    return AdjustmentId(row.pk)


@action("extension.recorded", may=Can.ADJUST)
def record_extension(
    *,
    by: Viewer,
    at: datetime,
    organisation: OrganisationId,
    requirements: Collection[RequirementId],
    starts_on: date,
    until_on: date,
    reason: str,
    authority: str,
    scope: Json = "everyone",
) -> AdjustmentId:
    """Keeps what is met on a day from `starts_on` valid until the end of `until_on`, for whoever is in the scope.

    For a whole group it may hold for whoever records it too; by name nobody extends anything for themselves.
    """
    place = organisation_by_id(by.scope(Can.ADJUST), organisation)
    _refuse_unsaid(reason, authority)
    if until_on <= starts_on:
        raise Refusal("The last valid day must be after the first day", field="until_on")
    owned = list(Requirement.objects.filter(pk__in=requirements, owner_id=place.pk).order_by("pk"))
    if not owned or len(owned) < len(set(requirements)):
        raise Refusal("Choose requirements from the list", field="requirements")
    try:
        audience = read_audience(scope, "scope")
    except DocumentError as error:
        raise Refusal(str(error), field="scope") from error
    for leaf, place_in_it in leaves(audience):
        if isinstance(leaf, PersonIs) and ".not" not in place_in_it:
            for person in leaf.one_of:
                _refuse_own(by, person, "extend anything for yourself", field="scope")
    row = Adjustment.objects.create(
        kind=AdjustmentKind.EXTENSION,
        organisation=place,
        scope=None if audience == Everyone() else written_audience(audience),
        starts_on=starts_on,
        until_on=until_on,
        reason=reason.strip(),
        authority=authority.strip(),
        recorded_at=at,
        by=by.user,
        by_name=by.name,
    )
    row.requirements.add(*owned)
    return AdjustmentId(row.pk)


@action("adjustment.withdrawn", may=Can.ADJUST)
def withdraw_adjustment(*, by: Viewer, at: datetime, adjustment: AdjustmentId, reason: str) -> None:
    """Takes an adjustment back: from now on it adjusts nothing, on any day. Refuses without a reason, and twice."""
    row = adjustment_row(by.scope(Can.ADJUST), adjustment)
    concerning(row.organisation_id)
    if not reason.strip():
        raise Refusal("Say why it is withdrawn", field="reason")
    Adjustment.objects.select_for_update().get(pk=row.pk)
    if AdjustmentWithdrawal.objects.filter(adjustment=row).exists():
        raise Refusal("It has been withdrawn already")
    AdjustmentWithdrawal.objects.create(adjustment=row, reason=reason.strip(), at=at, by_name=by.name)


def _record(
    by: Viewer, at: datetime, kind: AdjustmentKind, term: EngagementTerm, eased: Eased, leave: str = ""
) -> Adjustment:
    return Adjustment.objects.create(
        kind=kind,
        leave=leave,
        organisation_id=term.engagement.organisation_id,
        engagement_id=term.engagement_id,
        starts_on=eased.starts_on,
        ends_on=eased.ends_on,
        reason=eased.reason.strip(),
        authority=eased.authority.strip(),
        recorded_at=at,
        by=by.user,
        by_name=by.name,
    )


def _refuse_own(by: Viewer, person: object, what: str, *, field: str = "") -> None:
    """Nobody eases their own requirements, not even the only manager of a place."""
    if by.person is not None and str(by.person) == str(person):
        raise Refusal(f"You cannot {what}. Ask another manager of this place, or an administrator", field=field)


def _refuse_unsaid(reason: str, authority: str) -> None:
    if not reason.strip():
        raise Refusal("Give the reason", field="reason")
    if not authority.strip():
        raise Refusal("Say on whose authority", field="authority")


def _refuse_days(eased: Eased, term: EngagementTerm) -> None:
    _refuse_unsaid(eased.reason, eased.authority)
    if eased.ends_on and eased.ends_on <= eased.starts_on:
        raise Refusal("The last day must not be before the first", field="last_on")
    begins_late = term.ends_on is not None and eased.starts_on >= term.ends_on
    ends_early = eased.ends_on is not None and term.starts_on is not None and eased.ends_on <= term.starts_on
    if begins_late or ends_early:
        raise Refusal("They do not work here on those days", field="first_on")


def _refuse_repeat(kind: AdjustmentKind, term: EngagementTerm, eased: Eased, of: Q) -> None:
    """Makes whoever else is adjusting this engagement wait, and refuses what is recorded already, day for day."""
    Engagement.objects.select_for_update().get(pk=term.engagement_id)
    same = Adjustment.objects.filter(
        of,
        kind=kind,
        engagement_id=term.engagement_id,
        starts_on=eased.starts_on,
        ends_on=eased.ends_on,
        withdrawal=None,
    )
    if same.exists():
        raise Refusal("That is recorded already, for the same days", field="first_on")
