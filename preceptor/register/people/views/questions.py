"""What someone is asked about themselves: whether they work where a place says they do."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect

from preceptor.foundation.access import Can
from preceptor.foundation.actions import Refusal
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request

from .. import actions, pages, queries
from ..domain import EngagementId


def questions(request: Request) -> HttpResponse:
    """The places that say someone works there, each with a yes and a no."""
    rows = queries.questions_for(request.viewer.scope(Can.CONFIRM_WORK))
    if request.method == "POST":
        given = next((row for row in rows if str(row.engagement_id) == request.POST.get("engagement")), None)
        if given is None or request.POST.get("answer") not in {"yes", "no"}:
            raise Http404
        _answer(request, given.engagement_id, given.engagement.organisation.name)
        return redirect("people:questions" if len(rows) > 1 else "accounts:me")
    page = pages.QuestionsPage(
        title="Do you work there?",
        questions=tuple(
            pages.Question(
                engagement=str(row.engagement_id),
                place=row.engagement.organisation.name,
                role=row.role.name,
                first_on=row.starts_on,
                last_on=queries.terms_of(row).last_on,
            )
            for row in rows
        ),
    )
    return render(request, page)


def _answer(request: Request, engagement: UUID, place: str) -> None:
    is_yes = request.POST["answer"] == "yes"
    act = actions.confirm_engagement if is_yes else actions.deny_engagement
    try:
        act(by=request.viewer, at=request.at, engagement=EngagementId(engagement))
    except Refusal as refused:
        messages.warning(request, refused.message)
    else:
        told = f"{place} now sees your training." if is_yes else f"{place} sees nothing of your training."
        messages.success(request, f"Thank you. {told}")
