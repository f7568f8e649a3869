"""Drafts: the list, a new one, all answers of one, and putting one away."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from preceptor.compliance.requirements.domain.decisions import RequirementId
from preceptor.compliance.requirements.domain.examples import RuleExample
from preceptor.compliance.requirements.queries import (
    names_for,
    requirement_by_key,
    requirements_of,
    rule_examples,
)
from preceptor.compliance.standing.domain.figures import Figures
from preceptor.foundation.access import Can
from preceptor.foundation.actions import Refusal
from preceptor.register.models import Organisation
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_code
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request

from .. import actions, forms, pages, queries
from ..domain.drafts import Draft
from ..domain.effects import Change, figures
from ..domain.questions import Question
from ..pages.drafts import caption_of
from ..pages.running import FEW, change_sentence
from .offering import names_of, seeing, sees_people, sources_of

_MOST_DIGITS: Final = 9


def drafts(request: Request, code: str) -> HttpResponse:
    """Everything in the making at a place."""
    place = place_of(request, code)
    found = queries.drafts_of(request.viewer.scope(Can.EDIT_REQUIREMENTS), place.pk)
    return render(request, pages.drafts_page(place.name, place.code, found))


def start(request: Request, code: str) -> HttpResponse:
    """Start a draft: of the requirement whose key is sent or which is chosen, like an example, or with nothing."""
    place, scope = place_of(request, code), request.viewer.scope(Can.EDIT_REQUIREMENTS)
    if key := request.POST.get("key", ""):
        return _started(request, place, requirement_by_key(scope, place.pk, key).id)
    if like := request.POST.get("example", ""):
        return _started(request, place, None, _example(like))
    if request.POST.get("requirement") == "new":
        return _started(request, place, None)
    held = [one for one in requirements_of(scope, place.pk) if one.ending is None]
    form = forms.StartForm(
        request.POST if request.method == "POST" else None, [(str(one.id), one.title) for one in held]
    )
    if form.is_bound and form.is_valid():
        return _started(request, place, form.build())
    return _start_page(request, place, form)


def _example(key: str) -> RuleExample:
    found = next((one for one in rule_examples() if one.key == key), None)
    if found is None:
        raise Http404
    return found


def _started(
    request: Request, place: Organisation, requirement: RequirementId | None, example: RuleExample | None = None
) -> HttpResponse:
    """To the answers where there are some already; to the first question of a new requirement where there are none."""
    try:
        draft = actions.start_draft(
            by=request.viewer,
            at=request.at,
            organisation=OrganisationId(place.pk),
            requirement=requirement,
            example=example,
        )
    except Refusal as refused:
        messages.error(request, refused.message)
        return redirect("rulemaking:start", place.code)
    if requirement is None and example is None:
        return redirect("rulemaking:question", place.code, draft, Question.WHAT.value)
    return redirect("rulemaking:check", place.code, draft)


def _start_page(request: Request, place: Organisation, form: forms.StartForm) -> HttpResponse:
    names = names_for(request.viewer.scope(Can.SEE_PEOPLE))
    return render(request, pages.start_page(place.code, form, rule_examples(), names))


def check(request: Request, code: str, draft: UUID) -> HttpResponse:
    """All answers of a draft, beside what they were; and why the law allows it, where it asks for less than before."""
    place, found = opened(request, code, draft)
    form = forms.LegalForm(request.POST if request.method == "POST" else None, found.answers)
    if answers := form.value():
        try:
            actions.save_draft(
                by=request.viewer, at=request.at, draft=found.id, revision=revision_of(request), answers=answers
            )
        except Refusal as refused:
            form.refuse("", refused.message)
        else:
            return redirect("rulemaking:check", place.code, found.id)
    return render(request, _check_page(request, place, found, form))


def _check_page(request: Request, place: Organisation, found: Draft, form: forms.LegalForm) -> pages.CheckPage:
    change, names = found.change, names_of(request, found)
    said = ""
    if change is not None:
        tried = queries.dry_run(seeing(request, place), place.pk, change)
        said = said_of(request, place, figures(tried.trial, change), change)
    return pages.check_page(
        place.code,
        found,
        names,
        {one.key: one.title for one in sources_of(request, place, found)},
        said,
        request.build_absolute_uri(request.path),
        queries.looser_of(request.viewer.scope(Can.EDIT_REQUIREMENTS), found, names),
        form,
    )


def said_of(request: Request, place: Organisation, found: Figures, change: Change) -> str:
    """What publishing would change, in words; figures of fewer than five are for whoever may see people alone."""
    if found.is_shown or sees_people(request, place):
        return change_sentence(change, found)
    return FEW


def discard(request: Request, code: str, draft: UUID) -> HttpResponse:
    """Put a draft away for good, once that is said again."""
    place, found = opened(request, code, draft)
    home = reverse("rulemaking:check", args=[place.code, found.id])
    problem = ""
    if request.method == "POST":
        try:
            actions.discard_draft(by=request.viewer, at=request.at, draft=found.id, revision=revision_of(request))
        except Refusal as refused:
            problem = refused.message
        else:
            messages.success(request, f"The draft of {found.title} is put away. Nothing changed for anyone.")
            return redirect("rulemaking:drafts", place.code)
    page = pages.DiscardPage(
        title="Discard this draft?",
        caption=caption_of(found),
        revision=found.revision,
        cancel_href=home,
        problem=problem,
    )
    return render(request, page)


def opened(request: Request, code: str, draft: UUID) -> tuple[Organisation, Draft]:
    """A draft at the place in the address, both within what the viewer may change."""
    place = place_of(request, code)
    return place, queries.draft_of(request.viewer.scope(Can.EDIT_REQUIREMENTS), place.pk, draft)


def place_of(request: Request, code: str) -> Organisation:
    """The place in the address, if the viewer may change what it requires."""
    return organisation_by_code(request.viewer.scope(Can.EDIT_REQUIREMENTS), code)


def revision_of(request: Request) -> int:
    """The revision of the draft that the page was made of."""
    return seen(request, "revision")


def seen(request: Request, name: str) -> int:
    """A number that the page sends back as it was. No page sends anything else."""
    given = request.POST.get(name, "")
    if not given.isdecimal() or len(given) > _MOST_DIGITS:
        raise Http404
    return int(given)
