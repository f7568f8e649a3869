"""Logging help given at the desk, and taking a slip back on the same day."""

from __future__ import annotations

from datetime import date, datetime

from preceptor.foundation.access import Can, Scope, Viewer
from preceptor.foundation.actions import Refusal, action, concerning
from preceptor.foundation.dates import london_date
from preceptor.foundation.facts import supersede
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.people.domain import PersonId
from preceptor.register.people.queries import works_within

from ..domain.helping import CHIPS, SURE, HelpId, Helping
from ..models import HelpGiven
from ..queries.helping import given_today
from ..queries.register import own_champions


@action("help.logged", may=Can.ASK_CHAMPION, private=("helping",))
def log_help(*, by: Viewer, at: datetime, organisation: OrganisationId, helping: Helping) -> HelpId:
    """Logs short help one gave as a champion today. Whom one helped works there, or is just someone."""
    today = london_date(at)
    held = own_champions(by.scope(Can.ASK_CHAMPION), by.person, today) if by.person else []
    champion = next((one for one in held if one.organisation == organisation), None)
    if champion is None:
        raise Refusal("You are not a champion here today")
    if not champion.covers(helping.topic, today):
        raise Refusal("Choose one of your topics", field="topic")
    if helping.minutes not in CHIPS:
        raise Refusal("Choose how long it took", field="minutes")
    _refuse_person(helping, champion.person, organisation, today)
    row = HelpGiven.objects.create(
        champion_id=champion.id,
        person_id=helping.person,
        topic=helping.topic,
        minutes=helping.minutes,
        is_solved=helping.is_solved,
        before=helping.before,
        after=helping.after,
        on=today,
        recorded_at=at,
    )
    return HelpId(row.pk)


@action("help.taken-back", may=Can.ASK_CHAMPION)
def take_back_help(*, by: Viewer, at: datetime, help_given: HelpId) -> None:
    """Takes back what one logged today."""
    if by.person is None:
        raise Refusal("Only a person can say this")
    row = given_today(by.scope(Can.ASK_CHAMPION), by.person, help_given, london_date(at))
    concerning(row.champion.organisation_id)
    supersede(HelpGiven.objects.filter(pk=row.pk), at)


def _refuse_person(helping: Helping, champion: object, organisation: OrganisationId, today: date) -> None:
    if any(sure is not None and sure not in SURE for sure in (helping.before, helping.after)):
        raise Refusal("Choose how sure they felt from the list", field="before")
    if helping.person is None:
        return
    if helping.person == champion:
        raise Refusal("Choose whom you helped", field="person")
    if not works_within(Scope(frozenset({organisation})), PersonId(helping.person), today):
        raise Refusal("Choose somebody who works here", field="person")
