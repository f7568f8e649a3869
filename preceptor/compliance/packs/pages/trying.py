"""What taking changes of a pack would do at a place, before it is done."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar, Final

from preceptor.compliance.standing.domain.figures import Figures
from preceptor.compliance.standing.domain.noticing import Noticed, noticed, noticing, stuck
from preceptor.foundation.disclosure import FEWEST
from preceptor.ui.pages import Page
from preceptor.ui.words import count, day, minutes, signed_minutes

from ..domain.effects import by, each, figures
from ..queries import Tried

_FIRST_SHOWN: Final = 10


@dataclass(frozen=True, slots=True)
class EffectRow:
    """A requirement or a role, with what would change in it."""

    name: str
    meta: str
    figures: Figures
    hours: str

    @property
    def is_untouched(self) -> bool:
        """Does nothing change for anybody in it?"""
        return self.figures.noticed == 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a dry run found, as the page and the file say it; people only for who may see how they stand."""

    figures: Figures
    is_shown: bool
    first_day: str
    later_day: str
    hours: str
    hours_words: str
    warnings: tuple[str, ...]
    people: tuple[Noticed, ...] | None
    noticing: int
    requirements: tuple[EffectRow, ...]
    roles: tuple[EffectRow, ...]

    @property
    def has_more(self) -> bool:
        """Would more people notice than are listed?"""
        return self.people is not None and self.noticing > len(self.people)


@dataclass(frozen=True, slots=True, kw_only=True)
class TryPage(Page):
    """The dry run of what a place is about to take, with its answers to be sent again by the button that takes it."""

    template: ClassVar[str] = "packs/try.jinja"
    reading: ClassVar[bool] = False

    caption: str
    lead: str
    facts: tuple[tuple[str, str], ...]
    notes: tuple[str, ...] = ()
    areas: tuple[tuple[str, tuple[str, ...]], ...] = ()
    told: Told | None
    given: tuple[tuple[str, str], ...]
    button: str
    is_warning: bool = False
    cancel_href: str


def told_of(tried: Tried, *, sees_people: bool, shows_all: bool) -> Told:
    """A trial of changes of a pack in words."""
    found, trial = figures(tried.trial, tried.taken), tried.trial
    differences = noticing(trial)
    is_shown = sees_people or found.is_shown
    is_one = len(tried.taken) == 1
    titles = {one.proposal.id: one.title for one in tried.taken}
    shown = differences if shows_all else differences[:_FIRST_SHOWN]
    roles = by(trial, tried.taken, {key: seat.role_name for key, seat in tried.seats.items()}) if sees_people else {}
    return Told(
        figures=found,
        is_shown=is_shown,
        first_day=day(trial.days[0]),
        later_day=day(trial.days[-1]) if len(trial.days) > 1 else "",
        hours=signed_minutes(found.minutes_after - found.minutes_before),
        hours_words=f"of training in two years: {minutes(found.minutes_after)} instead of "
        f"{minutes(found.minutes_before)}",
        warnings=_warnings(tried, found, is_shown=is_shown),
        people=tuple(
            noticed(
                one,
                tried.seats[one.engagement].name,
                tried.seats[one.engagement].role_name if is_one else titles[one.requirement],
            )
            for one in shown
        )
        if sees_people
        else None,
        noticing=len(differences),
        requirements=()
        if is_one or not is_shown
        else tuple(_row(one.title, some) for one, some in each(trial, tried.taken)),
        roles=tuple(_row(name, some) for name, some in roles.items()),
    )


def _row(name: str, some: Figures) -> EffectRow:
    hours = signed_minutes(some.minutes_after - some.minutes_before)
    return EffectRow(name, count(some.people, "person", "people"), some, hours)


def _warnings(tried: Tried, found: Figures, *, is_shown: bool) -> tuple[str, ...]:
    said = [
        f"{one.title}: what people did before never runs out by the rule as it is now. At next renewal, it goes on "
        "counting for ever, and the new rule only reaches people who have not done it yet."
        for one in tried.taken
        if one.never_ends
    ]
    if not is_shown:
        return (*said, f"It would concern fewer than {FEWEST} people here, so their figures are not shown.")
    if helpless := stuck(tried.trial.differences):
        said.append(
            f"{count(helpless, 'person', 'people')} could do nothing that would meet it: it needs something that "
            "cannot be recorded, such as a registration they do not hold."
        )
    if not found.people:
        said.append("It would be required of nobody here.")
    return tuple(said)
