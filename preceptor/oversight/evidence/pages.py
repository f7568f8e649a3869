"""What the pages about the training needs analysis show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import ClassVar

from django.urls import reverse

from preceptor.foundation.dates import london_date
from preceptor.ui.asof import address
from preceptor.ui.forms import Form
from preceptor.ui.pages import Link, Page
from preceptor.ui.words import day

from .domain import Analysis, Told, changes_since, told
from .queries import Frozen, Listed


@dataclass(frozen=True, slots=True)
class VersionRow:
    """One endorsed version in a list."""

    title: str
    href: str
    meta: str
    is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NeedsPage(Page):
    """The living analysis."""

    template: ClassVar[str] = "evidence/needs.jinja"
    reading: ClassVar[bool] = False

    code: str
    told: Told
    form: Form[date]
    is_empty: bool
    missing_href: str
    pdf_href: str
    endorse_href: str
    versions: tuple[VersionRow, ...]
    sees_people: bool
    all_href: str
    opens_all: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionPage(Page):
    """An endorsed analysis as it was, and what differs from it now."""

    template: ClassVar[str] = "evidence/version.jinja"
    reading: ClassVar[bool] = False

    code: str
    number: int
    told: Told
    sha256: str
    is_sound: bool
    recorded: str
    pdf_href: str
    json_href: str
    changes: tuple[str, ...]
    today: date
    sees_people: bool
    all_href: str
    opens_all: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EndorsePage(Page):
    """Endorsing the analysis just read."""

    template: ClassVar[str] = "evidence/endorse.jinja"

    form: Form[object]
    place: str
    lead: str
    measure_lead: str
    seen: str
    cancel_href: str


def needs_page(
    analysis: Analysis,
    form: Form[date],
    published_on: date,
    versions: list[Listed],
    today: date,
    *,
    may_endorse: bool,
    sees_people: bool,
    opens_all: bool,
) -> NeedsPage:
    """The living analysis, measured on a day of publication. Each role folds, unless all are to be open."""
    code, asked = analysis.code, _asked(published_on, today)
    here = reverse("evidence:needs", args=[code])
    missing = analysis.measure.missing if analysis.measure and sees_people else 0
    query = {"requirement": analysis.measure.subject if analysis.measure else "", "order": "urgent"}
    return NeedsPage(
        title="Training needs analysis",
        code=code,
        told=told(analysis),
        form=form,
        is_empty=analysis.is_empty,
        missing_href=address(reverse("practices:matrix", args=[code]), query) if missing else "",
        pdf_href=address(reverse("evidence:needs-pdf", args=[code]), asked),
        endorse_href=address(reverse("evidence:endorse", args=[code]), asked)
        if may_endorse and not analysis.is_empty
        else "",
        versions=tuple(_row(code, one, today) for one in versions),
        sees_people=sees_people,
        all_href=address(here, asked if opens_all else {**asked, "open": "all"}),
        opens_all=opens_all,
    )


def version_page(frozen: Frozen, living: Analysis, today: date, *, sees_people: bool, opens_all: bool) -> VersionPage:
    """An endorsed analysis as it was, beside the living one."""
    then = frozen.analysis if sees_people else frozen.analysis.from_above()
    code = then.code
    here = reverse("evidence:version", args=[code, frozen.number])
    return VersionPage(
        title=f"Training needs analysis, version {frozen.number}",
        back=Link("Training needs analysis today", reverse("evidence:needs", args=[code])),
        code=code,
        number=frozen.number,
        told=told(then),
        sha256=frozen.sha256,
        is_sound=frozen.is_sound,
        recorded=_recorded(frozen.recorded_at),
        pdf_href=reverse("evidence:version-pdf", args=[code, frozen.number]),
        json_href=reverse("evidence:version-json", args=[code, frozen.number]) if sees_people else "",
        changes=changes_since(then, living),
        today=today,
        sees_people=sees_people,
        all_href=here if opens_all else address(here, {"open": "all"}),
        opens_all=opens_all,
    )


def endorse_page(analysis: Analysis, form: Form[object], seen: str, back: str) -> EndorsePage:
    """Endorsing the living analysis as it was just read."""
    said = told(analysis)
    return EndorsePage(
        title="Freeze and endorse the training needs analysis",
        form=form,
        place=analysis.place,
        lead=said.lead,
        measure_lead=said.measure_lead,
        seen=seen,
        cancel_href=back,
    )


def _row(code: str, one: Listed, today: date) -> VersionRow:
    return VersionRow(
        title=f"Version {one.number}",
        href=reverse("evidence:version", args=[code, one.number]),
        meta=f"Endorsed by {one.endorsed_by}, {day(one.endorsed_on)}. Review by {day(one.review_by)}",
        is_late=one.review_by < today,
    )


def _recorded(at: datetime) -> str:
    return day(london_date(at))


def _asked(published_on: date, today: date) -> dict[str, str]:
    """What to add to an address so that it measures on the same day."""
    if published_on == today:
        return {}
    return {"on_day": str(published_on.day), "on_month": str(published_on.month), "on_year": str(published_on.year)}
