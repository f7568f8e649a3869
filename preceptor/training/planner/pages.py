"""What the pages about protected time show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar
from uuid import UUID

from django.urls import reverse

from preceptor.compliance.records.domain import Entry
from preceptor.compliance.records.domain.entries import Status
from preceptor.ui.forms import Form
from preceptor.ui.pages import Link, Page
from preceptor.ui.words import count, day, full_day, inside

from .domain.demand import Report, Tally, tally
from .domain.times import DONE_NAMES, Done, ProtectedTime
from .queries import Beneath, Minutes


@dataclass(frozen=True, slots=True)
class TimeRow:
    """One date of protected time."""

    title: str
    meta: str
    call_off: str


@dataclass(frozen=True, slots=True)
class HoursCell:
    """Hours, and what they are made of."""

    text: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class HoursRow:
    """Somebody, a role or a month with their hours."""

    name: str
    note: str
    href: str
    cells: tuple[HoursCell, ...]


@dataclass(frozen=True, slots=True)
class MinutesRow:
    """How long a requirement takes, and how that is known."""

    title: str
    minutes: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TimePage(Page):
    """Protected time of a place: what was demanded, given and offered."""

    template: ClassVar[str] = "planner/time.jinja"
    reading: ClassVar[bool] = False

    code: str
    place: str
    period: str
    headline: str
    parts: str
    skills: str
    given: int
    demanded: int
    heads: tuple[str, ...]
    people: tuple[HoursRow, ...]
    roles: tuple[HoursRow, ...]
    months: tuple[HoursRow, ...]
    ahead: tuple[HoursRow, ...]
    times: tuple[TimeRow, ...]
    past: tuple[TimeRow, ...]
    minutes: tuple[MinutesRow, ...]
    unsaid: str
    may_plan: bool
    has_cover: bool


@dataclass(frozen=True, slots=True)
class RecordRow:
    """Something done, and when."""

    title: str
    meta: str
    href: str
    word: str


@dataclass(frozen=True, slots=True)
class PlaceHours:
    """One place where somebody works: their hours there."""

    place: str
    headline: str
    parts: str
    skills: str
    given: int
    demanded: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage(Page):
    """The hours of one person: their own page, or as their manager sees it."""

    template: ClassVar[str] = "planner/person.jinja"

    is_own: bool
    period: str
    places: tuple[PlaceHours, ...]
    times: tuple[TimeRow, ...]
    to_say: tuple[RecordRow, ...]
    said: tuple[RecordRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage(Page):
    """A form about protected time."""

    template: ClassVar[str] = "planner/form.jinja"

    form: Form[object]
    caption: str
    effect: str
    button: str
    cancel_href: str


@dataclass(frozen=True, slots=True)
class AcrossRow:
    """A place beneath in figures."""

    name: str
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AcrossPage(Page):
    """Protected time of places beneath, in figures."""

    template: ClassVar[str] = "planner/across.jinja"

    code: str
    period: str
    heads: tuple[str, ...]
    rows: tuple[AcrossRow, ...]


_SHOWN = ("Demanded", "Done", "Not done", "Offered", "Skills: demanded", "Skills: done")
_HEADS = ("Demanded", "In protected time", "At work", "At home", "Not said", "Not done", "Offered")


def hours(minutes: int) -> str:
    """Minutes as hours with one decimal: 1.5."""
    return f"{minutes / 60:.1f}".removesuffix(".0")


def headline_of(report: Report) -> str:
    """What was given of what is demanded, in a sentence."""
    found = report.tally
    if not found.demanded:
        return "Our own rules demanded no time in this period"
    return f"We gave {hours(found.given)} of the {hours(found.demanded)} hours our own rules demand"


def parts_of(found: Tally) -> str:
    """What became of the rest, in a sentence; nothing where nothing was demanded or offered."""
    if not found.demanded and not found.offered:
        return ""
    return (
        f"{hours(found.protected)} in protected time and {hours(found.work)} otherwise at work. "
        f"{hours(found.home)} were done at home, of {hours(found.unsaid)} nobody has said when, "
        f"and {hours(found.not_done)} are not done. {hours(found.offered)} hours of protected time were offered."
    )


def skills_of(found: Tally) -> str:
    """What skills demanded, and what became of it, in a sentence; nothing where nobody is asked for any."""
    if not found.demanded:
        return ""
    return (
        f"Skills are counted apart: {hours(found.demanded)} hours to learn and show them. {hours(found.protected)} "
        f"were done in protected time, {hours(found.work)} otherwise at work and {hours(found.home)} at home; of "
        f"{hours(found.unsaid)} nobody has said when, and {hours(found.not_done)} are not shown yet."
    )


def period_words(first: date, end: date) -> str:
    """A period with its last day."""
    return f"{day(first)} to {day(end - timedelta(days=1))}"


def time_page(
    *,
    code: str,
    place: str,
    past: Report,
    ahead: Report,
    times: Iterable[ProtectedTime],
    minutes: Iterable[Minutes],
    today: date,
    own: UUID,
    may_plan: bool,
    has_cover: bool,
) -> TimePage:
    """The page of a place’s protected time."""
    found = past.tally
    listed = list(times)
    return TimePage(
        title="Protected time",
        code=code,
        place=f"{place} ({code})",
        period=period_words(past.first, past.end),
        headline=headline_of(past),
        parts=parts_of(found),
        skills=skills_of(past.skills),
        given=found.given,
        demanded=found.demanded,
        heads=_SHOWN,
        people=tuple(
            HoursRow(
                one.name,
                one.role_name,
                reverse("planner:person", args=[code, one.person]),
                _shown(one.tally, tally(one.skills)),
            )
            for one in past.people
        ),
        roles=tuple(
            HoursRow(name, count(number, "person", "people"), "", _shown(one, skills))
            for name, number, one, skills in past.by_role()
        ),
        months=tuple(HoursRow(_month(month), "", "", _shown(one, skills)) for month, one, skills in past.by_month()),
        ahead=tuple(
            HoursRow(_month(month), "", "", tuple(_cell(each) for each in (one.demanded, skills.demanded, one.offered)))
            for month, one, skills in ahead.by_month()
        ),
        times=tuple(_time_row(one, today, own, may_plan=may_plan) for one in listed if one.on >= today),
        past=tuple(_time_row(one, today, own, may_plan=False) for one in reversed(listed) if one.on < today),
        minutes=tuple(_minutes_row(one) for one in minutes),
        unsaid=hours(found.unsaid) if found.unsaid else "",
        may_plan=may_plan,
        has_cover=has_cover,
    )


def person_page(
    *,
    name: str,
    is_own: bool,
    back: Link | None,
    found: Sequence[tuple[str, Report, Sequence[ProtectedTime]]],
    entries: Iterable[Entry],
    said: Mapping[str, tuple[Done, UUID | None]],
    today: date,
) -> PersonPage:
    """The page of one person’s hours."""
    first = min((report.first for _, report, _ in found), default=today)
    times = sorted(
        {one.id: one for _, _, some in found for one in some if one.on >= today}.values(), key=lambda one: one.on
    )
    rows = list(
        _record_rows(
            [one for one in entries if one.on >= first and not one.withdrawn and one.status is not Status.REFUSED], said
        )
    )
    unsaid = DONE_NAMES[Done.UNSAID]
    return PersonPage(
        title="My time for training" if is_own else f"Time for training of {name}",
        back=back,
        is_own=is_own,
        period=period_words(first, today + timedelta(days=1)),
        places=tuple(
            PlaceHours(
                place,
                f"{hours(report.tally.given)} of {hours(report.tally.demanded)} hours asked for were given",
                parts_of(report.tally),
                skills_of(report.skills),
                report.tally.given,
                report.tally.demanded,
            )
            for place, report, _ in found
        ),
        times=tuple(_time_row(one, today, one.organisation, may_plan=False) for one in times),
        to_say=tuple(one for one in rows if one.word == unsaid),
        said=tuple(one for one in rows if one.word != unsaid),
    )


def _record_rows(entries: Iterable[Entry], said: Mapping[str, tuple[Done, UUID | None]]) -> Iterator[RecordRow]:
    """What was done, the records of one thing and day in one row: what is said of it is said of each of them."""
    alike: dict[tuple[str, date], list[Entry]] = {}
    for one in entries:
        alike.setdefault((one.subject, one.on), []).append(one)
    for (_, on), some in alike.items():
        told = next((said[str(one.id)][0] for one in some if str(one.id) in said), Done.UNSAID)
        waits = all(one.status is Status.PENDING for one in some)
        meta = f"{day(on)}, waits to be accepted and does not count yet" if waits else day(on)
        yield RecordRow(some[0].subject_name, meta, reverse("planner:say", args=[some[0].id]), DONE_NAMES[told])


def across_rows(found: Iterable[Beneath]) -> tuple[AcrossRow, ...]:
    """Places beneath in figures; none of those that are held back."""
    return tuple(AcrossRow(one.name, _cells(one.report.tally) if one.report else ()) for one in found)


def across_page(code: str, found: Iterable[Beneath], first: date, end: date) -> AcrossPage:
    """The page of places beneath."""
    return AcrossPage(
        title="Protected time across practices",
        code=code,
        period=period_words(first, end),
        heads=_HEADS,
        rows=across_rows(found),
    )


def csv_lines(place: str, report: Report, today: date) -> list[list[object]]:
    """The report as lines of a CSV, in minutes: by person, by role and by month."""
    heads = [*_HEADS, *(f"Skills: {inside(one)}" for one in _HEADS[:-1])]
    lines: list[list[object]] = [
        [place, period_words(report.first, report.end), f"As of {day(today)}"],
        [headline_of(report)],
        [],
        ["Person", "Role", *(f"{one} (minutes)" for one in heads)],
    ]
    lines += [
        [one.name, one.role_name, *_minutes(one.tally), *_minutes(tally(one.skills))[:-1]] for one in report.people
    ]
    lines += [[], ["Role", "People", *heads]]
    lines += [[name, number, *_minutes(one), *_minutes(skills)[:-1]] for name, number, one, skills in report.by_role()]
    lines += [[], ["Month", "", *heads]]
    return lines + [
        [f"{month:%Y-%m}", "", *_minutes(one), *_minutes(skills)[:-1]] for month, one, skills in report.by_month()
    ]


def time_words(one: ProtectedTime) -> str:
    """A date of protected time as a title."""
    return f"{full_day(one.on)}, {one.hours}"


def _minutes(one: Tally) -> tuple[int, ...]:
    return (one.demanded, one.protected, one.work, one.home, one.unsaid, one.not_done, one.offered)


def _cells(one: Tally) -> tuple[str, ...]:
    return tuple(hours(minutes) for minutes in _minutes(one))


def _cell(minutes: int, note: str = "") -> HoursCell:
    return HoursCell(hours(minutes), note)


def _shown(one: Tally, skills: Tally) -> tuple[HoursCell, ...]:
    """The hours of a row: what was done with when, where anybody said so."""
    when = (("protected", one.protected), ("at work", one.work), ("at home", one.home), ("not said", one.unsaid))
    note = ", ".join(f"{hours(minutes)} {word}" for word, minutes in when if minutes)
    return (
        _cell(one.demanded),
        _cell(one.demanded - one.not_done, note),
        _cell(one.not_done),
        _cell(one.offered),
        _cell(skills.demanded),
        _cell(skills.demanded - skills.not_done),
    )


def _month(month: date) -> str:
    return f"{month:%B} {month.year}"


def _time_row(one: ProtectedTime, today: date, own: UUID, *, may_plan: bool) -> TimeRow:
    parts = [f"Covered by {one.covered_by}"]
    if one.where:
        parts.append(one.where)
    if one.organisation != own:
        parts.append(f"offered by {one.place}")
    if one.groups:
        parts.append("not for everybody")
    meta = f"Called off: {one.called_off}" if one.called_off else ". ".join(parts)
    open_to = may_plan and one.organisation == own and not one.called_off and one.on >= today
    return TimeRow(time_words(one), meta, str(one.id) if open_to else "")


def _minutes_row(one: Minutes) -> MinutesRow:
    if one.minutes is None:
        return MinutesRow(one.title, "–", "Nobody has said, so it is not counted")
    return MinutesRow(one.title, str(one.minutes), "Confirmed" if one.verified else "An estimate that nobody confirmed")
