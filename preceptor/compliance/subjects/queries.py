"""Every read of subjects. They are the same for everyone, so no query here takes a scope."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from typing import TypeAlias
from uuid import UUID

from django.db.models import QuerySet

from preceptor.foundation.facts import known
from preceptor.foundation.statements import statement

from . import models
from .domain import SKILLS_AREA, Approved, Area, Equivalence, Level, Named, Subject, SubjectCode, SubjectIndex

# An equivalence with its owner, if it has one, who approved it, why, and when.
_Equivalence: TypeAlias = "tuple[int, str, int, str, int, UUID | None, str, str, datetime]"


def areas() -> list[Area]:
    """Every subject area in the order the matrix shows them. Skills have none there."""
    rows = models.SubjectArea.objects.exclude(code=SKILLS_AREA).order_by("position", "code")
    return [Area(row.code, row.name, row.position) for row in rows]


def subjects() -> list[Subject]:
    """Every subject but the skills, with its levels and aliases, by name. Three queries, however many there are."""
    of_level: dict[tuple[str, int], list[str]] = defaultdict(list)
    plain: dict[str, list[str]] = defaultdict(list)
    for alias in models.SubjectAlias.objects.order_by("name"):
        if alias.level is None:
            plain[alias.subject_id].append(alias.name)
        else:
            of_level[alias.subject_id, alias.level].append(alias.name)
    levels: dict[str, list[Level]] = defaultdict(list)
    for row in models.SubjectLevel.objects.exclude(subject__area_id=SKILLS_AREA).order_by("subject_id", "level"):
        levels[row.subject_id].append(Level(row.level, row.name, tuple(of_level[row.subject_id, row.level])))
    return [
        Subject(
            SubjectCode(row.code),
            row.name,
            row.area_id,
            tuple(levels[row.code]),
            tuple(plain[row.code]),
            row.development,
        )
        for row in models.Subject.objects.exclude(area_id=SKILLS_AREA).order_by("name", "code")
    ]


def subject_index() -> SubjectIndex:
    """Every name of every subject, ready to be looked up."""
    return SubjectIndex(subjects())


def subject_named(text: str) -> Named | None:
    """The subject and level a name means. For many names ask for the `subject_index` once."""
    return subject_index().named(text)


def is_skill(code: str) -> bool:
    """Is this the code of a skill?"""
    return models.Subject.objects.filter(code=code, area_id=SKILLS_AREA).exists()


def equivalences_known(known_at: datetime | None = None) -> list[Equivalence]:
    """What counted as what everywhere or somewhere, as believed at a moment or now, in a stable order."""
    return list(dict.fromkeys(one.equivalence for one in equivalences_approved(known_at)))


def equivalences_approved(known_at: datetime | None = None) -> list[Approved]:
    """What counted as what, with where that held, as believed at a moment or now, in a stable order. One query.

    They are about no person, so anyone may know them.
    """
    return [
        Approved(
            id=pk,
            equivalence=Equivalence(SubjectCode(subject), level, SubjectCode(counts_as), counts_as_level),
            owner=owner,
            approved_by=approved_by,
            reason=reason,
            since=since,
        )
        for pk, subject, level, counts_as, counts_as_level, owner, approved_by, reason, since in _equivalences(known_at)
    ]


@statement
def _equivalences(known_at: datetime | None) -> QuerySet[models.Equivalence, _Equivalence]:
    rows = models.Equivalence.objects.filter(known(known_at))
    columns = ("subject_id", "level", "counts_as_id", "counts_as_level")
    return rows.order_by(*columns, "pk").values_list("pk", *columns, "owner_id", "approved_by", "reason", "recorded_at")


def development_subjects() -> frozenset[str]:
    """The subjects of which there is never too much: what people do to grow in their profession."""
    return frozenset(code for (code,) in _development())


@statement
def _development() -> QuerySet[models.Subject, tuple[str]]:
    return models.Subject.objects.filter(development=True).values_list("code")


@statement
def subject_codes() -> QuerySet[models.Subject, tuple[str]]:
    """The code of every subject."""
    return models.Subject.objects.values_list("code")
