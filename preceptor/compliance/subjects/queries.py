"""Every read of subjects. They are the same for everyone, so no query here takes a scope."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime

from django.db.models import QuerySet

from preceptor.foundation.facts import known
from preceptor.foundation.statements import statement

from . import models
from .domain import Area, Equivalence, Level, Named, Subject, SubjectCode, SubjectIndex


def areas() -> list[Area]:
    """Every subject area in the order the matrix shows them."""
    rows = models.SubjectArea.objects.order_by("position", "code")
    return [Area(row.code, row.name, row.position) for row in rows]


def subjects() -> list[Subject]:
    """Every subject with its levels and aliases, by name. Three queries, however many there are."""
    of_level: dict[tuple[str, int], list[str]] = defaultdict(list)
    plain: dict[str, list[str]] = defaultdict(list)
    for alias in models.SubjectAlias.objects.order_by("name"):
        if alias.level is None:
            plain[alias.subject_id].append(alias.name)
        else:
            of_level[alias.subject_id, alias.level].append(alias.name)
    levels: dict[str, list[Level]] = defaultdict(list)
    for row in models.SubjectLevel.objects.order_by("subject_id", "level"):
        levels[row.subject_id].append(Level(row.level, row.name, tuple(of_level[row.subject_id, row.level])))
    return [
        Subject(SubjectCode(row.code), row.name, row.area_id, tuple(levels[row.code]), tuple(plain[row.code]))
        for row in models.Subject.objects.order_by("name", "code")
    ]


def subject_index() -> SubjectIndex:
    """Every name of every subject, ready to be looked up."""
    return SubjectIndex(subjects())


def subject_named(text: str) -> Named | None:
    """The subject and level a name means. For many names ask for the `subject_index` once."""
    return subject_index().named(text)


def equivalences_known(known_at: datetime | None = None) -> list[Equivalence]:
    """What counted as what, as believed at a moment or now, in a stable order."""
    return [
        Equivalence(SubjectCode(subject), level, SubjectCode(counts_as), counts_as_level)
        for subject, level, counts_as, counts_as_level in _equivalences(known_at)
    ]


@statement
def _equivalences(known_at: datetime | None) -> QuerySet[models.Equivalence, tuple[str, int, str, int]]:
    rows = models.Equivalence.objects.filter(known(known_at))
    columns = ("subject_id", "level", "counts_as_id", "counts_as_level")
    return rows.order_by(*columns, "pk").values_list(*columns)


@statement
def subject_codes() -> QuerySet[models.Subject, tuple[str]]:
    """The code of every subject."""
    return models.Subject.objects.values_list("code")
