"""The `preceptor` command: `judge` runs by itself on a world file, every other word is one of Django's commands."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command of these arguments, or of the process's own, and returns its exit status."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if words[:1] == ["judge"]:
        from .judging import judge

        return judge(words[1:])
    from django.core.management import execute_from_command_line

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "preceptor.config.settings")
    execute_from_command_line(["preceptor", *words])
    return 0
