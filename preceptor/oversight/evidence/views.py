"""HTTP in, one analysis, page or file out."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from preceptor.foundation.access import Can
from preceptor.foundation.actions import Refusal
from preceptor.foundation.files import answer_with
from preceptor.foundation.typesetting import MEDIA_TYPE, typeset
from preceptor.register.models import Organisation
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_code
from preceptor.ui.asof import address
from preceptor.ui.downloads import download
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request

from . import actions, pages, queries
from .domain import PRINTED, Analysis, digest_of, printed, text_of
from .forms import EndorseForm, PublicationForm


def needs(request: Request, code: str) -> HttpResponse:
    """The living analysis of a place."""
    place = _place(request, code)
    form = PublicationForm(request.GET.dict(), today=request.today)
    published_on = form.day()
    sees_people = _sees_people(request, place)
    page = pages.needs_page(
        _living(request, place, form),
        form,
        published_on,
        queries.versions_of(request.viewer.scope(Can.SEE_SHARES), place.pk),
        request.today,
        may_endorse=request.viewer.scope(Can.ENDORSE).holds(place.pk),
        sees_people=sees_people,
        opens_all=_opens_all(request),
    )
    return render(request, page)


def needs_pdf(request: Request, code: str) -> HttpResponse:
    """The living analysis as PDF, which says that nobody endorsed it."""
    place = _place(request, code)
    analysis = _living(request, place, PublicationForm(request.GET.dict(), today=request.today))
    content = typeset(PRINTED, printed(analysis), request.at)
    return download(content, MEDIA_TYPE, f"training-needs-{place.code}-{request.today:%Y-%m-%d}.pdf")


def endorse(request: Request, code: str) -> HttpResponse:
    """Freeze the analysis as it was read, with who endorses it."""
    place = organisation_by_code(request.viewer.scope(Can.ENDORSE), code)
    published_on = PublicationForm(request.GET.dict(), today=request.today).day()
    form = EndorseForm(request.POST or None, today=request.today)
    if endorsing := form.value():
        try:
            number = actions.endorse(
                by=request.viewer,
                at=request.at,
                organisation=OrganisationId(place.pk),
                published_on=published_on,
                endorsing=endorsing,
                seen=request.POST.get("seen", ""),
            )
        except Refusal as refusal:
            form.refuse(refusal.field, refusal.message)
        else:
            messages.success(request, f"Version {number} is frozen and endorsed.")
            return redirect("evidence:version", place.code, number)
    analysis = queries.analysis_of(request.viewer.scope(Can.ENDORSE), place.pk, request.today, published_on)
    query = {key: value for key, value in request.GET.dict().items() if key.startswith("on_")}
    back = address(reverse("evidence:needs", args=[place.code]), query)
    return render(request, pages.endorse_page(analysis, form, digest_of(text_of(analysis)), back))


def version(request: Request, code: str, number: int) -> HttpResponse:
    """An endorsed analysis as it was, and what differs from it now."""
    place = _place(request, code)
    frozen = queries.version_of(request.viewer.scope(Can.SEE_SHARES), place.pk, number)
    living = _living(request, place, PublicationForm({}, today=request.today))
    page = pages.version_page(
        frozen, living, request.today, sees_people=_sees_people(request, place), opens_all=_opens_all(request)
    )
    return render(request, page)


def version_pdf(request: Request, code: str, number: int) -> HttpResponse:
    """The PDF of an endorsed analysis: the file that was stored, or for readers from above one made without names."""
    place = _place(request, code)
    frozen = queries.version_of(request.viewer.scope(Can.SEE_SHARES), place.pk, number)
    if _sees_people(request, place):
        return answer_with(frozen.pdf)
    data = printed(frozen.analysis.from_above(), frozen.number, frozen.sha256, is_whole=False)
    return download(typeset(PRINTED, data, frozen.recorded_at), MEDIA_TYPE, frozen.pdf.name)


def version_json(request: Request, code: str, number: int) -> HttpResponse:
    """The text of an endorsed analysis, whose SHA-256 is its digest."""
    place = _place(request, code)
    if not _sees_people(request, place):
        raise Http404
    frozen = queries.version_of(request.viewer.scope(Can.SEE_SHARES), place.pk, number)
    name = f"training-needs-{place.code}-{frozen.number}.json"
    return download(frozen.text.encode(), "application/json", name)


def _place(request: Request, code: str) -> Organisation:
    return organisation_by_code(request.viewer.scope(Can.SEE_SHARES), code)


def _sees_people(request: Request, place: Organisation) -> bool:
    """May the viewer see who the people of this place are?"""
    return request.viewer.scope(Can.SEE_PRACTICE).holds(place.pk)


def _opens_all(request: Request) -> bool:
    """Is everything that folds asked for open?"""
    return request.GET.get("open") == "all"


def _living(request: Request, place: Organisation, form: PublicationForm) -> Analysis:
    """The living analysis; without names and small shares for whoever reads from above."""
    scope = request.viewer.scope(Can.SEE_SHARES)
    analysis = queries.analysis_of(scope, place.pk, request.today, form.day())
    return analysis if _sees_people(request, place) else analysis.from_above()
