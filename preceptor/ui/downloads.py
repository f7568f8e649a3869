"""Answers that a browser saves as a file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from preceptor.foundation.csvs import csv_of

CSV: Final = "text/csv; charset=utf-8"
XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(content: bytes, media_type: str, name: str) -> HttpResponse:
    """The response that has a browser save the content under a name; nobody on the way keeps a copy."""
    response = HttpResponse(content, content_type=media_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name) or "attachment"
    response["Cache-Control"] = "private, no-store"
    return response


def csv_download(lines: Iterable[Sequence[object]], name: str) -> HttpResponse:
    """Lines as CSV that a spreadsheet opens as text: UTF-8 with its mark, nothing that runs as a formula."""
    return download(csv_of(lines).encode("utf-8-sig"), CSV, f"{name}.csv")


def xlsx_download(content: bytes, name: str) -> HttpResponse:
    """A workbook."""
    return download(content, XLSX, f"{name}.xlsx")
