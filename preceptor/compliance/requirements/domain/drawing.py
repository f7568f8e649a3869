"""The versions of a requirement as a drawn strip: which one held when, the past, today and what is to come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final

from preceptor.ui.scales import Scale
from preceptor.ui.words import day

from .held import HeldRequirement, HeldVersion

_PAST: Final = 4
_FUTURE: Final = 1
_LABEL: Final = 24.0
_SHORT_LABEL: Final = 9.0


class Tense(StrEnum):
    """When a version holds, seen from today."""

    PAST = "past"
    NOW = "now"
    AHEAD = "ahead"


TENSE_NAMES: Final = {Tense.PAST: "Before", Tense.NOW: "In force", Tense.AHEAD: "To come"}


@dataclass(frozen=True, slots=True)
class Stretch:
    """The days of one version on the strip, in per cent of its width."""

    x: float
    width: float
    tense: Tense
    label: str


@dataclass(frozen=True, slots=True)
class Drawn:
    """The strip: the years, the versions, today, and the same in words."""

    years: tuple[tuple[float, int], ...]
    stretches: tuple[Stretch, ...]
    today: float
    words: str

    @property
    def tenses(self) -> tuple[tuple[Tense, str], ...]:
        """The tenses drawn, with what each is called."""
        return tuple((one, TENSE_NAMES[one]) for one in Tense if any(part.tense is one for part in self.stretches))


def drawn(one: HeldRequirement, today: date) -> Drawn:
    """Every version on one strip of whole years: at most four years back, and one after today and the last change."""
    first = min(today, one.versions[0].rule.starts_on).year
    last = max(today, one.versions[-1].rule.starts_on, one.ending.ends_on if one.ending else today).year
    scale = Scale(date(max(first, today.year - _PAST), 1, 1), date(last + _FUTURE + 1, 1, 1))
    found = [(version, scale.bar(*one.period(version))) for version in one.versions]
    stretches = [Stretch(*bar, _tense(one, version, today), _label(version, bar[1])) for version, bar in found if bar]
    return Drawn(scale.years(), tuple(stretches), scale.at(today), _words(one, today))


def _tense(one: HeldRequirement, version: HeldVersion, today: date) -> Tense:
    starts_on, ends_on = one.period(version)
    if starts_on > today:
        return Tense.AHEAD
    return Tense.NOW if ends_on is None or today < ends_on else Tense.PAST


def _label(version: HeldVersion, width: float) -> str:
    if width > _LABEL:
        return f"Version {version.number}"
    return f"v{version.number}" if width > _SHORT_LABEL else ""


def _words(one: HeldRequirement, today: date) -> str:
    """What the strip shows: the version in force, and the next day something changes."""
    now = one.in_force(today)
    said = f"Version {now.number} of {len(one.versions)} is in force." if now else "No version is in force today."
    ahead = [version for version in one.versions if version.rule.starts_on > today]
    if ahead:
        said += f" Version {ahead[0].number} follows on {day(ahead[0].rule.starts_on)}."
    if one.ending and one.ending.ends_on > today:
        said += f" Its last day is {day(one.ending.ends_on - timedelta(days=1))}."
    return f"{said} The same in words is in the list below."
