"""A hub's pack in its versions, for the tests of packs."""

from datetime import date
from typing import Final

from preceptor.compliance.packs.actions import (
    adopt,
    offer_change,
    publish_pack,
    take_change,
)
from preceptor.compliance.packs.actions.offering import Changed
from preceptor.compliance.packs.domain import PackId, PackNamed
from preceptor.compliance.packs.queries import (
    own_pack,
)
from preceptor.compliance.requirements.domain.transitions import AtOnce, AtRenewal
from preceptor.foundation.access import EVERYWHERE, Scope
from preceptor.register.organisations.domain import OrganisationId
from tests.cast import Member
from tests.rooms.workplace import Workplace

NEXT_YEAR: Final = date(2028, 1, 1)
KEYS: Final = ("fire-safety", "data-security", "equality-diversity")
DECIDED: Final = date(2026, 1, 5)


def yearly(**changes: object) -> Changed:
    """Fire safety every year, from next year, for a reason."""
    said = Changed(NEXT_YEAR, AtRenewal(), 28, 12, "Two fires in the county.", "Training board", DECIDED)
    return said if not changes else Changed(**{name: changes.get(name, getattr(said, name)) for name in said.__slots__})  # type: ignore[arg-type] # names of its own


def published(work: Workplace, *, changed: bool = False) -> PackId:
    """Gareth publishes the hub's pack; with fire safety changed, its second version."""
    cast, gareth = work.cast, work.cast.gareth.viewer
    if changed:
        offer_change(by=gareth, at=work.now, organisation=cast.hub, key="fire-safety", changed=yearly())
    note = "Fire safety every year" if changed else "To start from"
    publish_pack(by=gareth, at=work.now, organisation=cast.hub, name="Vale pack", wanted=KEYS, note=note)
    pack = own_pack(EVERYWHERE, cast.hub)
    assert pack is not None
    return pack.id


def follows(work: Workplace, member: Member, place: OrganisationId, pack: PackId) -> None:
    """A manager adopts the hub's pack, all of it."""
    adopt(
        by=member.viewer,
        at=work.now,
        organisation=place,
        pack=pack,
        wanted=KEYS,
        starts_on=work.now.date(),
        decided_by="Partners",
        decided_on=DECIDED,
    )


def taken_by_ruth(work: Workplace, pack: PackId, *, on: date = NEXT_YEAR, grace: int | None = None) -> None:
    """Ruth takes fire safety as the pack offers it."""
    take_change(
        by=work.cast.ruth.viewer,
        at=work.now,
        organisation=work.cast.alder,
        pack=pack,
        number=2,
        key="fire-safety",
        starts_on=on,
        transition=AtRenewal() if grace is None else AtOnce(grace),
        decided_by="Partners",
        decided_on=DECIDED,
    )


def named(work: Workplace) -> PackNamed:
    found = own_pack(Scope(everywhere=True), work.cast.hub)
    assert found is not None
    return found


def on(name: str, day: date) -> dict[str, object]:
    """A day as a form sends it."""
    return {f"{name}_day": day.day, f"{name}_month": day.month, f"{name}_year": day.year}
