"""Tables: drafts."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from preceptor.compliance.requirements.models import Requirement
from preceptor.register.models import Organisation


class Draft(models.Model):
    """A version in the making, of a requirement of its owner's or of one that is not there yet. Obliges nobody.

    `answers` is in the shape of standing.md, section 9, beside the decision and what it cites. `revision` counts the
    saves, so that nobody overwrites what they have not seen.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="drafts")
    requirement = models.ForeignKey(Requirement, on_delete=models.PROTECT, null=True, related_name="drafts")
    answers = models.JSONField()
    revision = models.PositiveIntegerField(default=1)
    started_at = models.DateTimeField()
    started_by_name = models.CharField(max_length=200)
    changed_at = models.DateTimeField()
    changed_by_name = models.CharField(max_length=200)
    published_number = models.PositiveSmallIntegerField(null=True)
    discarded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(revision__gte=1), name="draft_revision"),
            models.CheckConstraint(
                condition=Q(published_number=None) | Q(requirement__isnull=False, discarded_at=None),
                name="draft_published",
            ),
        ]

    def __str__(self) -> str:
        return f"draft {self.id}, revision {self.revision}"
