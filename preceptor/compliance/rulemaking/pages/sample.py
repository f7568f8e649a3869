"""One person's time by the rule as it is and as it would be, drawn and told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Final

from preceptor.compliance.standing.domain.tags import CODES, WORDS
from preceptor.ui.forms import Form
from preceptor.ui.pages import Page
from preceptor.ui.words import day, dense_day, listed

from ..domain.lives import Life, Lives, Stretch
from .editing import Shell

_LABEL: Final = 13.0
_LEAST: Final = 0.3
_SHOWN: Final = 3


@dataclass(frozen=True, slots=True)
class Bar:
    """A stretch on the strip; `ahead` is what would be if it is done in time."""

    x: float
    width: float
    code: str
    label: str
    ahead: bool = False


@dataclass(frozen=True, slots=True)
class Lane:
    """A life by one rule: its bars, the days it is done, and the same in a sentence and as lines of a table."""

    title: str
    bars: tuple[Bar, ...]
    dots: tuple[float, ...]
    words: str
    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SamplePage(Page):
    """One person before and after."""

    template: ClassVar[str] = "rulemaking/sample.jinja"

    shell: Shell
    who: str
    lanes: tuple[Lane, ...]
    ticks: tuple[tuple[float, int], ...]
    today: float
    chooser: Form[str] | None
    nobody: str


@dataclass(frozen=True, slots=True)
class _Scale:
    first: date
    last: date

    def at(self, on: date) -> float:
        return round(100 * (on - self.first).days / ((self.last - self.first).days + 1), 2)

    def width(self, first: date, last: date) -> float:
        return max(round(self.at(last + timedelta(days=1)) - self.at(first), 2), _LEAST)


def sample_page(
    title: str,
    shell: Shell,
    who: str,
    lives: Lives,
    names: tuple[str, str],
    today: date,
    chooser: Form[str] | None,
) -> SamplePage:
    """A life by both rules; `names` are what the rule now and the rule in the making are called."""
    scale = _Scale(lives.first_on, lives.last_on)
    both = [(names[0], lives.before)] if lives.before else []
    lanes = tuple(_lane(scale, name, life) for name, life in [*both, (names[1], lives.after)])
    return SamplePage(
        title=title,
        shell=shell,
        who=who,
        lanes=lanes,
        ticks=tuple((scale.at(date(year, 1, 1)), year) for year in range(lives.first_on.year, lives.last_on.year + 1)),
        today=scale.at(today),
        chooser=chooser,
        nobody="",
    )


def _lane(scale: _Scale, title: str, life: Life) -> Lane:
    until = life.renewals[0] if life.renewals else None
    shown = [one for one in life.stretches if until is None or one.first_on <= until]
    bars = [_bar(scale, one, until) for one in shown]
    bars += _ahead(scale, life.renewals)
    return Lane(
        title=title,
        bars=tuple(bars),
        dots=tuple(scale.at(on) for on in life.renewals),
        words=_words(title, life),
        rows=tuple(_rows(life.stretches)),
    )


def _bar(scale: _Scale, one: Stretch, until: date | None) -> Bar:
    last = min(one.last_on, until) if until and until >= one.first_on else one.last_on
    width = scale.width(one.first_on, last)
    return Bar(scale.at(one.first_on), width, CODES[one.status], WORDS[one.status] if width > _LABEL else "")


def _ahead(scale: _Scale, renewals: Sequence[date]) -> list[Bar]:
    """The time from each day it is done to the next; the last one runs to the edge."""
    ends = [*renewals[1:], scale.last]
    return [
        Bar(
            scale.at(on),
            scale.width(on, end),
            "valid",
            f"to {dense_day(end)}" if end is not scale.last and scale.width(on, end) > _LABEL else "",
            ahead=True,
        )
        for on, end in zip(renewals, ends, strict=True)
    ]


def _words(title: str, life: Life) -> str:
    if not life.stretches:
        return f"{title}: not needed."
    if life.stuck:
        return f"{title}: nothing they can record would meet it."
    if not life.renewals:
        return f"{title}: nothing to do in the years shown."
    shown = [day(on) for on in life.renewals[:_SHOWN]]
    more = f", and {len(life.renewals) - _SHOWN} more times" if len(life.renewals) > _SHOWN else ""
    return f"{title}: to be done by {listed(shown) if not more else ', '.join(shown)}{more}."


def _rows(stretches: Iterable[Stretch]) -> Iterable[tuple[str, str, str]]:
    for one in stretches:
        yield dense_day(one.first_on), "" if one.is_open else dense_day(one.last_on), WORDS[one.status]
