"""Input about inductions, programmes and texts as domain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Any, Final, TypeVar
from uuid import UUID

from preceptor.ui.forms import Choice, Day, Form, LongText, Number, Pick, Text
from preceptor.ui.words import clock

from .domain.clock import clock_of
from .domain.course import WHYS, Plan
from .domain.programme import KIND_NAMES, STAGE_NAMES, WHO_NAMES, Item, ItemKind, Stage, Who
from .domain.texts import CONTACTS, DIFFERENT, MOST_DIFFERENT, TextVersion
from .domain.texts import Text as Written

T_co = TypeVar("T_co", covariant=True)
Given = TypeVar("Given")

_LONGEST: Final = 2000
_LONGEST_TEXT: Final = 20_000
_NOBODY: Final = "Nobody yet"
_REASON_HINT: Final = "It stays with the version for everybody to read"
People = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Starting:
    """By which programme, from which day, why, and who helps."""

    programme: str
    first_on: date
    why: str
    plan: Plan


class StartForm(Form[Starting]):
    """How an induction begins."""

    programme = Pick("Which programme?", missing="Choose a programme")
    first_on = Day("First day", subject="The first day", missing="Enter the first day", hint="For example, 1 12 2026")
    why = Pick("Why does it begin?", choices=list(WHYS.items()), missing="Choose why it begins")
    buddy = Choice("Who is their buddy?", prompt=_NOBODY, required=False)
    it = Choice("Who sees to their log-ins?", prompt=_NOBODY, required=False)

    def __init__(
        self,
        answers: Mapping[str, str] | None,
        *,
        programmes: Iterable[tuple[str, str]],
        people: People,
        initial: dict[str, Any],
    ) -> None:
        super().__init__(answers, initial=initial)
        _offer(self, "programme", programmes)
        staff = list(people)
        _offer(self, "buddy", staff)
        _offer(self, "it", staff)

    def build(self) -> Starting:
        """The answers."""
        given = self.cleaned_data
        plan = Plan(buddy=_person(given["buddy"]), it=_person(given["it"]))
        return Starting(given["programme"], given["first_on"], given["why"], plan)


class PlanForm(Form[Plan]):
    """Who helps, and when and where it begins."""

    buddy = Choice("Who is their buddy?", prompt=_NOBODY, required=False)
    it = Choice("Who sees to their log-ins?", prompt=_NOBODY, required=False)
    log_in_on = Day("Day of the first log-in", subject="The day of the first log-in", required=False)
    log_in_time = Text("Time of the first log-in", hint="For example, 8am", required=False, max_length=10, width=5)
    session_on = Day("Day of the first session", subject="The day of the first session", required=False)
    session_time = Text("Time of the first session", hint="For example, 8:30am", required=False, max_length=10, width=5)
    room = Text("Room or desk", required=False, max_length=100)

    def __init__(self, answers: Mapping[str, str] | None, *, people: People, plan: Plan) -> None:
        initial = {
            "buddy": str(plan.buddy or ""),
            "it": str(plan.it or ""),
            "log_in_on": plan.log_in_on,
            "log_in_time": clock(plan.log_in_time) if plan.log_in_time else "",
            "session_on": plan.session_on,
            "session_time": clock(plan.session_time) if plan.session_time else "",
            "room": plan.room,
        }
        super().__init__(answers, initial=initial)
        staff = list(people)
        _offer(self, "buddy", staff)
        _offer(self, "it", staff)

    def clean_log_in_time(self) -> time | None:
        """The time, or what is wrong with it."""
        return self._time("log_in_time")

    def clean_session_time(self) -> time | None:
        """The time, or what is wrong with it."""
        return self._time("session_time")

    def _time(self, name: str) -> time | None:
        try:
            return clock_of(self.cleaned_data[name])
        except ValueError as wrong:
            self.add_error(name, str(wrong))
            return None

    def build(self) -> Plan:
        """The plan."""
        given = self.cleaned_data
        return Plan(
            buddy=_person(given["buddy"]),
            it=_person(given["it"]),
            log_in_on=given["log_in_on"],
            log_in_time=given["log_in_time"],
            session_on=given["session_on"],
            session_time=given["session_time"],
            room=given["room"],
        )


@dataclass(frozen=True, slots=True)
class Ticking:
    """Something shown on a day by somebody; or, with `is_aside`, left out, and why."""

    is_aside: bool
    on: date
    shown_by: str
    note: str


class TickForm(Form[Ticking]):
    """Whether something was shown, by whom and when, or is left out."""

    answer = Pick(
        "What happened?",
        choices=[("done", "It was shown or done"), ("aside", "It is left out")],
        missing="Choose what happened",
    )
    shown_by = Text("Who showed it?", required=False, max_length=200)
    on = Day("When?", subject="The date", required=False)
    note = LongText("Is there anything to add?", hint="If it is left out, say why", required=False, max_length=_LONGEST)

    def __init__(
        self,
        answers: Mapping[str, str] | None,
        *,
        today: date,
        name: str,
        may_leave_out: bool,
        only_leave_out: bool,
    ) -> None:
        super().__init__(answers, initial={"answer": "done", "shown_by": name, "on": today})
        self.today, self._only_leave_out = today, only_leave_out
        if only_leave_out:
            del self.fields["answer"], self.fields["shown_by"], self.fields["on"]
            self.fields["note"].label, self.fields["note"].help_text = "Why is it left out?", ""
        elif not may_leave_out:
            del self.fields["answer"]
            self.fields["note"].help_text = ""

    def clean(self) -> dict[str, Any]:
        """Asks for what each answer needs."""
        given = super().clean() or self.cleaned_data
        answer = given.get("answer", "aside" if self._only_leave_out else "done")
        if answer == "done" and "shown_by" not in self.errors and not given.get("shown_by"):
            self.add_error("shown_by", "Say who showed it")
        if answer == "aside" and "note" not in self.errors and not given.get("note"):
            self.add_error("note", "Say why it is left out")
        return given

    def build(self) -> Ticking:
        """What happened."""
        given = self.cleaned_data
        is_aside, on = self._only_leave_out or given.get("answer") == "aside", given.get("on") or self.today
        return Ticking(is_aside, on, given.get("shown_by", ""), given["note"])


@dataclass(frozen=True, slots=True)
class Doing:
    """Something done on a day, and who showed it or what is to be added."""

    on: date
    words: str


class OwnForm(Form[Doing]):
    """What somebody says they did in their own induction."""

    words = Text("Who showed you, if anybody did?", required=False, max_length=200)
    on = Day("When did you do it?", subject="The date", missing="Enter the date")

    def __init__(self, answers: Mapping[str, str] | None, *, today: date) -> None:
        super().__init__(answers, initial={"on": today})

    def build(self) -> Doing:
        """What was done."""
        return Doing(self.cleaned_data["on"], self.cleaned_data["words"])


class HelpForm(Form[Doing]):
    """What somebody showed as the buddy or for IT."""

    on = Day("When did you do it?", subject="The date", missing="Enter the date")
    words = Text("Is there anything to add?", hint="The manager reads this", required=False, max_length=200)

    def __init__(self, answers: Mapping[str, str] | None, *, today: date) -> None:
        super().__init__(answers, initial={"on": today})

    def build(self) -> Doing:
        """What was shown."""
        return Doing(self.cleaned_data["on"], self.cleaned_data["words"])


class WordsForm(Form[str]):
    """One answer in one's own words."""

    words = LongText("Why?", max_length=_LONGEST)

    def __init__(self, answers: Mapping[str, str] | None, *, label: str, missing: str, hint: str = "") -> None:
        super().__init__(answers)
        field = self.fields["words"]
        field.label, field.help_text = label, hint
        field.error_messages["required"] = missing

    def build(self) -> str:
        """The words."""
        return str(self.cleaned_data["words"])


@dataclass(frozen=True, slots=True)
class Writing:
    """An item as it should be, and why."""

    item: Item
    reason: str


class ItemForm(Form[Writing]):
    """An item of a programme: what is done, by when and by whom."""

    title = Text("What is shown, done or read?", missing="Say what is shown, done or read", max_length=120)
    says = LongText("What does it take?", hint="A sentence or two for whoever does it", required=False, max_length=500)
    kind = Pick(
        "What kind is it?",
        choices=[(ItemKind.SHOWN, KIND_NAMES[ItemKind.SHOWN]), (ItemKind.READ, KIND_NAMES[ItemKind.READ])],
        missing="Choose what kind it is",
    )
    text = Choice("Which text is read?", prompt="None", required=False)
    stage = Pick("By when?", choices=list(STAGE_NAMES.items()), missing="Choose by when")
    who = Pick("Whose task is it?", choices=list(WHO_NAMES.items()), missing="Choose whose task it is")
    minutes = Number("How many minutes does it take?", width=3, min_value=1, max_value=480)
    lasts_months = Number(
        "For how many months need somebody who comes back not do it again?",
        hint="Leave empty if never again, unless its words change",
        width=3,
        required=False,
        min_value=1,
        max_value=120,
    )
    reason = LongText("Why?", hint=_REASON_HINT, missing="Say why", max_length=_LONGEST)

    def __init__(
        self, answers: Mapping[str, str] | None, *, texts: Iterable[tuple[str, str]], item: Item | None = None
    ) -> None:
        super().__init__(answers, initial=_as_answers(item) if item else {"kind": ItemKind.SHOWN, "who": Who.PERSON})
        self.item = item
        _offer(self, "text", texts)
        if item and item.kind not in {ItemKind.SHOWN, ItemKind.READ}:
            del self.fields["kind"], self.fields["text"]

    def clean(self) -> dict[str, Any]:
        """Asks what is read for its text, and something else for none."""
        given = super().clean() or self.cleaned_data
        if given.get("kind") == ItemKind.READ and not given.get("text"):
            self.add_error("text", "Choose which text is read")
        return given

    def build(self) -> Writing:
        """The item and the reason."""
        given = self.cleaned_data
        kind = ItemKind(given["kind"]) if "kind" in given else None
        now = self.item or Item("new", "", ItemKind.SHOWN, Stage.WEEK, Who.PERSON, 1)
        item = replace(
            now,
            title=given["title"].strip(),
            says=" ".join(given["says"].split()),
            kind=kind or now.kind,
            text=given["text"] if kind is ItemKind.READ else now.text if kind is None else "",
            stage=Stage(given["stage"]),
            who=Who(given["who"]),
            minutes=given["minutes"],
            lasts_months=given["lasts_months"],
            subject=now.subject if Who(given["who"]) is Who.MANAGER else "",
        )
        return Writing(item, given["reason"])


@dataclass(frozen=True, slots=True)
class WrittenText:
    """A text as it should be, the version that was seen, and why."""

    text: Written
    seen: int
    reason: str


class TextForm(Form[WrittenText]):
    """What people read."""

    title = Text("What is it called?", missing="Say what it is called", max_length=120)
    lines = LongText("What should people read?", missing="Write what people should read", max_length=_LONGEST_TEXT)
    minutes = Number("How many minutes does it take to read?", width=3, min_value=1, max_value=240)
    reason = LongText("Why this version?", hint=_REASON_HINT, missing="Say why", max_length=_LONGEST)

    def __init__(
        self, answers: Mapping[str, str] | None, *, key: str, now: TextVersion | None, title: str = ""
    ) -> None:
        initial: dict[str, Any] = {"title": title, "minutes": 3}
        if now:
            initial = {"title": now.text.title, "minutes": now.text.minutes, "lines": "\n".join(now.text.lines)}
        super().__init__(answers, initial=initial)
        self.key, self.seen = key, now.number if now and now.is_own else 0
        lines = self.fields["lines"]
        lines.help_text = "Each paragraph on a line of its own"
        if key == CONTACTS:
            lines.help_text = (
                "A line each: what, a colon, who and where. For example, “Duty doctor: Dr Lee, extension 201”"
            )
        if key == DIFFERENT:
            lines.help_text = f"At most {MOST_DIFFERENT} things, each on a line of its own"

    def clean_lines(self) -> tuple[str, ...]:
        """The lines that are not empty; at most three of what is done differently."""
        lines = tuple(line.strip() for line in self.cleaned_data["lines"].splitlines() if line.strip())
        if self.key == DIFFERENT and len(lines) > MOST_DIFFERENT:
            self.add_error("lines", f"Write at most {MOST_DIFFERENT} things. More than that nobody remembers")
        return lines

    def build(self) -> WrittenText:
        """The text and the reason."""
        given = self.cleaned_data
        text = Written(self.key, given["title"].strip(), given["minutes"], given["lines"])
        return WrittenText(text, self.seen, given["reason"])


def renamed(written: WrittenText, key: str) -> WrittenText:
    """The same text under another key."""
    return replace(written, text=replace(written.text, key=key))


def _offer(form: Form[T_co], name: str, choices: Iterable[tuple[str, str]]) -> None:
    picker = form.fields[name]
    if isinstance(picker, Choice):
        picker.offer(choices)


def _person(key: str) -> UUID | None:
    return UUID(key) if key else None


def _as_answers(item: Item) -> dict[str, Any]:
    return {
        "title": item.title,
        "says": item.says,
        "kind": item.kind,
        "text": item.text,
        "stage": item.stage,
        "who": item.who,
        "minutes": item.minutes,
        "lasts_months": item.lasts_months,
    }
