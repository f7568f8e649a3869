"""Changes to read, on one's own phone: read, answer, done."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from preceptor.compliance.standing.domain.tags import tag_of
from preceptor.foundation.access import Can
from preceptor.foundation.actions import Refusal
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_code
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request
from preceptor.ui.words import day

from .. import actions, forms, pages, queries
from ..domain.notice import RolloutId, marked
from ..domain.questions import Question, QuestionId, like
from .shared import groups_of


def changes(request: Request) -> HttpResponse:
    """The changes that touch me."""
    person = _person(request)
    own = queries.own_changes(person, request.today)
    return render(request, pages.changes_page(own, queries.own_refreshers(person, request.today)))


def change(request: Request, code: str, rollout: UUID) -> HttpResponse:
    """One notice, with what I have to do."""
    return _change(request, code, rollout, forms.AskForm(None), ())


@require_POST
def ask(request: Request, code: str, rollout: UUID) -> HttpResponse:
    """Ask something; where somebody asked the same, show that first."""
    held = _own(request, code, rollout)
    form = forms.AskForm(request.POST)
    words = form.value()
    if words is None:
        return _change(request, code, rollout, form, ())
    similar = like(words, _questions(request, held))
    if similar and request.POST.get("sure") != "yes":
        return _change(request, code, rollout, form, similar)
    actions.ask_about(
        by=request.viewer,
        at=request.at,
        organisation=OrganisationId(held.place),
        rollout=held.id,
        words=words,
    )
    messages.success(request, "Your question is asked. The answer will stand here, for everybody.")
    return redirect("rollouts:change", held.code, held.id)


@require_POST
def ask_too(request: Request, code: str, rollout: UUID, question: UUID) -> HttpResponse:
    """Want to know the same."""
    held = _own(request, code, rollout)
    actions.ask_too(
        by=request.viewer,
        at=request.at,
        organisation=OrganisationId(held.place),
        rollout=held.id,
        question=QuestionId(question),
    )
    messages.success(request, "They see that you want to know this too.")
    return redirect("rollouts:change", held.code, held.id)


@require_POST
def done(request: Request, code: str, rollout: UUID, step: str) -> HttpResponse:
    """Say that I have read it, or done a thing it asks."""
    held = _own(request, code, rollout)
    try:
        actions.say_done(by=request.viewer, at=request.at, rollout=held.id, step=step, number=_number(request))
    except Refusal as refused:
        messages.error(request, refused.message)
    else:
        after = queries.own_change(_person(request), held.id, request.today)
        left = after is not None and bool(after.left)
        messages.success(request, "Done. There is more to do below." if left else "Done. That is all.")
    return redirect("rollouts:change", held.code, held.id)


def check(request: Request, code: str, rollout: UUID) -> HttpResponse:
    """Answer the questions, until they are right."""
    held = _own(request, code, rollout)
    step = held.step("check")
    if step is None:
        raise Http404
    checks, is_done = held.told.notice.checks, step.is_done
    answered: tuple[int, ...] = ()
    form = forms.CheckForm(request.POST or None, checks=checks)
    given = form.value()
    if given is not None and not is_done:
        try:
            is_done = actions.answer_check(
                by=request.viewer, at=request.at, rollout=held.id, number=_number(request), answers=given
            )
        except Refusal as refused:
            form.refuse(refused.field, refused.message)
        else:
            answered = given
    rows = (
        tuple(
            pages.Marked(one.words, one.options[answer], right, one.why)
            for one, answer, right in zip(checks, answered, marked(checks, answered), strict=True)
        )
        if answered
        else ()
    )
    page = pages.CheckPage(
        title="Check of understanding",
        back=Link(held.told.notice.title, reverse("rollouts:change", args=[held.code, held.id])),
        caption=held.told.notice.title,
        form=form,
        marked=rows,
        number=held.told.number,
        is_done=is_done,
        change_href=reverse("rollouts:change", args=[held.code, held.id]),
    )
    return render(request, page)


def refresher(request: Request, code: str) -> HttpResponse:
    """Everything that changed since I last confirmed."""
    person = _person(request)
    place = organisation_by_code(request.viewer.scope(Can.READ_ROLLOUTS), code)
    held = next((one for one in queries.own_refreshers(person, request.today) if one.place == place.pk), None)
    if held is None:
        raise Http404
    digest = actions.digest(actions.text_of(held))
    if request.method == "POST":
        try:
            actions.confirm_refresher(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(place.pk),
                sha256=request.POST.get("digest", ""),
            )
        except Refusal as refused:
            messages.error(request, refused.message)
        else:
            messages.success(request, "Confirmed.")
        return redirect("rollouts:refresher", place.code)
    page = pages.RefresherPage(
        title="Everything that changed",
        back=Link("Changes to read", reverse("rollouts:changes")),
        caption=place.name,
        since=f"What changed since {day(held.since)}"
        + (", when you last confirmed." if held.confirmed_on else ", in the last 12 months."),
        tag=tag_of(held.verdict) if held.verdict is not None else None,
        changes=tuple(
            pages.Changed(one.told.notice.title, f"Live since {day(one.goes_live_on)}", one.told.notice.different)
            for one in held.changes
        ),
        digest=digest,
        may_confirm=held.may_be_confirmed,
    )
    return render(request, page)


def _change(
    request: Request, code: str, rollout: UUID, form: forms.AskForm, similar: tuple[Question, ...]
) -> HttpResponse:
    held = _own(request, code, rollout)
    asked = _questions(request, held)
    too = {
        str(one.id): reverse("rollouts:ask-too", args=[held.code, held.id, one.id])
        for one in asked
        if not one.is_mine and not one.answer
    }
    steps = pages.step_rows(held, groups_of(request.viewer.scope(Can.READ_ROLLOUTS)))
    page = pages.ChangePage(
        title=held.told.notice.title,
        back=Link("Changes to read", reverse("rollouts:changes")),
        told=pages.told_of(
            held.told.notice,
            queries.system_names(),
            held.goes_live_on,
            pages.corrections(queries.corrections_of(held.id)),
        ),
        number=held.told.number,
        steps=steps,
        next=next((one for one in steps if one.button), None),
        questions=pages.asked_rows(asked, too, "I want to know too"),
        similar=pages.asked_rows(similar, {}, ""),
        form=form,
        ask_href=reverse("rollouts:ask", args=[held.code, held.id]),
    )
    return render(request, page)


def _questions(request: Request, held: queries.OwnChange) -> list[Question]:
    place = queries.rollout_at(request.viewer.scope(Can.READ_ROLLOUTS), held.place, held.id, request.today)
    return queries.questions_on(held.id, owner=place.owner, place=held.place, person=request.viewer.person)


def _own(request: Request, code: str, rollout: UUID) -> queries.OwnChange:
    """The change, where one works and is touched by it. Anything else does not exist."""
    organisation_by_code(request.viewer.scope(Can.READ_ROLLOUTS), code)
    held = queries.own_change(_person(request), RolloutId(rollout), request.today)
    if held is None:
        raise Http404
    return held


def _person(request: Request) -> UUID:
    if request.viewer.person is None:
        raise Http404
    return request.viewer.person


def _number(request: Request) -> int:
    given = request.POST.get("number", "")
    return int(given) if given.isdecimal() and len(given) < 6 else 0
