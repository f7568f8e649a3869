"""What the board, an induction, its printed form, one's own induction and a pack opened by link show."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import ClassVar, Final
from uuid import UUID

from django.urls import reverse

from preceptor.compliance.standing.domain.tags import tag_of
from preceptor.compliance.standing.domain.verdicts import Status
from preceptor.ui.forms import Form
from preceptor.ui.pages import Link, Page, StatusTag
from preceptor.ui.words import clock, count, day, full_day, inside

from ..domain.course import WHYS, Begun, Course, Ending, Entry, NotInducted, OpenLink, State
from ..domain.programme import DATA_SECURITY_ITEM, STAGE_NAMES, ItemKind, Stage, Who, fitting
from ..domain.published import Published
from ..domain.signing import left_words
from ..domain.suggesting import Suggestion
from ..domain.texts import CONTACTS, DIFFERENT, Contact, TextVersion, contacts
from .rows import OWN_STAGES, StageRows, meta_of, stage_rows, whom

Texts = Mapping[str, TextVersion]
_BY_HAND: Final = {ItemKind.SHOWN, ItemKind.SKILLS}


@dataclass(frozen=True, slots=True)
class BoardRow:
    """Somebody in induction: how far, what is next and whom it waits for."""

    href: str
    name: str
    meta: str
    done: int
    of: int
    next: str
    waits_for: str
    tag: StatusTag | None


@dataclass(frozen=True, slots=True)
class BoardStage:
    """Those whose next thing is of one stage."""

    key: str
    title: str
    rows: tuple[BoardRow, ...]


@dataclass(frozen=True, slots=True)
class SuggestedRow:
    """Somebody whose induction may begin, and what is sent when it does."""

    name: str
    meta: str
    start_href: str
    programme: str
    answers: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class NamedRow:
    """Somebody, what is known in a line, and where it leads."""

    href: str
    name: str
    meta: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardPage(Page):
    """Everyone in induction at a practice."""

    template: ClassVar[str] = "inductions/board.jinja"
    reading: ClassVar[bool] = False

    code: str
    going_on: int
    stages: tuple[BoardStage, ...]
    suggested: tuple[SuggestedRow, ...]
    ended: tuple[NamedRow, ...]
    unwritten: tuple[str, ...]
    may_run: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginPage(Page):
    """Everybody for whom an induction may begin."""

    template: ClassVar[str] = "inductions/begin.jinja"

    people: tuple[NamedRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CoursePage(Page):
    """One induction, for the manager, on the screen and on paper."""

    template: ClassVar[str] = "inductions/course.jinja"

    code: str
    id: str
    caption: str
    on: date
    lead: str
    done: int
    of: int
    facts: tuple[tuple[str, str], ...]
    stages: tuple[StageRows, ...]
    unwritten: tuple[str, ...]
    ended: str
    statement: str
    sha256: str
    signed: tuple[str, ...]
    may_run: bool
    is_ready: bool
    left_words: str
    link: OpenLink | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkPage(Page):
    """A link, shown this once."""

    template: ClassVar[str] = "inductions/link.jinja"

    name: str
    link: str
    expires_on: date
    done_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class GonePage(Page):
    """A link that is too old, was stopped or has been replaced."""

    template: ClassVar[str] = "inductions/gone.jinja"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnPage(Page):
    """One's own induction, on a phone; or what is needed before the first day, opened by a link."""

    template: ClassVar[str] = "inductions/own.jinja"

    caption: str
    on: date
    lead: str
    rest: str
    done: int
    of: int
    contacts: tuple[Contact, ...]
    different: tuple[str, ...]
    different_title: str
    stages: tuple[StageRows, ...]
    carry_on: Link | None
    ended: str
    texts: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPage(Page):
    """A text to read and accept, in a named version."""

    template: ClassVar[str] = "inductions/read.jinja"

    caption: str
    lines: tuple[str, ...]
    is_numbered: bool
    version: str
    text: str
    is_accepted: bool


@dataclass(frozen=True, slots=True)
class HelpRow:
    """Something to show to somebody new."""

    href: str
    title: str
    meta: str
    is_done: bool


@dataclass(frozen=True, slots=True)
class Helped:
    """Somebody new whom one helps, and what is one's own to do."""

    name: str
    meta: str
    rows: tuple[HelpRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TasksPage(Page):
    """What one shows to others as their buddy or for IT."""

    template: ClassVar[str] = "inductions/tasks.jinja"

    helped: tuple[Helped, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage(Page):
    """One form, and what it does."""

    template: ClassVar[str] = "inductions/form.jinja"

    caption: str
    effect: str
    form: Form[object]
    button: str
    cancel_href: str
    also: Link | None = None
    listed: tuple[str, ...] = ()
    seal: str = ""


def board_page(
    *,
    code: str,
    courses: Sequence[Course],
    ended: Iterable[Begun],
    suggested: Iterable[Suggestion],
    programmes: Sequence[Published],
    texts: Texts,
    it: str,
    today: date,
    may_run: bool,
) -> BoardPage:
    """The board: those going on by stage, who may begin, and who has finished."""
    names = {**STAGE_NAMES}
    stages = (
        BoardStage(stage.value, name, tuple(board_row(code, one, today) for one in courses if one.stage is stage))
        for stage, name in names.items()
    )
    unwritten = [title for one in courses for title in one.unwritten]
    if CONTACTS not in texts:
        unwritten.append("If you need someone now: contacts for a first day")
    return BoardPage(
        title="Induction",
        code=code,
        going_on=len(courses),
        stages=tuple(one for one in stages if one.rows),
        suggested=tuple(_suggested(code, one, programmes, it) for one in suggested),
        ended=tuple(_ended_row(code, one) for one in ended),
        unwritten=tuple(dict.fromkeys(unwritten)),
        may_run=may_run,
    )


def begin_page(code: str, people: Iterable[NotInducted]) -> BeginPage:
    """The page of everybody who is not in induction."""
    return BeginPage(
        title="For whom does an induction begin?",
        back=Link("Induction", reverse("inductions:board", args=[code])),
        people=tuple(
            NamedRow(
                reverse("inductions:start", args=[code, one.engagement]),
                one.name,
                f"{one.role}, from {full_day(one.starts_on)}" if one.starts_on else one.role,
            )
            for one in people
        ),
    )


def board_row(code: str, course: Course, today: date) -> BoardRow:
    """One line of the board, and of the manager's home."""
    begun, coming = course.begun, course.next
    late = coming.verdict if coming and coming.verdict and coming.verdict.status is Status.OVERDUE else None
    return BoardRow(
        href=reverse("inductions:course", args=[code, begun.id]),
        name=begun.name,
        meta=f"{begun.role_name}, {course.since(today)}",
        done=course.done,
        of=course.of,
        next=_next(course, coming),
        waits_for=whom(course, coming.item.who, to_self=False) if coming else "",
        tag=tag_of(late, dense=True) if late else None,
    )


def course_page(*, code: str, course: Course, link: OpenLink | None, today: date, may_run: bool) -> CoursePage:
    """The page of one induction."""
    begun = course.begun
    running = may_run and begun.ended is None

    def href(entry: Entry) -> str:
        if entry.item.kind is ItemKind.SIGN_OFF:
            return reverse("inductions:sign-off", args=[code, begun.id]) if running and course.is_ready else ""
        by_hand = entry.item.kind in {*_BY_HAND, ItemKind.READ} and (entry.is_left or _takes_back(entry))
        return reverse("inductions:item", args=[code, begun.id, entry.item.key]) if running and by_hand else ""

    return CoursePage(
        title=begun.name,
        back=Link("Induction", reverse("inductions:board", args=[code])),
        code=code,
        id=str(begun.id),
        caption=f"{begun.role_name}, {begun.place}{'' if begun.ended else f', {course.since(today)}'}",
        on=today,
        lead=f"{course.done} of {course.of} done.{_had(course, to_self=False)}",
        done=course.done,
        of=course.of,
        facts=tuple(_facts(course)),
        stages=stage_rows(
            course, STAGE_NAMES, href, _manager_words, today, to_self=False, more=_managers_links(course)
        ),
        unwritten=course.unwritten if begun.ended is None else (),
        ended=_ended_words(begun) if begun.ended else "",
        statement=begun.ended.statement if begun.ended else "",
        sha256=begun.ended.sha256 if begun.ended else "",
        signed=tuple(begun.ended.content.splitlines()) if begun.ended and begun.ended.ending is Ending.SIGNED else (),
        may_run=running,
        is_ready=course.is_ready,
        left_words=left_words(course) if course.open else "",
        link=link,
    )


def own_page(course: Course, texts: Texts, today: date) -> OwnPage:
    """The page of one's own induction."""
    begun = course.begun

    def href(entry: Entry) -> str:
        if begun.ended is not None:
            return ""
        if entry.item.kind is ItemKind.READ:
            return reverse("inductions:read", args=[begun.id, entry.item.key])
        if not entry.is_left:
            return ""
        if entry.item.kind is ItemKind.TRAINING:
            return reverse("mine:training")
        if entry.item.kind is ItemKind.SKILLS and entry.skills_left:
            return reverse("skills:mine")
        if entry.item.kind is ItemKind.SHOWN and entry.item.who is Who.PERSON:
            return reverse("inductions:done", args=[begun.id, entry.item.key])
        return ""

    return _own(course, texts, today, href, reverse("mine:training"))


def pack_page(course: Course, texts: Texts, token: str, today: date) -> OwnPage:
    """What a link opens: first needs, what is read, and no names of who helps or of who it is for."""

    def href(entry: Entry) -> str:
        if entry.item.kind is not ItemKind.READ:
            return ""
        return reverse("inductions:pack-read", args=[token, entry.item.key])

    return _own(_nameless(course), texts, today, href, "")


def read_page(entry: Entry, caption: str, back: Link) -> ReadPage:
    """The page of a text to read."""
    version = entry.text
    if version is None:
        raise ValueError("there is nothing to read")
    return ReadPage(
        title=version.text.title,
        back=back,
        caption=caption,
        lines=version.text.lines,
        is_numbered=version.text.key == DIFFERENT,
        version=f"Version {version.number} of {day(version.published_at.date())}",
        text=str(version.id),
        is_accepted=not entry.is_left,
    )


def tasks_page(courses: Iterable[Course], helper: UUID, today: date) -> TasksPage:
    """The page of what one shows to others."""
    helped = [
        Helped(
            one.begun.name,
            f"{one.begun.role_name}, {one.since(today)}",
            tuple(_help_row(one, entry, today) for entry in one.tasks_of(helper)),
        )
        for one in courses
    ]
    return TasksPage(
        title="Tasks for you",
        back=Link("My training", reverse("mine:training")),
        helped=tuple(one for one in helped if one.rows),
    )


def csv_lines(
    place: str, code: str, today: date, courses: Iterable[Course], ended: Iterable[Begun]
) -> Iterator[list[str]]:
    """Who was or is inducted, when, by what, and who signed: the answer to who was inducted in data security."""
    yield [f"{place} ({code})", f"Inductions as of {day(today)}"]
    yield [
        *(
            "Name",
            "Role",
            "Why",
            "Programme",
            "First day",
            "Done",
            "Of",
            "Data security induction",
            "Next",
            "Waits for",
        ),
        *("Ended", "How", "Signed by", "Digest of what was signed"),
    ]
    for course in courses:
        begun, coming = course.begun, course.next
        secure = course.entry(DATA_SECURITY_ITEM)
        yield [
            *(begun.name, begun.role_name, WHYS[begun.why], begun.programme.title, begun.first_on.isoformat()),
            *(str(course.done), str(course.of), _secured(secure)),
            *(coming.item.title if coming else "", whom(course, coming.item.who, to_self=False) if coming else ""),
            *("", "", "", ""),
        ]
    for begun in ended:
        end = begun.ended
        if end is not None:
            is_signed = end.ending is Ending.SIGNED
            yield [
                *(begun.name, begun.role_name, WHYS[begun.why], begun.programme.title, begun.first_on.isoformat()),
                *("", "", _shown(begun, is_signed=is_signed), "", ""),
                *(end.on.isoformat(), "Signed off" if is_signed else "Stopped"),
                *(end.by_name if is_signed else "", end.sha256 if is_signed else ""),
            ]


def _own(course: Course, texts: Texts, today: date, href: Callable[[Entry], str], back: str) -> OwnPage:
    begun, plan = course.begun, course.begun.plan
    early = course.stage in {Stage.LOG_IN, Stage.SESSION} or not back
    different = texts.get(DIFFERENT)
    asks_different = any(one.item.text == DIFFERENT for one in course.entries)
    mine = [one for one in course.left if href(one)]
    mine = [one for one in mine if one.item.stage in {Stage.LOG_IN, Stage.SESSION}] or mine
    where = ", ".join(
        part
        for part in (
            begun.role_name,
            full_day(plan.session_on or begun.first_on),
            clock(plan.session_time) if plan.session_time else "",
            plan.room,
        )
        if part
    )
    return OwnPage(
        title=f"Your first session at {begun.place}" if early else f"Your induction at {begun.place}",
        back=Link("My training", back) if back else None,
        caption=where,
        on=today,
        lead=f"{course.done} of {course.of} done.",
        rest=_to_finish(course) + _had(course, to_self=True),
        done=course.done,
        of=course.of,
        contacts=contacts(texts[CONTACTS].text) if CONTACTS in texts else (),
        different=different.text.lines if different and asks_different else (),
        different_title=different.text.title if different else "",
        stages=stage_rows(course, OWN_STAGES, href, lambda _: "", today, to_self=True, more=_links(course)),
        carry_on=Link(f"Carry on: {count(len(mine), 'thing')}", href(mine[0])) if mine else None,
        ended=_ended_words(begun) if begun.ended else "",
        texts=tuple(
            (one.text.name, one.text.text.lines)
            for one in course.entries
            if one.text and one.text.text.key not in {DIFFERENT, CONTACTS}
        ),
    )


def _links(course: Course) -> Callable[[Entry], tuple[Link, ...]]:
    """Where each requirement that an item asks is explained, with the records that count for it."""
    begun = course.begun

    def links(entry: Entry) -> tuple[Link, ...]:
        return tuple(
            Link(one.title, reverse("standing:why", args=[begun.code, begun.engagement, one.key]))
            for one in entry.trained
        )

    return links


def _managers_links(course: Course) -> Callable[[Entry], tuple[Link, ...]]:
    """The same for the manager, and where skills are that wait for a signature."""
    begun, links = course.begun, _links(course)

    def more(entry: Entry) -> tuple[Link, ...]:
        if entry.skills_left and entry.is_left:
            return (
                Link("Their skills, and whom they asked", reverse("skills:person", args=[begun.code, begun.person])),
            )
        return links(entry)

    return more


def _nameless(course: Course) -> Course:
    """First needs alone, without the names of who helps or helped and without training: a link may be passed on."""
    begun = replace(course.begun, plan=replace(course.begun.plan, buddy_name="", it_name=""))
    entries = tuple(
        replace(one, step=replace(one.step, shown_by="the practice", note="") if one.step else None)
        for one in course.entries
        if one.item.stage in {Stage.LOG_IN, Stage.SESSION} and one.item.kind in {ItemKind.SHOWN, ItemKind.READ}
    )
    return replace(course, begun=begun, entries=entries)


def _to_finish(course: Course) -> str:
    """How much is left before the first session, and how long it takes."""
    early = [one for one in course.left if one.item.stage in {Stage.LOG_IN, Stage.SESSION}]
    if not early:
        return f" {count(len(course.left), 'thing')} left." if course.left else ""
    together = sum(one.item.minutes for one in early)
    return f" {len(early)} to finish before your first session, about {count(together, 'minute')}."


def _had(course: Course, *, to_self: bool) -> str:
    if not course.had:
        return ""
    whose = "your own" if to_self else "their own"
    return f" {count(course.had, 'more item is', 'more items are')} ticked from {whose} record or from before."


def _next(course: Course, coming: Entry | None) -> str:
    if coming is None:
        return "Everything is done"
    if coming.item.kind is ItemKind.SIGN_OFF:
        return "Next: your sign-off" if course.is_ready else f"Next: {inside(coming.item.title)}"
    due = coming.verdict.due_on if coming.verdict and coming.verdict.status is Status.DUE else None
    return f"Next: {coming.item.title}{f' by {full_day(due)}' if due else ''}"


def _facts(course: Course) -> Iterator[tuple[str, str]]:
    begun, plan = course.begun, course.begun.plan
    yield "Programme", f"{begun.programme.title}, {begun.version}"
    yield "Why", WHYS[begun.why]
    yield "First day", full_day(begun.first_on)
    if plan.log_in_on:
        yield "First log-in", _moment(plan.log_in_on, plan.log_in_time)
    if plan.session_on:
        yield "First session", _moment(plan.session_on, plan.session_time)
    if plan.room:
        yield "Where", plan.room
    yield "Buddy", plan.buddy_name or "Nobody yet"
    yield "Log-ins", plan.it_name or "Nobody yet"


def _moment(on: date, at: time | None) -> str:
    return f"{full_day(on)}, {clock(at)}" if at else full_day(on)


def _manager_words(entry: Entry) -> str:
    if entry.item.kind is ItemKind.SIGN_OFF:
        return "Sign off" if entry.is_left else ""
    if _takes_back(entry):
        return "Take back"
    return "Tick off" if entry.is_by_hand else "Leave out"


def _takes_back(entry: Entry) -> bool:
    return entry.state in {State.DONE, State.ASIDE} and entry.step is not None


def _help_row(course: Course, entry: Entry, today: date) -> HelpRow:
    by_hand = entry.is_left and entry.is_by_hand
    with_them = f"With {whom(course, entry.item.who, to_self=False)}, "
    meta = meta_of(course, entry, today, to_self=False).removeprefix(with_them)
    return HelpRow(
        href=reverse("inductions:help", args=[course.begun.id, entry.item.key]) if by_hand else "",
        title=entry.item.title,
        meta=f"{entry.item.says} {meta[:1].upper()}{meta[1:]}".strip() if entry.is_left else meta,
        is_done=not entry.is_left,
    )


def _suggested(code: str, one: Suggestion, programmes: Sequence[Published], it: str) -> SuggestedRow:
    stay, first = one.stay, one.first_on
    found = fitting([each.programme for each in programmes], stay.role, stay.kind)
    version = next((each for each in programmes if found and each.programme.key == found.key), None)
    answers = {
        "programme": str(version.id) if version else "",
        "first_on_day": str(first.day),
        "first_on_month": str(first.month),
        "first_on_year": str(first.year),
        "why": one.why,
        "buddy": "",
        "it": it if it != str(stay.person) else "",
    }
    return SuggestedRow(
        name=stay.name,
        meta=f"{stay.role_name}, {inside(WHYS[one.why])} from {day(first)}",
        start_href=reverse("inductions:start", args=[code, stay.engagement]),
        programme=version.programme.title if version else "",
        answers=tuple(answers.items()) if version else (),
    )


def _ended_row(code: str, begun: Begun) -> NamedRow:
    return NamedRow(
        reverse("inductions:course", args=[code, begun.id]),
        begun.name,
        f"{begun.programme.title}, first day {day(begun.first_on)}. {_ended_words(begun)}",
    )


def _ended_words(begun: Begun) -> str:
    if begun.ended is None:
        return ""
    verb = "Signed off" if begun.ended.ending is Ending.SIGNED else "Stopped"
    return f"{verb} by {begun.ended.by_name} on {day(begun.ended.on)}"


def _shown(begun: Begun, *, is_signed: bool) -> str:
    if begun.secured_on:
        return begun.secured_on.isoformat()
    return "From before" if is_signed else "Not yet"


def _secured(entry: Entry | None) -> str:
    if entry is None or entry.is_left:
        return "Not yet"
    return entry.step.on.isoformat() if entry.step else "From before"
