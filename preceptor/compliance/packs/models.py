"""Tables: packs with their versions, and what places made of them."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from preceptor.compliance.requirements.models import RequirementVersion
from preceptor.register.models import Organisation

from .domain import ANSWER_NAMES

_ANSWERS = [(answer.value, name) for answer, name in ANSWER_NAMES.items()]


class Pack(models.Model):
    """Requirements offered together by an organisation, or by nobody: then it is the national pack."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True, related_name="packs")
    name = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    made_by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner"], nulls_distinct=False, name="pack_once_per_owner"),
            models.CheckConstraint(condition=~Q(name=""), name="pack_name"),
        ]

    def __str__(self) -> str:
        return self.name


class PackVersion(models.Model):
    """What a pack holds from a moment on, and what changed. Never edited."""

    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    note = models.TextField()
    published_at = models.DateTimeField()
    published_by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["pack", "number"], name="pack_version_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="pack_version_number"),
            models.CheckConstraint(condition=~Q(note=""), name="pack_version_note"),
        ]

    def __str__(self) -> str:
        return f"{self.pack_id} version {self.number}"


class PackItem(models.Model):
    """One requirement of a pack's version, by what it said then."""

    pack_version = models.ForeignKey(PackVersion, on_delete=models.PROTECT, related_name="items")
    item = models.ForeignKey(RequirementVersion, on_delete=models.PROTECT, related_name="packed")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["pack_version", "item"], name="pack_item_once")]

    def __str__(self) -> str:
        return f"{self.item_id} in {self.pack_version_id}"


class PackAdoption(models.Model):
    """An organisation began to follow a pack, with one of its versions."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="adoptions")
    pack = models.ForeignKey(Pack, on_delete=models.PROTECT, related_name="adoptions")
    pack_version = models.ForeignKey(PackVersion, on_delete=models.PROTECT)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)
    decided_by = models.CharField(max_length=200)
    decided_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "pack"], name="pack_adopted_once")]

    def __str__(self) -> str:
        return f"{self.organisation_id} follows {self.pack_id}"


class PackAnswer(models.Model):
    """What an organisation said to one requirement of a pack's version. The last word on it holds. Never edited.

    `item` is what was offered then; nothing, if it had been withdrawn.
    """

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="pack_answers")
    pack_version = models.ForeignKey(PackVersion, on_delete=models.PROTECT, related_name="answers")
    key = models.CharField(max_length=80)
    item = models.ForeignKey(RequirementVersion, on_delete=models.PROTECT, null=True)
    answer = models.CharField(max_length=12, choices=_ANSWERS)
    reason = models.TextField(blank=True)
    legal_reason = models.TextField(blank=True)
    at = models.DateTimeField()
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__in=["left", "declined"]) & ~Q(reason="")
                | Q(answer__in=["taken", "not-chosen", "later"]),
                name="pack_answer_reason",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "key"], name="pack_answer_of")]

    def __str__(self) -> str:
        return f"{self.key}: {self.answer}"
