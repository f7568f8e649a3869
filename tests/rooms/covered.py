"""Alder Surgery with something critical and a rota, and short ways to change both."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from preceptor.foundation.access import Viewer
from preceptor.register.organisations.domain import OrganisationId
from preceptor.training.cover.actions import choose_ability, write_rota
from preceptor.training.cover.domain.abilities import Need, NeedKind, NewAbility
from preceptor.training.cover.domain.rota import WEEKDAYS, NewRota, Session, Slot, monday_of
from tests.cast import Member

CHAPERONE = (Need(NeedKind.TASK, ("chaperone",)),)
OFFICE = (Session.MORNING, Session.AFTERNOON)


def chosen(by: Viewer, at: datetime, place: OrganisationId, **changes: object) -> UUID:
    """Somebody with the task of a chaperone must be there in each session, unless said otherwise."""
    said = {"title": "Chaperone", "needs": CHAPERONE, "during": OFFICE, "least": 1, "reason": "Patients may ask"}
    new = NewAbility(**{**said, "starts_on": at.date(), **changes})  # type: ignore[arg-type] # each test says what is different
    return choose_ability(by=by, at=at, organisation=place, new=new)


def on_all_week(by: Viewer, at: datetime, place: OrganisationId, *members: Member) -> UUID:
    """These are on each morning and afternoon from this Monday on."""
    return write_rota(
        by=by, at=at, organisation=place, new=NewRota(monday_of(at.date()), 1, once=False, turns=turns_of(*members))
    )


def turns_of(*members: Member, code: str = "A81001") -> dict[Slot, frozenset[str]]:
    """These people in each morning and afternoon."""
    who = frozenset(str(one.engagements[code]) for one in members)
    return {Slot(weekday, session): who for weekday in WEEKDAYS if weekday < 5 for session in OFFICE}


def first_day(at: datetime) -> date:
    """The Monday of the week the tests think of as now."""
    return monday_of(at.date())
