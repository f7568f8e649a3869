"""Loading the national catalogue: sources, and requirements without an owner."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from preceptor.foundation.access import Can, Viewer
from preceptor.foundation.actions import Refusal, action

from ..domain import catalogue as national
from ..domain import items as toolkit
from ..domain.catalogue import Catalogue, CatalogueRequirement
from ..domain.loading import Loaded, Said, problems_with, said_by
from ..models import Requirement, Source, TrainingItem
from ..queries.rows import rule_of, said_in, template_rows
from .steps import NewVersion, write_versions


@action("catalogue.loaded", may=Can.LOAD_CATALOGUE)
def load_catalogue(*, by: Viewer, at: datetime, catalogue: Catalogue) -> Loaded:
    """Makes the national catalogue hold these sources and requirements, with every version published so far.

    A published version is never edited: rules that differ from what was published are refused, all of them at once.
    Words that differ (reasons, sources, review dates) stay as published until a version with a later first day.
    """
    held = {row.key: row for row in template_rows()}
    problems = [problem for one in catalogue.requirements for problem in _problems(one, held.get(one.key))]
    if problems:
        raise Refusal("\n".join(problems))
    sources = _load_sources(catalogue)
    added = Requirement.objects.bulk_create(
        Requirement(key=wanted.key, **_heading(wanted, position))
        for position, wanted in enumerate(catalogue.requirements, 1)
        if wanted.key not in held
    )
    rows = held | {row.key: row for row in added}
    headings, kept = 0, []
    new: list[NewVersion] = []
    for position, wanted in enumerate(catalogue.requirements, 1):
        row, said = rows[wanted.key], said_by(wanted)
        published = list(row.versions.all()) if wanted.key in held else []
        headings += _load_heading(row, _heading(wanted, position))
        if published and said_in(published[-1]) != said[len(published) - 1]:
            kept.append(wanted.key)
        new += [_new(row, number, one) for number, one in enumerate(said[len(published) :], len(published) + 1)]
    write_versions(by, at, new)
    return Loaded(sources, len(added), len(new), headings, tuple(kept))


@action("training-items.loaded", may=Can.LOAD_CATALOGUE)
def load_training_items(*, by: Viewer, at: datetime, items: Iterable[toolkit.TrainingItem]) -> int:
    """Makes the list hold these training items. Says how many it added or changed; none is removed."""
    changed = 0
    for one in items:
        columns: dict[str, object] = {
            "starts_on": one.starts_on,
            "percent": one.percent,
            "subject_id": one.subject,
            "item": one.item,
            "source_id": one.source,
            "verified": one.verified,
            "note": one.note,
        }
        if not TrainingItem.objects.filter(key=one.key, **columns).exists():
            TrainingItem.objects.update_or_create(key=one.key, defaults=columns)
            changed += 1
    return changed


def _problems(wanted: CatalogueRequirement, row: Requirement | None) -> list[str]:
    published = [rule_of(version) for version in row.versions.all()] if row else []
    return problems_with(wanted.key, published, [one.rule for one in said_by(wanted)])


def _heading(wanted: CatalogueRequirement, position: int) -> dict[str, str | int | bool]:
    return {
        "area_id": wanted.area,
        "title": wanted.title,
        "short": wanted.short,
        "column": wanted.column,
        "core": wanted.core,
        "position": position,
    }


def _load_heading(row: Requirement, heading: dict[str, str | int | bool]) -> int:
    """Gives a template its heading of today: what it is called is no part of any version."""
    return Requirement.objects.filter(pk=row.pk).update(**heading) if _differs(row, heading) else 0


def _load_sources(catalogue: Catalogue) -> int:
    """Adds sources and gives those held their words of today: a source is what is known of a document now."""
    held = {row.pk: row for row in Source.objects.all()}
    wanted = {source.key: _columns(source) for source in catalogue.sources}
    Source.objects.bulk_create(Source(key=key, **columns) for key, columns in wanted.items() if key not in held)
    changed = [key for key, row in held.items() if key in wanted and _differs(row, wanted[key])]
    for key in changed:
        Source.objects.filter(key=key).update(**wanted[key])
    return len(changed) + len(wanted.keys() - held.keys())


def _columns(source: national.Source) -> dict[str, str | bool | date | None]:
    return {
        "title": source.title,
        "publisher": source.publisher,
        "dated": source.dated,
        "link": source.link,
        "checked_on": source.checked_on,
        "legal_force": source.legal_force,
        "verified": source.verified,
        "note": source.note,
    }


def _differs(row: Source | Requirement, columns: Mapping[str, object]) -> bool:
    return any(getattr(row, name) != value for name, value in columns.items())


def _new(row: Requirement, number: int, said: Said) -> NewVersion:
    return NewVersion(row.pk, number, said.rule, said.decision, said.citations, said.alternatives)
