"""Rules read from the text they are stored as: what was read from a text is kept under that text.

A rule is written once and held at thousands of practices.
"""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from typing import Any, Final, TypeAlias

import msgspec
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast

from ..domain.audience import Audience, read_audience
from ..domain.criteria import Criterion, read_criterion
from ..domain.transitions import Transition, read_transition
from ..domain.versions import Version
from ..models import RequirementVersion

KEPT: Final = 4096

# The columns of a version's rule, once its texts are annotated.
RULE: Final = (
    "starts_on",
    "ends_on",
    "audience_text",
    "met_by_text",
    "first_due_days",
    "notice_days",
    "return_days",
    "transition_text",
    "published_at",
)
RuleRow: TypeAlias = "tuple[date, date | None, str, str, int | None, int, int, str | None, datetime]"


def with_texts(rows: QuerySet[RequirementVersion, Any]) -> QuerySet[RequirementVersion, Any]:
    """Versions with the texts of their rules beside them."""
    return rows.annotate(
        audience_text=Cast("audience", TextField()),
        met_by_text=Cast("met_by", TextField()),
        transition_text=Cast("transition", TextField()),
    )


def rule_in(row: RuleRow) -> Version:
    """The rule that the columns `RULE` hold."""
    (starts_on, ends_on, audience, met_by, first_due_days, notice_days, return_days, transition, published_at) = row
    return Version(
        starts_on=starts_on,
        ends_on=ends_on,
        audience=audience_in(audience),
        met_by=criterion_in(met_by),
        first_due_days=first_due_days,
        notice_days=notice_days,
        return_days=return_days,
        transition=_transition_in(transition) if transition is not None else None,
        published_at=published_at,
    )


@lru_cache(maxsize=KEPT)
def audience_in(text: str) -> Audience:
    """The audience a text says."""
    return read_audience(msgspec.json.decode(text))


@lru_cache(maxsize=KEPT)
def criterion_in(text: str) -> Criterion:
    """The criterion a text says."""
    return read_criterion(msgspec.json.decode(text))


@lru_cache(maxsize=KEPT)
def _transition_in(text: str) -> Transition:
    return read_transition(msgspec.json.decode(text))
