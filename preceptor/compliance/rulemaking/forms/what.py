"""What it is and why: the words, the decision and the sources it rests on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from django.forms import BoundField
from django.http import QueryDict

from preceptor.compliance.requirements.domain.decisions import (
    FORCE_NAMES,
    Called,
    Cited,
    Decision,
    Force,
    NewSource,
)
from preceptor.ui.forms import Choice, Day, LongText, Number, Pick, Text, Ticks

from ..domain.answers import Answers
from ..domain.questions import Question
from .offered import AnswerForm, Offered

_LONGEST: Final = 2000
_YES: Final = "yes"
_TICKS: Final = ("followed", "verified")
_NEW_WORDS: Final = ("new_title", "new_publisher", "new_clause", "new_says", "new_link")
_NEW: Final = (*_NEW_WORDS, "new_force", "new_checked_on", "new_ticks")
_NEW_NEEDED: Final = {
    "new_title": "Say what the source is called",
    "new_publisher": "Say who publishes the source",
    "new_says": "Say what the source says, in your words",
}
_FORCES: Final = [(force.value, name) for force, name in FORCE_NAMES.items()]


@dataclass(frozen=True, slots=True)
class SourceFields:
    """The questions about one source, under its name; open where nothing is chosen yet, or something is wrong."""

    title: str
    is_open: bool
    fields: tuple[BoundField, ...]


class WhatForm(AnswerForm):
    """Title and area where the requirement is new; basis, reason, sources, minutes and decision always."""

    def __init__(
        self, data: QueryDict | None, answers: Answers, *, offered: Offered, is_new: bool, today: date, rows: int = 0
    ) -> None:
        super().__init__(data, answers)
        self._offered, self._is_new, self._today = offered, is_new, today
        given = data.get("rows", "") if data is not None else ""
        self.rows = rows or (min(int(given), 30) if given.isdecimal() else max(1, len(answers.citations)))
        decision = answers.decision
        if is_new:
            self._ask_what(answers.called, offered)
        self.fields["basis"] = Pick(
            "What does it rest on?",
            choices=_FORCES,
            missing="Choose what it rests on",
            initial=decision and decision.basis,
        )
        self.fields["rationale"] = LongText(
            "Why is it required here?",
            missing="Say why it is required",
            max_length=_LONGEST,
            initial=decision and decision.rationale,
        )
        self._ask_decision(decision, today)
        self.fields["minutes"] = Number(
            "Minutes",
            hint="How long doing it once takes. Leave this empty if nobody knows",
            required=False,
            width=4,
            initial=decision and decision.minutes,
        )
        self.fields["timed"] = Ticks(
            "Are the minutes checked?",
            choices=[(_YES, "Somebody has timed it, or the provider says so")],
            required=False,
            initial=[_YES] if decision and decision.minutes_verified else [],
        )
        for number in range(self.rows):
            self._ask_source(number, answers.citations[number] if number < len(answers.citations) else None)
        self._ask_new_source(today)

    def _ask_what(self, called: Called | None, offered: Offered) -> None:
        self.fields["title"] = Text(
            "What is it called?", missing="Say what it is called", max_length=200, initial=called and called.title
        )
        self.fields["short"] = Text(
            "A short name for the training matrix",
            hint="Leave this empty if the name is short enough",
            required=False,
            max_length=40,
            initial=called and called.short,
        )
        self.fields["area"] = Choice(
            "Area", choices=offered.areas, prompt="", missing="Choose an area", initial=called and called.area
        )

    def _ask_source(self, number: int, cited: Cited | None) -> None:
        self.fields[f"s{number}_source"] = Choice(
            "Source", choices=self._offered.sources, prompt="No source", required=False, initial=cited and cited.source
        )
        self.fields[f"s{number}_clause"] = Text(
            "Clause", hint="For example, article 21", required=False, max_length=120, initial=cited and cited.clause
        )
        self.fields[f"s{number}_says"] = LongText(
            "What it says, in your words", required=False, max_length=_LONGEST, initial=cited and cited.says
        )
        self.fields[f"s{number}_ticks"] = Ticks(
            "About this source",
            choices=[("followed", "This rule follows it"), ("verified", "We have read that it says so")],
            required=False,
            initial=["followed"] if cited is None else [name for name in _TICKS if getattr(cited, name)],
        )

    def _ask_new_source(self, today: date) -> None:
        self.fields["new_title"] = Text("What is it called?", required=False, max_length=300)
        self.fields["new_publisher"] = Text("Who publishes it?", required=False, max_length=200)
        self.fields["new_clause"] = Text("Clause", hint="For example, section 4.2", required=False, max_length=120)
        self.fields["new_says"] = LongText("What it says, in your words", required=False, max_length=_LONGEST)
        self.fields["new_link"] = Text(
            "Link", hint="Begins with https://. Leave this empty if there is none", required=False, max_length=300
        )
        self.fields["new_force"] = Choice(
            "What force does it have?", choices=_FORCES, required=False, initial=Force.LOCAL.value
        )
        self.fields["new_checked_on"] = Day(
            "When did you read it?",
            subject="Day you read it",
            hint="Leave this empty if you have not read it yet",
            required=False,
            latest=today,
        )
        self.fields["new_ticks"] = Ticks(
            "About this source", choices=[("followed", "This rule follows it")], required=False, initial=["followed"]
        )

    def _ask_decision(self, decision: Decision | None, today: date) -> None:
        self.fields["decided_by"] = Text(
            "Who decided?",
            hint="For example, partners’ meeting",
            missing="Say who decided",
            max_length=200,
            initial=decision and decision.decided_by,
        )
        self.fields["decided_on"] = Day(
            "When was it decided?",
            subject="Day of the decision",
            missing="Enter the day of the decision",
            latest=today,
            hint=f"For example, {today.day} {today.month} {today.year}",
            initial=decision and decision.decided_on,
        )
        self.fields["review_by"] = Day(
            "When will you look at it again?",
            subject="Day of the review",
            hint="Leave this empty for no review",
            required=False,
            initial=decision and decision.review_by,
        )

    def pressed(self, button: str) -> WhatForm | None:
        """One more source to fill in."""
        if button != "source" or not isinstance(self.data, QueryDict):
            return None
        more = WhatForm(
            None,
            self.answers,
            offered=self._offered,
            is_new=self._is_new,
            today=self._today,
            rows=min(self.rows + 1, 30),
        )
        more.typed(self.data)
        return more

    def first(self) -> tuple[BoundField, ...]:
        """The questions that nearly all must be answered: what, why, and the decision."""
        names = ("title", "short", "area", "basis", "rationale", "decided_by", "decided_on", "review_by")
        return tuple(self[name] for name in names if name in self.fields)

    def sources(self) -> tuple[SourceFields, ...]:
        """The sources, each with its own questions."""
        return tuple(self._source(number) for number in range(self.rows))

    def _source(self, number: int) -> SourceFields:
        fields = tuple(self[f"s{number}_{name}"] for name in ("source", "clause", "says", "ticks"))
        chosen = fields[0].value()
        title = next((name for key, name in self._offered.sources if key == chosen), "nothing chosen yet")
        is_open = not chosen or any(field.errors for field in fields)
        return SourceFields(f"Source {number + 1}: {title}", is_open, fields)

    def new_source(self) -> SourceFields:
        """The questions about a source that is not in the list; open once something is said, or wrong."""
        fields = tuple(self[name] for name in _NEW)
        is_open = any(field.errors for field in fields) or bool(fields[0].value() or fields[3].value())
        return SourceFields("A source that is not in the list", is_open, fields)

    def time(self) -> tuple[BoundField, ...]:
        """The questions about how long it takes."""
        return self["minutes"], self["timed"]

    def clean(self) -> dict[str, Any]:
        """Refuses a source without its words, and words without their source."""
        cleaned: dict[str, Any] = super().clean() or {}
        self.keep_between("minutes", 1, 10_000)
        for number in range(self.rows):
            source, says = cleaned.get(f"s{number}_source"), cleaned.get(f"s{number}_says")
            if source and not says:
                self.refuse(f"s{number}_says", "Say what the source says, in your words")
            if not source and (says or cleaned.get(f"s{number}_clause")):
                self.refuse(f"s{number}_source", "Choose the source that says so")
        if any(cleaned.get(name) for name in _NEW_WORDS):
            for name, message in _NEW_NEEDED.items():
                if not cleaned.get(name):
                    self.refuse(name, message)
        link = cleaned.get("new_link", "")
        if link and not link.startswith(("https://", "http://")):
            self.refuse("new_link", "Enter a link that begins with https://")
        return cleaned

    def new_citation(self) -> tuple[NewSource, Cited] | None:
        """A source that is not in the list yet, and what is cited of it."""
        given = self.cleaned_data
        if not given["new_title"]:
            return None
        force, followed = Force(given["new_force"] or Force.LOCAL), "followed" in given["new_ticks"]
        source = NewSource(
            given["new_title"], given["new_publisher"], force, given["new_link"], given["new_checked_on"]
        )
        return source, Cited("", given["new_says"], followed, given["new_clause"], verified=True)

    def build(self) -> Answers:
        """The answers with the decision and its sources."""
        given = self.cleaned_data
        cited = tuple(
            Cited(
                source=given[f"s{number}_source"],
                says=given[f"s{number}_says"],
                followed="followed" in given[f"s{number}_ticks"],
                clause=given[f"s{number}_clause"],
                verified="verified" in given[f"s{number}_ticks"],
            )
            for number in range(self.rows)
            if given[f"s{number}_source"]
        )
        basis = Force(given["basis"])
        before = self.answers.decision or Decision(basis, "")
        decision = replace(
            before,
            basis=basis,
            rationale=given["rationale"],
            decided_by=given["decided_by"],
            decided_on=given["decided_on"],
            review_by=given["review_by"],
            minutes=given["minutes"],
            minutes_verified=_YES in given["timed"] and given["minutes"] is not None,
            # A local choice rests on the decision; anything else on a source somebody has read.
            verified=basis is Force.LOCAL
            or any(one.followed and one.verified and one.source not in self._offered.unconfirmed for one in cited),
        )
        called = Called(given["title"], given["short"], given["area"]) if self._is_new else None
        return replace(self.answers, called=called, decision=decision, citations=cited).saying(Question.WHAT)
