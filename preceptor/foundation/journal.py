"""The journal: one line for every action that was carried out. Append-only; the database refuses anything else."""

from __future__ import annotations

from django.db import models


class JournalLine(models.Model):
    """Who did what, when, to what. Written by the action decorator alone."""

    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    by_user = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)
    organisation = models.UUIDField(null=True, db_index=True)
    what = models.JSONField()
    result = models.TextField(blank=True)

    class Meta:
        indexes = [models.Index(fields=["verb", "at"], name="journal_verb_at")]
        constraints = [
            models.CheckConstraint(condition=models.Q(verb__regex=r"^[a-z-]+\.[a-z-]+$"), name="journal_verb_shape"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.by_name}: {self.verb}"
