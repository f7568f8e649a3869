"""What a pack version would do in each practice beneath, if the practice took it: figures only."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from preceptor.compliance.requirements.queries.rows import rule_of
from preceptor.compliance.requirements.queries.taking import Planned, planned
from preceptor.compliance.standing.domain.figures import Figures
from preceptor.compliance.standing.domain.trials import Trial
from preceptor.compliance.standing.queries import Loaded, Seat, load, loaded_of
from preceptor.foundation.access import Scope
from preceptor.register.organisations.domain import Kind, OrganisationId
from preceptor.register.organisations.models import Organisation
from preceptor.register.organisations.queries import beneath_today, organisations_in

from ..domain import Item, Line, lines_of
from ..domain.effects import Step, copied, figures, takes, tried
from ..models import PackAdoption
from .offered import items_of, own_pack, wanted_of
from .picture import ours_at, pictures


@dataclass(frozen=True, slots=True)
class Forecast:
    """What taking everything would do at one practice, by the day all of it holds; nothing, where nothing changes."""

    code: str
    name: str
    is_following: bool
    changes: int
    by: date | None
    figures: Figures | None


def practices_beneath(scope: Scope, organisation: UUID, today: date) -> list[Organisation]:
    """The practices and networks beneath an organisation today that are in the scope, by name."""
    below = beneath_today(OrganisationId(organisation), today)
    return [one for one in organisations_in(scope) if one.pk in below and one.kind in {Kind.PRACTICE, Kind.PCN}]


def forecasts(scope: Scope, organisation: UUID, items: Mapping[str, Item], today: date) -> list[Forecast]:
    """What a pack with these requirements would do in each practice beneath, in a fixed number of queries.

    As known now, by the judge that judges after it. Asked of whoever sees shares there: it holds no people.
    """
    places = practices_beneath(scope, organisation, today)
    lines = _lines(places, organisation, items)
    wanted = {one.pk: takes(lines[one.pk], today) for one in places}
    loaded = load(scope, [one.pk for one in places if wanted[one.pk]], skills=False)
    following = _following(places, organisation)
    found = []
    for place in places:
        taken = wanted[place.pk]
        here = loaded.get(place.pk)
        found.append(
            Forecast(
                code=place.code,
                name=place.name,
                is_following=place.pk in following,
                changes=len(taken),
                by=max((one.starts_on for one in taken), default=None),
                figures=_figures(here, taken) if here else None,
            )
        )
    return found


@dataclass(frozen=True, slots=True)
class Tried:
    """What taking changes would do at one place: the trial, what is taken, and who the people are."""

    trial: Trial
    taken: tuple[Step, ...]
    seats: Mapping[str, Seat]


@dataclass(frozen=True, slots=True)
class Adopting:
    """What adopting from a pack would do at a place, requirement by requirement; or why it cannot be done."""

    steps: tuple[Step, ...]
    problem: str


def adopting(
    scope: Scope, organisation: UUID, version: int, keys: Collection[str], starts_on: date, at: datetime
) -> Adopting:
    """What adopting some of what a version of a pack holds would do at a place, in the order of the pack.

    The plan is the one that adopting carries out. What the place changed itself, or has as it is, is no step.
    """
    plan = planned(scope, organisation, wanted_of(items_of([version])[version], keys), starts_on, at)
    return Adopting(
        tuple(_step(one) for one in plan if one.copies), next((one.problem for one in plan if one.problem), "")
    )


def _step(one: Planned) -> Step:
    held = one.held
    rules = tuple(rule for _, rule in one.copies)
    minutes = (held[-1].minutes or 0) if held else 0, one.copies[-1][0].minutes or 0
    before = tuple(rule_of(row) for row in held)
    return copied(one.template.title, str(one.own.pk) if one.own else one.template.key, before, rules, minutes)


def try_at(scope: Scope, organisation: UUID, taken: Sequence[Step]) -> Tried | None:
    """What taking changes would do to everyone a place engages, as known now; None where there is nothing to take."""
    loaded = loaded_of(scope, organisation, skills=False)
    found = trial_of(loaded, taken)
    return Tried(found, tuple(taken), loaded.seats) if found else None


def trial_of(loaded: Loaded, taken: Sequence[Step]) -> Trial | None:
    """What taking changes would do to everyone at one place, as known now."""
    return tried(loaded.world, loaded.organisation.code, taken)


def _figures(loaded: Loaded, taken: Sequence[Step]) -> Figures | None:
    found = trial_of(loaded, taken)
    return figures(found, taken) if found else None


def _lines(
    places: Sequence[Organisation], organisation: UUID, items: Mapping[str, Item]
) -> dict[UUID, tuple[Line, ...]]:
    """What there would be three ways at each place."""
    keys = [one.pk for one in places]
    pack = own_pack(Scope(frozenset({organisation})), organisation)
    if pack is None:
        return {place: lines_of(items, {}, ours, {}, everything_is_meant=True) for place, ours in ours_at(keys).items()}
    found = pictures({key: [pack] for key in keys}, instead=items)
    return {place: some[0].lines if some else () for place, some in found.items()}


def _following(places: Sequence[Organisation], organisation: UUID) -> frozenset[UUID]:
    rows = PackAdoption.objects.filter(pack__owner_id=organisation, organisation_id__in=[one.pk for one in places])
    return frozenset(rows.values_list("organisation_id", flat=True))
