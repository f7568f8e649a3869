"""Tasks given in an engagement, and the states a person holds."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from preceptor.foundation.access import Can
from preceptor.ui.requests import Request

from .. import actions, forms, queries
from ..domain import EngagementId, PersonId
from .answers import back_to, form_page, saved


def give_task(request: Request, person: UUID, engagement: UUID) -> HttpResponse:
    """Give somebody a task."""
    name, place = _whose(request, person, engagement)
    key = EngagementId(engagement)
    form = forms.HoldingForm(
        request.POST or None,
        question="Task",
        offered=forms.codes_of(queries.tasks()),
        since_start=f"Leave empty if they have had it since they started at {place}",
    )
    back = back_to(request, PersonId(person))

    def act(given: forms.Holding) -> None:
        actions.give_task(by=request.viewer, at=request.at, engagement=key, task=given.code, period=given.period)

    if saved(form, act):
        messages.success(request, f"{name} has the task.")
        return redirect(back)
    return form_page(
        request,
        title=f"Give {name} a task at {place}",
        name=name,
        back=back,
        form=form,
        button="Give task",
        outcome="What the task needs is required of them from its first day.",
    )


def end_task(request: Request, person: UUID, engagement: UUID, task: str) -> HttpResponse:
    """Say which day is the last of a task."""
    name, place = _whose(request, person, engagement)
    key = EngagementId(engagement)
    held = queries.tasks_known(request.viewer.scope(Can.EDIT_PEOPLE), [key])
    title = next((one.task.name for one in held if one.task_id == task), None)
    if title is None:
        raise Http404
    form = forms.LastDayForm(request.POST or None, question="Last day of the task")
    back = back_to(request, PersonId(person))

    def act(ends_on: date) -> None:
        actions.end_task(by=request.viewer, at=request.at, engagement=key, task=task, ends_on=ends_on)

    if saved(form, act):
        messages.success(request, "The task’s last day is saved.")
        return redirect(back)
    return form_page(
        request,
        title=f"{name} gives up a task",
        name=name,
        back=back,
        form=form,
        button="Save last day",
        intro=f"{title} at {place}.",
        outcome="What only this task needs is no longer required of them the day after.",
    )


def add_state(request: Request, person: UUID) -> HttpResponse:
    """Say that somebody holds a registration, an enrolment or the like."""
    key = PersonId(person)
    name = str(queries.person_by_id(request.viewer.scope(Can.EDIT_PEOPLE), key))
    form = forms.HoldingForm(
        request.POST or None, question="Registration or enrolment", offered=forms.codes_of(queries.states())
    )
    back = back_to(request, key)

    def act(given: forms.Holding) -> None:
        actions.add_state(by=request.viewer, at=request.at, person=key, state=given.code, period=given.period)

    if saved(form, act):
        messages.success(request, "The registration or enrolment is saved.")
        return redirect(back)
    return form_page(
        request,
        title=f"Add a registration or enrolment of {name}",
        name=name,
        back=back,
        form=form,
        button="Save",
        intro="Something they hold for a while, rather than something they did once.",
        outcome="Wherever they work, requirements that ask for it are met on these days.",
    )


def end_state(request: Request, person: UUID, state: str) -> HttpResponse:
    """Say which day is the last of a registration, an enrolment or the like."""
    key, scope = PersonId(person), request.viewer.scope(Can.EDIT_PEOPLE)
    name = str(queries.person_by_id(scope, key))
    title = next((one.state.name for one in queries.states_known(scope, [key]) if one.state_id == state), None)
    if title is None:
        raise Http404
    form = forms.LastDayForm(request.POST or None, question="Last day it holds")
    back = back_to(request, key)

    def act(ends_on: date) -> None:
        actions.end_state(by=request.viewer, at=request.at, person=key, state=state, ends_on=ends_on)

    if saved(form, act):
        messages.success(request, "The last day is saved.")
        return redirect(back)
    return form_page(
        request,
        title=f"When does this end for {name}?",
        name=name,
        back=back,
        form=form,
        button="Save last day",
        intro=f"{title}.",
        outcome="Wherever they work, requirements that ask for it are not met by it the day after.",
    )


def _whose(request: Request, person: UUID, engagement: UUID) -> tuple[str, str]:
    row = queries.engagement_of(request.viewer.scope(Can.EDIT_PEOPLE), PersonId(person), EngagementId(engagement))
    return str(row.engagement.person), row.engagement.organisation.name
