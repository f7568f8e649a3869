"""HTTP in, one query or action, page out."""

from .confirming import confirm_source
from .drafting import check, discard, drafts, start
from .editing import question
from .history import compare, reviews
from .reading import requirement
from .running import dry_run, dry_run_csv, dry_run_xlsx

__all__ = [
    "check",
    "compare",
    "confirm_source",
    "discard",
    "drafts",
    "dry_run",
    "dry_run_csv",
    "dry_run_xlsx",
    "question",
    "requirement",
    "reviews",
    "start",
]
