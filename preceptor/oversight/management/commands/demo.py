"""`preceptor demo`: makes the demo world, unless it is there, and says how to sign in."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from demo import world
from demo.signins import PASSWORD, SIGN_INS
from preceptor.foundation.dates import london_date


class Command(BaseCommand):
    """Makes the demo world."""

    help = "Make the demo world, an invented primary care network, unless it is there, and say how to sign in."

    def add_arguments(self, parser: CommandParser) -> None:
        """The day to make it for."""
        parser.add_argument(
            "--today", type=date.fromisoformat, metavar="DATE", help="the day to make it for (default: today)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Builds with a line for each step, then lists the sign-ins."""
        if world.is_here():
            self.stderr.write("The demo world is here already.")
        else:
            steps = _Steps(self)
            world.build(options["today"] or london_date(_now()), steps.begin)
            steps.end()
        widths = [max(len(text) for text in column) for column in zip(*_SIGN_INS, strict=True)]
        for line in _SIGN_INS:
            self.stdout.write("  ".join(text.ljust(width) for text, width in zip(line, widths, strict=True)).rstrip())


_SIGN_INS = [
    ("Role", "Name", "Email", "Password"),
    *((one.role, one.name, one.email, PASSWORD) for one in SIGN_INS),
]


class _Steps:
    """Says what is being made, and how long each step took."""

    def __init__(self, command: BaseCommand) -> None:
        self._command = command
        self._began: float | None = None

    def begin(self, name: str) -> None:
        """Ends the step before and begins this one."""
        self.end()
        self._command.stderr.write(f"  {name:.<36} ", ending="")
        self._command.stderr.flush()
        self._began = time.monotonic()

    def end(self) -> None:
        """Says how long the step took, if there is one."""
        if self._began is not None:
            self._command.stderr.write(f"{time.monotonic() - self._began:5.1f} s")
        self._began = None


def _now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - a command is where the clock is read
