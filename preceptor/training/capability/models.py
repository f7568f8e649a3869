"""Tables: what people answered about themselves. No ledger: it is theirs, and they may delete it."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from preceptor.register.models import Person


class CapabilityAnswers(models.Model):
    """What somebody answered to one part of the questionnaire at a moment. The last of a part holds."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="capability_answers")
    part = models.CharField(max_length=40)
    version = models.PositiveSmallIntegerField()
    answers = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(part=""), name="capability_answers_part"),
            models.CheckConstraint(condition=Q(version__gte=1), name="capability_answers_version"),
        ]
        indexes = [models.Index(fields=["person", "part", "at"], name="capability_answers_of")]

    def __str__(self) -> str:
        return f"{self.part} at {self.at}"
