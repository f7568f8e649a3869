"""One person's time by the rule as it is and as it would be, drawn and told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Final

from preceptor.compliance.standing.domain.tags import CODES, WORDS
from preceptor.ui.forms import Form
from preceptor.ui.pages import Page
from preceptor.ui.scales import Scale
from preceptor.ui.words import day, dense_day, listed

from ..domain.lives import Life, Lives, Stretch
from .editing import Shell

_LABEL: Final = 13.0
_DAY: Final = timedelta(days=1)
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
    scale = Scale(lives.first_on, lives.last_on + _DAY)
    both = [(names[0], lives.before)] if lives.before else []
    lanes = tuple(_lane(scale, name, life) for name, life in [*both, (names[1], lives.after)])
    return SamplePage(
        title=title,
        shell=shell,
        who=who,
        lanes=lanes,
        ticks=scale.years(),
        today=scale.at(today),
        chooser=chooser,
        nobody="",
    )


def _lane(scale: Scale, title: str, life: Life) -> Lane:
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


def _bar(scale: Scale, one: Stretch, until: date | None) -> Bar:
    last = min(one.last_on, until) if until and until >= one.first_on else one.last_on
    x, width = scale.bar(one.first_on, last + _DAY) or (0.0, 0.0)
    return Bar(x, width, CODES[one.status], WORDS[one.status] if width > _LABEL else "")


def _ahead(scale: Scale, renewals: Sequence[date]) -> list[Bar]:
    """The time from each day it is done to the next; the last one runs to the edge."""
    found = []
    for on, end in zip(renewals, [*renewals[1:], None], strict=True):
        x, width = scale.bar(on, end + _DAY if end else None) or (0.0, 0.0)
        label = f"to {dense_day(end)}" if end and width > _LABEL else ""
        found.append(Bar(x, width, "valid", label, ahead=True))
    return found


def _words(title: str, life: Life) -> str:
    if not life.stretches:
        return f"{title}: not needed."
    if life.stuck:
        return f"{title}: nothing they can record would meet it."
    if not life.renewals:
        return f"{title}: nothing to do in the years shown."
    days = [day(on) for on in life.renewals]
    if len(days) > _SHOWN + 1:  # one more is named as shortly as it is counted
        days[_SHOWN:] = [f"{len(days) - _SHOWN} more times"]
    return f"{title}: to be done by {listed(days)}."


def _rows(stretches: Iterable[Stretch]) -> Iterable[tuple[str, str, str]]:
    for one in stretches:
        yield dense_day(one.first_on), "" if one.is_open else dense_day(one.last_on), WORDS[one.status]
