"""Requirements and adjustments as rows, in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import groupby

from preceptor.foundation.dates import london_date
from preceptor.ui.words import day

from ..domain.audience import Audience
from ..domain.decisions import ADJUSTMENT_NAMES, FORCE_NAMES, AdjustmentKind
from ..domain.held import HeldAdjustment, HeldRequirement
from ..domain.reviews import review_tag
from ..domain.telling import brief_sentence
from ..domain.wording import audience_phrase
from ..domain.words import Names
from .shown import AdjustmentRow, AreaRows, RequirementRow


def areas_of(held: Iterable[HeldRequirement], names: Names, today: date) -> tuple[AreaRows, ...]:
    """Requirements as the rows of their areas."""
    return tuple(
        AreaRows(name, tuple(row_of(one, names, today) for one in some))
        for name, some in groupby(held, lambda one: one.area_name)
    )


def row_of(one: HeldRequirement, names: Names, today: date) -> RequirementRow:
    """A requirement as one row."""
    version = one.shown(today)
    return RequirementRow(
        key=one.key,
        title=one.title,
        sentence=brief_sentence(version.rule, names),
        basis=FORCE_NAMES[version.decision.basis],
        verified=version.decision.verified,
        core=one.core,
        review=review_tag(one.review_by, today),
        remark=_remark(one, today),
    )


def adjustment_row(one: HeldAdjustment, names: Names) -> AdjustmentRow:
    """An adjustment as one row."""
    if one.kind is AdjustmentKind.EXTENSION:
        days = f"What runs out from {day(one.starts_on)} on stays valid until {day(one.last_on)}"
    elif one.last_on:
        days = f"{day(one.starts_on)} to {day(one.last_on)}"
    else:
        days = f"From {day(one.starts_on)}, no last day yet"
    return AdjustmentRow(
        id=one.id,
        kind=ADJUSTMENT_NAMES[one.kind],
        whom=one.person or _for_whom(one.scope, names),
        requirements=one.requirements,
        days=days,
        reason=one.reason,
        authority=one.authority,
        recorded=f"Recorded by {one.recorded_by}, {day(london_date(one.recorded_at))}",
    )


def _for_whom(scope: Audience | None, names: Names) -> str:
    """Whom an extension is for."""
    words = audience_phrase(scope, names) if scope is not None else "everyone it concerns"
    return words[:1].upper() + words[1:]


def _remark(one: HeldRequirement, today: date) -> str:
    if one.ending:
        last = day(one.ending.ends_on - timedelta(days=1))
        words = f"Ended, last day {last}" if one.has_ended(today) else f"Ends, last day {last}"
        return (
            f"{words}. Asked by law; declined because: {one.ending.legal_reason}" if one.ending.legal_reason else words
        )
    if one.in_force(today) is None:
        starts_on = one.shown(today).rule.starts_on
        return f"Starts {day(starts_on)}" if starts_on > today else "Not in force now"
    return ""
