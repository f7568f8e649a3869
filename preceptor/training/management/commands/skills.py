"""`preceptor skills check|load`: the skills of the data folder, checked, or loaded as the national framework."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from preceptor.compliance.requirements.domain.catalogue import CatalogueError
from preceptor.compliance.requirements.jobs import DATA, catalogue_in
from preceptor.foundation.access import system_account
from preceptor.foundation.actions import Refusal
from preceptor.training.skills.jobs import framework_in, load_skills


class Command(BaseCommand):
    """Reads the framework of skills."""

    help = "Check the skills in the data folder, or load them as the national framework."

    def add_arguments(self, parser: CommandParser) -> None:
        """What to do, and with which folder."""
        parser.add_argument(
            "do", choices=["check", "load"], help="check reads the files; load also saves what they say"
        )
        parser.add_argument("--data", type=Path, default=DATA, help="the folder with the files (default: data/)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Reads everything, says every problem, and changes nothing unless there is none."""
        try:
            catalogue = catalogue_in(options["data"])
            national = framework_in(catalogue, options["data"])
            if options["do"] == "check":
                count = len(national.framework.skills)
                self.stdout.write(f"The skills are sound: {count} skills, version {national.version}.")
                return
            changed = load_skills(
                system_account("skills"),
                datetime.now(UTC),  # noqa: TID251 - a command is where the clock is read
                catalogue,
                options["data"],
            )
        except CatalogueError as wrong:
            raise CommandError(str(wrong)) from wrong
        except Refusal as refused:
            raise CommandError(refused.message) from refused
        self.stdout.write(f"Added or changed: {changed}" if changed else "Nothing has changed.")
