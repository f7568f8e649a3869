"""The eight questions, one page each."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse

from preceptor.compliance.requirements.domain.telling import lead_sentence
from preceptor.compliance.requirements.domain.transitions import AtRenewal
from preceptor.compliance.requirements.domain.versions import Version
from preceptor.compliance.requirements.domain.wording import audience_sentence, criterion_sentence
from preceptor.compliance.requirements.domain.words import Names
from preceptor.compliance.standing.queries import Loaded
from preceptor.foundation.actions import Refusal
from preceptor.register.models import Organisation
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render, wants_block
from preceptor.ui.requests import Request
from preceptor.ui.words import count

from .. import actions, forms, pages, queries
from ..domain.answers import Answers
from ..domain.drafts import Draft
from ..domain.effects import Change, figures
from ..domain.examples import example, example_sentence
from ..domain.provisional import provisional
from ..domain.questions import Question, next_after
from ..forms.offered import AnswerForm
from ..pages.editing import back_from, shell_of, title_of
from .drafting import opened, revision_of
from .offering import names_of, offered_for, seeing, sees_people
from .sampling import sample

_PREVIEWED = {Question.AGAIN, Question.EARLY, Question.OVER}


def question(request: Request, code: str, draft: UUID, question: str) -> HttpResponse:
    """One question: answered, kept, and on to the next."""
    place, found = opened(request, code, draft)
    if question not in list(Question):
        raise Http404
    asked = Question(question)
    after = request.POST.get("after") or request.GET.get("after", "")
    if found.published is not None:
        return redirect("rulemaking:dry-run", place.code, found.id)
    if asked is Question.SAMPLE:
        return sample(request, place, found, after)
    loaded = queries.world_known(seeing(request, place), place.pk, request.today)
    posted = request.POST if request.method == "POST" else None
    form = _form(request, place, found, asked, loaded, posted)
    button = request.POST.get("do", "save") if posted is not None else ""
    if button in {"save", "later"}:
        if (answers := form.value()) and _saved(request, found, form, answers):
            return _onwards(request, place, found, asked, "later" if button == "later" else after)
    elif pressed := form.pressed(button):
        form = pressed
    return _page(request, place, found, asked, form, loaded, after)


def _saved(request: Request, draft: Draft, form: AnswerForm, answers: Answers) -> bool:
    try:
        actions.save_draft(
            by=request.viewer,
            at=request.at,
            draft=draft.id,
            revision=revision_of(request),
            answers=answers,
            citing=form.new_citation(),
        )
    except Refusal as refused:
        form.refuse(refused.field, refused.message)
        return False
    return True


def _onwards(request: Request, place: Organisation, draft: Draft, asked: Question, after: str) -> HttpResponse:
    if after == "later":
        messages.success(request, f"The draft of {draft.title} is kept. Nothing changes for anyone until you publish.")
        return redirect("rulemaking:drafts", place.code)
    following = next_after(asked)
    if after == "check" or following in {None, Question.SAMPLE}:
        return redirect("rulemaking:check", place.code, draft.id)
    return redirect("rulemaking:question", place.code, draft.id, following or "")


def _form(
    request: Request, place: Organisation, draft: Draft, asked: Question, loaded: Loaded, data: QueryDict | None
) -> AnswerForm:
    answers, latest = draft.answers, draft.latest
    match asked:
        case Question.FIRST:
            return forms.FirstForm(data, answers)
        case Question.AGAIN:
            now = latest.rule.met_by if latest else None
            return forms.AgainForm(data, answers, names=names_of(request, draft), now=now)
        case Question.EARLY:
            return forms.EarlyForm(data, answers, names=names_of(request, draft))
        case Question.OVER:
            after = latest.rule.starts_on if latest else None
            return forms.OverForm(data, answers, after=after, today=request.today)
        case _:
            offered = offered_for(request, place, draft, asked, loaded)
    if asked is Question.WHOM:
        return forms.WhomForm(data, answers, offered=offered)
    if asked is Question.MET:
        return forms.MetForm(data, answers, offered=offered)
    return forms.WhatForm(data, answers, offered=offered, is_new=draft.requirement is None, today=request.today)


def _page(
    request: Request, place: Organisation, draft: Draft, asked: Question, form: AnswerForm, loaded: Loaded, after: str
) -> HttpResponse:
    names = names_of(request, draft)
    answers = _so_far(draft, form)
    shell = shell_of(place.code, draft, asked, after)
    if asked is not Question.WHAT:
        change = provisional(draft, answers, request.today) if asked in _PREVIEWED else None
        shell = replace(
            shell,
            read_back=_read_back(asked, answers, names, request),
            preview=_preview(request, place, change) if change else "",
            dry_run_href=reverse("rulemaking:dry-run", args=[place.code, draft.id]) if draft.change else "",
        )
    title, back = title_of(asked), back_from(place.code, draft, asked, after)
    match form:
        case forms.WhomForm():
            page = _whom(request, place, title, back, shell, form, answers, loaded)
            return render(request, page, block="now") if wants_block(request) else render(request, page)
        case forms.MetForm():
            return render(request, pages.MetPage(title=title, back=back, shell=shell, form=form))
        case forms.AgainForm():
            return render(request, pages.AgainPage(title=title, back=back, shell=shell, form=form))
        case forms.WhatForm():
            return render(request, pages.WhatPage(title=title, back=back, shell=shell, form=form))
        case _:
            return render(request, pages.QuestionPage(title=title, back=back, shell=shell, form=form))


def _so_far(draft: Draft, form: AnswerForm) -> Answers:
    """The answers as the page shows them: with what is in the form, if that says something."""
    if isinstance(form, forms.TreeForm):
        return form.so_far() or draft.answers
    if form.is_bound and not form.errors:
        return form.build()
    return draft.answers


def _whom(
    request: Request,
    place: Organisation,
    title: str,
    back: Link,
    shell: pages.Shell,
    form: forms.WhomForm,
    answers: Answers,
    loaded: Loaded,
) -> pages.WhomPage:
    whole = len({seat.person for seat in loaded.seats.values()})
    if form.so_far() is None or answers.audience is None:
        today, people = "Say who it is for, and press Update to see how many people that is today.", tuple[str, ...]()
    else:
        seats = queries.people_in(loaded, answers.audience, request.today)
        found = len({seat.person for seat in seats})
        today = f"{found} of {count(whole, 'person', 'people')} at {place.name} today"
        people = tuple(f"{seat.name}, {seat.role_name}" for seat in seats) if sees_people(request, place) else ()
    return pages.WhomPage(title=title, back=back, shell=shell, form=form, today=today, people=people)


def _read_back(asked: Question, answers: Answers, names: Names, request: Request) -> tuple[str, ...]:
    """What the answers say by now: the part the question is about, and a worked example where one is due."""
    if asked is Question.WHOM:
        return (audience_sentence(answers.audience, names),) if answers.audience else ()
    if answers.met_by is None:
        return ()
    if asked in {Question.FIRST, Question.OVER}:
        whole = _whole(answers)
        return (lead_sentence(whole, names),) if whole else ()
    worked = example(answers.met_by, request.today)
    said = criterion_sentence(answers.met_by, names)
    return (said, example_sentence(worked, names)) if worked else (said,)


def _whole(answers: Answers) -> Version | None:
    if answers.audience is None or answers.met_by is None or answers.starts_on is None:
        return None
    return Version(
        answers.starts_on,
        answers.ends_on,
        answers.audience,
        answers.met_by,
        answers.first_due_days,
        transition=AtRenewal(),
    )


def _preview(request: Request, place: Organisation, change: Change) -> str:
    """How many would notice, before the draft is finished."""
    tried = queries.dry_run(seeing(request, place), place.pk, change)
    found = figures(tried.trial, change)
    if not found.is_shown and not sees_people(request, place):
        return ""
    return f"{found.sooner} of {count(found.people, 'person', 'people')} would do it sooner in the first two years"
