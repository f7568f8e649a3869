"""What the page about training that nobody needed shows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import ClassVar, Final

from django.urls import reverse

from preceptor.compliance.standing.domain.overtraining import Excess, Kind
from preceptor.compliance.standing.domain.spared import Alone
from preceptor.compliance.standing.queries import Loaded
from preceptor.compliance.subjects.domain import SubjectIndex, title_of
from preceptor.ui.pages import Link, Page
from preceptor.ui.words import count, day

# So many lines of a kind are shown at first.
MOST: Final = 25


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that was or is too much: what, why, the minutes it costs in a year, and where that is proved."""

    title: str
    reason: str
    minutes: int
    href: str
    leads_to: str


@dataclass(frozen=True, slots=True)
class Group:
    """Everything of one kind, and the minutes of it."""

    code: str
    title: str
    advice: str
    lines: tuple[Line, ...]
    count: int
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OverTrainingPage(Page):
    """Training that nobody needed."""

    template: ClassVar[str] = "forecasts/over_training.jinja"
    reading: ClassVar[bool] = False

    place: str
    code: str
    groups: tuple[Group, ...]
    minutes: int
    is_whole: bool
    left_alone: tuple[tuple[str, tuple[str, ...]], ...]


_TITLES: Final[Mapping[Kind, tuple[str, str]]] = {
    Kind.EARLY: (
        "Done again long before it ran out",
        "It was still valid, and not yet time to renew. Whoever is asked too soon can be asked later.",
    ),
    Kind.ELSEWHERE: (
        "Asked again of somebody who brought it",
        "What they did at an earlier employer still counted. Ask new people for their records first.",
    ),
    Kind.OFTENER: (
        "Asked for more often than its sources ask",
        "No source that says how often asks for it as often. It may still be right: then the rule says why.",
    ),
    Kind.TOGETHER: (
        "Two courses where one would do",
        "One course counts for both, and people did one for each.",
    ),
}


_ALONE: Final[Mapping[Alone, str]] = {
    Alone.DEVELOPMENT: "Professional development, which is never too much",
    Alone.ONCE: "Done once and for ever",
    Alone.PARTS: "Part of it is no course, or depends on what came first",
    Alone.COUNT: "Gathers a number of records",
    Alone.HOURS: "Gathers hours",
    Alone.STATE: "A registration or an enrolment",
}


def over_training_page(
    loaded: Loaded,
    found: Collection[Excess],
    index: SubjectIndex,
    alone: Mapping[Alone, tuple[str, ...]],
    *,
    whole: bool,
) -> OverTrainingPage:
    """The page out of what the judge found, kind by kind, what costs most first, and of what was left alone and why."""
    code = loaded.organisation.code
    groups = []
    for kind, (title, advice) in _TITLES.items():
        some = [one for one in found if one.kind is kind]
        if some:
            shown = some if whole else some[:MOST]
            lines = tuple(_LINES[kind](loaded, one, index) for one in shown)
            groups.append(Group(kind.value, title, advice, lines, len(some), sum(one.minutes for one in some)))
    return OverTrainingPage(
        title="Training that could be spared",
        back=Link("Today", reverse("practices:today", args=[code])),
        place=loaded.organisation.name,
        code=code,
        groups=tuple(groups),
        minutes=sum(one.minutes for one in found),
        is_whole=whole,
        left_alone=tuple((_ALONE[why], titles) for why, titles in alone.items()),
    )


def _early(loaded: Loaded, one: Excess, index: SubjectIndex) -> Line:
    return _repeated(
        loaded, one, f"what they had was valid until the end of {day(one.until)}, {_ahead(one.days)} later"
    )


def _elsewhere(loaded: Loaded, one: Excess, index: SubjectIndex) -> Line:
    return _repeated(
        loaded, one, f"what they brought counted until the end of {day(one.until)}, {_ahead(one.days)} later"
    )


def _repeated(loaded: Loaded, one: Excess, why: str) -> Line:
    asked, seat = loaded.asked[one.requirement], loaded.seats[one.engagement]
    return Line(
        title=f"{seat.name}: {asked.title}",
        reason=f"Done on {day(one.again_on)}; {why}.",
        minutes=one.minutes,
        href=reverse("standing:why", args=[loaded.organisation.code, one.engagement, asked.key]),
        leads_to="Why",
    )


def _oftener(loaded: Loaded, one: Excess, index: SubjectIndex) -> Line:
    asked = loaded.asked[one.requirement]
    source = f"{one.source.source} asks for it {_every(one.source.months)}" if one.source else ""
    return Line(
        title=asked.title,
        reason=f"Asked of {_people(one)} {_every(one.months)}; {source}.",
        minutes=one.minutes,
        href=reverse("rulemaking:requirement", args=[loaded.organisation.code, asked.key]),
        leads_to="The rule and its sources",
    )


def _together(loaded: Loaded, one: Excess, index: SubjectIndex) -> Line:
    asked, other = loaded.asked[one.requirement], loaded.asked[one.other]
    code, level = one.course or ("", 1)
    subject = index.subject(code)
    course = title_of(subject.name, subject.level_name(level)) if subject else code
    return Line(
        title=f"{asked.title}, and {other.title}",
        reason=f"One course of {course} counts for both. {_people(one)} did one for each.",
        minutes=one.minutes,
        href=reverse("practices:requirement", args=[loaded.organisation.code, asked.key]),
        leads_to="Who",
    )


_LINES: Final[Mapping[Kind, Callable[[Loaded, Excess, SubjectIndex], Line]]] = {
    Kind.EARLY: _early,
    Kind.ELSEWHERE: _elsewhere,
    Kind.OFTENER: _oftener,
    Kind.TOGETHER: _together,
}


def _people(one: Excess) -> str:
    return count(len(one.people), "person", "people")


def _ahead(days: int) -> str:
    return count(days, "day")


def _every(months: int) -> str:
    years, rest = divmod(months, 12)
    if rest:
        return f"every {count(months, 'month')}" if months > 1 else "every month"
    return f"every {count(years, 'year')}" if years > 1 else "every year"
