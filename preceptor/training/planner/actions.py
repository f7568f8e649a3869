"""Every change to protected time. Dates are never edited: one that does not take place is called off."""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from preceptor.compliance.records.domain import RecordId
from preceptor.compliance.records.queries import record_by_id, records_of
from preceptor.foundation.access import Can, Viewer
from preceptor.foundation.actions import Refusal, action, concerning
from preceptor.foundation.dates import london_date
from preceptor.register.models import Organisation
from preceptor.register.organisations.domain import Kind, OrganisationId
from preceptor.register.organisations.queries import organisation_by_id

from .domain.times import MOST_TIMES, Done, NewTime, monthly
from .models import ProtectedDate, ProtectedDateCalledOff, RecordTime
from .queries import groups_offered, time_by_id, times_for_record

_FURTHEST = timedelta(days=800)


@action("protected-time.offered", may=Can.PLAN_WORK)
def offer_time(*, by: Viewer, at: datetime, organisation: OrganisationId, new: NewTime) -> int:
    """Offers protected time, each month on the same weekday if it repeats. Says how many dates there are.

    Refuses an end before the start, a day far away, a group there is not, and the same twice.
    """
    place = organisation_by_id(by.scope(Can.PLAN_WORK), organisation)
    if place.kind == Kind.HUB:
        raise Refusal("Only practices and networks offer protected time")
    if new.starts_at >= new.ends_at:
        raise Refusal("The end must be after the start", field="ends_at")
    if not new.covered_by.strip():
        raise Refusal("Say who covers", field="covered_by")
    if not 1 <= new.times <= MOST_TIMES:
        raise Refusal(f"Enter a number of months from 1 to {MOST_TIMES}", field="times")
    if not set(new.groups) <= {code for code, _ in groups_offered()}:
        raise Refusal("Choose groups from the list", field="groups")
    if abs(new.on - london_date(at)) > _FURTHEST:
        raise Refusal("The date must be within two years of today", field="on")
    Organisation.objects.select_for_update().get(pk=place.pk)  # two offers at once wait for each other
    days, series = monthly(new.on, new.times), uuid4()
    there = ProtectedDate.objects.filter(organisation=place, on__in=days, called_off=None)
    if there.filter(starts_at__lt=new.ends_at, ends_at__gt=new.starts_at).exists():
        raise Refusal("There is protected time at that hour already", field="on")
    ProtectedDate.objects.bulk_create(
        [
            ProtectedDate(
                organisation=place,
                series=series,
                on=day,
                starts_at=new.starts_at,
                ends_at=new.ends_at,
                covered_by=new.covered_by.strip(),
                where=new.where.strip(),
                groups=list(new.groups),
                recorded_at=at,
                by=by.user,
                by_name=by.name,
            )
            for day in days
        ]
    )
    return len(days)


@action("protected-time.called-off", may=Can.PLAN_WORK)
def call_off(*, by: Viewer, at: datetime, time: UUID, reason: str) -> None:
    """Says that protected time does not take place, and why. Refuses what took place before today."""
    ProtectedDate.objects.select_for_update().filter(pk=time).first()  # held: it is called off once
    found = time_by_id(by.scope(Can.PLAN_WORK), time)
    concerning(found.organisation)
    if found.called_off:
        raise Refusal("That is called off already")
    if found.on < london_date(at):
        raise Refusal("That is over")
    if not reason.strip():
        raise Refusal("Say why", field="reason")
    ProtectedDateCalledOff.objects.create(
        protected_date_id=found.id, reason=reason.strip(), at=at, by=by.user, by_name=by.name
    )


@action("record-time.said", may=Can.ADD_RECORD)
def say_time(*, by: Viewer, at: datetime, record: RecordId, done: Done, time: UUID | None = None) -> None:
    """Says when the training behind a record was done: one's own, or that of somebody one manages. The last word holds.

    Other records of the same thing on the same day are of the same time, and so it is said of them too. Refuses
    protected time that was not for them, or after the record.
    """
    scope = by.scope(Can.ADD_RECORD)
    entry = record_by_id(scope, record)
    if entry.withdrawn:
        raise Refusal("This record was withdrawn")
    if done is Done.PROTECTED and time not in {one.id for one in times_for_record(scope, entry.person, entry.on)}:
        raise Refusal("Choose protected time from the list", field="time")
    alike = {
        one.id
        for one in records_of(scope, entry.person)
        if (one.subject, one.on) == (entry.subject, entry.on) and not one.withdrawn
    }
    RecordTime.objects.bulk_create(
        [
            RecordTime(
                record_id=key,
                done=done.value,
                protected_date_id=time if done is Done.PROTECTED else None,
                at=at,
                by=by.user,
                by_name=by.name,
            )
            for key in sorted({entry.id, *alike}, key=str)
        ]
    )
