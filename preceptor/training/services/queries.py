"""Every read of services to patients. The judge says who is able; nothing derived is kept."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.http import Http404

from preceptor.compliance.requirements.queries.scopes import obliging
from preceptor.compliance.standing.queries import Loaded, load
from preceptor.foundation.access import Can, Scope, Viewer
from preceptor.foundation.dates import london_date
from preceptor.foundation.facts import holding, known
from preceptor.register.models import DigitalService, Organisation, ServiceOffered
from preceptor.register.organisations.domain import Kind
from preceptor.register.organisations.queries import digital_services, organisations_in
from preceptor.training.skills.domain import Framework, Level, Skill
from preceptor.training.skills.queries import able_at, framework_of, frameworks_at, latest_national

from .domain.content import Shipped, read_services
from .domain.desk import Asked, Desk
from .domain.readiness import Readiness, Roles, Somebody, asked_of, readiness
from .domain.terms import Basis, Offered, Product, Term
from .models import ServiceRoles, ServiceTerm, ServiceText

Asking: TypeAlias = Callable[[Viewer, UUID, Asked, date], Desk | None]

_FILE: Final = Path(settings.HOUSE) / "data" / "services" / "services.yaml"


@dataclass(frozen=True, slots=True)
class OwnText:
    """One version of a place's own words and links about a service."""

    number: int
    words: str
    links: tuple[tuple[str, str], ...]
    written_on: date
    by_name: str


@dataclass(frozen=True, slots=True)
class PlaceServices:
    """What one place of many offers, and who is able, by service."""

    code: str
    name: str
    offered: Mapping[str, Offered]
    ready: Mapping[str, Readiness]


_DESKS: Final[list[Asking]] = []


def asks_of_desks(asking: Asking) -> None:
    """Lets a room above say when somebody able to offer a service is on."""
    if asking not in _DESKS:
        _DESKS.append(asking)


def desk_of(viewer: Viewer, organisation: UUID, service: str, name: str, today: date) -> Desk | None:
    """When somebody able to offer a service is on in the weeks ahead; None for whoever may not see the rota."""
    scope = viewer.scope(Can.SEE_PRACTICE)
    if not _DESKS or not scope.holds(organisation):
        return None
    own, national = frameworks_at(scope, [organisation], today).get(organisation), _national()
    skills = _skills(service, own, national)
    roles = _roles(_chosen(scope, [organisation], today), own, organisation, service)
    asked = Asked(
        service=service,
        name=name,
        wanted={one: asked_of(one, skills, own or national) for one in roles.codes},
        everything=asked_of("", skills, None),
    )
    found = (asking(viewer, organisation, asked, today) for asking in _DESKS)
    return next((one for one in found if one is not None), None)


@cache
def shipped() -> dict[str, Shipped]:
    """What ships about each service, by its code. About nobody, so it takes no scope."""
    return {one.service: one for one in read_services(_FILE.read_text("utf-8"))}


def service_by_code(service: str) -> DigitalService:
    """A service we know. Another does not exist."""
    found = next((one for one in digital_services() if one.code == service), None)
    if found is None:
        raise Http404
    return found


def services_at(scope: Scope, organisation: UUID, on: date) -> dict[str, Offered]:
    """What a place offers, offered and will offer, by service and in order of name, as it stands on a day."""
    return _offered(obliging(scope, "organisation_id"), [organisation], on).get(organisation, {})


def roles_at(scope: Scope, organisation: UUID, service: str, on: date) -> Roles:
    """Who must be able to offer a service at a place on a day."""
    frameworks = frameworks_at(scope, [organisation], on)
    return _roles(_chosen(scope, [organisation], on), frameworks.get(organisation), organisation, service)


def able_people(scope: Scope, organisation: UUID, service: str, on: date) -> Readiness:
    """Who must be able to offer a service at a place on a day, and who is. Outside the scope there is nobody."""
    if not scope.holds(organisation):
        raise Http404
    return ready_at(scope, [organisation], on, services=[service])[organisation][service]


def ready_at(
    scope: Scope, organisations: Collection[UUID], on: date, *, services: Collection[str] | None = None
) -> dict[UUID, dict[str, Readiness]]:
    """Who must be able, and is, at each of these places, by service, in a number of queries that does not grow."""
    loaded = load(scope, organisations, on=on)
    frameworks = frameworks_at(scope, organisations, on)
    chosen, national = _chosen(scope, organisations, on), _national()
    wanted = list(shipped()) if services is None else list(services)
    found = {}
    for place, here in loaded.items():
        own = frameworks.get(place)
        roles = {one: _roles(chosen, own, place, one) for one in wanted}
        found[place] = _ready(here, own, national, roles, on)
    return found


def skills_of(scope: Scope, organisation: UUID, service: str, on: date) -> tuple[tuple[str, str], ...]:
    """The skills by which it is seen who is able to offer a service.

    What the place's framework leaves out has the name of the module it belongs to.
    """
    own, national = frameworks_at(scope, [organisation], on).get(organisation), _national()
    keys = shipped()[service].skills if service in shipped() else ()
    modules = {one.key: one.name for framework in (national, own) if framework for one in framework.modules}
    found = [(_skill(key, own, national), own is not None and own.skill(key) is not None) for key in keys]
    return tuple(
        (one.title, "" if is_own else modules.get(one.module, one.module)) for one, is_own in found if one is not None
    )


def follows_skills(scope: Scope, organisation: UUID, on: date) -> bool:
    """Does a place follow a framework of skills on a day?"""
    return organisation in frameworks_at(scope, [organisation], on)


def across(scope: Scope, on: date) -> list[PlaceServices]:
    """What each practice of a scope offers and how ready it is, by name, in a number of queries that does not grow."""
    places = [one for one in organisations_in(scope) if one.kind == Kind.PRACTICE]
    offered = _offered(Q(), [one.pk for one in places], on)
    ready = ready_at(scope, [one.pk for one in places], on)
    return [PlaceServices(one.code, one.name, offered.get(one.pk, {}), ready.get(one.pk, {})) for one in places]


def texts_of(scope: Scope, organisation: UUID, service: str) -> list[OwnText]:
    """A place's own words about a service, the newest first."""
    rows = ServiceText.objects.filter(
        obliging(scope, "organisation_id"), organisation_id=organisation, service_id=service
    )
    return [
        OwnText(row.number, row.words, links_of(row.links), london_date(row.at), row.by_name)
        for row in rows.order_by("-number", "pk")
    ]


def links_of(text: str) -> tuple[tuple[str, str], ...]:
    """Links as they are written, one a line: the address, then what it is called."""
    found = []
    for line in text.splitlines():
        address, _, title = line.strip().partition(" ")
        if address:
            found.append((title.strip() or address, address))
    return tuple(found)


def terms_believed(organisation: Organisation, service: str) -> list[ServiceTerm]:
    """The rows of what a service of a place runs on that are believed now, the earliest first."""
    rows = ServiceTerm.objects.filter(known(None), organisation=organisation, service_id=service)
    return list(rows.select_related("system").order_by("starts_on", "pk"))


def planned_at(organisation: Organisation, service: str, today: date) -> list[tuple[str, date]]:
    """What a service of a place will run on and from when, of all that is planned."""
    terms = map(as_term, terms_believed(organisation, service))
    return [(one.product.name, one.starts_on) for one in terms if one.starts_on > today]


def left_published(organisation: Organisation, service: str) -> list[UUID]:
    """The rollouts of changes of a service that were planned at a place and did not come to be."""
    rows = ServiceTerm.objects.filter(organisation=organisation, service_id=service).exclude(rollout=None)
    believed = set(rows.filter(known(None)).values_list("rollout_id", flat=True))
    told = rows.exclude(rollout_id__in=believed).order_by("rollout__at", "rollout_id")
    return list(dict.fromkeys(told.values_list("rollout_id", flat=True)))


def as_term(row: ServiceTerm) -> Term:
    """A row as a value."""
    name = row.system.name if row.system else row.product
    product = Product(row.system_id or "", name, Basis(row.basis), row.note)
    if row.starts_on is None:
        message = "a term begins on a day"
        raise ValueError(message)
    return Term(product, row.starts_on, row.ends_on, row.decided_by, row.different, row.rollout_id)


def _offered(where: Q, organisations: Collection[UUID], on: date) -> dict[UUID, dict[str, Offered]]:
    here = where & Q(organisation_id__in=list(organisations))
    terms: dict[tuple[UUID, str], list[Term]] = {}
    rows = ServiceTerm.objects.filter(known(None), here).select_related("system")
    for row in rows.order_by("starts_on", "pk"):
        terms.setdefault((row.organisation_id, row.service_id), []).append(as_term(row))
    found: dict[UUID, dict[str, Offered]] = {}
    periods = ServiceOffered.objects.filter(known(None), here).select_related("service")
    for one in periods.order_by("service__name", "starts_on", "pk"):
        held = terms.get((one.organisation_id, one.service_id), [])
        offered = Offered(one.service_id, one.service.name, one.starts_on, one.ends_on, tuple(held))
        before = found.setdefault(one.organisation_id, {}).get(one.service_id)
        if before is None or not before.holds(on):
            found[one.organisation_id][one.service_id] = offered
    return found


def _chosen(scope: Scope, organisations: Collection[UUID], on: date) -> dict[tuple[UUID, str], Roles]:
    rows = ServiceRoles.objects.filter(
        obliging(scope, "organisation_id"), known(None), holding(on), organisation_id__in=list(organisations)
    )
    return {
        (row.organisation_id, row.service_id): Roles(tuple(row.roles), (), row.reason, row.starts_on, row.by_name)
        for row in rows.order_by("starts_on", "pk")
    }


def _roles(
    chosen: Mapping[tuple[UUID, str], Roles], framework: Framework | None, organisation: UUID, service: str
) -> Roles:
    own = chosen.get((organisation, service))
    if own is not None:
        return own
    told = shipped().get(service)
    families = [one for one in framework.families if told and one.key in told.families] if framework else []
    return Roles(tuple(role for one in families for role in one.roles), tuple(one.name for one in families))


def _national() -> Framework | None:
    latest = latest_national()
    return framework_of(latest.id) if latest else None


def _skill(key: str, own: Framework | None, national: Framework | None) -> Skill | None:
    """A skill as the place describes it, or else as the national framework does."""
    return (own.skill(key) if own else None) or (national.skill(key) if national else None)


def _skills(service: str, own: Framework | None, national: Framework | None) -> list[Skill]:
    """The skills of a service that one of the frameworks has."""
    told = shipped().get(service)
    found = (_skill(key, own, national) for key in (told.skills if told else ()))
    return [one for one in found if one is not None]


def _ready(
    loaded: Loaded, own: Framework | None, national: Framework | None, roles: Mapping[str, Roles], on: date
) -> dict[str, Readiness]:
    skills = {service: _skills(service, own, national) for service in roles}
    every = {one.key: one for some in skills.values() for one in some}
    able = {level: able_at(loaded, list(every.values()), level, on) for level in (Level.AWARE, Level.CAN)}
    people = [
        Somebody(seat.person, seat.name, seat.sort_name, seat.role, seat.role_name) for seat in loaded.seats.values()
    ]
    found = {}
    for service, held in roles.items():
        asked = {role: asked_of(role, skills[service], own or national) for role in held.codes}
        found[service] = readiness(people, asked, able)
    return found
