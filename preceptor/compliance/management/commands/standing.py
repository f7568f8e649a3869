"""`preceptor standing`: how everyone at a practice stands on a day, as a table, CSV or JSON."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.http import Http404

from preceptor.compliance.standing.domain.verdicts import Verdict
from preceptor.compliance.standing.domain.wording import headline
from preceptor.compliance.standing.domain.written import verdict_entry
from preceptor.compliance.standing.queries import Loaded, loaded_of
from preceptor.foundation.access import EVERYWHERE
from preceptor.foundation.csvs import csv_of
from preceptor.foundation.dates import london_date
from preceptor.register.organisations.queries import organisation_by_code

from ._options import day, moment

_HEADINGS = ("Name", "Role", "Requirement", "Standing", "Next change")
_CODES = ("status", "until", "due_on", "overdue_since", "next_change_on", "ever_met")


class Command(BaseCommand):
    """Prints the standing of a practice."""

    help = "Say how everyone at a practice stands on a day. JSON is the answer of `preceptor judge` for its world file."

    def add_arguments(self, parser: CommandParser) -> None:
        """Which practice, which day, with what knowledge, and in what form."""
        parser.add_argument("--practice", required=True, metavar="CODE", help="ODS code, for example A81001")
        parser.add_argument("--as-of", type=day, metavar="DATE", help="the day, like 2026-11-22 (today in London)")
        parser.add_argument("--known-at", type=moment, metavar="MOMENT", help="by what was known at a moment")
        parser.add_argument("--format", choices=("table", "csv", "json"), default="table", help="how to answer")

    def handle(self, *args: Any, **options: Any) -> None:
        """Judges, and prints everyone who needs anything."""
        on: date = options["as_of"] or london_date(datetime.now(UTC))  # noqa: TID251 - a command reads the clock
        try:
            practice = organisation_by_code(EVERYWHERE, options["practice"])
        except Http404 as missing:
            raise CommandError(f"No organisation has the code {options['practice']}") from missing
        loaded = loaded_of(EVERYWHERE, practice.pk, known_at=options["known_at"])
        verdicts = loaded.judge().verdicts(on)
        if options["format"] == "json":
            lines = ",\n".join(json.dumps(verdict_entry(one)) for one in verdicts)
            self.stdout.write(f"[\n{lines}\n]" if lines else "[]")
        elif options["format"] == "csv":
            self.stdout.write(_csv(loaded, verdicts), ending="")
        else:
            self.stdout.write(_table(loaded, verdicts), ending="")


def _ordered(loaded: Loaded, verdicts: list[Verdict]) -> list[Verdict]:
    """By name and then by requirement, as people read."""
    titles = {key: asked.title for key, asked in loaded.asked.items()}
    return sorted(verdicts, key=lambda one: (loaded.seats[one.engagement].sort_name, titles[one.requirement]))


def _csv(loaded: Loaded, verdicts: list[Verdict]) -> str:
    lines: list[list[object]] = [["engagement", "name", "role", "requirement", "title", *_CODES]]
    for one in _ordered(loaded, verdicts):
        seat, asked, entry = loaded.seats[one.engagement], loaded.asked[one.requirement], verdict_entry(one)
        said = [entry[key] for key in _CODES]
        lines.append([one.engagement, seat.name, seat.role_name, asked.key, asked.title, *said])
    return csv_of(lines)


def _table(loaded: Loaded, verdicts: list[Verdict]) -> str:
    rows = [_HEADINGS]
    for one in _ordered(loaded, verdicts):
        seat, asked = loaded.seats[one.engagement], loaded.asked[one.requirement]
        change = one.next_change_on.isoformat() if one.next_change_on else ""
        rows.append((seat.name, seat.role_name, asked.title, headline(one), change))
    widths = [max(len(row[column]) for row in rows) for column in range(len(_HEADINGS))]
    return "".join(
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() + "\n" for row in rows
    )
