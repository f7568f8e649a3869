"""Engagements and the tasks in them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date, datetime

from preceptor.foundation.access import Can, Viewer
from preceptor.foundation.actions import Refusal, action, concerning
from preceptor.foundation.dates import london_date
from preceptor.foundation.facts import known, supersede
from preceptor.register.organisations.domain import OrganisationId, Period
from preceptor.register.organisations.queries import organisation_by_id

from ..domain import EngagementId, PersonId, Terms
from ..models import EngagementTerm, Task, TaskHeld
from ..queries import details_of, engagement_by_id, person_by_id, terms_of, to_ask
from .steps import TASK_UNKNOWN, engage, engage_next, give, lock, refuse_longer, restate, state_terms


@action("engagement.added", may=Can.EDIT_PEOPLE)
def add_engagement(
    *,
    by: Viewer,
    at: datetime,
    organisation: OrganisationId,
    person: PersonId,
    terms: Terms,
    tasks: Collection[str] = (),
) -> EngagementId:
    """Gives a person one more engagement at an organisation. Refuses a role they have there already on those days.

    Someone known elsewhere whom nobody in the viewer's scope sees already is asked first.
    """
    scope = by.scope(Can.EDIT_PEOPLE)
    place, row = organisation_by_id(scope, organisation), person_by_id(scope, person)
    typed = details_of(row) if to_ask(scope, OrganisationId(place.pk), [person], london_date(at)) else None
    return engage(at, PersonId(row.pk), OrganisationId(place.pk), terms, tasks, typed=typed)


@action("engagement.corrected", may=Can.EDIT_PEOPLE)
def correct_engagement(*, by: Viewer, at: datetime, engagement: EngagementId, terms: Terms) -> None:
    """Says what the terms of an engagement really are. What was believed before is kept."""
    row = engagement_by_id(by.scope(Can.EDIT_PEOPLE), engagement)
    concerning(row.engagement.organisation_id)
    refuse_longer(by, row, terms.ends_on)
    restate(at, row, terms)


@action("engagement.ended", may=Can.EDIT_PEOPLE)
def end_engagement(*, by: Viewer, at: datetime, engagement: EngagementId, ends_on: date) -> None:
    """Ends an engagement: its last day is the day before `ends_on`. Tasks and access end with it."""
    row = engagement_by_id(by.scope(Can.EDIT_PEOPLE), engagement)
    concerning(row.engagement.organisation_id)
    if ends_on <= terms_of(row).starts_on:
        raise Refusal("The last day must not be before the first", field="last_on")
    refuse_longer(by, row, ends_on)
    restate(at, row, replace(terms_of(row), ends_on=ends_on))


@action("engagement.role-changed", may=Can.EDIT_PEOPLE)
def change_role(
    *, by: Viewer, at: datetime, engagement: EngagementId, terms: Terms, keep_tasks: Collection[str] = ()
) -> EngagementId:
    """Ends an engagement the day before the new terms start, and starts another. Tasks to keep go over to it."""
    row = engagement_by_id(by.scope(Can.EDIT_PEOPLE), engagement)
    concerning(row.engagement.organisation_id)
    old = terms_of(row)
    if terms.starts_on <= old.starts_on:
        raise Refusal("The first day in the new role must be after the first day in the old one", field="first_on")
    if old.ends_on and terms.starts_on > old.ends_on:
        raise Refusal("The old role ends before that. Add another role instead", field="first_on")
    if (terms.role, terms.kind) == (old.role, old.kind):
        raise Refusal("Choose another role, or correct the details instead", field="role")
    refuse_longer(by, row, terms.ends_on)
    kept = TaskHeld.objects.filter(known(None), engagement_id=engagement, task_id__in=keep_tasks)
    going = [one.task_id for one in kept if one.ends_on is None or one.ends_on > terms.starts_on]
    restate(at, row, replace(old, ends_on=terms.starts_on))
    return engage_next(at, row, terms, sorted(set(going)))


@action("engagement.voided", may=Can.EDIT_PEOPLE)
def void_engagement(*, by: Viewer, at: datetime, engagement: EngagementId, reason: str) -> None:
    """Says that an engagement was entered in error and never was. Refuses without a reason, and to undo one's own."""
    row = engagement_by_id(by.scope(Can.EDIT_PEOPLE), engagement)
    concerning(row.engagement.organisation_id)
    if not reason.strip():
        raise Refusal("Say why it was entered in error", field="reason")
    if row.engagement.person_id == by.person:
        raise Refusal("Ask someone else to remove your own engagement")
    lock(PersonId(row.engagement.person_id))
    supersede(EngagementTerm.objects.filter(pk=row.pk), at)
    state_terms(at, engagement, terms_of(row), void=True)


@action("task.given", may=Can.EDIT_PEOPLE)
def give_task(*, by: Viewer, at: datetime, engagement: EngagementId, task: str, period: Period) -> None:
    """Gives someone a task in an engagement for a while; open ends are those of the engagement itself."""
    row = engagement_by_id(by.scope(Can.EDIT_PEOPLE), engagement)
    concerning(row.engagement.organisation_id)
    lock(PersonId(row.engagement.person_id))
    if not Task.objects.filter(code=task).exists():
        raise Refusal(TASK_UNKNOWN, field="task")
    if not terms_of(row).period.meets(period):
        raise Refusal("They do not work here on those days", field="first_on")
    held = TaskHeld.objects.filter(known(None), engagement_id=engagement, task_id=task)
    if any(Period(one.starts_on, one.ends_on).meets(period) for one in held):
        raise Refusal("They already have that task on some of those days", field="task")
    give(at, engagement, task, period)


@action("task.ended", may=Can.EDIT_PEOPLE)
def end_task(*, by: Viewer, at: datetime, engagement: EngagementId, task: str, ends_on: date) -> None:
    """Ends a task: its last day is the day before `ends_on`. A task that had not begun by then was never given."""
    row = engagement_by_id(by.scope(Can.EDIT_PEOPLE), engagement)
    concerning(row.engagement.organisation_id)
    held = TaskHeld.objects.filter(known(None), engagement_id=engagement, task_id=task).order_by("starts_on", "pk")
    one = next((one for one in held if one.ends_on is None or one.ends_on > ends_on), None)
    if one is None:
        raise Refusal("They do not have that task then")
    supersede(TaskHeld.objects.filter(pk=one.pk), at)
    if ends_on > (one.starts_on or terms_of(row).starts_on):
        give(at, engagement, task, Period(one.starts_on, ends_on))
