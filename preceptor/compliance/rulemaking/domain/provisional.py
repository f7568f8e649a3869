"""A change that can be tried before it is finished."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from preceptor.compliance.requirements.domain.transitions import AtRenewal

from .answers import Answers
from .drafts import Draft
from .effects import Change
from .questions import JUDGED


def provisional(draft: Draft, answers: Answers, today: date) -> Change | None:
    """What these answers would change, from tomorrow and at next renewal where that is not said yet."""
    if answers.audience is None or answers.met_by is None:
        return None
    latest = draft.latest
    earliest = max([today, *([latest.rule.starts_on] if latest else [])]) + timedelta(days=1)
    starts_on = answers.starts_on if answers.starts_on and (not latest or answers.starts_on >= earliest) else earliest
    finished = replace(
        answers,
        starts_on=starts_on,
        ends_on=answers.ends_on if answers.ends_on and answers.ends_on > starts_on else None,
        transition=(answers.transition or AtRenewal()) if latest else None,
        answered=answers.answered | set(JUDGED),
    )
    return replace(draft, answers=finished).change
