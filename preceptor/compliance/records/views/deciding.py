"""Records that wait, and what is decided about them."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode

from preceptor.foundation.access import Can
from preceptor.foundation.actions import Refusal
from preceptor.foundation.dates import london_date
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_code
from preceptor.ui import words
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request, next_url

from .. import actions, forms, pages, queries
from ..domain import Achievement, Effect, Entry, RecordId, effects_of
from .shown import facts_of, file_of, title_of_entry


def waiting(request: Request, code: str) -> HttpResponse:
    """What waits for a decision at a practice."""
    scope = request.viewer.scope(Can.DECIDE_RECORDS)
    place = organisation_by_code(scope, code)
    here = request.get_full_path()
    rows = tuple(
        pages.WaitingRow(
            person=entry.person_name,
            title=title_of_entry(entry),
            on=entry.on,
            details=_sent(entry),
            href=f"{reverse('records:review', args=[entry.id])}?{urlencode({'next': here})}",
            own=entry.person == request.viewer.person,
        )
        for entry in queries.waiting(scope, OrganisationId(place.pk))
    )
    importing = f"{reverse('records:import', args=[place.code])}?{urlencode({'next': here})}"
    page = pages.WaitingPage(
        title="Waiting to be accepted",
        place=place.name,
        rows=rows,
        import_href=importing if request.viewer.scope(Can.IMPORT).holds(place.pk) else "",
    )
    return render(request, page)


def review(request: Request, record: UUID) -> HttpResponse:
    """Accept or refuse one record."""
    scope = request.viewer.scope(Can.DECIDE_RECORDS)
    entry = queries.record_by_id(scope, RecordId(record))
    back = next_url(request, reverse("records:record", args=[entry.id]))
    refusing = request.POST.get("decision") == "refuse"
    if request.method == "POST" and not refusing:
        try:
            actions.accept_record(by=request.viewer, at=request.at, record=entry.id)
            messages.success(request, f"Accepted for {entry.person_name}: {title_of_entry(entry)}.")
        except Refusal as refused:
            messages.warning(request, refused.message)
        return redirect(back)
    form = forms.RefuseForm(request.POST or None)
    try:
        if reason := form.value():
            actions.refuse_record(by=request.viewer, at=request.at, record=entry.id, reason=reason)
            messages.success(request, f"Not accepted. {entry.person_name} can read why.")
            return redirect(back)
    except Refusal as refused:
        form.refuse(refused.field, refused.message)
    page = pages.ReviewPage(
        title=title_of_entry(entry),
        back=Link("Back", back),
        person=entry.person_name,
        facts=facts_of(entry),
        certificate=file_of(entry),
        effects=_effects(request, entry),
        form=form,
        next=back,
        cancel_href=back,
    )
    return render(request, page)


def withdraw(request: Request, record: UUID) -> HttpResponse:
    """Take a record back, with the reason."""
    entry = queries.record_by_id(request.viewer.scope(Can.WITHDRAW_RECORD), RecordId(record))
    back = next_url(request, reverse("records:record", args=[entry.id]))
    form = forms.WithdrawForm(request.POST or None)
    if reason := form.value():
        try:
            actions.withdraw_record(by=request.viewer, at=request.at, record=entry.id, reason=reason)
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, "The record is withdrawn and counts for nothing from now on.")
            return redirect(back)
    page = pages.WithdrawPage(
        title="Withdraw a record",
        back=Link("Back", back),
        person=entry.person_name,
        record=f"{title_of_entry(entry)}, {words.day(entry.on)}",
        form=form,
        next=back,
        cancel_href=back,
    )
    return render(request, page)


def take_back(request: Request, record: UUID) -> HttpResponse:
    """Take back what one sent, while nobody has decided."""
    entry = queries.record_by_id(request.viewer.scope(Can.ADD_RECORD), RecordId(record))
    if entry.person != request.viewer.person:
        raise Http404
    back = next_url(request, reverse("records:mine"))
    if request.method == "POST":
        try:
            actions.take_back_record(by=request.viewer, at=request.at, record=entry.id)
            messages.success(request, "Taken back. Nobody needs to check it.")
        except Refusal as refused:
            messages.warning(request, refused.message)
        return redirect(back)
    page = pages.TakeBackPage(
        title="Take back a record",
        back=Link("Back", back),
        record=f"{title_of_entry(entry)}, {words.day(entry.on)}",
        next=back,
        cancel_href=back,
    )
    return render(request, page)


def _sent(entry: Entry) -> str:
    sent = f"sent {words.day(london_date(entry.recorded.at))}"
    kind = file_of(entry)
    return f"{kind.description.partition(',')[0]}, {sent}" if kind else f"No certificate, {sent}"


def _effects(request: Request, entry: Entry) -> tuple[Effect, ...]:
    achievement = Achievement(
        subject=entry.subject,
        on=entry.on,
        level=entry.level,
        kind=entry.kind,
        minutes=entry.minutes,
        participatory=entry.participatory,
        expires_on=entry.expires_on,
    )
    return effects_of(request.viewer.scope(Can.DECIDE_RECORDS), entry.person, achievement, request.today)
