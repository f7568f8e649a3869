"""HTTP in, one picture of the practice, page out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from uuid import UUID

from django.http import Http404, HttpResponse

from preceptor.foundation.access import Can
from preceptor.foundation.dates import end_of_day
from preceptor.register.models import Organisation
from preceptor.register.organisations.queries import organisation_by_code
from preceptor.training.inductions.queries import inductions_of
from preceptor.ui.asof import as_of
from preceptor.ui.downloads import csv_download, xlsx_download
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request

from . import pages, queries
from .domain import Asked, Matrix, Picture, matrix
from .forms import MatrixForm


def today(request: Request, code: str) -> HttpResponse:
    """What needs the manager today."""
    place = _place(request, code)
    scope, edits = request.viewer.scope(Can.SEE_STANDING), request.viewer.scope(Can.EDIT_REQUIREMENTS)
    picture = queries.todays_picture_of(scope, edits, place.pk, request.today, request.today - pages.WEEK)
    waiting = queries.waiting_at(request.viewer.scope(Can.DECIDE_RECORDS), place.pk)
    return render(request, pages.today_page(place.code, picture, waiting, request.today))


def training(request: Request, code: str) -> HttpResponse:
    """The training matrix, as a table or a list, on any day."""
    place, form = _place(request, code), MatrixForm(request.GET.dict(), today=request.today)
    asked = form.asked()
    known_at = _known_at(request, asked.on)
    picture = queries.whole_picture_of(request.viewer.scope(Can.SEE_STANDING), place.pk, asked.on, known_at)
    page = pages.matrix_page(
        code=place.code,
        matrix=_matrix(picture, asked),
        picture=picture,
        as_of=as_of(request.path, request.GET.dict(), asked.on, request.today, known_then=known_at is not None),
        asked=asked,
        form=form,
        view=pages.View(
            is_list=request.GET.get("view") == "list",
            with_valid=request.GET.get("valid") == "yes",
            is_compact=request.GET.get("rows") == "compact",
        ),
        query=request.GET.dict(),
    )
    return render(request, page)


def training_csv(request: Request, code: str) -> HttpResponse:
    """The matrix as shown, as CSV."""
    name, lines = _table(request, code)
    return csv_download((line.words for line in lines), name)


def training_xlsx(request: Request, code: str) -> HttpResponse:
    """The matrix as shown, as a workbook."""
    name, lines = _table(request, code)
    return xlsx_download(pages.downloads.as_xlsx(lines), name)


def person(request: Request, code: str, person: UUID) -> HttpResponse:
    """One person's training at the practice."""
    place, asked = _place(request, code), MatrixForm(request.GET.dict(), today=request.today).asked()
    known_at = _known_at(request, asked.on)
    picture = queries.picture_of(request.viewer.scope(Can.SEE_STANDING), place.pk, asked.on, known_at, person=person)
    if not picture.people:
        raise Http404
    shown = as_of(request.path, request.GET.dict(), asked.on, request.today, known_then=known_at is not None)
    inducted = inductions_of(request.viewer.scope(Can.SEE_INDUCTIONS), place.pk, person)
    return render(request, pages.person_page(place.code, picture, inducted, shown))


def requirement(request: Request, code: str, key: str) -> HttpResponse:
    """One column of the matrix: who has it and who does not."""
    place, asked = _place(request, code), MatrixForm(request.GET.dict(), today=request.today).asked()
    known_at = _known_at(request, asked.on)
    picture = queries.picture_of(request.viewer.scope(Can.SEE_STANDING), place.pk, asked.on, known_at)
    shown = as_of(request.path, request.GET.dict(), asked.on, request.today, known_then=known_at is not None)
    page = pages.requirement_page(place.code, picture, key, shown)
    if page is None:
        raise Http404
    return render(request, page)


def _place(request: Request, code: str) -> Organisation:
    return organisation_by_code(request.viewer.scope(Can.SEE_PRACTICE), code)


def _known_at(request: Request, on: date) -> datetime | None:
    """What was known at the end of a past day, when that is asked for."""
    return end_of_day(on) if request.GET.get("known") == "then" and on < request.today else None


def _matrix(picture: Picture, asked: Asked) -> Matrix:
    return matrix(picture, asked.question)


def _table(request: Request, code: str) -> tuple[str, Iterator[pages.downloads.Line]]:
    """What to call a file of the matrix as shown, and its lines."""
    place, asked = _place(request, code), MatrixForm(request.GET.dict(), today=request.today).asked()
    known_at = _known_at(request, asked.on)
    picture = queries.picture_of(request.viewer.scope(Can.SEE_STANDING), place.pk, asked.on, known_at)
    shown = as_of(request.path, {}, asked.on, request.today, known_then=known_at is not None)
    found = _matrix(picture, asked)
    said = pages.question_words(asked.question, picture.people, picture.requirements)
    table = pages.downloads.Table(
        place=f"{place.name} ({place.code})",
        as_of=pages.as_of_words(shown),
        asked=f"{said}. {found.only}".removesuffix(" "),
        matrix=found,
        waiting=picture.waiting if shown.is_today else {},
    )
    return f"training-{place.code}-{asked.on:%Y-%m-%d}", pages.downloads.lines(table)
