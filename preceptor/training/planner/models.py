"""Tables: dates of protected time, those called off, and when the training behind a record was done."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from preceptor.compliance.records.models import Record
from preceptor.register.models import Organisation

from .domain.times import Done

_DONE = [(one.value, one.value) for one in Done]


class ProtectedDate(models.Model):
    """One date of protected time of a practice or a network. Never edited; it may be called off."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="protected_dates")
    series = models.UUIDField()
    on = models.DateField()
    starts_at = models.TimeField()
    ends_at = models.TimeField()
    covered_by = models.CharField(max_length=200)
    where = models.CharField(max_length=200, blank=True)
    groups = models.JSONField(default=list)
    recorded_at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(starts_at__lt=F("ends_at")), name="protected_date_ends_later"),
            models.CheckConstraint(condition=~Q(covered_by=""), name="protected_date_covered"),
        ]
        indexes = [models.Index(fields=["organisation", "on"], name="protected_date_of")]

    def __str__(self) -> str:
        return f"{self.organisation_id} on {self.on}"


class ProtectedDateCalledOff(models.Model):
    """Protected time that does not take place, and why."""

    protected_date = models.OneToOneField(ProtectedDate, on_delete=models.PROTECT, related_name="called_off")
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="protected_date_off_reason")]

    def __str__(self) -> str:
        return f"{self.protected_date_id} called off"


class RecordTime(models.Model):
    """When the training behind a record was done, as somebody said. The last word holds."""

    record = models.ForeignKey(Record, on_delete=models.PROTECT, related_name="times_said")
    done = models.CharField(max_length=10, choices=_DONE)
    protected_date = models.ForeignKey(ProtectedDate, on_delete=models.PROTECT, null=True, related_name="used_by")
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(done="protected", protected_date__isnull=False)
                | Q(done__in=["work", "home", "unsaid"], protected_date=None),
                name="record_time_shape",
            ),
        ]
        indexes = [models.Index(fields=["record", "at"], name="record_time_of")]

    def __str__(self) -> str:
        return f"{self.record_id} {self.done}"
