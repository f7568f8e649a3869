"""The packs that reach a place, to read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.http import HttpResponse
from django.urls import reverse

from preceptor.compliance.requirements.domain.versions import Version
from preceptor.compliance.requirements.domain.words import Names
from preceptor.compliance.requirements.queries import names_for
from preceptor.foundation.access import Can
from preceptor.register.organisations.queries import organisation_by_code
from preceptor.ui.pages import Link
from preceptor.ui.rendering import render
from preceptor.ui.requests import Request

from .. import pages, queries
from ..domain import Line, PackAt


@dataclass(frozen=True, slots=True)
class _Said:
    """What turns requirements of a pack at a place into rows, for one viewer."""

    code: str
    pack: UUID
    names: Names
    answers: bool
    sees_reasons: bool

    def rows(self, lines: Iterable[Line]) -> tuple[pages.LineRow, ...]:
        """Requirements as rows."""
        return pages.rows_by_state(
            lines, self.code, self.pack, self.names, answers=self.answers, sees_reasons=self.sees_reasons
        )

    def by_area(self, lines: Iterable[Line]) -> tuple[tuple[str, tuple[pages.LineRow, ...]], ...]:
        """Requirements as the rows of their areas."""
        return tuple((area, self.rows(some)) for area, some in groupby(lines, lambda line: line.area_name))


def packs(request: Request, code: str) -> HttpResponse:
    """The packs that reach a place, and how it stands with each."""
    scope = request.viewer.scope(Can.SEE_REQUIREMENTS)
    place = organisation_by_code(scope, code)
    may_offer = request.viewer.scope(Can.EDIT_PACKS).holds(place.pk) and place.kind != "practice"
    page = pages.PacksPage(
        title=f"Packs for {place.name}",
        back=Link("All requirements", reverse("requirements:requirements", args=[place.code])),
        rows=tuple(pages.pack_row(place.code, one) for one in queries.packs_at(scope, place.pk, request.today)),
        own_href=reverse("packs:own", args=[place.code]) if may_offer else "",
        catalogue_href=reverse("requirements:catalogue"),
    )
    return render(request, page)


def pack(request: Request, code: str, pack: UUID) -> HttpResponse:
    """One pack at a place: what changed, what waits, and what was answered."""
    viewer = request.viewer
    scope = viewer.scope(Can.SEE_REQUIREMENTS)
    place = organisation_by_code(scope, code)
    found = queries.pack_at(scope, place.pk, pack, request.today)
    may = viewer.scope(Can.EDIT_REQUIREMENTS).holds(place.pk)
    names = names_for(viewer.scope(Can.SEE_PEOPLE), _rules(found))
    told = {line.key for line in (*found.waiting, *found.open_by_law, *found.for_nobody, *found.declined)}
    others = [line for line in found.lines if line.key not in told and line.new]
    said = _Said(
        place.code, pack, names, answers=may and found.adopted is not None, sees_reasons=may or viewer.is_of(place.pk)
    )
    return render(
        request,
        pages.PackPage(
            title=found.pack.name,
            back=Link("All packs", reverse("packs:packs", args=[place.code])),
            caption=found.pack.owner_name or "National",
            lead=pages.state_of_pack(found),
            adopt_href=reverse("packs:adopt-pack", args=[place.code, pack]) if may else "",
            adopt_words="Adopt this pack" if found.adopted is None else "Take more from it",
            waiting=said.rows(found.waiting),
            open_by_law=said.rows(found.open_by_law),
            for_nobody=said.rows(found.for_nobody),
            declined=said.rows(found.declined),
            others=said.by_area(others),
            versions=pages.versions_told(queries.versions_of(found.pack.id)),
        ),
    )


def _rules(found: PackAt) -> list[Version]:
    return [one.rule for line in found.lines for one in (line.new, line.old) if one]
