"""`preceptor catalogue check|load`: the data folder, checked, or loaded into lists and the national catalogue."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction

from preceptor.compliance.packs.actions import publish_national
from preceptor.compliance.requirements.domain.catalogue import Catalogue, CatalogueError
from preceptor.compliance.requirements.jobs import DATA, catalogue_in, load_everything
from preceptor.foundation.access import system_account
from preceptor.foundation.actions import Refusal


class Command(BaseCommand):
    """Reads the catalogue."""

    help = "Check the data folder, or load it: lists, sources and the national catalogue of requirements."

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
        except CatalogueError as wrong:
            raise CommandError(str(wrong)) from wrong
        if options["do"] == "check":
            self.stdout.write(
                f"The catalogue is sound: {len(catalogue.requirements)} requirements, {len(catalogue.sources)} sources."
            )
        else:
            self._load(catalogue)

    def _load(self, catalogue: Catalogue) -> None:
        try:
            by, at = system_account("catalogue"), _now()
            with transaction.atomic():
                changes = load_everything(by, at, catalogue)
                publish_national(by=by, at=at)
        except Refusal as refused:
            raise CommandError(refused.message) from refused
        loaded = changes.catalogue
        requirements = {
            "sources": loaded.sources,
            "requirements": loaded.requirements,
            "versions": loaded.versions,
            "headings of requirements": loaded.headings,
        }
        changed = [f"  {name}: {count}" for name, count in {**changes.lists, **requirements}.items() if count]
        self.stdout.write("\n".join(["Added or changed:", *changed]) if changed else "Nothing has changed.")
        for key in loaded.kept:
            self.stdout.write(f"  {key}: its words differ from those published, which stay until it has a new version")


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - a command is where the clock is read
