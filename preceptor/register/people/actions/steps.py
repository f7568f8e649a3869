"""Steps that actions share. Each runs inside an action, which asked for the permission and opened the transaction."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Q

from preceptor.foundation.access import Viewer
from preceptor.foundation.actions import Refusal
from preceptor.foundation.facts import known, supersede
from preceptor.register.organisations.domain import NotAllowedError, OrganisationId, Period

from ..domain import EngagementId, PersonDetails, PersonId, Terms
from ..domain.terms import refuse_repeat
from ..models import (
    Claim,
    Engagement,
    EngagementKind,
    EngagementTerm,
    JobRole,
    Person,
    StaffGroup,
    Task,
    TaskHeld,
)
from ..queries import is_confirmed, terms_of, typed_in

TASK_UNKNOWN: Final = "Choose a task from the list"
_TAKEN: Final = "Someone else already uses this email address"


def lock(person: PersonId) -> None:
    """Makes whoever else is changing this person wait, so that two changes at once cannot contradict each other.

    Rows that only point to the person do not wait: two who sign for each other would wait for one another for ever.
    """
    Person.objects.select_for_update(no_key=True).get(pk=person)


def add_row(at: datetime, details: PersonDetails) -> PersonId:
    """Writes a new person. Refuses an email address someone has already."""
    return add_rows(at, [details])[0]


def add_rows(at: datetime, people: Sequence[PersonDetails]) -> list[PersonId]:
    """Writes new people, in one statement. Refuses an email address someone has got in this very moment."""
    try:
        with transaction.atomic():
            rows = Person.objects.bulk_create([Person(**_columns(one), added_at=at) for one in people])
    except IntegrityError as refused:
        raise _refused(refused, "Someone was added with this email address just now. Look again") from refused
    return [PersonId(row.pk) for row in rows]


def change_person(person: PersonId, details: PersonDetails) -> None:
    """Writes who someone is. Refuses an email address someone else has already."""
    _refuse_taken(details.email, person)
    try:
        with transaction.atomic():
            Person.objects.filter(pk=person).update(**_columns(details))
    except IntegrityError as refused:
        raise _refused(refused, _TAKEN) from refused


def engage(
    at: datetime,
    person: PersonId,
    organisation: OrganisationId,
    terms: Terms,
    tasks: Collection[str],
    *,
    typed: PersonDetails | None = None,
) -> EngagementId:
    """Writes a new engagement with its terms and tasks. Refuses a role they have there already on those days.

    With what was typed about them it is a claim, and unconfirmed until they say yes.
    """
    lock(person)
    _refuse_unknown(terms, tasks)
    _refuse_repeat(terms, person, organisation)
    return engage_all(at, organisation, [(person, terms, tasks)], {person: typed} if typed else {})[0]


def engage_next(at: datetime, before: EngagementTerm, terms: Terms, tasks: Collection[str]) -> EngagementId:
    """Writes the engagement that follows another of the same person at the same place, as confirmed as that one."""
    row = before.engagement
    typed = None if is_confirmed(row) else typed_in(row.claim)
    return engage(at, PersonId(row.person_id), OrganisationId(row.organisation_id), terms, tasks, typed=typed)


def engage_all(
    at: datetime,
    organisation: OrganisationId,
    new: Sequence[tuple[PersonId, Terms, Collection[str]]],
    typed: Mapping[PersonId, PersonDetails],
) -> list[EngagementId]:
    """Writes new engagements that are known to be good, in as many statements for a thousand as for one."""
    engagements = [Engagement(person_id=person, organisation_id=organisation) for person, _, _ in new]
    Engagement.objects.bulk_create(engagements)
    pairs = list(zip(engagements, new, strict=True))
    asked = [(row, typed[person]) for row, (person, _, _) in pairs if person in typed]
    Claim.objects.bulk_create([Claim(engagement=row, **_claimed(details), at=at) for row, details in asked])
    EngagementTerm.objects.bulk_create([_term(at, EngagementId(row.pk), terms) for row, (_, terms, _) in pairs])
    held = [
        TaskHeld(engagement=row, task_id=task, recorded_at=at)
        for row, (_, _, tasks) in pairs
        for task in dict.fromkeys(tasks)
    ]
    TaskHeld.objects.bulk_create(held)
    return [EngagementId(row.pk) for row in engagements]


def refuse_longer(by: Viewer, believed: EngagementTerm, ends_on: date | None) -> None:
    """Refuses to move one's own last day back: access ends with it, so somebody else must say so."""
    own, last = believed.engagement.person_id == by.person, believed.ends_on
    if own and last is not None and (ends_on is None or ends_on > last):
        raise Refusal("Ask someone else to change your own last day", field="last_on")


def restate(at: datetime, believed: EngagementTerm, terms: Terms) -> None:
    """Believes other terms of an engagement from now on. Saying again what is believed already writes nothing."""
    if terms == terms_of(believed):
        return
    person, place = PersonId(believed.engagement.person_id), OrganisationId(believed.engagement.organisation_id)
    lock(person)
    _refuse_unknown(terms, ())
    _refuse_repeat(terms, person, place, but=EngagementId(believed.engagement_id))
    supersede(EngagementTerm.objects.filter(pk=believed.pk), at)
    state_terms(at, EngagementId(believed.engagement_id), terms)


def state_terms(at: datetime, engagement: EngagementId, terms: Terms, *, void: bool = False) -> None:
    """Writes the terms of an engagement as they are believed from now on."""
    _term(at, engagement, terms, void=void).save(force_insert=True)


def _term(at: datetime, engagement: EngagementId, terms: Terms, *, void: bool = False) -> EngagementTerm:
    return EngagementTerm(
        engagement_id=engagement,
        role_id=terms.role,
        staff_group_id=terms.staff_group,
        kind_id=terms.kind,
        starts_on=terms.starts_on,
        ends_on=terms.ends_on,
        weekly_hours=terms.weekly_hours,
        void=void,
        recorded_at=at,
    )


def give(at: datetime, engagement: EngagementId, task: str, period: Period) -> None:
    """Writes that a task is given in an engagement for a while."""
    TaskHeld.objects.create(
        engagement_id=engagement, task_id=task, starts_on=period.starts_on, ends_on=period.ends_on, recorded_at=at
    )


def _columns(details: PersonDetails) -> dict[str, str | None]:
    return {
        "title": details.title,
        "given_name": details.given_name,
        "family_name": details.family_name,
        "email": details.email or None,
        "professional_number": details.professional_number,
    }


def _claimed(details: PersonDetails) -> dict[str, str]:
    return {name: value or "" for name, value in _columns(details).items()}


def _refused(struck: IntegrityError, message: str) -> Exception:
    """The refusal in words, if it is the address that somebody has; anything else is a fault."""
    return Refusal(message, field="email") if "person_email" in str(struck) else struck


def _refuse_taken(email: str | None, person: PersonId | None) -> None:
    if email and Person.objects.filter(~Q(pk=person), email__iexact=email).exists():
        raise Refusal(_TAKEN, field="email")


def _refuse_unknown(terms: Terms, tasks: Collection[str]) -> None:
    if not JobRole.objects.filter(pk=terms.role).exists():
        raise Refusal("Choose a role from the list", field="role")
    if not StaffGroup.objects.filter(pk=terms.staff_group).exists():
        raise Refusal("Choose a staff group from the list", field="staff_group")
    if not EngagementKind.objects.filter(pk=terms.kind).exists():
        raise Refusal("Choose from the list how they are engaged", field="kind")
    if Task.objects.filter(pk__in=tasks).count() != len(set(tasks)):
        raise Refusal(TASK_UNKNOWN, field="tasks")


def _refuse_repeat(
    terms: Terms, person: PersonId, organisation: OrganisationId, *, but: EngagementId | None = None
) -> None:
    others = EngagementTerm.objects.filter(
        known(None),
        ~Q(engagement_id=but),
        void=False,
        engagement__person_id=person,
        engagement__organisation_id=organisation,
    )
    try:
        refuse_repeat(terms, (terms_of(one) for one in others))
    except NotAllowedError as refused:
        raise Refusal(str(refused), field="role") from refused
