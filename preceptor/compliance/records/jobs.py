"""Entry points of commands, as thin as views."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from preceptor.foundation.access import Can, Viewer
from preceptor.foundation.actions import Refusal
from preceptor.foundation.dates import london_date
from preceptor.foundation.files import hold
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_code
from preceptor.register.people.domain import PersonId

from .actions import import_records
from .domain.imports import Options, Plan
from .queries import import_plan, owners_at


def import_records_file(
    path: Path,
    *,
    practice: str,
    by: Viewer,
    at: datetime,
    dry_run: bool = False,
    about: str = "",
    leave_out_unknown: bool = False,
) -> Plan:
    """Adds every new record of a file on disk to a practice's people, or nothing. Says what it added, or would have.

    Nothing is added when the plan has problems, when it adds nothing, or on a dry run. `about` is the email address of
    the one person the whole file is about.
    """
    scope = by.scope(Can.IMPORT)
    place = OrganisationId(organisation_by_code(scope, practice).pk)
    person = next(
        (one.id for one in owners_at(scope, place) if about and one.email.casefold() == about.casefold()), None
    )
    if about and person is None:
        raise Refusal(f"Nobody at {practice} has the email address {about}")
    options = Options(person, leave_out_unknown)
    content = path.read_bytes()
    plan = import_plan(
        scope,
        place,
        path.name,
        content,
        today=london_date(at),
        importer=PersonId(by.person) if by.person else None,
        options=options,
    )
    if plan.new and not plan.problems and not dry_run:
        file = hold(content, path.name, at)
        import_records(by=by, at=at, organisation=place, file=file, options=options, agreed=plan.digest)
    return plan
