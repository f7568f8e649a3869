"""What people need, as the judge itself says of a world without a single record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from preceptor.compliance.requirements.domain.versions import Version
from preceptor.compliance.standing.domain.cases import Prepared
from preceptor.compliance.standing.domain.days import as_date
from preceptor.compliance.standing.queries import load
from preceptor.foundation.access import EVERYWHERE
from preceptor.register.organisations.domain import Period


@dataclass(frozen=True, slots=True)
class Need:
    """A requirement somebody must meet: since when, until when (the first day it is over), and by which rules."""

    key: str
    since: date
    until: date | None
    versions: tuple[Version, ...]
    minutes: int


@dataclass(frozen=True, slots=True)
class Needs:
    """Everything one person must meet, wherever they work, and the days they were away."""

    person: UUID
    wanted: tuple[Need, ...]
    away: tuple[Period, ...]


def needs_of(organisations: Iterable[UUID]) -> dict[UUID, Needs]:
    """The needs of everyone ever engaged at these places, by person."""
    wanted: dict[UUID, dict[str, Need]] = defaultdict(dict)
    away: dict[UUID, list[Period]] = defaultdict(list)
    for loaded in load(EVERYWHERE, list(organisations)).values():
        prepared = Prepared(loaded.world, None)
        for engagement in prepared.engagements:
            person = loaded.seats[engagement].person
            seat = prepared.seat(engagement)
            away[person] += [Period(pause.starts_on, pause.ends_on) for pause in seat.pauses]
            for number, rule in prepared.rulebook.rules.items():
                days = prepared.case(seat, rule).required
                since = as_date(days[0]) if days else None
                if since:
                    asked = loaded.asked[number]
                    need = Need(asked.key, since, as_date(days[-1]), asked.rule.versions, asked.minutes or 30)
                    known = wanted[person].get(need.key)
                    wanted[person][need.key] = _both(known, need) if known else need
    return {person: Needs(person, _sorted(found), tuple(away[person])) for person, found in wanted.items()}


def _both(one: Need, other: Need) -> Need:
    """One need in place of the same at two places: the longer, by the rules that ask most often."""
    until = None if one.until is None or other.until is None else max(one.until, other.until)
    versions = max(one.versions, other.versions, key=len)
    return replace(one, since=min(one.since, other.since), until=until, versions=versions)


def _sorted(found: Mapping[str, Need]) -> tuple[Need, ...]:
    return tuple(found[key] for key in sorted(found))


def needs_both(needs: Sequence[Need], keys: tuple[str, str]) -> bool:
    """Does somebody need both of these?"""
    return set(keys) <= {need.key for need in needs}
