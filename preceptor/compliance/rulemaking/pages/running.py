"""What publishing would change, told in figures, people, roles, quarters and practices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from preceptor.compliance.requirements.domain.transitions import AtOnce, AtRenewal, Transition
from preceptor.compliance.standing.domain.figures import Figures
from preceptor.compliance.standing.domain.noticing import Noticed, noticed
from preceptor.compliance.standing.domain.trials import Difference
from preceptor.foundation.disclosure import FEWEST
from preceptor.ui.pages import Link, Page
from preceptor.ui.words import count, day, dense_day, minutes, signed_minutes

from ..domain.drafts import Draft
from ..domain.effects import Change, Quarter, Way
from .drafts import caption_of

_TALLEST: Final = 100
_FIRST_SHOWN: Final = 10
# Said instead of figures, where people are not shown and too few are behind them.
FEW: Final = f"It would concern fewer than {FEWEST} people here, so their figures are not shown."


@dataclass(frozen=True, slots=True)
class WayRow:
    """One way to take over."""

    title: str
    words: str
    figures: Figures
    overdue: str
    hours: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class GroupRow:
    """A role or a practice, with its figures; none shown where too few people are behind them."""

    name: str
    meta: str
    figures: Figures | None
    hours: str

    @property
    def is_untouched(self) -> bool:
        """Does nothing change for anybody in it?"""
        return self.figures is not None and self.figures.noticed == 0


@dataclass(frozen=True, slots=True)
class QuarterBars:
    """A quarter of a year as two bars, in per cent of the width and in pixels of height."""

    name: str
    is_named: bool
    x: float
    width: float
    before: int
    after: int
    before_height: int
    after_height: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DryRunPage(Page):
    """The dry run of a draft, or what a published one did."""

    template: ClassVar[str] = "rulemaking/dry_run.jinja"
    reading: ClassVar[bool] = False

    caption: str
    lead: str
    first_day: str
    later_day: str
    number: int
    figures: Figures
    is_shown: bool
    hours: str
    hours_words: str
    warnings: tuple[str, ...]
    ways: tuple[WayRow, ...]
    people: tuple[Noticed, ...] | None
    noticing: int
    more_href: str
    roles: tuple[GroupRow, ...]
    quarters: tuple[QuarterBars, ...]
    practices: tuple[GroupRow, ...]
    downloads: tuple[Link, ...]
    revision: int
    missing: tuple[Link, ...]
    is_published: bool
    keep_href: str
    publish: str
    problem: str = ""
    problem_link: Link | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """Everything a dry run found."""

    figures: Figures
    differences: Sequence[Difference]
    names: Mapping[str, tuple[str, str]] | None
    roles: Mapping[str, Figures]
    quarters: Sequence[Quarter]
    ways: Sequence[Way]
    practices: Sequence[tuple[str, Figures | None]]
    stuck: int


@dataclass(frozen=True, slots=True)
class Doors:
    """Where the page leads."""

    back: Link
    all_href: str
    shows_all: bool
    downloads: tuple[Link, ...]
    missing: tuple[Link, ...]


def dry_run_page(draft: Draft, change: Change, found: Found, doors: Doors) -> DryRunPage:
    """What a change would do."""
    first, last = change.version.starts_on, change.end
    number = draft.number
    is_published = draft.published is not None
    noticing = len(found.differences)
    shown = found.differences if doors.shows_all else found.differences[:_FIRST_SHOWN]
    judged = (
        "This version is published. The figures are those of its dry run, worked out again"
        if is_published
        else ("Nothing has been published. Judged")
    )
    return DryRunPage(
        title="What this version changed" if is_published else "Dry run: what would change",
        back=doors.back,
        caption=caption_of(draft),
        lead=f"{judged} on the records known today, for two years from {day(first)} to {day(_before(last))}.",
        first_day=day(first),
        later_day=day(change.days[-1]) if len(change.days) > 1 else "",
        number=number,
        figures=found.figures,
        is_shown=found.names is not None or found.figures.is_shown,
        hours=signed_minutes(found.figures.minutes_after - found.figures.minutes_before),
        hours_words=(
            f"of training in two years: {minutes(found.figures.minutes_after)} "
            f"instead of {minutes(found.figures.minutes_before)}"
        ),
        warnings=_warnings(change, found),
        ways=tuple(_way(one, change, number) for one in found.ways),
        people=None
        if found.names is None
        else tuple(noticed(one, *found.names.get(one.engagement, ("", ""))) for one in shown),
        noticing=noticing,
        more_href=doors.all_href if noticing > len(shown) else "",
        roles=tuple(
            GroupRow(name, count(some.people, "person", "people"), some, _two_hours(some))
            for name, some in found.roles.items()
        ),
        quarters=_bars(found.quarters),
        practices=tuple(_practice(name, some) for name, some in found.practices),
        downloads=doors.downloads,
        revision=draft.revision,
        missing=doors.missing,
        is_published=is_published,
        keep_href=doors.back.href,
        publish=f"Publish version {number} from {day(first)}",
    )


def change_sentence(change: Change, found: Figures) -> str:
    """What publishing would change, in a sentence or two."""
    first = day(change.version.starts_on)
    overdue = f"{count(found.overdue, 'person', 'people')} would become overdue on {first}."
    said = [overdue if found.overdue else f"Nobody becomes overdue on {first}."]
    if found.overdue_later:
        said.append(f"{found.overdue_later} would be overdue on {day(change.days[-1])}.")
    if found.required:
        said.append(f"It is newly required of {count(found.required, 'person', 'people')}.")
    if found.not_required:
        said.append(f"It is no longer required of {count(found.not_required, 'person', 'people')}.")
    if found.sooner:
        said.append(f"{found.sooner} of {count(found.people, 'person', 'people')} would do it sooner.")
    difference = found.minutes_after - found.minutes_before
    if difference:
        more = "more" if difference > 0 else "less"
        said.append(f"About {minutes(abs(difference))} {more} of training in two years.")
    elif not found.noticed:
        said.append("Nobody would notice anything in the first two years.")
    return " ".join(said)


def _warnings(change: Change, found: Found) -> tuple[str, ...]:
    said = []
    if change.never_ends:
        said.append(
            "What people did before never runs out by the rule as it is now. At next renewal, it goes on counting for "
            "ever, and the new rule only reaches people who have not done it yet."
        )
    is_shown = found.names is not None or found.figures.is_shown
    if found.stuck and is_shown:
        said.append(
            f"{count(found.stuck, 'person', 'people')} could do nothing that would meet it: it needs something that "
            "cannot be recorded, such as a registration they do not hold."
        )
    if not is_shown:
        said.append(FEW)
    elif not found.figures.people:
        said.append("It would be required of nobody here.")
    return tuple(said)


def _before(end: date) -> date:
    return date.fromordinal(end.toordinal() - 1)


def _way(one: Way, change: Change, number: int) -> WayRow:
    found = one.figures
    later = f" ({found.overdue_later} on {dense_day(one.days[-1])})" if found.overdue_later is not None else ""
    return WayRow(
        title=_way_title(one.transition),
        words=_way_words(one.transition, one.days, number),
        figures=found,
        overdue=f"{found.overdue}{later}",
        hours=_hours(found.minutes_after),
        is_chosen=one.is_chosen,
    )


def _way_title(way: Transition) -> str:
    if isinstance(way, AtOnce):
        return f"At once, {count(way.grace_days, 'day')} of grace" if way.grace_days else "At once"
    return "At next renewal" if isinstance(way, AtRenewal) else "New starters only"


def _way_words(way: Transition, days: Sequence[date], number: int) -> str:
    if isinstance(way, AtOnce):
        until = f"What counted before counts until {day(_before(days[-1]))}" if way.grace_days else ""
        return until or f"Version {number} alone counts from the first day"
    if isinstance(way, AtRenewal):
        return "What is valid stays valid; the new rule counts from the next time"
    return f"People here on {day(_before(days[0]))} keep the rule as it is"


def _practice(name: str, some: Figures | None) -> GroupRow:
    if some is None:
        return GroupRow(name, "Its own rule starts later, so this cannot be tried here", None, "")
    if not some.is_shown:
        return GroupRow(name, "Fewer than 5 people", None, "")
    return GroupRow(name, count(some.people, "person", "people"), some, _two_hours(some))


def _two_hours(some: Figures) -> str:
    return signed_minutes(some.minutes_after - some.minutes_before)


def _hours(number: int) -> str:
    return f"{number / 60:,.1f}"


def _bars(found: Sequence[Quarter]) -> tuple[QuarterBars, ...]:
    most = max((max(one.before, one.after) for one in found), default=0) or 1
    step = 100 / max(len(found), 1)
    width = round(step * 0.36, 2)
    return tuple(
        QuarterBars(
            name=f"Q{one.number} {one.year % 100}",
            is_named=number % 2 == 0,
            x=round(number * step + step * 0.1, 2),
            width=width,
            before=one.before,
            after=one.after,
            before_height=round(_TALLEST * one.before / most),
            after_height=round(_TALLEST * one.after / most),
        )
        for number, one in enumerate(found)
    )
