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

__all__ = [
    "EARLIEST",
    "HOW_NAMES",
    "KIND_NAMES",
    "LONGEST_MINUTES",
    "Achievement",
    "Certificate",
    "Entry",
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
    "refuse_future",
    "status_of",
]
