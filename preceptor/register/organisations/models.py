"""Tables: organisations, and the dated facts about them."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from preceptor.foundation.facts import DatedFact, belief_check, period_check

from .domain import KIND_NAMES

_KINDS = [(kind.value, name) for kind, name in KIND_NAMES.items()]


class Organisation(models.Model):
    """An organisation, known outside by its ODS code."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    code = models.CharField(max_length=10, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=_KINDS)
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^[A-Z0-9]{3,10}$"), name="organisation_code"),
            models.CheckConstraint(condition=~Q(name=""), name="organisation_name"),
            models.CheckConstraint(condition=Q(kind__in=[kind for kind, _ in _KINDS]), name="organisation_kind"),
            models.CheckConstraint(condition=Q(opened_on__lt=F("closed_on")), name="organisation_open"),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.code})"


class Parent(DatedFact):
    """One organisation standing directly above another for a while."""

    child = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="parents")
    parent = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="children")

    class Meta:
        constraints = [
            period_check("parent"),
            belief_check("parent"),
            models.CheckConstraint(condition=~Q(child=F("parent")), name="parent_not_itself"),
        ]

    def __str__(self) -> str:
        return f"{self.child_id} under {self.parent_id}"


class ClinicalSystem(models.Model):
    """A clinical or supporting system practices use, by its code."""

    code = models.CharField(primary_key=True, max_length=40)
    name = models.CharField(max_length=100)
    supplier = models.CharField(max_length=100, blank=True)
    use = models.CharField(max_length=60, blank=True)

    def __str__(self) -> str:
        return self.name


class DigitalService(models.Model):
    """A digital service practices offer to patients, by its code."""

    code = models.CharField(primary_key=True, max_length=40)
    name = models.CharField(max_length=100)

    def __str__(self) -> str:
        return self.name


class SystemUsed(DatedFact):
    """A clinical system in use at an organisation for a while."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="systems")
    system = models.ForeignKey(ClinicalSystem, on_delete=models.PROTECT)

    class Meta:
        constraints = [period_check("system_used"), belief_check("system_used")]

    def __str__(self) -> str:
        return f"{self.system_id} at {self.organisation_id}"


class ServiceOffered(DatedFact):
    """A digital service an organisation offers its patients for a while."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="services")
    service = models.ForeignKey(DigitalService, on_delete=models.PROTECT)

    class Meta:
        constraints = [period_check("service_offered"), belief_check("service_offered")]

    def __str__(self) -> str:
        return f"{self.service_id} at {self.organisation_id}"
