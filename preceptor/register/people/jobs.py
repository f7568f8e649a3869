"""What commands and schedules ask of people."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from preceptor.foundation.access import Can, Viewer
from preceptor.foundation.dates import london_date
from preceptor.foundation.files import hold
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_code

from .actions import import_staff
from .domain.staff_list import Plan
from .queries import staff_list_plan


@dataclass(frozen=True, slots=True)
class StaffImport:
    """What became of a staff list: its plan, and how many people were added or changed. None is a dry run."""

    plan: Plan
    done_count: int | None


def import_staff_file(path: Path, *, practice: str, by: Viewer, at: datetime, dry_run: bool = False) -> StaffImport:
    """Imports a staff list from disk, whole or not at all. One with problems is not; the plan names them."""
    scope = by.scope(Can.IMPORT)
    place = OrganisationId(organisation_by_code(scope, practice).pk)
    content = path.read_bytes()
    plan = staff_list_plan(scope, place, path.name, content, london_date(at))
    if plan.problems or dry_run:
        return StaffImport(plan, None)
    file = hold(content, path.name, at)
    return StaffImport(plan, import_staff(by=by, at=at, organisation=place, file=file, agreed=plan.digest))
