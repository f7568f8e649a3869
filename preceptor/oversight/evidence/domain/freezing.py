"""An analysis as text that never changes, the digest of that text, and the way back."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date

import msgspec

from .analysis import Analysis, Endorsement


@dataclass(frozen=True, slots=True)
class Endorsing:
    """What leaders say when they endorse an analysis."""

    by: str
    on: date
    review_by: date
    effect: str = ""
    telling: str = ""


def endorsed(analysis: Analysis, endorsing: Endorsing, recorded_by: str) -> Analysis:
    """The analysis with who endorsed it, so that the digest covers that too."""
    said = Endorsement(
        by=endorsing.by,
        on=endorsing.on,
        review_by=endorsing.review_by,
        effect=endorsing.effect,
        telling=endorsing.telling,
        recorded_by=recorded_by,
    )
    return replace(analysis, endorsement=said)


def text_of(analysis: Analysis) -> str:
    """The analysis as JSON: the same text for the same analysis, whatever the day or the machine."""
    return msgspec.json.encode(analysis, order="sorted").decode()


def digest_of(text: str) -> str:
    """The SHA-256 of a text in UTF-8, as sixty-four small hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def opened(text: str) -> Analysis:
    """The analysis a text holds. Fields that came later have their defaults."""
    return msgspec.json.decode(text, type=Analysis)
