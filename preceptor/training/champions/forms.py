"""Input about champions as domain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final, TypeVar
from uuid import UUID

from preceptor.ui.forms import Choice, Day, Form, LongText, Pick, Search, Text, Ticks

from .domain.helping import CHIPS, SURE, Helping
from .domain.questions import LONGEST
from .domain.register import MOST_MINUTES, Champion, Covering

T_co = TypeVar("T_co", covariant=True)
Topics = Iterable[tuple[str, str]]

_YES_NO: Final = (("yes", "Yes"), ("no", "No"))
_NO_PATIENTS: Final = "Do not name patients"


class _CoveringForm(Form[T_co]):
    """What a champion covers, for how long a week, and whether the name is shared."""

    topics = Ticks("What do they help with?", missing="Choose at least one topic")
    hours = Text("How many hours a week?", hint="For example, 1 or 1.5", width=4, missing="Enter the hours a week")
    shares_name = Pick(
        "May the other practices of your network see the name, and ask?",
        choices=_YES_NO,
        inline=True,
        missing="Choose whether other practices may see the name",
    )

    def __init__(
        self, answers: Mapping[str, str] | None, *, topics: Topics, covering: Covering | None = None, **initial: Any
    ) -> None:
        if covering is not None:
            initial |= {
                "topics": list(covering.topics),
                "hours": hours_of(covering.minutes_a_week),
                "shares_name": "yes" if covering.shares_name else "no",
            }
        super().__init__(answers, initial=initial)
        ticks = self.fields["topics"]
        if isinstance(ticks, Ticks):
            ticks.choices = list(topics)

    def clean_hours(self) -> int:
        """The minutes a week."""
        try:
            minutes = Decimal(self.cleaned_data["hours"].strip()) * 60
            if minutes.is_finite() and 1 <= minutes <= MOST_MINUTES:
                return int(minutes)
        except ArithmeticError:
            pass
        self.add_error("hours", "Hours a week must be a number from 0.25 to 40, such as 1 or 1.5")
        return 0

    def covering(self) -> Covering:
        """What is agreed."""
        given = self.cleaned_data
        return Covering(tuple(given["topics"]), given["hours"], given["shares_name"] == "yes")


@dataclass(frozen=True, slots=True)
class Offering:
    """An offer at a place."""

    place: str
    covering: Covering
    words: str


class OfferForm(_CoveringForm[Offering]):
    """An offer to be a champion."""

    words = LongText("Is there anything to add?", hint="Your manager reads this", required=False, max_length=LONGEST)

    def __init__(self, answers: Mapping[str, str] | None, *, topics: Topics, places: Topics) -> None:
        super().__init__(answers, topics=topics)
        self.fields["topics"].label = "What would you help with?"
        self.fields["shares_name"].label = "May the other practices of your network see your name, and ask you?"
        _offer_places(self, places)

    def build(self) -> Offering:
        """The offer."""
        given = self.cleaned_data
        return Offering(given.get("place", ""), self.covering(), given["words"])


@dataclass(frozen=True, slots=True)
class Adding:
    """A champion to enter."""

    person: UUID
    covering: Covering
    starts_on: date


class AddForm(_CoveringForm[Adding]):
    """Somebody who agreed to be a champion."""

    person = Choice("Who is it?", prompt="Choose a person", missing="Choose a person")
    starts_on = Day("From which day?", subject="The first day", missing="Enter the first day")
    field_order = ("person", "topics", "hours", "shares_name", "starts_on")

    def __init__(self, answers: Mapping[str, str] | None, *, topics: Topics, people: Topics, today: date) -> None:
        super().__init__(answers, topics=topics, starts_on=today)
        picker = self.fields["person"]
        if isinstance(picker, Choice):
            picker.offer(people)

    def build(self) -> Adding:
        """The champion."""
        given = self.cleaned_data
        return Adding(UUID(given["person"]), self.covering(), given["starts_on"])


@dataclass(frozen=True, slots=True)
class Deciding:
    """An answer to an offer."""

    is_yes: bool
    covering: Covering
    starts_on: date
    words: str


class DecideForm(_CoveringForm[Deciding]):
    """Yes or no to an offer, and what is agreed."""

    decision = Pick(
        "What is your answer?",
        choices=[("yes", "Yes, they become a champion"), ("no", "No")],
        missing="Choose yes or no",
    )
    starts_on = Day("From which day?", subject="The first day", missing="Enter the first day")
    words = LongText("If no, why?", hint="They will read this", required=False, max_length=LONGEST)
    field_order = ("decision", "words", "topics", "hours", "shares_name", "starts_on")

    def __init__(self, answers: Mapping[str, str] | None, *, topics: Topics, covering: Covering, today: date) -> None:
        super().__init__(answers, topics=topics, covering=covering, starts_on=today)

    def build(self) -> Deciding:
        """The answer."""
        given = self.cleaned_data
        return Deciding(given["decision"] == "yes", self.covering(), given["starts_on"], given["words"])


@dataclass(frozen=True, slots=True)
class Changing:
    """What is agreed from today on, and the first day on which they are a champion no more."""

    covering: Covering
    ends_on: date | None


class ChangeForm(_CoveringForm[Changing]):
    """What is agreed with a champion from today on."""

    last_on = Day(
        "Last day as a champion",
        subject="The last day",
        hint="Leave empty while no end is agreed",
        required=False,
    )

    def __init__(self, answers: Mapping[str, str] | None, *, topics: Topics, champion: Champion) -> None:
        last = champion.ends_on - timedelta(days=1) if champion.ends_on else None
        super().__init__(answers, topics=topics, covering=champion.terms[-1].covering, last_on=last)

    def build(self) -> Changing:
        """What is agreed."""
        last = self.cleaned_data["last_on"]
        return Changing(self.covering(), last + timedelta(days=1) if last else None)


@dataclass(frozen=True, slots=True)
class Calling:
    """A call for champions."""

    words: str
    topics: tuple[str, ...]
    closes_on: date


class CallForm(Form[Calling]):
    """A call for champions."""

    words = LongText(
        "What are you looking for?",
        hint="Say how many hours, and what the person gets from it",
        missing="Say what you are looking for",
        max_length=LONGEST,
    )
    topics = Ticks("For which topics?", hint="Leave all empty for any", required=False)
    closes_on = Day("Until which day?", subject="The last day", missing="Enter the last day")

    def __init__(self, answers: Mapping[str, str] | None, *, topics: Topics, gaps: Iterable[str]) -> None:
        super().__init__(answers, initial={"topics": list(gaps)})
        ticks = self.fields["topics"]
        if isinstance(ticks, Ticks):
            ticks.choices = list(topics)

    def build(self) -> Calling:
        """The call."""
        given = self.cleaned_data
        return Calling(given["words"], tuple(given["topics"]), given["closes_on"])


@dataclass(frozen=True, slots=True)
class Asking:
    """A question to champions."""

    place: str
    topic: str
    words: str
    is_shared: bool


class AskForm(Form[Asking]):
    """A question to champions."""

    topic = Choice("What is it about?", prompt="Choose a topic", missing="Choose what it is about")
    words = LongText("What do you want to know?", hint=_NO_PATIENTS, missing="Write your question", max_length=LONGEST)
    shared = Pick(
        "Who may read it?",
        choices=[("private", "Only champions of this topic"), ("shared", "Everybody, once it is answered")],
        hints={"shared": "In the library, without your name. It helps whoever wonders the same"},
        missing="Choose who may read it",
    )

    def __init__(self, answers: Mapping[str, str] | None, *, topics: Topics, places: Topics) -> None:
        super().__init__(answers)
        picker = self.fields["topic"]
        if isinstance(picker, Choice):
            picker.offer(topics)
        _offer_places(self, places)

    def build(self) -> Asking:
        """The question."""
        given = self.cleaned_data
        return Asking(given.get("place", ""), given["topic"], given["words"], given["shared"] == "shared")


class ReplyForm(Form[str]):
    """An answer, or what one still wants to know."""

    words = LongText("Your answer", hint=_NO_PATIENTS, missing="Write something first", max_length=LONGEST)

    def __init__(self, answers: Mapping[str, str] | None, *, label: str) -> None:
        super().__init__(answers)
        self.fields["words"].label = label

    def build(self) -> str:
        """The words."""
        return str(self.cleaned_data["words"])


@dataclass(frozen=True, slots=True)
class Finding:
    """What to look for in the library."""

    words: str
    topic: str


class FindForm(Form[Finding]):
    """What to look for in the library; all of it may be empty."""

    words = Search("Words", required=False)
    topic = Choice("Topic", prompt="Any topic", required=False)

    def __init__(self, answers: Mapping[str, str], *, topics: Topics) -> None:
        super().__init__(answers)
        picker = self.fields["topic"]
        if isinstance(picker, Choice):
            picker.offer(topics)

    def build(self) -> Finding:
        """What to look for."""
        return Finding(self.cleaned_data["words"], self.cleaned_data["topic"])


class HelpForm(Form[Helping]):
    """Short help: the topic, then the button with the minutes. Everything else may stay as it is."""

    topic = Pick("What with?", missing="Choose what you helped with")
    solved = Pick("Solved?", choices=_YES_NO, inline=True, missing="Choose whether it was solved")
    person = Choice("Whom?", prompt="Someone", required=False)
    before = Choice("How sure were they before?", prompt="Not asked", required=False)
    after = Choice("How sure are they now?", prompt="Not asked", required=False)
    minutes = Choice(
        "How long did it take?",
        choices=[(str(one), str(one)) for one in CHIPS],
        missing="Choose how long it took",
    )

    def __init__(self, answers: Mapping[str, str] | None, *, topics: Topics, people: Topics, last: str) -> None:
        super().__init__(answers, initial={"topic": last, "solved": "yes"})
        sure = [(str(key), words) for key, words in SURE.items()]
        for name, lines in (("topic", topics), ("person", people), ("before", sure), ("after", sure)):
            picker = self.fields[name]
            if isinstance(picker, Choice):
                picker.offer(lines)

    def build(self) -> Helping:
        """The help."""
        given = self.cleaned_data
        return Helping(
            topic=given["topic"],
            minutes=int(given["minutes"]),
            is_solved=given["solved"] == "yes",
            person=UUID(given["person"]) if given["person"] else None,
            before=int(given["before"]) if given["before"] else None,
            after=int(given["after"]) if given["after"] else None,
        )


def hours_of(minutes: int) -> str:
    """Minutes as hours to type: 90 is 1.5."""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".")


def _offer_places(form: Form[Any], places: Topics) -> None:
    """Asks for the place where somebody works at several."""
    found = list(places)
    if len(found) > 1:
        form.fields["place"] = Pick("At which practice?", choices=found, missing="Choose a practice")
        form.order_fields(["place"])
