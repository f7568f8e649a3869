"""`preceptor inductions check|load`: the programmes and texts of the data folder, checked, or loaded."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from preceptor.compliance.requirements.domain.catalogue import CatalogueError
from preceptor.compliance.requirements.jobs import DATA, catalogue_in
from preceptor.foundation.access import system_account
from preceptor.foundation.actions import Refusal
from preceptor.training.inductions.jobs import inductions_in, load_all


class Command(BaseCommand):
    """Reads the programmes of induction."""

    help = "Check the programmes of induction in the data folder, or load them."

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
            national = inductions_in(catalogue, options["data"])
            if options["do"] == "check":
                count = f"{len(national.programmes)} programmes, {len(national.texts)} texts"
                self.stdout.write(f"The programmes are sound: {count}.")
                return
            changed = load_all(
                system_account("inductions"),
                datetime.now(UTC),  # noqa: TID251 - a command is where the clock is read
                catalogue,
                options["data"],
            )
        except CatalogueError as wrong:
            raise CommandError(str(wrong)) from wrong
        except Refusal as refused:
            raise CommandError(refused.message) from refused
        self.stdout.write(f"Added or changed: {changed}" if changed else "Nothing has changed.")
