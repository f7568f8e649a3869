"""Offering a service, changing its supplier, who must be able to offer it, and a place’s own words about it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db.models import Max

from preceptor.foundation.access import Can, Viewer
from preceptor.foundation.actions import Refusal, action
from preceptor.foundation.dates import london_date
from preceptor.foundation.facts import known, supersede
from preceptor.register.models import ClinicalSystem, Organisation
from preceptor.register.organisations.actions import start_service, stop_service
from preceptor.register.organisations.domain import Kind, OrganisationId, Period
from preceptor.register.organisations.queries import organisation_by_id
from preceptor.register.people.queries import job_roles
from preceptor.training.rollouts.actions import discard_notice, draft_rollout, save_notice
from preceptor.training.rollouts.domain.notice import MOST_OF_A_TITLE, RolloutId, lines_of
from preceptor.training.rollouts.queries import drafts_of, is_published

from ..domain.terms import Change, Offered, Product, change
from ..models import ServiceRoles, ServiceTerm, ServiceText
from ..queries import as_term, links_of, roles_at, service_by_code, services_at, terms_believed

_LONGEST = 8000


@action("service.offered", may=Can.EDIT_SERVICES)
def offer_service(
    *,
    by: Viewer,
    at: datetime,
    organisation: OrganisationId,
    service: str,
    product: Product,
    starts_on: date,
    decided_by: str,
) -> None:
    """Says what a service runs on from a day on. What is not offered on that day is offered from then on.

    Refuses where that is said already for the day or later: there the supplier is changed.
    """
    place = _locked(by, organisation)
    offered = services_at(by.scope(Can.EDIT_SERVICES), place.pk, starts_on).get(_known(service))
    if any(row.ends_on is None or row.ends_on > starts_on for row in terms_believed(place, service)):
        raise Refusal("What this runs on is known for that day. Change the supplier instead", field="starts_on")
    if offered is None or not offered.holds(starts_on):
        start_service(by=by, at=at, organisation=organisation, service=service, period=Period(starts_on))
    _write(by, at, place, service, product, starts_on, None, decided_by)


@action("service-supplier.changed", may=Can.EDIT_SERVICES)
def change_supplier(
    *,
    by: Viewer,
    at: datetime,
    organisation: OrganisationId,
    service: str,
    product: Product,
    starts_on: date,
    decided_by: str,
    different: str,
) -> Changed:
    """Ends what a service runs on, and begins another on one day. What was agreed for the days before stays.

    Begins a rollout as a draft, for those who must be able to offer the service; not of what is long past. A planned
    change that moves to another day takes its draft along. The draft of one that does not come to be is put away.
    """
    place, scope = _locked(by, organisation), by.scope(Can.EDIT_SERVICES)
    if not different.strip():
        raise Refusal("Say what is different for colleagues", field="different")
    offered = services_at(scope, place.pk, starts_on).get(_known(service))
    if offered is None or not offered.holds(starts_on):
        raise Refusal("This service is not offered on that day", field="starts_on")
    _refuse_unknown(product, decided_by)
    rows = {as_term(row): row for row in terms_believed(place, service)}
    done = change(list(rows), product, starts_on, london_date(at))
    if done is None:
        raise Refusal("It runs on that already on that day", field="system")
    if done.moved is not None and not product.system:
        product = replace(product, name=done.moved.product.name)  # as it was written first
    kept = _settle(by, at, organisation, done, starts_on, different)
    for one in (*done.replaced, *([done.before] if done.before else [])):
        supersede(ServiceTerm.objects.filter(pk=rows[one].pk), at)
    last = done.ends_on or offered.ends_on
    if done.before is not None:
        _again(rows[done.before], at, last if done.is_called_off else starts_on)
    if done.is_called_off:
        return kept
    if done.is_told and kept.carried is None:
        begun = _begin(by, at, organisation, offered, product, starts_on, different)
        kept = replace(kept, draft=begun, carried=begun, is_new=True)
    _write(by, at, place, service, product, starts_on, last, decided_by, different, kept.carried)
    return kept


@action("service-supplier.called-off", may=Can.EDIT_SERVICES)
def call_off_change(*, by: Viewer, at: datetime, organisation: OrganisationId, service: str) -> Changed:
    """Calls off every change of supplier that is planned: what runs today goes on. Drafts about them are put away."""
    place, today = _locked(by, organisation), london_date(at)
    offered = services_at(by.scope(Can.EDIT_SERVICES), place.pk, today).get(_known(service))
    rows = {as_term(row): row for row in terms_believed(place, service)}
    planned = tuple(one for one in rows if one.starts_on > today)
    running = next((one for one in rows if one.holds(today)), None)
    if offered is None or not planned:
        raise Refusal("No change is planned")
    if running is None:
        raise Refusal("Nothing runs before it. Stop offering the service, or change the supplier")
    done = Change(running, planned, None, None, is_called_off=True, is_told=False)
    settled = _settle(by, at, organisation, done, today)
    for one in (*planned, running):
        supersede(ServiceTerm.objects.filter(pk=rows[one].pk), at)
    _again(rows[running], at, offered.ends_on)
    return settled


@dataclass(frozen=True, slots=True)
class Changed:
    """What became of what people are told by: the draft to go on with, and whether it is new.

    `put_away` are the titles of drafts of changes that do not come to be. What is `published` still says what was
    planned; with `is_moved` it is of the change that comes on another day.
    `carried` is what tells of the new change, if anything does.
    """

    draft: RolloutId | None = None
    is_new: bool = False
    put_away: tuple[str, ...] = ()
    published: RolloutId | None = None
    is_moved: bool = False
    carried: RolloutId | None = None
    is_called_off: bool = False


@action("service.withdrawn", may=Can.EDIT_SERVICES)
def stop_offering(*, by: Viewer, at: datetime, organisation: OrganisationId, service: str, ends_on: date) -> Changed:
    """Stops offering a service: the last day is the day before `ends_on`. Drafts of later changes are put away."""
    place = _locked(by, organisation)
    stop_service(by=by, at=at, organisation=organisation, service=_known(service), ends_on=ends_on)
    never = tuple(one for one in map(as_term, terms_believed(place, service)) if one.starts_on >= ends_on)
    settled = _settle(by, at, organisation, Change(None, never, None, None, is_called_off=True, is_told=False), ends_on)
    for row in terms_believed(place, service):
        if row.starts_on is not None and (row.ends_on is None or row.ends_on > ends_on):
            supersede(ServiceTerm.objects.filter(pk=row.pk), at)
            if row.starts_on < ends_on:
                _again(row, at, ends_on)
    return settled


@action("service-roles.chosen", may=Can.EDIT_SERVICES)
def choose_roles(
    *, by: Viewer, at: datetime, organisation: OrganisationId, service: str, roles: tuple[str, ...], reason: str
) -> None:
    """Says who must be able to offer a service at a place from today on, and why. What held before stays known."""
    place, today = _locked(by, organisation), london_date(at)
    service = _known(service)
    if not roles or not set(roles) <= {one.code for one in job_roles()}:
        raise Refusal("Choose at least one role from the list", field="roles")
    if not reason.strip():
        raise Refusal("Say why", field="reason")
    rows = ServiceRoles.objects.filter(known(None), organisation=place, service_id=service, ends_on=None)
    for row in rows.order_by("pk"):
        supersede(ServiceRoles.objects.filter(pk=row.pk), at)
        if row.starts_on is not None and row.starts_on < today:
            ServiceRoles.objects.create(
                organisation=place,
                service_id=service,
                roles=row.roles,
                reason=row.reason,
                starts_on=row.starts_on,
                ends_on=today,
                recorded_at=at,
                by=row.by,
                by_name=row.by_name,
            )
    ServiceRoles.objects.create(
        organisation=place,
        service_id=service,
        roles=list(roles),
        reason=reason.strip(),
        starts_on=today,
        recorded_at=at,
        by=by.user,
        by_name=by.name,
    )


@action("service-text.written", may=Can.EDIT_SERVICES)
def write_text(*, by: Viewer, at: datetime, organisation: OrganisationId, service: str, words: str, links: str) -> int:
    """Writes the next version of a place's own words and links about a service. Says its number."""
    place = _locked(by, organisation)
    service, words, links = _known(service), words.strip(), links.strip()
    if len(words) > _LONGEST or len(links) > _LONGEST:
        raise Refusal(f"Write at most {_LONGEST:,} characters", field="words")
    if any(not address.startswith("https://") for _, address in links_of(links)):
        raise Refusal("Begin each line with an address that starts with https://", field="links")
    rows = ServiceText.objects.filter(organisation=place, service_id=service)
    last = rows.order_by("-number").first()
    if (words, links) == ((last.words, last.links) if last else ("", "")):
        raise Refusal("Nothing is different", field="words")
    number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    ServiceText.objects.create(
        organisation=place,
        service_id=service,
        number=number,
        words=words,
        links=links,
        sha256=hashlib.sha256(f"{words}\n\n{links}".encode()).hexdigest(),
        at=at,
        by=by.user,
        by_name=by.name,
    )
    return int(number)


def _settle(
    by: Viewer, at: datetime, organisation: OrganisationId, done: Change, starts_on: date, different: str = ""
) -> Changed:
    """What becomes of the drafts and notices about planned changes that move or do not come to be."""
    kept = Changed(is_called_off=done.is_called_off)
    drafts = {one.id: one for one in drafts_of(by.scope(Can.EDIT_ROLLOUTS), organisation)}
    for one in done.replaced:
        if one.rollout is None:
            continue
        rollout, moves = RolloutId(one.rollout), one is done.moved and done.is_told
        draft = drafts.get(rollout)
        if draft is None or draft.earlier:
            if is_published(rollout):
                kept = replace(kept, published=rollout, is_moved=moves, carried=rollout if moves else kept.carried)
        elif moves:
            notice = replace(draft.notice, goes_live_on=starts_on)
            if notice.different == lines_of(one.different):  # nobody has changed these words since
                notice = replace(notice, different=lines_of(different))
            save_notice(by=by, at=at, rollout=rollout, revision=draft.revision, notice=notice)
            kept = replace(kept, draft=rollout, carried=rollout)
        else:
            discard_notice(by=by, at=at, rollout=rollout, revision=draft.revision)
            kept = replace(kept, put_away=(*kept.put_away, draft.notice.title))
    return kept


def _begin(
    by: Viewer,
    at: datetime,
    organisation: OrganisationId,
    offered: Offered,
    product: Product,
    starts_on: date,
    different: str,
) -> RolloutId:
    """Begins to tell those who must be able to offer a service of its change."""
    system = ClinicalSystem.objects.filter(pk=product.system).first()
    roles = roles_at(by.scope(Can.EDIT_SERVICES), organisation, offered.service, starts_on).codes
    return draft_rollout(
        by=by,
        at=at,
        organisation=organisation,
        title=f"{offered.name} moves to {system.name if system else product.name}"[:MOST_OF_A_TITLE],
        system=system.code if system else "",
        product="" if system else product.name,
        goes_live_on=starts_on,
        different=different,
        audience={"role": list(roles)} if roles else None,
    )


def _write(
    by: Viewer,
    at: datetime,
    place: Organisation,
    service: str,
    product: Product,
    starts_on: date,
    ends_on: date | None,
    decided_by: str,
    different: str = "",
    rollout: RolloutId | None = None,
) -> None:
    _refuse_unknown(product, decided_by)
    ServiceTerm.objects.create(
        organisation=place,
        service_id=service,
        system_id=product.system or None,
        product="" if product.system else product.name.strip(),
        basis=product.basis.value,
        note=product.note.strip(),
        decided_by=decided_by.strip(),
        different=different.strip(),
        rollout_id=rollout,
        starts_on=starts_on,
        ends_on=ends_on,
        recorded_at=at,
        by=by.user,
        by_name=by.name,
    )


def _refuse_unknown(product: Product, decided_by: str) -> None:
    if product.system and not ClinicalSystem.objects.filter(code=product.system).exists():
        raise Refusal("Choose a system from the list", field="system")
    if not product.system and not product.name.strip():
        raise Refusal("Say which product it is", field="product")
    if not decided_by.strip():
        raise Refusal("Say who decided this", field="decided_by")


def _again(row: ServiceTerm, at: datetime, ends_on: date | None) -> None:
    """The same term, believed from now on to end on a day, or on none."""
    ServiceTerm.objects.create(
        organisation_id=row.organisation_id,
        service_id=row.service_id,
        system_id=row.system_id,
        product=row.product,
        basis=row.basis,
        note=row.note,
        decided_by=row.decided_by,
        different=row.different,
        rollout_id=row.rollout_id,
        starts_on=row.starts_on,
        ends_on=ends_on,
        recorded_at=at,
        by=row.by,
        by_name=row.by_name,
    )


def _known(service: str) -> str:
    return service_by_code(service).code


def _locked(by: Viewer, organisation: OrganisationId) -> Organisation:
    """The practice, held until the action is over, so that two changes at once cannot both be the next."""
    place = organisation_by_id(by.scope(Can.EDIT_SERVICES), organisation)
    if place.kind != Kind.PRACTICE:
        raise Refusal("Only practices offer services to patients")
    return Organisation.objects.select_for_update().get(pk=place.pk)
