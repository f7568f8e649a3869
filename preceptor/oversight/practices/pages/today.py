"""What the manager’s home shows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar, Final

from django.urls import reverse

from preceptor.compliance.records.domain import Entry
from preceptor.compliance.requirements.domain.beside import Beside
from preceptor.compliance.standing.domain.tags import tag_of
from preceptor.compliance.standing.domain.verdicts import Status, Verdict
from preceptor.foundation.dates import london_date
from preceptor.oversight.practices.domain import (
    IN_DATE,
    Matrix,
    Order,
    Picture,
    Question,
    Spared,
    Who,
    matrix,
    new_people,
    still_to_train,
    urgency,
)
from preceptor.training.cover.domain.covering import AbilityGaps, ability_gaps
from preceptor.training.inductions.domain import Course
from preceptor.training.rollouts.domain.readiness import Live, Where
from preceptor.ui.asof import address
from preceptor.ui.pages import Page, StatusTag
from preceptor.ui.words import count, day, full_day


@dataclass(frozen=True, slots=True)
class Figure:
    """A headline count that leads to its list."""

    code: str
    figure: str
    title: str
    href: str
    rest: str


@dataclass(frozen=True, slots=True)
class Urgent:
    """Something overdue or running out, with the person it is about."""

    href: str
    title: str
    meta: str
    tag: StatusTag
    waiting: int
    review_href: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """A record waiting for the manager."""

    href: str
    name: str
    what: str
    meta: str


@dataclass(frozen=True, slots=True)
class Starter:
    """Someone new, and how far they are."""

    href: str
    name: str
    meta: str
    done: int
    of: int
    next: str


@dataclass(frozen=True, slots=True)
class GapAhead:
    """The sessions in which too few are able to do something critical: the first, and how many more."""

    href: str
    title: str
    meta: str


@dataclass(frozen=True, slots=True)
class Inducted:
    """Somebody in induction, how far they are, and what is next."""

    href: str
    name: str
    meta: str
    done: int
    of: int
    next: str


@dataclass(frozen=True, slots=True)
class NextTime:
    """The next protected time, and how many can take part."""

    when: str
    words: str


@dataclass(frozen=True, slots=True)
class Rolled:
    """A change people are asked to read, with who is ready."""

    href: str
    title: str
    meta: str
    ready: int
    of: int
    questions: str


@dataclass(frozen=True, slots=True)
class DataSecurity:
    """The DSPT training item as it would be if published today."""

    done: int
    of: int
    percent: int
    threshold: int
    missing: int
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayPage(Page):
    """What needs the manager today."""

    template: ClassVar[str] = "practices/today.jinja"
    reading: ClassVar[bool] = False

    today: date
    code: str
    has_people: bool
    has_requirements: bool
    may_import: bool
    figures: tuple[Figure, ...]
    waiting: tuple[Waiting, ...]
    waiting_count: int
    overdue: tuple[Urgent, ...]
    overdue_count: int
    running_out: tuple[Urgent, ...]
    running_out_count: int
    inducted: tuple[Inducted, ...]
    live: tuple[Rolled, ...]
    starters: tuple[Starter, ...]
    data_security: DataSecurity | None
    to_review: int
    gaps: tuple[GapAhead, ...]
    gap_count: int
    next_time: NextTime | None
    spared: Spared
    notices: tuple[Beside, ...]


WEEK: Final = timedelta(weeks=1)
_MOST: Final = 8
_FIRST_GAPS: Final = 3
_FIRST_LIVE: Final = 3


def today_page(code: str, picture: Picture, waiting: list[Entry], today: date) -> TodayPage:
    """The manager's home out of the practice today."""
    shown = matrix(picture, Question(order=Order.URGENT))
    reviews = _reviews(code, waiting)
    begun = {one.begun.engagement for one in picture.inductions}
    overdue, soon = (_in_order(shown, one) for one in (Status.OVERDUE, Status.DUE_SOON))
    return TodayPage(
        title="What needs you today",
        today=today,
        code=code,
        has_people=bool(picture.people),
        has_requirements=bool(picture.requirements),
        may_import=True,
        figures=_figures(code, shown, picture.was_overdue),
        waiting=tuple(_waiting(entry) for entry in waiting[:_MOST]),
        waiting_count=len(waiting),
        overdue=_urgent(code, shown, overdue[:_MOST], picture.waiting, reviews),
        overdue_count=len(overdue),
        running_out=_urgent(code, shown, soon[:_MOST], picture.waiting, reviews),
        running_out_count=len(soon),
        inducted=tuple(_inducted(code, one, today) for one in picture.inductions),
        live=tuple(_rolled(code, one, today) for one in picture.live[:_FIRST_LIVE]),
        starters=tuple(_starter(code, who, shown) for who in new_people(picture) if who.engagement not in begun),
        data_security=_data_security(code, picture),
        to_review=sum(one.review_by is not None and one.review_by < today for one in picture.requirements),
        gaps=_gaps(code, picture)[:_FIRST_GAPS],
        gap_count=len({(one.day, one.session) for one in picture.gaps}),
        next_time=_next_time(picture),
        spared=picture.spared,
        notices=tuple(picture.notices),
    )


def _figures(code: str, shown: Matrix, was_overdue: int) -> tuple[Figure, ...]:
    tally, share = shown.tally, shown.share
    first = min(
        (one.until for row in shown.rows for one in row.verdicts if one.status is Status.DUE_SOON and one.until),
        default=None,
    )
    overdue = tally.get(Status.OVERDUE, 0)
    return (
        Figure(
            "overdue",
            str(overdue),
            "Overdue",
            _filtered(code, Status.OVERDUE),
            f", {_people_with(shown, Status.OVERDUE)}. {_since_last_week(overdue - was_overdue)}",
        ),
        Figure(
            "soon",
            str(tally.get(Status.DUE_SOON, 0)),
            "Due soon",
            _filtered(code, Status.DUE_SOON),
            f", the first on {first.day} {first:%B}" if first else "",
        ),
        Figure(
            "due",
            str(tally.get(Status.DUE, 0)),
            "To do for the first time",
            _filtered(code, Status.DUE),
            f", {_people_with(shown, Status.DUE)}",
        ),
        Figure(
            "valid",
            f"{share.percent}%",
            "In date",
            reverse("practices:matrix", args=[code]),
            f": {share.in_date} of {share.of}",
        ),
    )


def _waiting(entry: Entry) -> Waiting:
    file = f"{entry.certificate.name}, " if entry.certificate else ""
    return Waiting(
        href=reverse("records:review", args=[entry.id]),
        name=entry.person_name,
        what=f"{entry.subject_name}, {day(entry.on)}",
        meta=f"{file}sent {day(london_date(entry.recorded.at))}",
    )


def _data_security(code: str, picture: Picture) -> DataSecurity | None:
    item, trained = picture.item, picture.trained
    if item is None or not trained.of:
        return None
    return DataSecurity(
        done=trained.in_date,
        of=trained.of,
        percent=trained.percent,
        threshold=item.percent,
        missing=still_to_train(trained, item.percent),
        href=address(reverse("practices:matrix", args=[code]), {"requirement": item.subject, "order": "urgent"}),
    )


def _gaps(code: str, picture: Picture) -> tuple[GapAhead, ...]:
    return tuple(
        GapAhead(
            reverse("cover:session", args=[code, one.days[0].day.isoformat(), one.days[0].sessions[0].value]),
            f"{one.ability.title}: {one.words}",
            _when(one),
        )
        for one in ability_gaps(picture.gaps)
    )


def _when(gaps: AbilityGaps) -> str:
    """The first sessions of a gap, and how many come after."""
    first = gaps.days[0].when
    more = gaps.sessions - len(gaps.days[0].sessions)
    return f"{first}, and {count(more, 'more session')}" if more else first


def _next_time(picture: Picture) -> NextTime | None:
    """The next protected time in words."""
    found = picture.next_time
    if found is None:
        return None
    one = found.time
    when = f"{one.on:%A} {one.on.day} {one.on:%B}, {one.hours}"
    return NextTime(
        when, f"{found.free} of {count(found.of, 'person', 'people')} can take part. Covered by {one.covered_by}."
    )


def _people_with(shown: Matrix, status: Status) -> str:
    return count(len({row.who.person for row in shown.rows if row.tally.get(status)}), "person", "people")


def _since_last_week(more: int) -> str:
    if not more:
        return "The same as a week ago"
    return f"{abs(more)} {'more' if more > 0 else 'fewer'} than a week ago"


def _filtered(code: str, status: Status) -> str:
    return address(reverse("practices:matrix", args=[code]), {"status": status.value, "order": Order.URGENT.value})


def _reviews(code: str, waiting: list[Entry]) -> dict[str, str]:
    """Where to decide about what waits, by person, for those of whom one record waits."""
    number = Counter(str(entry.person) for entry in waiting)
    back = {"next": reverse("practices:today", args=[code])}
    return {
        str(entry.person): address(reverse("records:review", args=[entry.id]), back)
        for entry in waiting
        if number[str(entry.person)] == 1
    }


def _in_order(shown: Matrix, status: Status) -> list[tuple[Verdict, Who]]:
    """Every verdict of a status with whose it is, the most urgent first."""
    found = [(one, row.who) for row in shown.rows for one in row.verdicts if one.status is status]
    return sorted(found, key=lambda pair: (*urgency(pair[0]), pair[1].sort_name, pair[0].requirement))


def _urgent(
    code: str,
    shown: Matrix,
    found: Sequence[tuple[Verdict, Who]],
    waiting: Mapping[tuple[str, str], int],
    reviews: Mapping[str, str],
) -> tuple[Urgent, ...]:
    what = {one.id: one for column in shown.columns for one in column.parts}
    return tuple(
        Urgent(
            href=reverse("standing:why", args=[code, who.engagement, what[one.requirement].key]),
            title=f"{who.name}: {what[one.requirement].title}",
            meta=who.role_name,
            tag=tag_of(one, dense=True),
            waiting=waiting.get((one.engagement, one.requirement), 0),
            review_href=reviews.get(who.person, reverse("records:waiting", args=[code])),
        )
        for one, who in found
    )


def _inducted(code: str, course: Course, today: date) -> Inducted:
    coming = course.next
    due = coming.verdict.due_on if coming and coming.verdict and coming.verdict.status is Status.DUE else None
    said = f"Next: {coming.item.title}{f' by {full_day(due)}' if due else ''}" if coming else "Everything is done"
    return Inducted(
        href=reverse("inductions:course", args=[code, course.begun.id]),
        name=course.begun.name,
        meta=f"{course.begun.role_name}, {course.since(today)}",
        done=course.done,
        of=course.of,
        next="Next: your sign-off" if course.is_ready else said,
    )


def _rolled(code: str, live: Live, today: date) -> Rolled:
    ready = live.ready
    when = "Live on" if live.goes_live_on >= today else "Live since"
    here, away = (len(ready.some(where)) for where in (Where.HERE, Where.AWAY))
    left = f"{here} to read it" if here else "Everyone who is here is ready"
    return Rolled(
        href=reverse("rollouts:rollout", args=[code, live.id]),
        title=live.title,
        meta=f"{when} {day(live.goes_live_on)}. {left}{f', {away} away' if away else ''}",
        ready=ready.ready,
        of=len(ready.people),
        questions=f"{count(live.unanswered, 'question')} to answer" if live.unanswered else "",
    )


def _starter(code: str, who: Who, shown: Matrix) -> Starter:
    row = next(row for row in shown.rows if row.who.engagement == who.engagement)
    asked = [one for one in row.verdicts if one.status not in {Status.NOT_NEEDED, Status.PAUSED}]
    left = sorted((one for one in asked if one.status not in IN_DATE), key=urgency)
    what = {one.id: one for column in shown.columns for one in column.parts}
    soonest = (
        f"Next: {what[left[0].requirement].title}, {tag_of(left[0]).word.lower()} {tag_of(left[0]).date}"
        if left
        else "All done"
    )
    return Starter(
        href=reverse("practices:person", args=[code, who.person]),
        name=who.name,
        meta=f"{who.role_name}, started {day(who.starts_on)}",
        done=len(asked) - len(left),
        of=len(asked),
        next=soonest,
    )
