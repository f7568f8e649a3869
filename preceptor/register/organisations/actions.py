"""Every change to organisations."""

from __future__ import annotations

from datetime import date, datetime

from preceptor.foundation.access import EVERYWHERE, Can, Viewer
from preceptor.foundation.actions import Refusal, action
from preceptor.foundation.facts import known, supersede

from .domain import Above, Kind, NewOrganisation, NotAllowedError, OrganisationId, Period, refuse_parent
from .models import ClinicalSystem, DigitalService, Organisation, Parent, ServiceOffered, SystemUsed
from .queries import organisation_by_id, relations


@action("organisation.added", may=Can.CREATE_ORGANISATIONS)
def add_organisation(*, by: Viewer, at: datetime, new: NewOrganisation) -> OrganisationId:
    """Adds an organisation. Refuses a code that is already taken."""
    if Organisation.objects.filter(code=new.code).exists():
        raise Refusal(f"{new.code} is already in the register", field="code")
    row = Organisation.objects.create(
        code=new.code, name=new.name, kind=new.kind, opened_on=new.opened_on, closed_on=new.closed_on
    )
    return OrganisationId(row.pk)


@action("organisation.renamed", may=Can.EDIT_ORGANISATIONS)
def rename_organisation(*, by: Viewer, at: datetime, organisation: OrganisationId, name: str) -> None:
    """Gives an organisation another name. Nothing refers to the name, so no standing changes."""
    row = organisation_by_id(by.scope(Can.EDIT_ORGANISATIONS), organisation)
    if not name.strip():
        raise Refusal("Enter the organisation’s name", field="name")
    Organisation.objects.filter(pk=row.pk).update(name=name.strip())


@action("parent.added", may=Can.CREATE_ORGANISATIONS)
def add_parent(
    *, by: Viewer, at: datetime, organisation: OrganisationId, parent: OrganisationId, period: Period
) -> None:
    """Puts one organisation above another for a while. Refuses a circle and a second parent of one kind on one day."""
    child = organisation_by_id(by.scope(Can.CREATE_ORGANISATIONS), organisation)
    above = organisation_by_id(by.scope(Can.CREATE_ORGANISATIONS), parent)
    new = Above(OrganisationId(child.pk), OrganisationId(above.pk), Kind(above.kind), period)
    try:
        refuse_parent(Kind(child.kind), new, relations(EVERYWHERE))
    except NotAllowedError as refused:
        raise Refusal(str(refused), field="parent") from refused
    Parent.objects.create(child=child, parent=above, starts_on=period.starts_on, ends_on=period.ends_on, recorded_at=at)


@action("parent.ended", may=Can.CREATE_ORGANISATIONS)
def end_parent(
    *, by: Viewer, at: datetime, organisation: OrganisationId, parent: OrganisationId, ends_on: date
) -> None:
    """Ends a relation on a day: its last day is the day before. What was believed before is kept."""
    child = organisation_by_id(by.scope(Can.CREATE_ORGANISATIONS), organisation)
    row = Parent.objects.filter(known(None), child=child, parent_id=parent, ends_on=None).first()
    if row is None:
        raise Refusal("It does not belong there now")
    if row.starts_on and ends_on <= row.starts_on:
        raise Refusal("The last day must not be before the first", field="ends_on")
    supersede(Parent.objects.filter(pk=row.pk), at)
    Parent.objects.create(child=child, parent_id=parent, starts_on=row.starts_on, ends_on=ends_on, recorded_at=at)


@action("system.started", may=Can.EDIT_ORGANISATIONS)
def start_system(*, by: Viewer, at: datetime, organisation: OrganisationId, system: str, period: Period) -> None:
    """Says that an organisation uses a clinical system for a while. Refuses days on which it is already in use."""
    row = organisation_by_id(by.scope(Can.EDIT_ORGANISATIONS), organisation)
    if not ClinicalSystem.objects.filter(code=system).exists():
        raise Refusal("Choose a system from the list", field="system")
    existing = SystemUsed.objects.filter(known(None), organisation=row, system_id=system)
    if any(Period(one.starts_on, one.ends_on).meets(period) for one in existing):
        raise Refusal("That system is already in use on some of those days", field="system")
    SystemUsed.objects.create(
        organisation=row, system_id=system, starts_on=period.starts_on, ends_on=period.ends_on, recorded_at=at
    )


@action("system.stopped", may=Can.EDIT_ORGANISATIONS)
def stop_system(*, by: Viewer, at: datetime, organisation: OrganisationId, system: str, ends_on: date) -> None:
    """Ends the use of a clinical system: the last day is the day before `ends_on`. What was believed before is kept."""
    row = organisation_by_id(by.scope(Can.EDIT_ORGANISATIONS), organisation)
    used = SystemUsed.objects.filter(known(None), organisation=row, system_id=system, ends_on=None).first()
    if used is None:
        raise Refusal("That system is not in use")
    _refuse_backwards(used.starts_on, ends_on)
    supersede(SystemUsed.objects.filter(pk=used.pk), at)
    SystemUsed.objects.create(
        organisation=row, system_id=system, starts_on=used.starts_on, ends_on=ends_on, recorded_at=at
    )


@action("service.started", may=Can.EDIT_ORGANISATIONS)
def start_service(*, by: Viewer, at: datetime, organisation: OrganisationId, service: str, period: Period) -> None:
    """Says that an organisation offers a digital service for a while. Refuses days on which it already does."""
    row = organisation_by_id(by.scope(Can.EDIT_ORGANISATIONS), organisation)
    if not DigitalService.objects.filter(code=service).exists():
        raise Refusal("Choose a service from the list", field="service")
    existing = ServiceOffered.objects.filter(known(None), organisation=row, service_id=service)
    if any(Period(one.starts_on, one.ends_on).meets(period) for one in existing):
        raise Refusal("That service is already offered on some of those days", field="service")
    ServiceOffered.objects.create(
        organisation=row, service_id=service, starts_on=period.starts_on, ends_on=period.ends_on, recorded_at=at
    )


@action("service.stopped", may=Can.EDIT_ORGANISATIONS)
def stop_service(*, by: Viewer, at: datetime, organisation: OrganisationId, service: str, ends_on: date) -> None:
    """Ends a digital service: the last day is the day before `ends_on`. What was believed before is kept."""
    row = organisation_by_id(by.scope(Can.EDIT_ORGANISATIONS), organisation)
    offered = ServiceOffered.objects.filter(known(None), organisation=row, service_id=service, ends_on=None).first()
    if offered is None:
        raise Refusal("That service is not offered")
    _refuse_backwards(offered.starts_on, ends_on)
    supersede(ServiceOffered.objects.filter(pk=offered.pk), at)
    ServiceOffered.objects.create(
        organisation=row, service_id=service, starts_on=offered.starts_on, ends_on=ends_on, recorded_at=at
    )


@action("organisations-list.loaded", may=Can.LOAD_CATALOGUE)
def load_organisations(*, by: Viewer, at: datetime, organisations: list[NewOrganisation]) -> int:
    """Makes the register hold these organisations, with the days they exist. Says how many it added or changed."""
    held = {row.code: row for row in Organisation.objects.filter(code__in=[one.code for one in organisations])}
    changed = 0
    for one in organisations:
        wanted = {"name": one.name, "kind": one.kind, "opened_on": one.opened_on, "closed_on": one.closed_on}
        row = held.get(one.code)
        if row is None or any(getattr(row, name) != value for name, value in wanted.items()):
            Organisation.objects.update_or_create(code=one.code, defaults=wanted)
            changed += 1
    return changed


@action("systems-list.loaded", may=Can.LOAD_CATALOGUE)
def load_systems(*, by: Viewer, at: datetime, systems: list[tuple[str, str, str, str]]) -> int:
    """Makes the list of clinical systems hold these (code, name, supplier, use). Says how many it added or changed."""
    changed = 0
    for code, name, supplier, use in systems:
        wanted = {"name": name, "supplier": supplier, "use": use}
        if not ClinicalSystem.objects.filter(code=code, **wanted).exists():
            ClinicalSystem.objects.update_or_create(code=code, defaults=wanted)
            changed += 1
    return changed


@action("services-list.loaded", may=Can.LOAD_CATALOGUE)
def load_services(*, by: Viewer, at: datetime, services: list[tuple[str, str]]) -> int:
    """Makes the list of digital services hold these (code, name). Says how many it added or changed."""
    changed = 0
    for code, name in services:
        if not DigitalService.objects.filter(code=code, name=name).exists():
            DigitalService.objects.update_or_create(code=code, defaults={"name": name})
            changed += 1
    return changed


def _refuse_backwards(starts_on: date | None, ends_on: date) -> None:
    if starts_on and ends_on <= starts_on:
        raise Refusal("The last day must not be before the first", field="last_on")
