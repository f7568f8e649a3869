"""What the ledger says of a record beside the facts that are judged: for the page that explains."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class RecordNote:
    """A record's own title, how it is known and when it was recorded."""

    title: str
    how_known: str
    recorded_at: datetime
