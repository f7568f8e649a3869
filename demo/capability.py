"""How sure people feel with technology: answered by each for themselves, seen in figures."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from preceptor.foundation.access import Viewer
from preceptor.training.capability.actions import answer
from preceptor.training.capability.domain import HIGHEST, Score
from preceptor.training.capability.queries import questionnaire

from .spans import ago, at, working_day

_AT: Final = "@alder.example"
_LEFT_OUT: Final = 3  # of four people one has not got round to it
_RULER: Final = 7


def say(viewers: Mapping[str, Viewer], today: date) -> None:
    """Three of four at Alder Surgery answered two months ago; the receptionist who signs in here is among them."""
    asked, day = questionnaire(), working_day(ago("2m", today))
    for number, email in enumerate(sorted(one for one in viewers if one.endswith(_AT))):
        if number % 4 == _LEFT_OUT and not email.startswith("tomasz"):
            continue
        for part in asked.domains:
            given = {one.key: _score(number, len(part.key) + at_) for at_, one in enumerate(part.statements)}
            answer(by=viewers[email], at=at(day, 12), part=part.key, given=given)
        agreed = {one.key: 3 + (number + at_) % 3 for at_, one in enumerate(asked.attitudes.statements)}
        answer(by=viewers[email], at=at(day, 12), part=asked.attitudes.key, given=agreed)


def _score(who: int, what: int) -> Score:
    """From 2 to 8 now, and up to four more needed: different for each person and statement, the same each time."""
    now = 2 + (who * 3 + what * 5) % _RULER
    return Score(now, min(HIGHEST, now + (who + what) % 5))
