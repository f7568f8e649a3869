"""Tables: what a practice counts as critical, and its weekly rota."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from preceptor.foundation.facts import BelievedFact, DatedFact, belief_check, period_check
from preceptor.register.models import Engagement, Organisation

from .domain.abilities import MOST_PEOPLE
from .domain.rota import MOST_WEEKS, Session

_SESSIONS = [(one.value, one.value) for one in Session]


class CriticalAbility(DatedFact):
    """Something that somebody at a practice must be able to do, why, and when. One ability may have many beliefs."""

    ability = models.UUIDField(default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="critical_abilities")
    title = models.CharField(max_length=200)
    needs = models.JSONField()
    during = models.JSONField(default=list)
    least = models.PositiveSmallIntegerField(default=1)
    reason = models.TextField()
    why_ended = models.TextField(blank=True)
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            period_check("critical_ability"),
            belief_check("critical_ability"),
            models.CheckConstraint(condition=~Q(title="") & ~Q(reason=""), name="critical_ability_reason"),
            models.CheckConstraint(condition=Q(least__gte=1, least__lte=MOST_PEOPLE), name="critical_ability_least"),
            models.CheckConstraint(condition=Q(ends_on=None) | ~Q(why_ended=""), name="critical_ability_end_reason"),
            models.UniqueConstraint(
                fields=["ability"], condition=Q(superseded_at=None), name="critical_ability_believed_once"
            ),
            models.UniqueConstraint(
                fields=["organisation", "title"],
                condition=Q(superseded_at=None, ends_on=None),
                name="critical_ability_title_once",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class RotaVersion(BelievedFact):
    """A week that repeats from a Monday on, every so many weeks. Of two that cover a week the later recorded holds."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="rotas")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True)
    every = models.PositiveSmallIntegerField(default=1)
    source = models.CharField(max_length=200, blank=True)
    by = models.UUIDField(null=True)
    by_name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            period_check("rota_version"),
            belief_check("rota_version"),
            models.CheckConstraint(condition=Q(every__gte=1, every__lte=MOST_WEEKS), name="rota_version_every"),
            models.CheckConstraint(condition=Q(starts_on__week_day=2), name="rota_version_from_a_monday"),
        ]
        indexes = [models.Index(fields=["organisation", "starts_on"], name="rota_version_of")]

    def __str__(self) -> str:
        return f"{self.organisation_id} from {self.starts_on}"


class RotaTurn(models.Model):
    """Somebody who is on in one session of a rota's week. Never edited."""

    rota = models.ForeignKey(RotaVersion, on_delete=models.PROTECT, related_name="turns")
    engagement = models.ForeignKey(Engagement, on_delete=models.PROTECT, related_name="turns")
    weekday = models.PositiveSmallIntegerField()
    session = models.CharField(max_length=10, choices=_SESSIONS)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="rota_turn_weekday"),
            models.CheckConstraint(condition=Q(session__in=[one for one, _ in _SESSIONS]), name="rota_turn_session"),
            models.UniqueConstraint(fields=["rota", "engagement", "weekday", "session"], name="rota_turn_once"),
        ]

    def __str__(self) -> str:
        return f"{self.engagement_id} {self.weekday} {self.session}"
