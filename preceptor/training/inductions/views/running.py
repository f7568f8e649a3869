"""The board, and one induction as its manager runs it."""

from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from preceptor.foundation.access import Can, Scope
from preceptor.foundation.actions import Refusal
from preceptor.register.models import EngagementTerm, Organisation
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_code
from preceptor.register.people.domain import EngagementId
from preceptor.register.people.queries import engagement_by_id, engagements_at
from preceptor.ui.downloads import csv_download
from preceptor.ui.forms import Form
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request

from .. import actions, forms, pages, queries
from ..domain.course import Course, InductionId, State
from ..domain.programme import ItemKind, ProgrammeId, fitting
from ..domain.published import Published
from ..domain.signing import left_words, listed, seal_of

_LINK: Final = "induction-link"  # until it is shown, once


def board(request: Request, code: str) -> HttpResponse:
    """Everyone in induction, who may begin, and who has finished."""
    scope = request.viewer.scope(Can.SEE_INDUCTIONS)
    place = organisation_by_code(scope, code)
    it = queries.it_here(place.pk, request.today)
    page = pages.board_page(
        code=place.code,
        courses=queries.courses_at(scope, place.pk, request.today),
        ended=queries.ended_at(scope, place.pk),
        suggested=queries.suggested_at(scope, place.pk, request.today),
        programmes=queries.programmes_at(scope, place.pk),
        texts=queries.texts_at(place.pk),
        it=str(it or ""),
        today=request.today,
        may_run=request.viewer.scope(Can.RUN_INDUCTIONS).holds(place.pk),
    )
    return render(request, page)


def board_csv(request: Request, code: str) -> HttpResponse:
    """Who was inducted and when, as CSV."""
    scope = request.viewer.scope(Can.SEE_INDUCTIONS)
    place = organisation_by_code(scope, code)
    lines = pages.csv_lines(
        place.name,
        place.code,
        request.today,
        queries.courses_at(scope, place.pk, request.today),
        queries.ended_at(scope, place.pk),
    )
    return csv_download(lines, f"inductions-{place.code}-{request.today:%Y-%m-%d}")


def begin(request: Request, code: str) -> HttpResponse:
    """Everybody who is not in induction, to begin one for whom it is not suggested."""
    place = _place(request, code)
    people = queries.not_inducted(request.viewer.scope(Can.RUN_INDUCTIONS), place.pk, request.today)
    return render(request, pages.begin_page(place.code, people))


def start(request: Request, code: str, engagement: UUID) -> HttpResponse:
    """Begin somebody's induction: at once from the board, or after a look at the answers."""
    place = _place(request, code)
    scope = Scope(frozenset({place.pk}))
    term = engagement_by_id(scope, EngagementId(engagement))
    name = str(term.engagement.person)
    programmes = queries.programmes_at(scope, place.pk)
    form = forms.StartForm(
        request.POST or None,
        programmes=[(str(one.id), one.title) for one in programmes],
        people=_people(place, request, besides=term.engagement.person_id),
        initial=_first_answers(request, place, term, programmes),
    )
    if starting := form.value():
        try:
            made = actions.start_induction(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(place.pk),
                engagement=EngagementId(engagement),
                programme=ProgrammeId(UUID(starting.programme)),
                first_on=starting.first_on,
                why=starting.why,
                plan=starting.plan,
            )
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, f"{name} is in induction. Say who helps, and when it begins.")
            return redirect("inductions:course", place.code, made)
    page = pages.FormPage(
        title="Begin an induction",
        back=Link("Induction", reverse("inductions:board", args=[place.code])),
        caption=f"{name}, {term.role.name}",
        effect="They see it on “My training” at once. Nobody is written to.",
        form=form,
        button="Begin",
        cancel_href=reverse("inductions:board", args=[place.code]),
    )
    return render(request, page)


def course(request: Request, code: str, induction: UUID) -> HttpResponse:
    """One induction: what is done, who showed it, what is next."""
    scope = request.viewer.scope(Can.SEE_INDUCTIONS)
    place = organisation_by_code(scope, code)
    found = queries.course_of(scope, place.pk, InductionId(induction), request.today)
    page = pages.course_page(
        code=place.code,
        course=found,
        link=queries.link_of(found.begun.id, request.today),
        today=request.today,
        may_run=request.viewer.scope(Can.RUN_INDUCTIONS).holds(place.pk),
    )
    return render(request, page)


def plan(request: Request, code: str, induction: UUID) -> HttpResponse:
    """Say who helps, when and where it begins."""
    place, found = _course(request, code, induction)
    form = forms.PlanForm(
        request.POST or None,
        people=_people(place, request, besides=found.begun.person),
        plan=found.begun.plan,
    )
    if planned := form.value():
        try:
            actions.plan_induction(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(place.pk),
                induction=found.begun.id,
                plan=planned,
            )
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, "The plan is kept. Those who help see their tasks on “My training”.")
            return redirect("inductions:course", place.code, induction)
    effect = "The buddy and whoever sees to the log-ins see their own tasks, and nothing else of it."
    return _form_page(request, place, found, form, "Who helps, when and where", effect, "Keep the plan")


def item(request: Request, code: str, induction: UUID, key: str) -> HttpResponse:
    """Tick something off, leave it out, or take that back."""
    place, found = _course(request, code, induction)
    entry = found.entry(key)
    if entry is None or entry.item.kind not in {ItemKind.SHOWN, ItemKind.SKILLS, ItemKind.READ}:
        raise Http404
    at_place, running = OrganisationId(place.pk), found.begun.id
    by, at = request.viewer, request.at
    if entry.state in {State.DONE, State.ASIDE} and entry.step:
        undoing = forms.WordsForm(request.POST or None, label="What was wrong?", missing="Say what was wrong")
        if words := undoing.value():
            try:
                actions.undo(by=by, at=at, organisation=at_place, induction=running, item=key, reason=words)
            except Refusal as refused:
                undoing.refuse("words", refused.message)
            else:
                return redirect(_row(place, found, key))
        effect = "It is to do again. What was ticked before stays in the history."
        return _form_page(request, place, found, undoing, f"Take back: {entry.item.title}", effect, "Take it back")
    form = forms.TickForm(
        request.POST or None,
        today=request.today,
        name=request.viewer.name,
        may_leave_out=not entry.item.stays,
        only_leave_out=not entry.is_by_hand,
    )
    if ticking := form.value():
        try:
            if ticking.is_aside:
                actions.set_aside(by=by, at=at, organisation=at_place, induction=running, item=key, reason=ticking.note)
            else:
                actions.tick_off(
                    by=by,
                    at=at,
                    organisation=at_place,
                    induction=running,
                    item=key,
                    on=ticking.on,
                    shown_by=ticking.shown_by,
                    note=ticking.note,
                )
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, f"{entry.item.title}: {'left out' if ticking.is_aside else 'ticked off'}.")
            return redirect(_row(place, found, key))
    effect = entry.item.says or "Who showed it and when is kept."
    if entry.item.subject:
        effect += " Ticking it off also adds a record to their training."
    if entry.is_by_hand:
        return _form_page(request, place, found, form, entry.item.title, effect, "Keep this")
    effect = "They are not asked to read this in this induction."
    if entry.skills_left:
        effect = f"It is done when these are. {entry.skills_words}. Leave it out only where that is not to be."
    page = _asked(place, found, form, f"Leave out: {entry.item.title}", effect, "Leave it out")
    return render(request, page)


def sign(request: Request, code: str, induction: UUID) -> HttpResponse:
    """Sign an induction off."""
    place, found = _course(request, code, induction)
    if found.open:
        messages.warning(request, f"{left_words(found)}.")
        return redirect("inductions:course", place.code, induction)
    form = forms.WordsForm(
        request.POST or None, label="How did it go?", missing="Say how it went", hint="They can read this"
    )
    if words := form.value():
        try:
            actions.sign_off(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(place.pk),
                induction=found.begun.id,
                statement=words,
                seal=request.POST.get("seal", ""),
            )
        except Refusal as refused:
            form.refuse("words", refused.message)
        else:
            messages.success(request, f"{found.begun.name}’s induction is signed off, and recorded in their training.")
            return redirect("inductions:course", place.code, induction)
    effect = (
        "You sign under everything that is listed as done, known or left out. "
        "The text is kept as it is for ever, and a record of the induction is added to their training."
    )
    page = _asked(place, found, form, "Sign off", effect, "Sign off")
    return render(request, replace(page, listed=listed(found), seal=seal_of(found)))


def stop(request: Request, code: str, induction: UUID) -> HttpResponse:
    """Stop an induction that is not finished."""
    place, found = _course(request, code, induction)
    form = forms.WordsForm(request.POST or None, label="Why does it stop?", missing="Say why it stops")
    if words := form.value():
        try:
            actions.stop_induction(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(place.pk),
                induction=found.begun.id,
                reason=words,
            )
        except Refusal as refused:
            form.refuse("words", refused.message)
        else:
            messages.success(request, "The induction has stopped. What was shown and read stays.")
            return redirect("inductions:board", place.code)
    effect = "It goes off the board. If they come back, they do only what is new or has changed."
    return _form_page(request, place, found, form, "Stop this induction", effect, "Stop it")


def link(request: Request, code: str, induction: UUID) -> HttpResponse:
    """Make a link to what is needed before the first day, and show it this once."""
    place, found = _course(request, code, induction)
    if request.method == "POST":
        token = secrets.token_urlsafe(32)
        actions.make_link(
            by=request.viewer,
            at=request.at,
            organisation=OrganisationId(place.pk),
            induction=found.begun.id,
            link_sha256=hashlib.sha256(token.encode()).hexdigest(),
        )
        request.session[_LINK] = {"induction": str(induction), "token": token}
        return redirect("inductions:link", place.code, induction)
    # Loading the page again must not make another link: the one that was copied would be dead.
    shown, made = request.session.pop(_LINK, {}), queries.link_of(found.begun.id, request.today)
    if made is None or shown.get("induction") != str(induction):
        return redirect("inductions:course", place.code, induction)
    page = pages.LinkPage(
        title="A link for before the first day",
        back=Link(found.begun.name, reverse("inductions:course", args=[place.code, induction])),
        name=found.begun.name,
        link=request.build_absolute_uri(reverse("inductions:pack", args=[shown["token"]])),
        expires_on=made.expires_on,
        done_href=reverse("inductions:course", args=[place.code, induction]),
    )
    return render(request, page)


def end_link(request: Request, code: str, induction: UUID) -> HttpResponse:
    """Stop the link from working."""
    place, found = _course(request, code, induction)
    if request.method == "POST":
        actions.end_link(
            by=request.viewer, at=request.at, organisation=OrganisationId(place.pk), induction=found.begun.id
        )
        messages.success(request, "The link does not work any more.")
    return redirect("inductions:course", place.code, induction)


def _first_answers(
    request: Request, place: Organisation, term: EngagementTerm, programmes: Sequence[Published]
) -> dict[str, Any]:
    """What is most likely: the programme of their role; for who was inducted here before, that they are back today."""
    fits = fitting([one.programme for one in programmes], term.role_id, term.kind_id)
    found = next((str(one.id) for one in programmes if fits and one.programme.key == fits.key), "")
    was_here = queries.inductions_of(Scope(frozenset({place.pk})), place.pk, term.engagement.person_id)
    first_on = max(term.starts_on or request.today, request.today) if was_here else term.starts_on
    it = queries.it_here(place.pk, request.today)
    why = "back" if was_here else "starts"
    return {"programme": found, "first_on": first_on, "why": why, "it": str(it or "")}


def _place(request: Request, code: str) -> Organisation:
    return organisation_by_code(request.viewer.scope(Can.RUN_INDUCTIONS), code)


def _course(request: Request, code: str, induction: UUID) -> tuple[Organisation, Course]:
    """An induction that goes on here. One that has ended is only read."""
    place = _place(request, code)
    found = queries.course_of(Scope(frozenset({place.pk})), place.pk, InductionId(induction), request.today)
    if found.begun.ended:
        raise Http404
    return place, found


def _row(place: Organisation, found: Course, key: str) -> str:
    """The page of an induction at the row of an item, so that a long list goes on where it was left."""
    return f"{reverse('inductions:course', args=[place.code, found.begun.id])}#{key}"


def _people(place: Organisation, request: Request, *, besides: UUID) -> list[tuple[str, str]]:
    """Everybody who works at a place today but one, by name, with what they do."""
    rows = engagements_at(Scope(frozenset({place.pk})), place.pk, request.today)
    found = {
        str(row.engagement.person_id): f"{row.engagement.person}, {row.role.name}"
        for row in rows
        if row.engagement.person_id != besides
    }
    return sorted(found.items(), key=lambda one: one[1])


def _form_page(
    request: Request, place: Organisation, found: Course, form: Form[object], title: str, effect: str, button: str
) -> HttpResponse:
    return render(request, _asked(place, found, form, title, effect, button))


def _asked(
    place: Organisation, found: Course, form: Form[object], title: str, effect: str, button: str
) -> pages.FormPage:
    here = reverse("inductions:course", args=[place.code, found.begun.id])
    return pages.FormPage(
        title=title,
        back=Link(found.begun.name, here),
        caption=f"{found.begun.name}, {found.begun.role_name}",
        effect=effect,
        form=form,
        button=button,
        cancel_href=here,
    )
