"""What the pages for everybody show: asking, the library, helping, and one’s steps as a champion."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final
from uuid import UUID

from django.urls import reverse

from preceptor.compliance.standing.domain.tags import tag_of
from preceptor.compliance.standing.domain.verdicts import Verdict
from preceptor.foundation.dates import london_date
from preceptor.ui.forms import Form
from preceptor.ui.pages import Link, Page, StatusTag
from preceptor.ui.words import count, day, listed, minutes

from ..domain.content import Step
from ..domain.content import ToolkitPage as Shipped
from ..domain.helping import Given, Helping
from ..domain.questions import STATE_WORDS, Asked, Reader, ReplyKind, State
from ..domain.register import Champion
from ..queries.register import Word

_PRIVATE: Final = "Private: only champions of this topic and the person who asked read it."


@dataclass(frozen=True, slots=True)
class Row:
    """A line that leads somewhere, with what stands under it."""

    title: str
    meta: str
    href: str = ""
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormPage(Page):
    """A form with a sentence about what it does."""

    template: ClassVar[str] = "champions/form.jinja"

    form: Form[object]
    effect: str
    button: str
    cancel_href: str
    caption: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    facts_title: str = "What is known"
    facts_after: bool = False
    more: Link | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePage(Page):
    """Ask a champion: my questions, who the champions are, and for a champion what waits."""

    template: ClassVar[str] = "champions/home.jinja"

    is_champion: bool
    waiting: tuple[Row, ...]
    answered: tuple[Row, ...]
    mine: tuple[Row, ...]
    champions: tuple[Row, ...]
    calls: tuple[Row, ...]
    offers: tuple[Row, ...]
    places: tuple[Link, ...]
    may_offer: bool


@dataclass(frozen=True, slots=True)
class Said:
    """One thing said in a thread."""

    who: str
    words: str
    is_answer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPage(Page):
    """A question and everything said to it."""

    template: ClassVar[str] = "champions/question.jinja"

    topic: str
    asked_by: str
    words: str
    state: str
    who_reads: str
    said: tuple[Said, ...]
    form: Form[object]
    may_reply: bool
    button: str
    solved_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LibraryPage(Page):
    """What others asked and were answered."""

    template: ClassVar[str] = "champions/library.jinja"

    form: Form[object]
    rows: tuple[Row, ...]
    is_searched: bool


@dataclass(frozen=True, slots=True)
class Logged:
    """Help of today or lately."""

    title: str
    meta: str
    take_back_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpPage(Page):
    """Logging help with two taps."""

    template: ClassVar[str] = "champions/help.jinja"

    place: str
    others: tuple[Link, ...]
    form: Form[Helping]
    chips: tuple[int, ...]
    is_open: bool
    summary: str
    logged: tuple[Logged, ...]


@dataclass(frozen=True, slots=True)
class StepRow:
    """One step of a champion."""

    key: str
    title: str
    counts: str
    meta: str
    is_done: bool
    tag: StatusTag | None
    confirmed: str = ""
    may_be_confirmed: bool = False


@dataclass(frozen=True, slots=True)
class StepsAt:
    """The steps at one place."""

    code: str
    place: str
    done: int
    rows: tuple[StepRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StepsPage(Page):
    """My steps as a champion."""

    template: ClassVar[str] = "champions/steps.jinja"

    places: tuple[StepsAt, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolkitPage(Page):
    """The toolkit: its pages."""

    template: ClassVar[str] = "champions/toolkit.jinja"

    pages: tuple[Row, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToolkitPagePage(Page):
    """A page of the toolkit."""

    template: ClassVar[str] = "champions/toolkit_page.jinja"

    shipped: Shipped


def home_page(
    person: UUID,
    asked: Iterable[Asked],
    to_answer: Iterable[Asked],
    near: Sequence[Champion],
    names: Mapping[str, str],
    today: date,
    *,
    calls: tuple[Row, ...],
    offers: tuple[Row, ...],
    places: tuple[Link, ...],
) -> HomePage:
    """The page to ask from."""
    answer = list(to_answer)
    is_champion = any(one.person == person for one in near)
    return HomePage(
        title="Ask a champion",
        is_champion=is_champion,
        waiting=tuple(_row(one, names, with_name=True) for one in answer if one.state is State.WAITING),
        answered=tuple(_row(one, names, with_name=True) for one in answer if one.state is not State.WAITING)[:5],
        mine=tuple(_row(one, names) for one in asked),
        champions=tuple(_champion(one, names, today) for one in near),
        calls=calls,
        offers=offers,
        places=places,
        may_offer=not is_champion,
    )


def question_page(
    asked: Asked, reader: Reader, names: Mapping[str, str], form: Form[object], champions: Sequence[Champion]
) -> QuestionPage:
    """A question as one of its readers sees it. Colleagues read no names."""
    named = reader is not Reader.COLLEAGUE
    titles = {Reader.ASKER: "Your question", Reader.CHAMPION: "A question for you", Reader.COLLEAGUE: "An answer"}
    who = {
        Reader.ASKER: f"Asked on {day(london_date(asked.at))}",
        Reader.CHAMPION: f"{asked.asker_name}, {asked.place}, on {day(london_date(asked.at))}",
        Reader.COLLEAGUE: f"Asked at {asked.place} on {day(london_date(asked.at))}",
    }
    readers = listed(sorted({one.name for one in champions if one.person != asked.asker}))
    nobody = "Nobody covers this topic yet. Your manager sees that a question waits, but not what you wrote."
    private = f"Only champions of this topic and you read this: {readers} today." if readers else nobody
    shared = "Once it is answered, everybody in your network can find it, without your name."
    return QuestionPage(
        title=titles[reader],
        back=Link("Ask a champion", reverse("champions:home")),
        topic=names.get(asked.topic, asked.topic),
        asked_by=who[reader],
        words=asked.words,
        state=STATE_WORDS[asked.state],
        who_reads={
            Reader.ASKER: shared if asked.is_shared else private,
            Reader.CHAMPION: "Shared: others can find your answer." if asked.is_shared else _PRIVATE,
            Reader.COLLEAGUE: "",
        }[reader],
        said=tuple(
            _said(asked, one.kind, one.words, one.name, one.place, day(london_date(one.at)), named=named)
            for one in asked.replies
        ),
        form=form,
        may_reply=named,
        button="Send your answer" if reader is Reader.CHAMPION else "Ask again",
        solved_href=reverse("champions:solved", args=[asked.id])
        if reader is Reader.ASKER and asked.state is not State.SOLVED and asked.replies
        else "",
    )


def library_page(
    found: Iterable[Asked], names: Mapping[str, str], form: Form[object], *, is_searched: bool
) -> LibraryPage:
    """What was found in the library."""
    rows = []
    for one in found:
        answer = next(reply.words for reply in one.replies if reply.kind is ReplyKind.ANSWER)
        meta = f"{names.get(one.topic, one.topic)}, {one.place}, {day(london_date(one.at))}"
        rows.append(Row(_short(one.words), meta, reverse("champions:question", args=[one.id]), _short(answer)))
    return LibraryPage(
        title="Answers",
        back=Link("Ask a champion", reverse("champions:home")),
        form=form,
        rows=tuple(rows),
        is_searched=is_searched,
    )


def help_page(
    champion: Champion,
    others: Iterable[Champion],
    form: Form[Helping],
    chips: Sequence[int],
    given: Sequence[Given],
    names: Mapping[str, str],
    today: date,
) -> HelpPage:
    """The page to log help on, with what was logged lately."""
    total = sum(one.helping.minutes for one in given)
    return HelpPage(
        title="Log help you gave",
        back=Link("Ask a champion", reverse("champions:home")),
        place=champion.place,
        others=tuple(Link(one.place, f"{reverse('champions:help')}?at={one.code}") for one in others),
        form=form,
        chips=tuple(chips),
        is_open=bool({"person", "before", "after"} & set(form.errors)),
        summary=f"{count(len(given), 'time')}, {minutes(total)} in the last 4 weeks." if given else "",
        logged=tuple(
            Logged(
                title=f"{names.get(one.helping.topic, one.helping.topic)}, {minutes(one.helping.minutes)}",
                meta=f"{day(one.on)}: {one.name}, {'solved' if one.helping.is_solved else 'not solved yet'}",
                take_back_href=reverse("champions:take-back", args=[one.id]) if one.on == today else "",
            )
            for one in given[:8]
        ),
    )


Taken = tuple[Champion, Sequence[tuple[Step, Verdict | None]], frozenset[str], Mapping[str, Word]]


def steps_page(places: Iterable[Taken]) -> StepsPage:
    """My steps at each place where I am a champion."""
    return StepsPage(
        title="Your steps as a champion",
        back=Link("Ask a champion", reverse("champions:home")),
        places=tuple(
            StepsAt(champion.code, champion.place, len(done), steps_at(steps, done, words))
            for champion, steps, done, words in places
        ),
    )


def steps_at(
    steps: Iterable[tuple[Step, Verdict | None]], done: frozenset[str], words: Mapping[str, Word]
) -> tuple[StepRow, ...]:
    """The steps of a champion, each with who confirmed it."""
    return tuple(_step(step, verdict, done, words.get(step.key)) for step, verdict in steps)


def _step(step: Step, verdict: Verdict | None, done: frozenset[str], word: Word | None) -> StepRow:
    again = f" Again every {count(step.months, 'month')}." if step.months else ""
    is_done = step.key in done
    return StepRow(
        key=step.key,
        title=step.title,
        counts=step.counts,
        meta=f"About {minutes(step.minutes)}.{again}",
        is_done=is_done,
        tag=tag_of(verdict) if verdict is not None and is_done else None,
        confirmed=_confirmed(word) if is_done else "",
        may_be_confirmed=is_done and word is not None and word.confirmed_on is None,
    )


def _confirmed(word: Word | None) -> str:
    if word is None:
        return ""
    if word.confirmed_on is None:
        return f"Said on {day(word.on)}. Nobody has confirmed it yet"
    return f"Said on {day(word.on)}, confirmed by {word.confirmed_by} on {day(word.confirmed_on)}"


def _row(asked: Asked, names: Mapping[str, str], *, with_name: bool = False) -> Row:
    who = f"{asked.asker_name}, {asked.place}, " if with_name else ""
    return Row(
        title=_short(asked.words),
        meta=f"{names.get(asked.topic, asked.topic)}. {who}{day(london_date(asked.at))}",
        href=reverse("champions:question", args=[asked.id]),
        remark=STATE_WORDS[asked.state],
    )


def _champion(champion: Champion, names: Mapping[str, str], today: date) -> Row:
    term = champion.term(today)
    topics = [names.get(one, one) for one in term.covering.topics] if term else []
    return Row(f"{champion.name}, {champion.place}", listed(topics))


def _said(asked: Asked, kind: ReplyKind, words: str, name: str, place: str, on: str, *, named: bool) -> Said:
    if kind is ReplyKind.ANSWER:
        return Said(f"{f'{name}, ' if named else 'A champion at '}{place}, {on}", words, is_answer=True)
    who = asked.asker_name if named else "The person who asked"
    return Said(f"{who}, {on}", words or "Marked as solved", is_answer=False)


def _short(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 120 else f"{line[:119].rsplit(' ', 1)[0]}…"
