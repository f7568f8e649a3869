"""Plain English in small pieces: lists, durations, dates, and the names of things."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

_MINUTES: Final = 60
_MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, slots=True)
class Names:
    """The names people see for codes; a code without one is shown as words (`practice-nurse` as “practice nurse”)."""

    subjects: Mapping[str, str] = field(default_factory=dict)
    roles: Mapping[str, str] = field(default_factory=dict)
    staff_groups: Mapping[str, str] = field(default_factory=dict)
    engagement_kinds: Mapping[str, str] = field(default_factory=dict)
    tasks: Mapping[str, str] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    organisations: Mapping[str, str] = field(default_factory=dict)
    systems: Mapping[str, str] = field(default_factory=dict)
    services: Mapping[str, str] = field(default_factory=dict)
    states: Mapping[str, str] = field(default_factory=dict)
    record_kinds: Mapping[str, str] = field(default_factory=dict)
    requirements: Mapping[str, str] = field(default_factory=dict)

    def subject(self, code: str) -> str:
        """The name of a subject."""
        return self.subjects.get(code) or as_words(code)

    def state(self, code: str) -> str:
        """The name of a state."""
        return self.states.get(code) or as_words(code)

    def record_kind(self, code: str) -> str:
        """The name of a kind of record."""
        return self.record_kinds.get(code) or as_words(code)

    def person(self, code: str) -> str:
        """The name of a person."""
        return self.people.get(code) or code

    def requirement(self, code: str) -> str:
        """The title of a requirement."""
        return self.requirements.get(code) or as_words(code)


def as_words(code: str) -> str:
    """A code as words: hyphens and underscores become spaces."""
    return code.replace("-", " ").replace("_", " ")


def listed(words: Sequence[str], joint: str = "and") -> str:
    """Words as a list: “a, b and c”."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {joint} {words[-1]}"


def plural(number: int, noun: str) -> str:
    """A number with its noun: “1 day”, “2 days”."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def time_phrase(minutes: int) -> str:
    """Minutes as hours and minutes: “1 hour 30 minutes”."""
    hours, rest = divmod(minutes, _MINUTES)
    said = [plural(hours, "hour")] if hours else []
    if rest or not hours:
        said.append(plural(rest, "minute"))
    return " ".join(said)


def level_phrase(level: int) -> str:
    """The level, when it is more than any level."""
    return f", level {level} or above" if level > 1 else ""


def kinds_phrase(kinds: tuple[str, ...] | None, names: Names) -> str:
    """The kinds of record taken, when not every kind is."""
    return "" if kinds is None else f", recorded as {listed([names.record_kind(kind) for kind in kinds], 'or')}"


def every_phrase(months: int) -> str:
    """How often something is renewed: “every 12 months”."""
    return "every month" if months == 1 else f"every {plural(months, 'month')}"


def within_phrase(months: int | None) -> str:
    """The window in which things add up, when there is one."""
    return "" if months is None else f", within any {plural(months, 'month')}"


def day_phrase(day: date) -> str:
    """A date in full: “3 May 2028”."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def sentence(words: str) -> str:
    """The words with a capital at the start and a full stop at the end."""
    started = words[:1].upper() + words[1:]
    return started if started.endswith((".", "?", "!")) else f"{started}."
