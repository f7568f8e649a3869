"""Readers of the options that commands share: a day, and a moment with its offset."""

from __future__ import annotations

import argparse
from datetime import date, datetime

from preceptor.compliance.requirements.domain.reading import DocumentError, a_day, a_moment


def day(text: str) -> date:
    """A civil date like 2026-11-22."""
    try:
        return a_day(text, "")
    except DocumentError as error:
        raise argparse.ArgumentTypeError(error.problem) from None


def moment(text: str) -> datetime:
    """A moment with its offset, like 2026-11-22T12:00:00Z."""
    try:
        return a_moment(text, "")
    except DocumentError as error:
        raise argparse.ArgumentTypeError(error.problem) from None
