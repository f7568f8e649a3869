"""What a toolkit asks for."""

from __future__ import annotations

from datetime import date

from .. import models
from ..domain.items import TrainingItem


def training_item_on(on: date) -> TrainingItem | None:
    """The training item that holds on a day: the newest that has begun. It is about nobody, so it needs no scope."""
    row = models.TrainingItem.objects.filter(starts_on__lte=on).order_by("-starts_on").first()
    if row is None:
        return None
    return TrainingItem(
        key=row.key,
        starts_on=row.starts_on,
        percent=row.percent,
        subject=row.subject_id,
        item=row.item,
        source=row.source_id,
        verified=row.verified,
        note=row.note,
    )
