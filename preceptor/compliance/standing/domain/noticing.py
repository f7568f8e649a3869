"""What a change of rules means for one person, in words: how they stand when it starts, and what they do by when."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from preceptor.ui.words import dense_day

from .renewals import Renewals
from .tags import WORDS
from .trials import Difference, Trial
from .verdicts import Status


@dataclass(frozen=True, slots=True)
class Noticed:
    """One person and one requirement in a dry run: the first day, and what is to be done by when, now and then."""

    name: str
    about: str
    first_day: str
    before: tuple[str, ...]
    after: tuple[str, ...]
    is_sooner: bool


def noticing(trial: Trial) -> tuple[Difference, ...]:
    """Everyone for whom something changes, those who notice first at the top."""
    return tuple(sorted((one for one in trial.differences if one.is_noticed), key=_notices))


def stuck(differences: Iterable[Difference]) -> int:
    """How many people could do nothing that would meet what is asked of them."""
    return len({one.person for one in differences if one.renewals_after.stuck})


def noticed(one: Difference, name: str, about: str) -> Noticed:
    """A difference in words, with who it is and what is said beneath the name."""
    before, after = one.before[0], one.after[0]
    return Noticed(
        name=name,
        about=about,
        first_day=f"{WORDS[before]} → {WORDS[after]}" if before is not after else WORDS[after],
        before=_times(one.renewals_before, before, one.overdue_before),
        after=("Cannot be met",) if one.renewals_after.stuck else _times(one.renewals_after, after, one.overdue_after),
        is_sooner=one.is_sooner,
    )


def _times(ahead: Renewals, status: Status, since: date | None) -> tuple[str, ...]:
    """What is to be done by when; whoever is overdue on the first day is told since when, and no day to come."""
    told = tuple(dense_day(one) for one in ahead.days)
    if status is Status.OVERDUE and since and told:
        told = (f"Overdue since {dense_day(since)}", *told[1:])
    return (*told[:3], f"and {len(told) - 3} more") if len(told) > 3 else told


def _notices(one: Difference) -> tuple[date, str, str]:
    """The day on which somebody notices: the first of all where a status changes at once."""
    if one.before != one.after:
        return date.min, one.engagement, one.requirement
    before, after = one.renewals_before.days, one.renewals_after.days
    at = next((n for n, pair in enumerate(zip(before, after, strict=False)) if pair[0] != pair[1]), None)
    at = min(len(before), len(after)) if at is None else at
    return min([date.max, *before[at : at + 1], *after[at : at + 1]]), one.engagement, one.requirement
