"""`preceptor world`: writes a practice as a world file, for `preceptor judge` to judge without a database."""

from __future__ import annotations

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http import Http404

from preceptor.compliance.standing.domain.written import written_world
from preceptor.compliance.standing.queries import world_of
from preceptor.foundation.access import EVERYWHERE

from ._options import moment


class Command(BaseCommand):
    """Writes the world file of a practice to standard output."""

    help = "Write a practice as a world file: the facts that standing is worked out from."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which practice, and the register as known when."""
        parser.add_argument("--practice", required=True, metavar="CODE", help="ODS code, for example A81001")
        parser.add_argument("--known-at", type=moment, metavar="MOMENT", help="what was known at a moment")

    def handle(self, *args: Any, **options: Any) -> None:
        """Writes it."""
        try:
            world = world_of(EVERYWHERE, options["practice"], known_at=options["known_at"])
        except Http404 as missing:
            raise CommandError(f"No organisation has the code {options['practice']}") from missing
        self.stdout.write(json.dumps(written_world(world), ensure_ascii=False, indent=1))
