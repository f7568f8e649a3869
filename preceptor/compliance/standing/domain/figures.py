"""A trial of what would change, in numbers: of everyone, and of those who go by one name."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Final

from preceptor.foundation.disclosure import FEWEST

from .trials import Difference, Effect, Trial

# The columns of a file with figures by name, after the name.
COLUMNS: Final = (
    *("People", "Newly required", "No longer required", "Newly overdue", "Newly valid", "Sooner"),
    "Training in two years",
)


@dataclass(frozen=True, slots=True)
class Figures:
    """What a change does to some people, in numbers; `overdue_later` is on the day the rule before stops counting."""

    people: int
    noticed: int
    required: int
    not_required: int
    overdue: int
    valid: int
    sooner: int
    minutes_before: int
    minutes_after: int
    overdue_later: int | None = None

    @property
    def is_shown(self) -> bool:
        """Are enough people behind them to show them where people are not shown?"""
        return self.people >= FEWEST


def figures_of(trial: Trial, minutes_before: Mapping[str, int]) -> Figures:
    """The figures of a trial, given the minutes that doing each requirement once takes by the rules as they are."""
    last = len(trial.days) - 1
    return Figures(
        people=len({one.person for one in trial.differences}),
        noticed=len({one.person for one in trial.differences if one.is_noticed}),
        required=trial.count(Effect.REQUIRED),
        not_required=trial.count(Effect.NOT_REQUIRED),
        overdue=trial.count(Effect.OVERDUE),
        valid=trial.count(Effect.VALID),
        sooner=trial.sooner,
        minutes_before=replace(trial, minutes=minutes_before).minutes_before,
        minutes_after=trial.minutes_after,
        overdue_later=trial.count(Effect.OVERDUE, last) if last else None,
    )


def figures_by(trial: Trial, minutes_before: Mapping[str, int], names: Mapping[str, str]) -> dict[str, Figures]:
    """The figures of a trial for each name that engagements go by, such as their role, in order of name."""
    groups: dict[str, list[Difference]] = {}
    for one in trial.differences:
        if name := names.get(one.engagement):
            groups.setdefault(name, []).append(one)
    return {
        name: figures_of(replace(trial, differences=tuple(some)), minutes_before)
        for name, some in sorted(groups.items())
    }


def lines_of(found: Figures, first_day: str, later_day: str) -> Iterator[tuple[str, str]]:
    """Figures as lines of a file, each number with its name; `later_day` is empty where there is none."""
    yield f"Newly overdue on {first_day}", str(found.overdue)
    if later_day:
        yield f"Newly overdue on {later_day}", str(found.overdue_later)
    yield "Newly required", str(found.required)
    yield "No longer required", str(found.not_required)
    yield "Newly valid", str(found.valid)
    yield "Would do it sooner, in two years", str(found.sooner)
    yield "Minutes of training in two years, now", str(found.minutes_before)
    yield "Minutes of training in two years, then", str(found.minutes_after)


def lines_by(heading: str, rows: Iterable[tuple[str, Figures | None, str]]) -> Iterator[tuple[str, ...]]:
    """Figures by name as lines of a file after an empty one: name, figures or dashes, hours. Nothing of no rows."""
    listed = tuple(rows)
    if not listed:
        return
    yield ()
    yield (heading, *COLUMNS)
    for name, some, hours in listed:
        if some is None:
            yield (name, *("–",) * len(COLUMNS))
            continue
        numbers = (some.people, some.required, some.not_required, some.overdue, some.valid, some.sooner)
        yield (name, *map(str, numbers), hours)
