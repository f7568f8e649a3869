"""Entry points of commands, as thin as views."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from preceptor.foundation.access import EVERYWHERE, Viewer
from preceptor.foundation.dates import london_date
from preceptor.foundation.files import hold
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_code

from .actions import import_records
from .domain.imports import NO_OPTIONS, Options, Plan
from .queries import import_plan


def import_records_file(
    by: Viewer, at: datetime, path: Path, *, practice: str, options: Options = NO_OPTIONS, dry_run: bool = False
) -> Plan:
    """Adds every new record of a file on disk to a practice's people, or nothing. Says what it added, or would have.

    Nothing is added when the plan has problems, when it adds nothing, or on a dry run.
    """
    place = OrganisationId(organisation_by_code(EVERYWHERE, practice).pk)
    content = path.read_bytes()
    plan = import_plan(EVERYWHERE, place, path.name, content, today=london_date(at), options=options)
    if plan.new and not plan.problems and not dry_run:
        file = hold(content, path.name, at)
        import_records(by=by, at=at, organisation=place, file=file, options=options, agreed=plan.digest)
    return plan
