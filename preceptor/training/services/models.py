"""Tables: what a service runs on, who must be able to offer it, and a place’s own texts about it."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from preceptor.foundation.facts import DatedFact, belief_check, period_check
from preceptor.register.models import ClinicalSystem, DigitalService, Organisation
from preceptor.training.rollouts.models import Rollout

from .domain.terms import Basis


class ServiceTerm(DatedFact):
    """What a service of a place runs on for a while: a system we know or a product by name, and on which basis."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="service_terms")
    service = models.ForeignKey(DigitalService, on_delete=models.PROTECT)
    system = models.ForeignKey(ClinicalSystem, on_delete=models.PROTECT, null=True)
    product = models.CharField(max_length=100, blank=True)
    basis = models.CharField(max_length=20, choices=[(one.value, one.value) for one in Basis])
    note = models.TextField(blank=True)
    different = models.TextField(blank=True)
    decided_by = models.CharField(max_length=200)
    rollout = models.ForeignKey(Rollout, on_delete=models.PROTECT, null=True, related_name="service_terms")
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            period_check("service_term"),
            belief_check("service_term"),
            models.CheckConstraint(condition=Q(starts_on__isnull=False), name="service_term_begins"),
            models.CheckConstraint(condition=Q(system__isnull=False) | ~Q(product=""), name="service_term_product"),
            models.CheckConstraint(condition=Q(basis__in=[one.value for one in Basis]), name="service_term_basis"),
            models.CheckConstraint(condition=~Q(decided_by=""), name="service_term_decided"),
            models.UniqueConstraint(
                fields=["organisation", "service", "starts_on"],
                condition=Q(superseded_at=None),
                name="service_term_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} at {self.organisation_id} from {self.starts_on}"


class ServiceRoles(DatedFact):
    """Who must be able to offer a service at a place from a day on, because it says so, and why."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="service_roles")
    service = models.ForeignKey(DigitalService, on_delete=models.PROTECT)
    roles = ArrayField(models.CharField(max_length=40))
    reason = models.TextField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            period_check("service_roles"),
            belief_check("service_roles"),
            models.CheckConstraint(condition=Q(starts_on__isnull=False) & ~Q(roles=[]), name="service_roles_some"),
            models.CheckConstraint(condition=~Q(reason=""), name="service_roles_reason"),
            models.UniqueConstraint(
                fields=["organisation", "service", "starts_on"],
                condition=Q(superseded_at=None),
                name="service_roles_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} at {self.organisation_id}: {', '.join(self.roles)}"


class ServiceText(models.Model):
    """One version of a place’s own words and links about a service. Never edited; the highest number is shown."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="service_texts")
    service = models.ForeignKey(DigitalService, on_delete=models.PROTECT)
    number = models.PositiveSmallIntegerField()
    words = models.TextField(blank=True)
    links = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "service", "number"], name="service_text_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="service_text_number"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="service_text_digest"),
        ]

    def __str__(self) -> str:
        return f"{self.service_id} at {self.organisation_id}, version {self.number}"
