"""A place's rollouts: what is live and who is ready, what to decide, questions to answer, and figures across places."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.core.mail import send_mail
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from preceptor.compliance.requirements.domain.decisions import RequirementId
from preceptor.compliance.requirements.queries import requirements_of
from preceptor.foundation.access import Can
from preceptor.foundation.actions import Refusal
from preceptor.register.models import Organisation
from preceptor.register.organisations.domain import Kind, OrganisationId
from preceptor.register.organisations.queries import beneath_today, organisation_by_code, organisations_in
from preceptor.register.people.queries import addresses_of
from preceptor.ui.forms import ConfirmForm, Form
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request
from preceptor.ui.words import count, day

from .. import actions, forms, pages, queries
from ..domain.notice import RolloutId
from ..domain.questions import QuestionId
from ..domain.readiness import Readiness, Where
from .shared import groups_of


def rollouts(request: Request, code: str) -> HttpResponse:
    """A place's rollouts."""
    scope = request.viewer.scope(Can.SEE_ROLLOUTS)
    place = organisation_by_code(scope, code)
    held = queries.rollouts_at(scope, place.pk, request.today)
    page = pages.rollouts_page(
        place.code,
        held,
        queries.readiness_at(scope, place.pk, request.today),
        queries.drafts_of(scope, place.pk),
        queries.unanswered_at(place.pk, [(one.id, one.owner) for one in held]),
        queries.system_names(),
        request.today,
        refreshed=queries.refreshed_at(scope, place.pk, request.today),
        across_href=reverse("rollouts:across") if any(one.beneath for one in request.viewer.grants) else "",
    )
    return render(request, page)


def rollout(request: Request, code: str, rollout: UUID) -> HttpResponse:
    """A published notice, and who is ready for it."""
    place, held = _held(request, code, rollout)
    scope, today = request.viewer.scope(Can.SEE_ROLLOUTS), request.today
    ready = queries.readiness_at(scope, place.pk, today).get(held.id, Readiness())
    asked = queries.questions_on(held.id, owner=held.owner, place=place.pk)
    mine = {str(one.id) for one in asked if place.pk in {held.owner, one.place}}
    hrefs = {
        str(one.id): reverse("rollouts:answer", args=[place.code, held.id, one.id])
        for one in asked
        if str(one.id) in mine
    }
    reminded = queries.reminded_on(place.pk, held.id, today)
    here = ready.some(Where.HERE)
    can = [one for one in here if one.who.person not in reminded]
    said = queries.corrections_of(held.id)
    notice = held.latest.notice
    page = pages.RolloutPage(
        title=notice.title,
        back=Link("Rollouts", reverse("rollouts:rollouts", args=[place.code])),
        code=place.code,
        rollout=str(held.id),
        told=pages.told_of(notice, queries.system_names(), held.goes_live_on, pages.corrections(said)),
        steps=pages.steps_of(notice, groups_of(scope)),
        questions=pages.asked_rows(asked, hrefs, "Answer once for all"),
        unanswered=sum(not one.answer for one in asked if str(one.id) in mine),
        ready=ready.ready,
        of=len(ready.people),
        summary=pages.summary_of(ready, held.goes_live_on, today),
        groups=ready.groups,
        roles=ready.roles,
        here=pages.here_of(ready),
        away=pages.away_of(ready),
        can_remind=len(can),
        reminded=f"{count(len(here) - len(can), 'person', 'people')} reminded today" if len(can) < len(here) else "",
        requirements=tuple(_requirement(place.code, one) for one in queries.rules_of(place.pk, held.id)),
        versions=tuple(
            Link(
                f"Version {one.number}, {day(one.published_on)}",
                reverse("rollouts:version", args=[place.code, held.id, one.number]),
            )
            for one in reversed(held.versions)
        ),
        checks=pages.check_rows(notice),
        correct_href=reverse("rollouts:correct", args=[place.code, held.id]) if held.owner == place.pk else "",
        undecided=pages.undecided_of(held),
        moved=pages.moved_of(held),
        decide_href=reverse("rollouts:decide", args=[place.code, held.id]),
        rule_href=reverse("rollouts:rule", args=[place.code, held.id]),
        publisher=f"Published by {held.owner_name}",
    )
    return render(request, page)


def version(request: Request, code: str, rollout: UUID, number: int) -> HttpResponse:
    """One version of a notice, as it was published."""
    place, held = _held(request, code, rollout)
    found = next((one for one in held.versions if one.number == number), None)
    if found is None:
        raise Http404
    whole = reverse("rollouts:rollout", args=[place.code, held.id])
    said = {key: one for key, one in queries.corrections_of(held.id).items() if key <= number}
    follows = next((one for one in held.versions if one.number > number), None)
    page = pages.VersionPage(
        title=found.notice.title,
        back=Link(held.latest.notice.title, whole),
        told=pages.told_of(found.notice, queries.system_names(), found.notice.goes_live_on, pages.corrections(said)),
        steps=pages.steps_of(found.notice, groups_of(request.viewer.scope(Can.SEE_ROLLOUTS))),
        checks=pages.check_rows(found.notice),
        number=found.number,
        held=f"It held from {day(found.published_on)} until version {follows.number} of {day(follows.published_on)}."
        if follows
        else f"It has held since {day(found.published_on)}.",
        newest=Link(f"Read version {held.latest.number}, which holds now", whole) if follows else None,
    )
    return render(request, page)


def decide(request: Request, code: str, rollout: UUID) -> HttpResponse:
    """Take a rollout over, change the day, or leave it out."""
    place, held = _held(request, code, rollout)
    form = forms.DecideForm(request.POST or None, goes_live_on=held.goes_live_on, is_followed=held.followed is not None)
    if deciding := form.value():
        by, at, organisation = request.viewer, request.at, OrganisationId(place.pk)
        try:
            if deciding.goes_live_on is not None:
                actions.adopt_rollout(
                    by=by, at=at, organisation=organisation, rollout=held.id, goes_live_on=deciding.goes_live_on
                )
            else:
                actions.decline_rollout(
                    by=by, at=at, organisation=organisation, rollout=held.id, reason=deciding.reason
                )
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, "Your decision is kept.")
            return redirect("rollouts:rollouts", place.code)
    notice = held.latest.notice
    effect = (
        f"{held.owner_name} published this{pages.moved_of(held)}. "
        "If you take it over, everybody it touches here finds it in “My training”."
    )
    page = _form_page(place, form, notice.title, effect, "Save your decision")
    whole = Link("Read the whole notice", reverse("rollouts:rollout", args=[place.code, held.id]))
    return render(request, replace(page, points=notice.different, more=whole, checks=pages.check_rows(notice)))


@require_POST
def remind(request: Request, code: str, rollout: UUID) -> HttpResponse:
    """Write to everybody who can read it and has not."""
    place, held = _held(request, code, rollout)
    told = actions.remind(by=request.viewer, at=request.at, organisation=OrganisationId(place.pk), rollout=held.id)
    link = request.build_absolute_uri(reverse("rollouts:change", args=[place.code, held.id]))
    notice = held.latest.notice
    written = addresses_of(told)
    for name, address in written:
        letter = (
            f"Hello {name},\n\n{notice.title} goes live on {day(held.goes_live_on)}. "
            f"It takes a few minutes to read what is different:\n{link}\n\n"
            f"{request.viewer.name} of {place.name} reminds everybody who has not read it yet, once a day at most.\n"
        )
        send_mail(f"Please read: {notice.title}", letter, None, [address])
    messages.success(request, f"We have written to {count(len(written), 'person', 'people')}.")
    return redirect("rollouts:rollout", place.code, held.id)


def correct(request: Request, code: str, rollout: UUID) -> HttpResponse:
    """Begin a correction."""
    place, held = _held(request, code, rollout)
    if held.owner != place.pk:
        raise Http404
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        try:
            actions.draft_correction(by=request.viewer, at=request.at, rollout=held.id)
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            return redirect("rollouts:draft", place.code, held.id)
    effect = (
        "You change a copy. When you publish it, people see what was corrected, and you say whether those who have "
        "read the notice must read it again."
    )
    return render(request, _form_page(place, form, f"Correct “{held.latest.notice.title}”", effect, "Begin"))


def answer(request: Request, code: str, rollout: UUID, question: UUID) -> HttpResponse:
    """Answer a question once for all."""
    place, held = _held(request, code, rollout)
    asked = queries.question_on(held.id, QuestionId(question), owner=held.owner, place=place.pk)
    if place.pk not in {held.owner, asked.place}:
        raise Http404
    form = forms.AnswerForm(request.POST or None)
    if words := form.value():
        try:
            actions.answer_question(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(place.pk),
                rollout=held.id,
                question=asked.id,
                words=words,
            )
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            messages.success(request, "Everybody who reads the notice sees your answer.")
            return redirect("rollouts:rollout", place.code, held.id)
    wanted = f"{count(asked.people, 'person wants', 'people want')} to know. "
    whom = "everybody at every practice" if place.pk == held.owner else "everybody here"
    effect = f"{wanted}Your answer stands on the notice, for {whom}. If you answer again, the last answer holds."
    return render(request, _form_page(place, form, asked.words, effect, "Answer for all"))


def rule(request: Request, code: str, rollout: UUID) -> HttpResponse:
    """Make a requirement of a notice, or change one."""
    place, held = _held(request, code, rollout)
    scope = request.viewer.scope(Can.EDIT_REQUIREMENTS)
    live = requirements_of(scope, place.pk)
    form = forms.RequireForm(request.POST or None, held=[(str(one.id), one.title) for one in live])
    chosen = form.value()
    if chosen is not None:
        try:
            draft = actions.draft_rule(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(place.pk),
                rollout=held.id,
                requirement=RequirementId(UUID(chosen)) if chosen else None,
            )
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            return redirect("rulemaking:check", place.code, draft)
    effect = (
        "This starts a draft in the rule editor, with the notice as its reason and source and with the people it "
        "touches. You see a dry run before anything is published."
    )
    return render(request, _form_page(place, form, "Make or change a requirement", effect, "Start the draft"))


def yearly(request: Request, code: str) -> HttpResponse:
    """Whether everybody confirms once a year what changed."""
    place = organisation_by_code(request.viewer.scope(Can.EDIT_ROLLOUTS), code)
    is_asked = place.pk in queries.refreshers_at([place.pk])
    form = forms.RefresherForm(request.POST or None, initial={"is_asked": "yes" if is_asked else "no"})
    asked = form.value()
    if asked is not None:
        actions.set_refresher(by=request.viewer, at=request.at, organisation=OrganisationId(place.pk), is_asked=asked)
        messages.success(request, "It is kept.")
        return redirect("rollouts:rollouts", place.code)
    effect = (
        "The refresher makes itself: for each person it lists what changed since they last confirmed. "
        "If you ask for it, everybody has 30 days for the first one, and then confirms every 12 months. "
        "Nobody is asked while nothing that touches them has changed."
    )
    return render(request, _form_page(place, form, "Yearly refresher", effect, "Save"))


def across(request: Request) -> HttpResponse:
    """What one's network or hub published, what reached it from above, and what networks beneath it published.

    By practice, in figures.
    """
    today = request.today
    own = [one.place.id for one in request.viewer.grants if one.beneath]
    shares = request.viewer.scope(Can.SEE_SHARES)
    reached = {one: beneath_today(OrganisationId(one), today) for one in own}
    below = [one for one in organisations_in(shares) if any(one.pk in some for some in reached.values())]
    practices = [one for one in below if one.kind == Kind.PRACTICE]
    reached |= {one.pk: beneath_today(OrganisationId(one.pk), today) for one in below if one.kind == Kind.PCN}
    ready = queries.readiness_across(shares, [one.pk for one in practices], today)
    systems = queries.system_names()
    tables: dict[RolloutId, pages.AcrossTable] = {}
    for publisher, beneath in reached.items():
        here = [one for one in practices if one.pk in beneath]
        for held in queries.rollouts_at(shares, publisher, today):
            if held.id not in tables:
                tables[held.id] = _table(held, here, ready, systems)
    own_lists = tuple(
        Link(f"Change notices of {one.place.name}", reverse("rollouts:rollouts", args=[one.place.code]))
        for one in request.viewer.grants
        if one.beneath
    )
    page = pages.AcrossPage(title="Rollouts across practices", tables=tuple(tables.values()), own=own_lists)
    return render(request, page)


def _table(
    held: queries.AtPlace,
    practices: list[Organisation],
    ready: dict[UUID, dict[RolloutId, Readiness]],
    systems: dict[str, str],
) -> pages.AcrossTable:
    notice = held.latest.notice
    decided = queries.decisions_on(held.id, [one.pk for one in practices])
    rows = []
    for one in practices:
        last = decided.get(one.pk)
        theirs = ready.get(one.pk, {}).get(held.id, Readiness())
        rows.append(pages.place_row(one.name, last.reason if last else "", last.goes_live_on if last else None, theirs))
    meta = f"{pages.about_of(notice, systems)}, live on {day(notice.goes_live_on)}. Published by {held.owner_name}"
    return pages.AcrossTable(notice.title, meta, tuple(rows), f"rollout-{held.id}")


def _requirement(code: str, one: queries.RuleMade) -> Link:
    if one.key:
        return Link(f"{one.title}, version {one.number}", reverse("rulemaking:requirement", args=[code, one.key]))
    return Link("A draft, not published yet", reverse("rulemaking:check", args=[code, one.draft]))


def _held(request: Request, code: str, rollout: UUID) -> tuple[Organisation, queries.AtPlace]:
    scope = request.viewer.scope(Can.SEE_ROLLOUTS)
    place = organisation_by_code(scope, code)
    return place, queries.rollout_at(scope, place.pk, RolloutId(rollout), request.today)


def _form_page(place: Organisation, form: Form[object], title: str, effect: str, button: str) -> pages.FormPage:
    here = reverse("rollouts:rollouts", args=[place.code])
    return pages.FormPage(
        title=title,
        back=Link("Rollouts", here),
        form=form,
        effect=effect,
        button=button,
        cancel_href=here,
        caption=place.name,
    )
