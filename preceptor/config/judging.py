"""`preceptor judge`: the judge on a world file, without a database and without the framework."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final, TypeVar

from preceptor.compliance.requirements.domain.reading import DocumentError, a_day, a_moment
from preceptor.compliance.standing.domain.document import document_of
from preceptor.compliance.standing.domain.judge import Judge
from preceptor.compliance.standing.domain.world import read_world
from preceptor.compliance.standing.domain.written import answer_table, explanation_entry, names_in, verdict_entry
from preceptor.foundation.dates import london_date

_FAILED: Final = 2

_Value = TypeVar("_Value")


def judge(arguments: Sequence[str]) -> int:
    """Judges the world file that the arguments name; whatever is wrong goes to standard error and nothing is judged."""
    asked = _parser().parse_args(arguments)
    as_of: date = asked.as_of or london_date(datetime.now(UTC))
    try:
        world = read_world(document_of(_text(asked.world)))
    except (DocumentError, OSError, UnicodeDecodeError) as error:
        return _refuse(f"{asked.world}: {_reason(error)}")
    bench = Judge(world, asked.known_at)
    verdicts = bench.verdicts(as_of)
    explanations = [bench.explain(one.engagement, one.requirement, as_of) for one in verdicts if asked.explain]
    if asked.format == "table":
        return _print(answer_table(world, verdicts, explanations))
    entries = [verdict_entry(one) for one in verdicts]
    names = names_in(world)
    for entry, explanation in zip(entries, explanations, strict=False):
        entry["explanation"] = explanation_entry(explanation, names)
    lines = ",\n".join(json.dumps(entry, ensure_ascii=False) for entry in entries)
    return _print(f"[\n{lines}\n]\n" if lines else "[]\n")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="preceptor judge",
        description="Judges every engagement and requirement of a world file on a day.",
        allow_abbrev=False,
    )
    parser.add_argument("world", metavar="WORLD.json", help="the world file; - reads standard input")
    parser.add_argument("--as-of", type=_option(a_day), metavar="DATE", help="the day to judge (today in London)")
    parser.add_argument(
        "--known-at", type=_option(a_moment), metavar="MOMENT", help="judge by what was known at a moment"
    )
    parser.add_argument("--explain", action="store_true", help="say why for each answer")
    parser.add_argument("--format", choices=("json", "table"), default="json", help="how to answer (json)")
    return parser


def _option(read: Callable[[object, str], _Value]) -> Callable[[str], _Value]:
    """A reader of the world file as a reader of an option."""

    def option(text: str) -> _Value:
        try:
            return read(text, "")
        except DocumentError as error:
            raise argparse.ArgumentTypeError(error.problem) from None

    return option


def _text(world: str) -> str:
    """The text of the world file; a byte order mark is passed over."""
    held = sys.stdin.buffer.read() if world == "-" else Path(world).read_bytes()
    return held.decode("utf-8-sig")


def _reason(error: Exception) -> str:
    if isinstance(error, UnicodeDecodeError):
        return f"is not UTF-8 text, at byte {error.start + 1}"
    if isinstance(error, OSError):
        return f"cannot be read: {error.strerror or error}"
    return str(error)


def _refuse(message: str) -> int:
    sys.stderr.write(f"preceptor judge: {message}\n")
    return _FAILED


def _print(text: str) -> int:
    """Writes the answer; one who stops reading is told nothing more, and the exit status says it was cut off."""
    try:
        sys.stdout.buffer.write(text.encode())
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Python flushes standard output once more as it ends: that must not fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _refuse("the answer was not read to its end")
    return 0
