# ruff: noqa: N999 - Django names a command after its file
"""`preceptor import staff FILE` and `preceptor import records FILE`: bring a list of people or of past training."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http import Http404

from preceptor.compliance.records.jobs import import_records_file
from preceptor.foundation.access import system_account
from preceptor.foundation.actions import Refusal
from preceptor.register.people.jobs import import_staff_file
from preceptor.ui.words import count, listed

_BY = system_account("import command")


class Command(BaseCommand):
    """Imports a file whole, or not at all."""

    help = "Bring a staff list or a list of past training, CSV or XLSX. Doing it again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which kind of list, which file, for which practice."""
        kinds = parser.add_subparsers(dest="kind", required=True, metavar="staff|records")
        staff = kinds.add_parser("staff", help="people and their engagements")
        records = kinds.add_parser("records", help="past training")
        for one in (staff, records):
            one.add_argument("file", type=Path, metavar="FILE")
            one.add_argument("--practice", required=True, metavar="CODE", help="ODS code, for example A81001")
            one.add_argument("--dry-run", action="store_true", help="say what would change, and change nothing")
        records.add_argument("--person", default="", metavar="EMAIL", help="whose records all of them are")
        records.add_argument("--leave-out-unknown", action="store_true", help="leave out what is no subject here")

    def handle(self, *args: Any, **options: Any) -> None:
        """Imports, and says what changed, or every problem and nothing else."""
        if not options["file"].is_file():
            raise CommandError(f"There is no file {options['file']}")
        try:
            (self._staff if options["kind"] == "staff" else self._records)(options)
        except Http404 as missing:
            raise CommandError(f"No organisation has the code {options['practice']}") from missing
        except Refusal as refused:
            raise CommandError(refused.message) from refused

    def _staff(self, options: dict[str, Any]) -> None:
        done = import_staff_file(
            options["file"], practice=options["practice"], by=_BY, at=_now(), dry_run=options["dry_run"]
        )
        self._refuse(done.plan.problems)
        if done.plan.unread:
            self.stdout.write(f"Not read, because there are no such columns: {listed(done.plan.unread)}")
        new, changed = (count(len(rows), "person", "people") for rows in (done.plan.new, done.plan.changed))
        would = "would be " if options["dry_run"] else ""
        self.stdout.write(f"{new} {would}added, {changed} {would}changed, {done.plan.unchanged_count} as they are")

    def _records(self, options: dict[str, Any]) -> None:
        plan = import_records_file(
            options["file"],
            practice=options["practice"],
            by=_BY,
            at=_now(),
            dry_run=options["dry_run"],
            about=options["person"],
            leave_out_unknown=options["leave_out_unknown"],
        )
        self._refuse(plan.problems)
        for one in plan.left_out:
            self.stdout.write(f"{one} left out: {one.reason}")
        would = "would be " if options["dry_run"] else ""
        new = count(len(plan.new), "record")
        self.stdout.write(f"{new} {would}added, {plan.already_count} there already, {len(plan.left_out)} left out")

    def _refuse(self, problems: Sequence[object]) -> None:
        """Names every problem on standard error, if there is one."""
        for problem in problems:
            self.stderr.write(str(problem))
        if problems:
            raise CommandError(f"{count(len(problems), 'problem')}, so nothing was imported")


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - a command is where the clock is read
