"""Tables: subject areas, subjects, levels, aliases and equivalences."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from preceptor.foundation.facts import BelievedFact, belief_check
from preceptor.register.models import Organisation


class SubjectArea(models.Model):
    """A group of subjects, as the matrix groups its columns."""

    code = models.CharField(primary_key=True, max_length=40)
    name = models.CharField(max_length=60)
    position = models.PositiveSmallIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class Subject(models.Model):
    """What training is about, by its code. `development` marks what helps people grow: there is never too much."""

    code = models.CharField(primary_key=True, max_length=60)
    name = models.CharField(max_length=120)
    area = models.ForeignKey(SubjectArea, on_delete=models.PROTECT)
    development = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name


class SubjectLevel(models.Model):
    """A level of a subject and what it is called."""

    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="levels")
    level = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["subject", "level"], name="subject_level_once"),
            models.CheckConstraint(condition=Q(level__gte=1), name="subject_level_least"),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} level {self.level}"


class SubjectAlias(models.Model):
    """Another name imports may use for a subject, and the level that name means if it means one."""

    name = models.CharField(max_length=200)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="aliases")
    level = models.PositiveSmallIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(Lower("name"), name="subject_alias_name")]

    def __str__(self) -> str:
        return self.name


class Equivalence(BelievedFact):
    """A record of one subject at this level or above also counts as another. One step, never chained.

    It holds at its owner and at everything beneath it; without an owner it holds everywhere.
    """

    owner = models.ForeignKey(Organisation, on_delete=models.PROTECT, null=True)
    subject = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="counts_as")
    level = models.PositiveSmallIntegerField(default=1)
    counts_as = models.ForeignKey(Subject, on_delete=models.PROTECT, related_name="counted_from")
    counts_as_level = models.PositiveSmallIntegerField(default=1)
    approved_by = models.CharField(max_length=200)
    reason = models.TextField(blank=True)

    class Meta:
        constraints = [
            belief_check("equivalence"),
            models.CheckConstraint(condition=~Q(subject=F("counts_as")), name="equivalence_not_itself"),
            models.CheckConstraint(condition=Q(level__gte=1, counts_as_level__gte=1), name="equivalence_levels"),
            models.UniqueConstraint(
                "subject",
                "level",
                "counts_as",
                "counts_as_level",
                "owner",
                condition=Q(superseded_at=None),
                nulls_distinct=False,
                name="equivalence_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject_id} {self.level} as {self.counts_as_id} {self.counts_as_level}"
