"""HTTP in, one question about time, page out."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from preceptor.compliance.records.domain import RecordId
from preceptor.compliance.records.queries import record_by_id, records_of
from preceptor.foundation.access import Can, Scope
from preceptor.foundation.actions import Refusal
from preceptor.foundation.dates import add_months
from preceptor.register.organisations.domain import Kind, OrganisationId
from preceptor.register.organisations.queries import beneath_today, organisation_by_code
from preceptor.register.people.domain import PersonId
from preceptor.ui.downloads import csv_download
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request
from preceptor.ui.words import count, day

from . import actions, forms, pages, queries

_BACK, _AHEAD = 11, 6  # months


def time(request: Request, code: str) -> HttpResponse:
    """What was demanded, given and offered in the last twelve months, and what the next six demand."""
    scope = request.viewer.scope(Can.SEE_PRACTICE)
    place = organisation_by_code(scope, code)
    first, end = _last_year(request.today)
    later = _later(request.today)
    may_plan = request.viewer.scope(Can.PLAN_WORK).holds(place.pk)
    picture = queries.picture_of_time(scope, place.pk, first, end, later, request.today)
    page = pages.time_page(
        code=place.code,
        place=place.name,
        past=picture.past,
        ahead=picture.ahead,
        times=picture.times,
        minutes=picture.minutes,
        today=request.today,
        own=place.pk,
        may_plan=may_plan,
        has_cover=place.kind == Kind.PRACTICE,
    )
    return render(request, page)


def time_csv(request: Request, code: str) -> HttpResponse:
    """The last twelve months by person, role and month, as CSV."""
    scope = request.viewer.scope(Can.SEE_PRACTICE)
    place = organisation_by_code(scope, code)
    report = queries.report_of(scope, place.pk, *_last_year(request.today), request.today)
    lines = pages.csv_lines(f"{place.name} ({place.code})", report, request.today)
    return csv_download(lines, f"time-{place.code}-{request.today:%Y-%m-%d}")


def person(request: Request, code: str, person: UUID) -> HttpResponse:
    """One person's hours at a place, for their manager."""
    scope = request.viewer.scope(Can.SEE_PRACTICE)
    place = organisation_by_code(scope, code)
    found = [one for one in _hours_of(request, scope, person) if one.place == place.pk]
    if not found or not found[0].report.people:
        raise Http404
    entries = records_of(request.viewer.scope(Can.SEE_RECORDS), PersonId(person))
    page = pages.person_page(
        name=found[0].report.people[0].name,
        is_own=False,
        back=Link("Protected time", reverse("planner:time", args=[place.code])),
        found=[(one.name, one.report, one.times) for one in found],
        entries=entries,
        said=queries.times_said([one.id for one in entries]),
        today=request.today,
    )
    return render(request, page)


def mine(request: Request) -> HttpResponse:
    """One's own hours."""
    viewer = request.viewer
    if viewer.person is None:
        raise Http404
    own = _hours_of(request, queries.only(viewer.person), viewer.person)
    entries = records_of(queries.only(viewer.person), PersonId(viewer.person))
    page = pages.person_page(
        name=viewer.name,
        is_own=True,
        back=Link("My training", reverse("mine:training")),
        found=[(one.name, one.report, one.times) for one in own],
        entries=entries,
        said=queries.times_said([one.id for one in entries]),
        today=request.today,
    )
    return render(request, page)


def _hours_of(request: Request, scope: Scope, person: UUID) -> list[queries.Hours]:
    first, end = _last_year(request.today)
    return queries.reports_of_person(scope, person, first, end, request.today, later=_later(request.today))


def _later(today: date) -> date:
    """The day up to which dates ahead are shown, to managers and to people themselves alike."""
    return add_months(today.replace(day=1), _AHEAD)


def say(request: Request, record: UUID) -> HttpResponse:
    """Say when the training behind a record was done."""
    scope = request.viewer.scope(Can.ADD_RECORD)
    entry = record_by_id(scope, RecordId(record))
    if entry.withdrawn:
        raise Http404
    times = queries.times_for_record(scope, entry.person, entry.on)
    form = forms.SayForm(
        request.POST or None,
        times=[(str(one.id), pages.time_words(one)) for one in times],
        now=queries.times_said([entry.id]).get(str(entry.id)),
    )
    is_own = entry.person == request.viewer.person
    back = reverse("planner:mine") if is_own else reverse("records:record", args=[entry.id])
    if saying := form.value():
        try:
            actions.say_time(by=request.viewer, at=request.at, record=entry.id, done=saying.done, time=saying.time)
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, "That is kept. Thank you for saying.")
            return redirect(back)
    page = pages.FormPage(
        title="When was this done?",
        back=Link("My time for training" if is_own else "The record", back),
        form=form,
        caption=f"{entry.subject_name}, {day(entry.on)}",
        effect="Time at home is counted apart, so that it can be seen. It changes nothing about the record.",
        button="Keep this",
        cancel_href=back,
    )
    return render(request, page)


def offer(request: Request, code: str) -> HttpResponse:
    """Offer protected time."""
    place = organisation_by_code(request.viewer.scope(Can.PLAN_WORK), code)
    if place.kind == Kind.HUB:
        raise Http404
    form = forms.TimeForm(request.POST or None, groups=queries.groups_offered())
    back = reverse("planner:time", args=[place.code])
    if new := form.value():
        try:
            dates = actions.offer_time(by=request.viewer, at=request.at, organisation=OrganisationId(place.pk), new=new)
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, f"{count(dates, 'date')} of protected time, the first on {day(new.on)}.")
            return redirect(back)
    effect = "Everybody it is for sees it on their own page, and it stands on the home page."
    if place.kind == Kind.PCN:
        effect = "It is for the people of every practice of the network, and of the network itself."
    page = pages.FormPage(
        title="Offer protected time",
        back=Link("Protected time", back),
        form=form,
        caption=place.name,
        effect=effect,
        button="Offer it",
        cancel_href=back,
    )
    return render(request, page)


def call_off(request: Request, code: str, time: UUID) -> HttpResponse:
    """Call protected time off."""
    scope = request.viewer.scope(Can.PLAN_WORK)
    place = organisation_by_code(scope, code)
    found = queries.time_by_id(scope, time)
    if found.organisation != place.pk or found.called_off or found.on < request.today:
        raise Http404
    form = forms.CallOffForm(request.POST or None)
    back = reverse("planner:time", args=[place.code])
    if reason := form.value():
        try:
            actions.call_off(by=request.viewer, at=request.at, time=time, reason=reason)
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, "It is called off. It stays on the list with the reason.")
            return redirect(back)
    page = pages.FormPage(
        title="Call protected time off",
        back=Link("Protected time", back),
        form=form,
        caption=pages.time_words(found),
        effect="Only this date is called off. It no longer counts as offered.",
        button="Call it off",
        cancel_href=back,
    )
    return render(request, page)


def across(request: Request, code: str) -> HttpResponse:
    """Protected time of what lies beneath a network or hub, in figures."""
    scope = request.viewer.scope(Can.SEE_SHARES)
    place = organisation_by_code(scope, code)
    if place.kind == Kind.PRACTICE:
        raise Http404
    beneath = beneath_today(OrganisationId(place.pk), request.today)
    first, end = _last_year(request.today)
    return render(
        request,
        pages.across_page(place.code, queries.reports_beneath(scope, beneath, first, end, request.today), first, end),
    )


def _last_year(today: date) -> tuple[date, date]:
    """From the first of the month eleven months ago up to today, as a half-open period."""
    return add_months(today.replace(day=1), -_BACK), today + timedelta(days=1)
