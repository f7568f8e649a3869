"""Records as values: what was achieved, how it is read back, and how a file becomes records."""

from .achievements import (
    EARLIEST,
    HOW_NAMES,
    KIND_NAMES,
    LONGEST_MINUTES,
    Achievement,
    HowKnown,
    ImportRunId,
    NotAllowedError,
    RecordId,
    RecordKind,
    refuse_future,
)
from .entries import Certificate, Entry, Held, KnownRecord, Owner, Said, Status, status_of
from .foresight import Effect, Foresight, effects_of, foresee_with, is_foreseen

__all__ = [
    "EARLIEST",
    "HOW_NAMES",
    "KIND_NAMES",
    "LONGEST_MINUTES",
    "Achievement",
    "Certificate",
    "Effect",
    "Entry",
    "Foresight",
    "Held",
    "HowKnown",
    "ImportRunId",
    "KnownRecord",
    "NotAllowedError",
    "Owner",
    "RecordId",
    "RecordKind",
    "Said",
    "Status",
    "effects_of",
    "foresee_with",
    "is_foreseen",
    "refuse_future",
    "status_of",
]
