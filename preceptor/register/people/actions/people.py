"""People and the states they hold."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from preceptor.foundation.access import Can, Scope, Viewer
from preceptor.foundation.actions import Refusal, action
from preceptor.foundation.dates import london_date
from preceptor.foundation.facts import known, supersede
from preceptor.register.organisations.domain import OrganisationId, Period
from preceptor.register.organisations.queries import organisation_by_id

from ..domain import PersonDetails, PersonId, Terms
from ..domain.terms import same_email, same_person
from ..models import Person, PersonState, State
from ..queries import engaged_elsewhere, is_known, known_elsewhere, person_by_id, to_ask, works_within
from .steps import add_row, change_person, engage, lock


@action("person.added", may=Can.EDIT_PEOPLE)
def add_person(
    *,
    by: Viewer,
    at: datetime,
    organisation: OrganisationId,
    details: PersonDetails,
    terms: Terms,
    tasks: Collection[str] = (),
) -> PersonId:
    """Adds a person with their first engagement here, or gives someone already known elsewhere an engagement here.

    Someone is already known by their email address or professional number; nothing about them is changed or shown, and
    until they say that they work here this place sees what it typed. Refuses an address or number that belongs to
    someone with another last name.
    """
    scope = by.scope(Can.EDIT_PEOPLE)
    place = OrganisationId(organisation_by_id(scope, organisation).pk)
    already = known_elsewhere(details.email, details.professional_number)
    if already and not same_person(details, already.family_name):
        raise Refusal(
            "Someone with another last name already has this. Check it, and the last name",
            field="email" if details.email and same_email(details.email, already.email) else "professional_number",
        )
    person = PersonId(already.pk) if already else add_row(at, details)
    typed = details if already and to_ask(scope, place, [person], london_date(at)) else None
    engage(at, person, place, terms, tasks, typed=typed)
    return person


@action("person.edited", may=Can.EDIT_PEOPLE)
def edit_person(*, by: Viewer, at: datetime, person: PersonId, details: PersonDetails) -> None:
    """Changes a person's name, email address or professional number.

    The address and the number say who someone is everywhere: they change only if nobody else looks after the person.
    """
    scope = by.scope(Can.EDIT_PEOPLE)
    row = person_by_id(scope, person)
    _refuse_left(scope, row, at)
    if engaged_elsewhere(scope, person) and (
        not same_email(details.email, row.email) or details.professional_number != row.professional_number
    ):
        field = "professional_number" if same_email(details.email, row.email) else "email"
        raise Refusal(f"{row} also works or worked elsewhere, so only an administrator can change this", field=field)
    change_person(person, details)


@action("state.added", may=Can.EDIT_PEOPLE)
def add_state(*, by: Viewer, at: datetime, person: PersonId, state: str, period: Period) -> None:
    """Says that a person holds a registration, enrolment or the like for a while."""
    row = person_by_id(by.scope(Can.EDIT_PEOPLE), person)
    _refuse_left(by.scope(Can.EDIT_PEOPLE), row, at)
    lock(PersonId(row.pk))
    if not State.objects.filter(code=state).exists():
        raise Refusal("Choose from the list", field="state")
    held = PersonState.objects.filter(known(None), person=row, state_id=state)
    if any(Period(one.starts_on, one.ends_on).meets(period) for one in held):
        raise Refusal("That is already recorded for some of those days", field="state")
    PersonState.objects.create(
        person=row, state_id=state, starts_on=period.starts_on, ends_on=period.ends_on, recorded_at=at
    )


@action("state.ended", may=Can.EDIT_PEOPLE)
def end_state(*, by: Viewer, at: datetime, person: PersonId, state: str, ends_on: date) -> None:
    """Ends a registration, enrolment or the like: its last day is the day before `ends_on`."""
    row = person_by_id(by.scope(Can.EDIT_PEOPLE), person)
    _refuse_left(by.scope(Can.EDIT_PEOPLE), row, at)
    lock(PersonId(row.pk))
    held = PersonState.objects.filter(known(None), person=row, state_id=state).order_by("starts_on", "pk")
    one = next((one for one in held if one.ends_on is None or one.ends_on > ends_on), None)
    if one is None:
        raise Refusal("They do not hold that then")
    if one.starts_on and ends_on <= one.starts_on:
        raise Refusal("The last day must not be before the first", field="last_on")
    supersede(PersonState.objects.filter(pk=one.pk), at)
    PersonState.objects.create(person=row, state_id=state, starts_on=one.starts_on, ends_on=ends_on, recorded_at=at)


def _refuse_left(scope: Scope, row: Person, at: datetime) -> None:
    """Refuses a place that someone has left, or not said yes to: what they are and hold is not its to say."""
    person = PersonId(row.pk)
    if not is_known(scope, person):
        raise Refusal(f"{row} has not said yet that they work here, so this cannot be changed")
    if engaged_elsewhere(scope, person) and not works_within(scope, person, london_date(at)):
        raise Refusal(f"{row} no longer works at a place you manage")
