"""`preceptor adopt`: gives a practice its own requirements, copied from the national catalogue."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http import Http404

from preceptor.compliance.packs.jobs import PACKS, STARTER, start
from preceptor.foundation.access import system_account
from preceptor.foundation.actions import Refusal
from preceptor.foundation.dates import london_date

_WORDS = {
    "added": "added",
    "updated": "given the versions published since",
    "unchanged": "as they were",
    "own": "left as they are, changed by the practice",
    "ended": "left ended",
}


class Command(BaseCommand):
    """Adopts a pack."""

    help = "Give a practice its requirements from the national catalogue. Doing it again adds what was published since."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which practice, from which day, which pack, and on whose decision."""
        parser.add_argument("--practice", required=True, metavar="CODE", help="ODS code, for example A81001")
        parser.add_argument("--on", type=_day, metavar="DATE", help="the first day, like 2026-04-01 (default: today)")
        parser.add_argument("--pack", choices=PACKS, default=STARTER, help="the starter pack, or everything")
        parser.add_argument("--decided-by", default="The practice", help="who decided, for the decision record")

    def handle(self, *args: Any, **options: Any) -> None:
        """Adopts, and says how many of the requirements became what."""
        at = _now()
        try:
            adopted = start(
                system_account("adopt"),
                at,
                code=options["practice"],
                starts_on=options["on"] or london_date(at),
                decided_by=options["decided_by"],
                decided_on=london_date(at),
                pack=options["pack"],
            )
        except Http404 as missing:
            raise CommandError(f"No organisation has the code {options['practice']}") from missing
        except Refusal as refused:
            raise CommandError(refused.message) from refused
        for outcome, count in Counter(one.outcome for one in adopted).items():
            self.stdout.write(f"{count} requirements {_WORDS[outcome]}")


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - a command is where the clock is read
