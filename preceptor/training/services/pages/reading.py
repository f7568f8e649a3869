"""What the pages that show services do: those of a practice, one of them, and many practices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum
from typing import ClassVar, Final

from django.urls import reverse

from preceptor.ui.pages import Link, Page
from preceptor.ui.words import count, day, full_day, inside, listed

from ..domain.content import Shipped
from ..domain.desk import Desk
from ..domain.readiness import Able, Readiness, Roles
from ..domain.terms import BASIS_WORDS, Offered, Term
from ..queries import OwnText, PlaceServices

_GAPS: Final = 10  # days without anybody able that are listed


class Sees(Enum):
    """How much of who is able somebody sees."""

    NAMES = "names"
    FIGURES = "figures"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Share:
    """How many are able, of those who must be. Not shown where there are too few."""

    able: int
    of: int
    is_shown: bool


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service of a practice."""

    title: str
    href: str
    supplier: str
    change: str
    share: Share | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicesPage(Page):
    """What a practice offers its patients."""

    template: ClassVar[str] = "services/services.jinja"

    code: str
    rows: tuple[ServiceRow, ...]
    others: tuple[Link, ...]
    manages: bool
    is_practice: bool
    across_href: str


@dataclass(frozen=True, slots=True)
class PersonRow:
    """Somebody who must be able."""

    name: str
    role: str
    is_able: bool
    figure: str
    missing: str
    href: str


@dataclass(frozen=True, slots=True)
class TextRow:
    """An earlier version of a practice's own words."""

    title: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePage(Page):
    """One service of a practice."""

    template: ClassVar[str] = "services/service.jinja"

    code: str
    service: str
    state: str
    is_offered: bool
    may_be_offered: bool
    facts: tuple[tuple[str, str], ...]
    earlier: tuple[str, ...]
    say: tuple[str, ...]
    hand_out: tuple[str, ...]
    look_out: tuple[str, ...]
    own_words: str
    own_links: tuple[tuple[str, str], ...]
    own_meta: str
    versions: tuple[TextRow, ...]
    must: str
    why: str
    share: Share | None
    people: tuple[PersonRow, ...]
    skills: tuple[tuple[str, str], ...]
    modules: str
    follows: bool
    says_supplier: bool
    is_planned: bool
    desk: Desk | None
    desk_gaps: tuple[str, ...]
    may_edit: bool
    notices: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """One service at one practice."""

    is_offered: bool
    supplier: str
    share: Share


@dataclass(frozen=True, slots=True)
class PracticeRow:
    """A practice with its services, in the order of the columns."""

    name: str
    href: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AcrossPage(Page):
    """Services across practices."""

    template: ClassVar[str] = "services/across.jinja"
    reading: ClassVar[bool] = False

    services: tuple[str, ...]
    rows: tuple[PracticeRow, ...]


def services_page(
    code: str,
    offered: Mapping[str, Offered],
    every: Mapping[str, str],
    ready: Mapping[str, Readiness],
    today: date,
    *,
    sees: Sees,
    may_edit: bool,
    is_practice: bool,
    across_href: str,
) -> ServicesPage:
    """What a practice offers on a day, and what it does not."""
    rows = [
        ServiceRow(
            title=one.name,
            href=reverse("services:service", args=[code, one.service]),
            supplier=_supplier(one, today),
            change=_change(one, today),
            share=_share(ready.get(one.service), sees),
        )
        for one in offered.values()
        if one.holds(today) or (one.starts_on is not None and one.starts_on > today)
    ]
    shown = {one.href for one in rows}
    others = [Link(name, reverse("services:service", args=[code, key])) for key, name in every.items()]
    return ServicesPage(
        title="Services to patients",
        code=code,
        rows=tuple(rows),
        others=tuple(one for one in others if one.href not in shown),
        manages=may_edit,
        is_practice=is_practice,
        across_href=across_href,
    )


def service_page(
    code: str,
    service: str,
    name: str,
    offered: Offered | None,
    told: Shipped | None,
    texts: Sequence[OwnText],
    roles: Roles,
    role_names: Mapping[str, str],
    ready: Readiness | None,
    skills: Sequence[tuple[str, str]],
    desk: Desk | None,
    today: date,
    *,
    sees: Sees,
    may_edit: bool,
    follows: bool,
    notices: tuple[Link, ...],
) -> ServicePage:
    """One service of a practice on a day."""
    own = texts[0] if texts else None
    term = offered.term(today) if offered else None
    past = [one for one in offered.terms if one is not term and one.starts_on <= today] if offered else []
    return ServicePage(
        title=name,
        back=Link("Services to patients", reverse("services:services", args=[code])),
        code=code,
        service=service,
        state=_state(offered, today),
        is_offered=offered is not None and offered.holds(today),
        may_be_offered=offered is None or (offered.ends_on is not None and offered.ends_on <= today),
        facts=_facts(offered, term, today),
        earlier=tuple(_term(one) for one in reversed(past)),
        say=told.say if told else (),
        hand_out=told.hand_out if told else (),
        look_out=told.look_out if told else (),
        own_words=own.words if own else "",
        own_links=own.links if own else (),
        own_meta=f"Version {own.number}, {own.by_name} on {day(own.written_on)}" if own else "",
        versions=tuple(
            TextRow(f"Version {one.number}, {one.by_name} on {day(one.written_on)}", one.words) for one in texts[1:]
        ),
        must=_must(roles, role_names),
        why=f"{roles.by_name} chose this on {day(roles.since)}: {roles.reason}" if roles.is_own else "",
        share=_share(ready, sees),
        people=tuple(_person(code, one) for one in ready.people) if ready and sees is Sees.NAMES else (),
        skills=tuple(skills),
        modules=listed([f"“{one}”" for one in dict.fromkeys(module for _, module in skills if module)]),
        follows=follows,
        says_supplier=offered is not None and bool(offered.terms),
        is_planned=offered is not None and term is not None and offered.next_term(today) is not None,
        desk=desk,
        desk_gaps=tuple(f"{full_day(one.day)}: {listed(one.sessions)}" for one in desk.gaps[:_GAPS]) if desk else (),
        may_edit=may_edit,
        notices=notices,
    )


def across_page(places: Sequence[PlaceServices], names: Mapping[str, str], today: date) -> AcrossPage:
    """Practices and services as a table, in figures."""
    return AcrossPage(
        title="Services to patients across practices",
        services=tuple(names.values()),
        rows=tuple(
            PracticeRow(
                name=one.name,
                href=reverse("services:services", args=[one.code]),
                cells=tuple(_cell(one, key, today) for key in names),
            )
            for one in places
        ),
    )


def _cell(place: PlaceServices, service: str, today: date) -> Cell:
    offered = place.offered.get(service)
    ready = place.ready.get(service, Readiness(()))
    is_offered = offered is not None and offered.holds(today)
    term = offered.term(today) if offered else None
    return Cell(is_offered, term.product.name if term else "", Share(ready.able, ready.of, ready.is_shown_above))


def _share(ready: Readiness | None, sees: Sees) -> Share | None:
    if ready is None or sees is Sees.NOTHING or not ready.of:
        return None
    return Share(ready.able, ready.of, sees is Sees.NAMES or ready.is_shown_above)


def _person(code: str, able: Able) -> PersonRow:
    return PersonRow(
        name=able.who.name,
        role=able.who.role_name,
        is_able=able.is_able,
        figure=f"{able.done} of {count(able.of, 'skill')}",
        missing=listed([inside(one) for one in able.missing]) if able.done else "",
        href=reverse("skills:person", args=[code, able.who.person]),
    )


def _must(roles: Roles, names: Mapping[str, str]) -> str:
    words = [inside(one) for one in roles.groups] or [inside(names[one]) for one in roles.codes if one in names]
    told = listed(words) or "nobody in particular"
    return f"{told[:1].upper()}{told[1:]}"


def _state(offered: Offered | None, today: date) -> str:
    if offered is None:
        return "Not offered here."
    if offered.holds(today):
        until = f", until {day(offered.ends_on - timedelta(days=1))}" if offered.ends_on else ""
        since = f" since {day(offered.starts_on)}" if offered.starts_on else ""
        return f"Offered{since}{until}."
    if offered.starts_on is not None and offered.starts_on > today:
        return f"Offered from {day(offered.starts_on)}."
    return f"Not offered any more, since {day(offered.ends_on)}."


def _facts(offered: Offered | None, term: Term | None, today: date) -> tuple[tuple[str, str], ...]:
    if offered is None:
        return ()
    change, coming = _change(offered, today), offered.next_term(today)
    if term is None and not offered.holds(today) and coming:
        facts = [("Will run on", change), ("Decided by", coming.decided_by)]
        return (*facts, ("Contract", BASIS_WORDS[coming.product.basis]))
    if term is None:
        facts = [("Runs on", "Nobody has said yet")]
    else:
        facts = [
            ("Runs on", f"{term.product.name}, since {day(term.starts_on)}"),
            ("Contract", f"{BASIS_WORDS[term.product.basis]}{f'. {term.product.note}' if term.product.note else ''}"),
            ("Decided by", term.decided_by),
        ]
    if change and coming:
        facts += [("Changes to", change), *([("What is different", coming.different)] if coming.different else [])]
    return tuple(facts)


def _supplier(offered: Offered, today: date) -> str:
    term = offered.term(today)
    if term is None:
        return _state(offered, today) if not offered.holds(today) else "Nobody has said what it runs on"
    return f"{term.product.name}. {BASIS_WORDS[term.product.basis]}, since {day(term.starts_on)}"


def _change(offered: Offered, today: date) -> str:
    coming = offered.next_term(today)
    return f"{coming.product.name} from {day(coming.starts_on)}" if coming else ""


def _term(term: Term) -> str:
    ends = f" to {day(term.ends_on - timedelta(days=1))}" if term.ends_on else ""
    return f"{term.product.name}, {day(term.starts_on)}{ends}. {BASIS_WORDS[term.product.basis]}"
