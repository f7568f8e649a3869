"""Who follows a pack, which version they are on, what waits there, and which reasons recur. Never people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from preceptor.foundation.access import Scope
from preceptor.register.models import Person

from ..domain import Answer, PackAt, PackNamed
from ..domain.reasons import Given
from .picture import pack_at_places
from .trying import practices_beneath

_GIVEN = frozenset({Answer.LEFT, Answer.DECLINED})


@dataclass(frozen=True, slots=True)
class PlaceOn:
    """One practice beneath: which version it is on, how many changes wait, were put off, left and declined there.

    `by_law` is what a law asks for and it declined, each with why the law does not apply there.
    """

    code: str
    name: str
    on_version: int | None
    waiting: int
    put_off: int
    left: int
    declined: int
    by_law: tuple[tuple[str, str], ...]
    reasons: tuple[Given, ...]


def places_on(scope: Scope, pack: PackNamed, today: date) -> list[PlaceOn]:
    """Every practice in the scope beneath a pack's owner, by name, in a fixed number of queries."""
    if pack.owner is None:
        return []
    places = practices_beneath(scope, pack.owner, today)
    found = pack_at_places(pack, [one.pk for one in places], today)
    return [_place(one.code, one.name, found.get(one.pk)) for one in places]


def names_known(scope: Scope, pack: PackNamed, today: date) -> frozenset[str]:
    """The names of everybody ever engaged at a pack's owner and beneath, so that they can be kept out of what is told.

    They are for nobody to read. Outside the scope there are none, and nothing is told of it either.
    """
    if pack.owner is None:
        return frozenset()
    places = [pack.owner, *(one.pk for one in practices_beneath(scope, pack.owner, today))]
    rows = Person.objects.filter(engagements__organisation_id__in=places)
    return frozenset(name for names in rows.values_list("given_name", "family_name") for name in names)


def _place(code: str, name: str, at: PackAt | None) -> PlaceOn:
    if at is None or at.adopted is None:
        return PlaceOn(code, name, None, 0, 0, 0, 0, (), ())
    said = [(line, line.answered) for line in at.lines if line.answered]
    put_off = {line.key for line, one in said if one.answer is Answer.LATER}
    return PlaceOn(
        code=code,
        name=name,
        on_version=at.on_version,
        waiting=len(at.waiting),
        put_off=sum(line.key in put_off for line in at.waiting),
        left=sum(one.answer is Answer.LEFT for _, one in said),
        declined=len(at.declined),
        by_law=tuple((line.title, line.legal_reason) for line in at.declined if line.legal_reason),
        reasons=tuple(
            Given(code, line.key, line.title, one.answer, one.reason) for line, one in said if one.answer in _GIVEN
        ),
    )
