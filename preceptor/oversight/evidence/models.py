"""Tables: the training needs analyses that leaders endorsed."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from preceptor.foundation.files import StoredFile
from preceptor.register.models import Organisation


class EndorsedAnalysis(models.Model):
    """A training needs analysis as it was endorsed: its text, the digest of the text, and the PDF. Never edited.

    The database itself refuses a digest that is not of the text.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="analyses")
    number = models.PositiveSmallIntegerField()
    content = models.TextField()
    sha256 = models.CharField(max_length=64)
    pdf = models.ForeignKey(StoredFile, on_delete=models.PROTECT)
    endorsed_by = models.CharField(max_length=200)
    endorsed_on = models.DateField()
    review_by = models.DateField()
    published_on = models.DateField()
    recorded_at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "number"], name="analysis_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="analysis_number"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="analysis_digest"),
            models.CheckConstraint(condition=Q(endorsed_on__lt=F("review_by")), name="analysis_review"),
            models.CheckConstraint(condition=~Q(endorsed_by=""), name="analysis_endorser"),
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id} version {self.number}"
