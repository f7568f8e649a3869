"""Dated facts that are never rewritten: the columns, the constraint and the two questions every such table shares."""

from __future__ import annotations

from datetime import date, datetime
from typing import TypeVar

from django.db import models
from django.db.models import F, Q

M = TypeVar("M", bound="BelievedFact")


class BelievedFact(models.Model):
    """A fact that was believed on [recorded_at, superseded_at); None is still.

    The database refuses DELETE and every UPDATE but one: setting `superseded_at`, once.
    """

    recorded_at = models.DateTimeField()
    superseded_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class DatedFact(BelievedFact):
    """A believed fact that holds on [starts_on, ends_on); None is open."""

    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)

    class Meta:
        abstract = True


def period_check(name: str) -> models.CheckConstraint:
    """The constraint that a period starts before it ends."""
    return models.CheckConstraint(condition=Q(starts_on__lt=F("ends_on")), name=f"{name}_period")


def belief_check(name: str) -> models.CheckConstraint:
    """The constraint that a fact was recorded before it was superseded."""
    return models.CheckConstraint(condition=Q(recorded_at__lte=F("superseded_at")), name=f"{name}_belief")


def known(known_at: datetime | None, *, prefix: str = "") -> Q:
    """The facts believed at a moment; without one, the facts believed now."""
    if known_at is None:
        return Q(**{f"{prefix}superseded_at": None})
    return Q(**{f"{prefix}recorded_at__lte": known_at}) & (
        Q(**{f"{prefix}superseded_at": None}) | Q(**{f"{prefix}superseded_at__gt": known_at})
    )


def holding(day: date, *, prefix: str = "") -> Q:
    """The facts that hold on a day."""
    return (Q(**{f"{prefix}starts_on": None}) | Q(**{f"{prefix}starts_on__lte": day})) & (
        Q(**{f"{prefix}ends_on": None}) | Q(**{f"{prefix}ends_on__gt": day})
    )


def supersede(facts: models.QuerySet[M], at: datetime) -> int:
    """Stops believing these facts from this moment. Says how many there were."""
    return facts.filter(superseded_at=None).update(superseded_at=at)
