"""Every change to subjects and to what counts as what."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet

from preceptor.foundation.access import Can, Viewer
from preceptor.foundation.actions import Refusal, action, concerning
from preceptor.foundation.facts import known, supersede
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_id

from . import models
from .domain import SKILLS_AREA, Approval, Area, Equivalence, Level, Subject

_LAST: Final = 99  # where the area of skills stands among the others


@action("subjects-list.loaded", may=Can.LOAD_CATALOGUE)
def load_subjects(*, by: Viewer, at: datetime, areas: Sequence[Area], subjects: Sequence[Subject]) -> int:
    """Makes the lists hold these areas and subjects, with their levels and aliases. Says how many it added or changed.

    Nothing is removed: a record may use any of them. Refuses a name that would mean two subjects.
    """
    _refuse_double_names(subjects)
    changed = sum(_load_area(area) for area in areas)
    held = {row.code: row for row in models.Subject.objects.all()}
    levels = {(row.subject_id, row.level): row for row in models.SubjectLevel.objects.all()}
    aliases = {row.name.lower(): row for row in models.SubjectAlias.objects.all()}
    for subject in subjects:
        parts = (
            _load_subject(subject, held.get(subject.code)),
            _load_levels(subject, levels),
            _load_aliases(subject, aliases),
        )
        changed += any(parts)
    return changed


@action("skills.added", may=Can.EDIT_SKILLS)
def add_skills(*, by: Viewer, at: datetime, skills: Mapping[str, str], levels: Sequence[Level]) -> int:
    """Lets records be of these skills, by code, at these levels. Says how many were added or are called otherwise now.

    Skills stand in an area of their own: nobody picks one from a list of subjects, and no file brings one.
    """
    changed = int(_load_area(Area(SKILLS_AREA, "Skills in clinical systems", _LAST)))
    held = {row.code: row for row in models.Subject.objects.filter(area_id=SKILLS_AREA)}
    new = [code for code in skills if code not in held]
    models.Subject.objects.bulk_create(
        models.Subject(code=code, name=skills[code], area_id=SKILLS_AREA) for code in new
    )
    models.SubjectLevel.objects.bulk_create(
        models.SubjectLevel(subject_id=code, level=level.number, name=level.name) for code in new for level in levels
    )
    renamed = [code for code, row in held.items() if code in skills and row.name != skills[code]]
    for code in renamed:
        models.Subject.objects.filter(code=code).update(name=skills[code])
    return changed + len(new) + len(renamed)


@action("equivalence.added", may=Can.APPROVE_EQUIVALENCES)
def add_equivalence(
    *,
    by: Viewer,
    at: datetime,
    equivalence: Equivalence,
    approved_by: str,
    reason: str,
    owner: OrganisationId | None = None,
) -> None:
    """Lets one subject count as another from this moment on, at its owner and all beneath it.

    Without an owner it holds everywhere, which takes someone who answers for everywhere. Refuses what is already so
    there, and a level that a subject does not have.
    """
    place = _owner(by, owner)
    concerning(owner)
    if not approved_by.strip():
        raise Refusal("Enter who approved this", field="approved_by")
    if not reason.strip():
        raise Refusal("Enter the reason", field="reason")
    _refuse_unknown(equivalence)
    _refuse_levels(equivalence)
    if any(_believed(equivalence, one).exists() for one in {place, None}):
        raise Refusal("That already counts", field="subject")
    _add(Approval(equivalence, approved_by.strip(), reason.strip()), at, place)


@action("equivalence.ended", may=Can.APPROVE_EQUIVALENCES)
def end_equivalence(
    *, by: Viewer, at: datetime, equivalence: Equivalence, reason: str, owner: OrganisationId | None = None
) -> None:
    """Stops one subject counting as another from this moment on. What was believed before can still be asked for.

    The reason is kept in the journal. Refuses to end what somebody else owns.
    """
    place = _owner(by, owner)
    concerning(owner)
    if not reason.strip():
        raise Refusal("Enter the reason", field="reason")
    if not supersede(_believed(equivalence, place), at):
        raise Refusal("That does not count now", field="subject")


@action("equivalences-list.loaded", may=Can.LOAD_CATALOGUE)
def load_equivalences(*, by: Viewer, at: datetime, approvals: Sequence[Approval]) -> int:
    """Adds those of these equivalences that never were there. Says how many.

    One that was ended stays ended: someone decided so. What an organisation approved for itself plays no part.
    """
    ever = {
        (row.subject_id, row.level, row.counts_as_id, row.counts_as_level)
        for row in models.Equivalence.objects.filter(owner=None)
    }
    added = 0
    for approval in approvals:
        one = approval.equivalence
        if (one.subject, one.level, one.counts_as, one.counts_as_level) not in ever:
            _refuse_unknown(one)
            _add(approval, at, None)
            added += 1
    return added


def _load_area(area: Area) -> bool:
    wanted = {"name": area.name, "position": area.position}
    if models.SubjectArea.objects.filter(code=area.code, **wanted).exists():
        return False
    models.SubjectArea.objects.update_or_create(code=area.code, defaults=wanted)
    return True


def _load_subject(subject: Subject, held: models.Subject | None) -> bool:
    wanted = {"name": subject.name, "area_id": subject.area, "development": subject.development}
    if held and all(getattr(held, column) == value for column, value in wanted.items()):
        return False
    models.Subject.objects.update_or_create(code=subject.code, defaults=wanted)
    return True


def _load_levels(subject: Subject, held: dict[tuple[str, int], models.SubjectLevel]) -> bool:
    changed = False
    for level in subject.levels:
        row = held.get((subject.code, level.number))
        if row is None or row.name != level.name:
            models.SubjectLevel.objects.update_or_create(
                subject_id=subject.code, level=level.number, defaults={"name": level.name}
            )
            changed = True
    return changed


def _load_aliases(subject: Subject, held: dict[str, models.SubjectAlias]) -> bool:
    changed = False
    for name, level in _aliases_of(subject):
        row = held.get(name.lower())
        if row is None:
            models.SubjectAlias.objects.create(name=name, subject_id=subject.code, level=level)
        elif (row.subject_id, row.level) != (subject.code, level):
            models.SubjectAlias.objects.filter(pk=row.pk).update(subject_id=subject.code, level=level)
        changed = changed or row is None or (row.subject_id, row.level) != (subject.code, level)
    return changed


def _aliases_of(subject: Subject) -> list[tuple[str, int | None]]:
    plain: list[tuple[str, int | None]] = [(name, None) for name in subject.aliases]
    return plain + [(name, level.number) for level in subject.levels for name in level.aliases]


def _refuse_double_names(subjects: Sequence[Subject]) -> None:
    meant: dict[str, str] = {}
    for subject in subjects:
        for name, level in _aliases_of(subject):
            ours = subject.code if level is None else f"{subject.code} level {level}"
            other = meant.setdefault(name.lower(), ours)
            if other != ours:
                raise Refusal(f"“{name}” is a name of both {other} and {ours}")


def _refuse_unknown(equivalence: Equivalence) -> None:
    for code in (equivalence.subject, equivalence.counts_as):
        if not models.Subject.objects.filter(code=code).exists():
            raise Refusal(f"There is no subject “{code}”", field="subject")


def _refuse_levels(equivalence: Equivalence) -> None:
    """Refuses a level that its subject does not have."""
    held = {(row.subject_id, row.level) for row in models.SubjectLevel.objects.all()}
    levelled = {subject for subject, _ in held}
    sides = (
        ("subject", equivalence.subject, equivalence.level),
        ("counts_as", equivalence.counts_as, equivalence.counts_as_level),
    )
    for field, subject, level in sides:
        if ((subject, level) not in held) if subject in levelled else level != 1:
            raise Refusal(f"It has no level {level}. Choose one from the list", field=field)


def _owner(by: Viewer, owner: OrganisationId | None) -> UUID | None:
    """The organisation something is approved for; everywhere only by who answers for everywhere."""
    scope = by.scope(Can.APPROVE_EQUIVALENCES)
    if owner is None:
        if not scope.everywhere:
            raise PermissionDenied("everywhere")
        return None
    return organisation_by_id(scope, owner).pk


def _believed(equivalence: Equivalence, owner: UUID | None) -> QuerySet[models.Equivalence]:
    return models.Equivalence.objects.filter(
        known(None),
        owner=owner,
        subject_id=equivalence.subject,
        level=equivalence.level,
        counts_as_id=equivalence.counts_as,
        counts_as_level=equivalence.counts_as_level,
    )


def _add(approval: Approval, at: datetime, owner: UUID | None) -> None:
    one = approval.equivalence
    models.Equivalence.objects.create(
        owner_id=owner,
        subject_id=one.subject,
        level=one.level,
        counts_as_id=one.counts_as,
        counts_as_level=one.counts_as_level,
        approved_by=approval.approved_by,
        reason=approval.reason,
        recorded_at=at,
    )
