"""The dry run: what a draft would do, as a page and as a file; and publishing it."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from preceptor.compliance.requirements.domain.words import Names
from preceptor.compliance.standing.domain.figures import Figures
from preceptor.compliance.standing.domain.noticing import noticing, stuck
from preceptor.foundation.access import Can
from preceptor.foundation.actions import Refusal
from preceptor.register.models import Organisation
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import beneath_today
from preceptor.ui.downloads import csv_download, xlsx_download
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request

from .. import actions, pages, queries
from ..domain.drafts import Draft
from ..domain.effects import by, figures, quarters, three_ways
from ..domain.questions import SHORT, question_of
from ..pages.running import Doors, Found, dry_run_page
from .drafting import opened, revision_of, seen
from .offering import seeing, sees_people


def dry_run(request: Request, code: str, draft: UUID) -> HttpResponse:
    """What publishing would change, with the button that does it."""
    place, found = opened(request, code, draft)
    if found.change is None:
        return redirect("rulemaking:check", place.code, found.id)
    refused = None
    if request.method == "POST":
        try:
            number = actions.publish_draft(
                by=request.viewer,
                at=request.at,
                draft=found.id,
                revision=revision_of(request),
                number=seen(request, "number"),
            )
        except Refusal as refusal:
            refused = refusal
        else:
            place, found = opened(request, code, draft)
            messages.success(request, f"Version {number} of {found.title} is published.")
            return redirect("rulemaking:requirement", place.code, found.requirement.key if found.requirement else "")
    page = _page(request, place, found, shows_all=request.GET.get("all") == "yes")
    if refused is not None:
        question = question_of(refused.field)
        link = Link(f"Change “{SHORT[question]}”", _question(place, found, question)) if question else None
        page = replace(page, problem=refused.message, problem_link=link)
    return render(request, page)


def dry_run_csv(request: Request, code: str, draft: UUID) -> HttpResponse:
    """The dry run as CSV."""
    name, lines = _lines(request, code, draft)
    return csv_download(lines, name)


def dry_run_xlsx(request: Request, code: str, draft: UUID) -> HttpResponse:
    """The dry run as a workbook."""
    name, lines = _lines(request, code, draft)
    return xlsx_download(pages.downloads.as_xlsx(lines), name)


def _lines(request: Request, code: str, draft: UUID) -> tuple[str, list[pages.downloads.Line]]:
    place, found = opened(request, code, draft)
    if found.change is None:
        raise Http404
    page = _page(request, place, found, shows_all=True)
    key = found.requirement.key if found.requirement else "new-requirement"
    return f"dry-run-{place.code}-{key}", list(pages.downloads.lines(place.name, page))


def _page(request: Request, place: Organisation, draft: Draft, *, shows_all: bool) -> pages.DryRunPage:
    change = draft.change
    if change is None:
        raise Http404
    tried = queries.dry_run(seeing(request, place), place.pk, change)
    is_seen = sees_people(request, place)
    roles = {key: seat.role_name for key, seat in tried.seats.items()}
    found = Found(
        figures=figures(tried.trial, change),
        differences=noticing(tried.trial),
        names={key: (seat.name, seat.role_name) for key, seat in tried.seats.items()} if is_seen else None,
        roles=by(tried.trial, change, roles) if is_seen else {},
        quarters=quarters(tried.trial),
        ways=three_ways(tried.loaded.world, place.code, change),
        practices=_practices(request, place, draft),
        stuck=stuck(tried.trial.differences),
    )
    args = [place.code, draft.id]
    back = (
        Link("Back to the requirement", reverse("rulemaking:requirement", args=[place.code, draft.requirement.key]))
        if draft.published is not None and draft.requirement
        else Link("Back to your answers", reverse("rulemaking:check", args=args))
    )
    doors = Doors(
        back=back,
        all_href=f"{reverse('rulemaking:dry-run', args=args)}?all=yes",
        shows_all=shows_all,
        downloads=(
            Link("Download CSV", reverse("rulemaking:dry-run-csv", args=args)),
            Link("Download Excel", reverse("rulemaking:dry-run-xlsx", args=args)),
        ),
        missing=_missing(request, place, draft),
    )
    return dry_run_page(draft, change, found, doors)


def _missing(request: Request, place: Organisation, draft: Draft) -> tuple[Link, ...]:
    """What is to be said before publishing: every open question, and why the law allows less where it would be less."""
    found = [
        Link(SHORT[question], f"{_question(place, draft, question)}?after=check") for question in draft.answers.missing
    ]
    is_said = draft.answers.decision is not None and bool(draft.answers.decision.legal_reason.strip())
    if not is_said and queries.looser_of(request.viewer.scope(Can.EDIT_REQUIREMENTS), draft, Names()):
        check = reverse("rulemaking:check", args=[place.code, draft.id])
        found.append(Link("Why the law allows you to ask for less", f"{check}#looser"))
    return tuple(found)


def _practices(request: Request, place: Organisation, draft: Draft) -> list[tuple[str, Figures | None]]:
    """The same draft on every practice beneath that the viewer sees figures of."""
    beneath = beneath_today(OrganisationId(place.pk), request.today)
    change = draft.change
    if not beneath or change is None:
        return []
    tried = queries.dry_runs_beneath(request.viewer.scope(Can.SEE_SHARES), draft, change, frozenset(beneath))
    return [(one, None) if isinstance(one, str) else (one.name, figures(one.trial, one.change)) for one in tried]


def _question(place: Organisation, draft: Draft, question: str) -> str:
    return reverse("rulemaking:question", args=[place.code, draft.id, str(question)])
