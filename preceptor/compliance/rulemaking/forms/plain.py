"""The questions with a few plain answers: the first time, again, early and late, and how it takes over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.forms import BoundField
from django.http import QueryDict

from preceptor.compliance.requirements.domain.criteria import Achieved, Count, Criterion, Expiry, Hours
from preceptor.compliance.requirements.domain.decisions import RequirementId
from preceptor.compliance.requirements.domain.reading import MOST_DAYS, MOST_MONTHS
from preceptor.compliance.requirements.domain.transitions import AtOnce, AtRenewal, NewStarters, Transition
from preceptor.compliance.requirements.domain.words import Names, day_phrase
from preceptor.ui.forms import Choice, Day, Form, LongText, Number, Pick

from ..domain.answers import Answers
from ..domain.asking import changed_leaves, lasting, months_of
from ..domain.questions import Question
from .offered import AnswerForm

_EXPIRIES: Final = (
    (Expiry.CAP.value, "It ends whichever is earlier"),
    (Expiry.REPLACE.value, "The certificate’s day is used"),
    (Expiry.IGNORE.value, "The certificate’s day makes no difference"),
)
_SHORTEST_MONTH: Final = 28
WAYS: Final = (
    ("at_renewal", "At each person’s next renewal"),
    ("at_once", "For everyone at once"),
    ("new_starters", "For new starters only"),
)
_WAY_HINTS: Final = {
    "at_renewal": "What people did before the first day goes on counting as it did, until it runs out",
    "at_once": "Everyone follows the new rule from the first day; what they did before can be enough for a while",
    "new_starters": "People who already have to do this stay with the rule as it is",
}


class StartForm(Form[RequirementId]):
    """Which requirement to draft a version of."""

    requirement = Choice("Requirement", prompt="", missing="Choose the requirement you want to change")

    def __init__(self, data: QueryDict | None, offered: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(data, **options)
        field, lines = self.fields["requirement"], tuple(offered)
        self.has_some = bool(lines)
        if isinstance(field, Choice):
            field.offer(lines)

    def build(self) -> RequirementId:
        """The requirement."""
        return RequirementId(UUID(self.cleaned_data["requirement"]))


class LegalForm(AnswerForm):
    """Why the law allows a version to ask for less."""

    legal_reason = LongText(
        "Why does the law allow you to ask for less?",
        hint="It is shown on the page of the requirement. Do not name anybody",
        missing="Say why the law allows you to ask for less",
        max_length=2000,
    )

    def __init__(self, data: QueryDict | None, answers: Answers) -> None:
        super().__init__(data, answers)
        self.initial = {"legal_reason": answers.decision.legal_reason if answers.decision else ""}

    def build(self) -> Answers:
        """The answers with the reason."""
        decision = self.answers.decision
        if decision is None:
            return self.answers
        return replace(self.answers, decision=replace(decision, legal_reason=self.cleaned_data["legal_reason"]))


class ConfirmForm(Form[date]):
    """The day somebody read a source."""

    checked_on = Day(
        "When did you read it?",
        subject="Day you read it",
        missing="Enter the day you read it",
        hint="For example, 3 11 2026",
    )

    def __init__(self, data: QueryDict | None, *, today: date) -> None:
        super().__init__(data)
        field = self.fields["checked_on"]
        if isinstance(field, Day):
            field.latest = today

    def build(self) -> date:
        """The day."""
        day: date = self.cleaned_data["checked_on"]
        return day


class FirstForm(AnswerForm):
    """How long somebody new has."""

    when = Pick(
        "When must it be done the first time?",
        choices=[("days", "Within a number of days"), ("before", "Before the first day: there is no grace")],
        missing="Choose when it must be done the first time",
        title_above=True,
    )
    days = Number("Days after the first day", required=False, width=4)

    def __init__(self, data: QueryDict | None, answers: Answers) -> None:
        super().__init__(data, answers)
        if Question.FIRST in answers.answered:
            self.initial = {
                "when": "before" if answers.first_due_days is None else "days",
                "days": answers.first_due_days,
            }

    def clean(self) -> dict[str, Any]:
        """Asks for the days where there are some."""
        cleaned: dict[str, Any] = super().clean() or {}
        self.keep_between("days", 0, MOST_DAYS)
        if cleaned.get("when") == "days" and cleaned.get("days") is None and "days" not in self.errors:
            self.refuse("days", "Enter the number of days")
        return cleaned

    def build(self) -> Answers:
        """The answers with the grace of somebody new."""
        given = self.cleaned_data
        days = given["days"] if given["when"] == "days" else None
        return replace(self.answers, first_due_days=days).saying(Question.FIRST)


class AgainForm(AnswerForm):
    """For how long it counts. Where one thing is asked, also whether it is hours or times; else part by part."""

    def __init__(self, data: QueryDict | None, answers: Answers, *, names: Names, now: Criterion | None) -> None:
        super().__init__(data, answers)
        criterion = answers.met_by
        self.leaves = [leaf for _, leaf in criterion.leaves()] if criterion else []
        self.is_one = len(self.leaves) == 1 and self.leaves[0].key != "state"
        if self.is_one:
            self._ask_one(self.leaves[0], now)
            return
        for number, leaf in enumerate(self.leaves):
            if leaf.subjects():
                self.fields[f"m{number}"] = Number(
                    f"Months that this counts: {leaf.words(names)}",
                    hint="Leave this empty if it counts for ever",
                    required=False,
                    width=4,
                    initial=months_of(leaf),
                )

    def _ask_one(self, leaf: Criterion, now: Criterion | None) -> None:
        is_now = f"It is {_every(months_of(now))} now" if now is not None and not now.parts() else ""
        how = {"hours": "hours", "count": "times"}.get(leaf.key) or ("months" if months_of(leaf) else "never")
        months = months_of(leaf)
        self.fields["how"] = Pick(
            "How soon must it be done again?",
            choices=[
                ("never", "Never: once is enough"),
                ("months", "After a number of months"),
                ("hours", "Enough hours within a period"),
                ("times", "A number of times within a period"),
            ],
            missing="Choose how soon it must be done again",
            initial=how if Question.AGAIN in self.answers.answered or how in {"hours", "times"} else None,
        )
        self.fields["months"] = Number(
            "Months", hint=is_now, required=False, width=4, initial=months if how == "months" else None
        )
        self.fields["minutes"] = Number(
            "Minutes in all",
            hint="An hour is 60",
            required=False,
            width=4,
            initial=leaf.minutes if isinstance(leaf, Hours) else None,
        )
        self.fields["hours_months"] = Number(
            "Within how many months",
            hint="Leave this empty for any time",
            required=False,
            width=4,
            initial=months if how == "hours" else None,
        )
        self.fields["times"] = Number(
            "How many times", required=False, width=4, initial=leaf.at_least if isinstance(leaf, Count) else None
        )
        self.fields["times_months"] = Number(
            "Within how many months",
            hint="Leave this empty for any time",
            required=False,
            width=4,
            initial=months if how == "times" else None,
        )

    def below(self, answer: str) -> tuple[BoundField, ...]:
        """The questions that belong to one of the answers."""
        names = {"months": ("months",), "hours": ("minutes", "hours_months"), "times": ("times", "times_months")}
        return tuple(self[name] for name in names.get(answer, ()))

    def clean(self) -> dict[str, Any]:
        """Asks for the number that an answer needs, and for one that leaves room for renewing early."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name in self.fields:
            if name == "months" or name.endswith("_months") or name[1:].isdecimal():
                self.keep_between(name, 1, MOST_MONTHS)
        needed = {"months": "months", "hours": "minutes", "times": "times"}.get(cleaned.get("how", ""), "")
        words = {
            "months": "Enter the number of months",
            "minutes": "Enter the minutes",
            "times": "Enter how many times",
        }
        if needed and cleaned.get(needed) is None and needed not in self.errors:
            self.refuse(needed, words[needed])
        self.keep_between("times", 1, 1000)
        self.keep_between("minutes", 1, 100_000)
        for number, leaf in enumerate(self.leaves):
            name = "months" if self.is_one else f"m{number}"
            months = cleaned.get(name) if not self.is_one or cleaned.get("how") == "months" else None
            early = leaf.early_days if isinstance(leaf, Achieved) else None
            if months and early is not None and early >= _SHORTEST_MONTH * months:
                self.refuse(name, f"Renewing up to {early} days early needs more months. Change “Early and late” first")
        return cleaned

    def build(self) -> Answers:
        """The answers with how long each part counts."""
        met_by = self.answers.met_by
        if met_by is None:
            return self.answers
        met_by = changed_leaves(met_by, self._changed)
        return replace(self.answers, met_by=met_by).saying(Question.AGAIN)

    def _changed(self, number: int, leaf: Criterion) -> Criterion:
        given = self.cleaned_data
        if not self.is_one:
            return lasting(leaf, given[f"m{number}"]) if f"m{number}" in given else leaf
        subject, level = leaf.subjects()[0], getattr(leaf, "level", 1)
        kinds = leaf.kinds if isinstance(leaf, Achieved | Count) else None
        match given["how"]:
            case "hours":
                if isinstance(leaf, Hours):
                    return replace(leaf, minutes=given["minutes"], months=given["hours_months"])
                return Hours((subject,), given["minutes"], given["hours_months"], level)
            case "times":
                if isinstance(leaf, Count):
                    return replace(leaf, at_least=given["times"], months=given["times_months"])
                return Count(subject, given["times"], given["times_months"], level, kinds)
            case how:
                months = given["months"] if how == "months" else None
                return lasting(leaf if isinstance(leaf, Achieved) else Achieved(subject, None, level, kinds), months)


class EarlyForm(AnswerForm):
    """What renewing early keeps, what a certificate's own day does, when reminders begin, and time after leave."""

    def __init__(self, data: QueryDict | None, answers: Answers, *, names: Names) -> None:
        super().__init__(data, answers)
        criterion = answers.met_by
        leaves = [leaf for _, leaf in criterion.leaves()] if criterion else []
        self._done = [(number, leaf) for number, leaf in enumerate(leaves) if isinstance(leaf, Achieved)]
        for number, leaf in self._done:
            of = f": {names.subject(leaf.subject)}" if len(self._done) > 1 else ""
            if leaf.months is not None:
                self.fields[f"early{number}"] = Number(
                    f"Days before it runs out on which renewing loses nothing{of}",
                    hint="The next one then runs from the day the last one would have run out. Leave empty for none",
                    required=False,
                    width=4,
                    initial=leaf.early_days,
                )
            self.fields[f"expiry{number}"] = Pick(
                f"When a certificate shows a last valid day of its own{of}",
                choices=_EXPIRIES,
                missing="Choose what a certificate’s own day does",
                initial=leaf.expiry.value,
            )
        self.fields["notice"] = Number(
            "Days of notice",
            hint="It is shown as due soon so many days before it runs out",
            missing="Enter the days of notice",
            width=4,
            initial=answers.notice_days,
        )
        self.fields["back"] = Number(
            "Days to catch up after leave",
            missing="Enter the days to catch up after leave",
            width=4,
            initial=answers.return_days,
        )

    def clean(self) -> dict[str, Any]:
        """Refuses to renew earlier than it is worth."""
        cleaned: dict[str, Any] = super().clean() or {}
        for name in ("notice", "back"):
            self.keep_between(name, 0, MOST_DAYS)
        for number, leaf in self._done:
            if leaf.months is not None:
                self.keep_between(f"early{number}", 0, _SHORTEST_MONTH * leaf.months - 1)
        return cleaned

    def build(self) -> Answers:
        """The answers with early and late."""
        given, met_by = self.cleaned_data, self.answers.met_by
        changed = changed_leaves(met_by, self._changed) if met_by is not None else None
        answers = replace(self.answers, met_by=changed, notice_days=given["notice"], return_days=given["back"])
        return answers.saying(Question.EARLY)

    def _changed(self, number: int, leaf: Criterion) -> Criterion:
        if not isinstance(leaf, Achieved):
            return leaf
        given = self.cleaned_data
        return replace(leaf, early_days=given.get(f"early{number}"), expiry=Expiry(given[f"expiry{number}"]))


class OverForm(AnswerForm):
    """The first day, how the version takes over from the one before, and a last day if there is one."""

    first_on = Day("From which day?", subject="First day", missing="Enter the first day")
    last_on = Day("Last day", hint="Leave this empty if no end is planned", required=False)

    def __init__(self, data: QueryDict | None, answers: Answers, *, after: date | None, today: date) -> None:
        super().__init__(data, answers)
        self._after = after
        self.fields["first_on"].help_text = f"For example, 1 1 {today.year + 1}"
        last = answers.ends_on - timedelta(days=1) if answers.ends_on else None
        self.initial = {"first_on": answers.starts_on, "last_on": last}
        if after is None:
            return
        way = answers.transition
        self.fields["way"] = Pick(
            "How does it take over?",
            choices=WAYS,
            hints=_WAY_HINTS,
            missing="Choose how it takes over",
            initial=_WORDS[type(way)] if way else None,
        )
        self.fields["grace"] = Number(
            "Days for which the rule as it is now is enough too",
            hint="Only where it is for everyone at once. Leave empty for none",
            required=False,
            width=4,
            initial=way.grace_days if isinstance(way, AtOnce) else None,
        )
        self.order_fields(["first_on", "way", "grace", "last_on"])

    def clean(self) -> dict[str, Any]:
        """Refuses a first day that is not after the version before, and a last day before the first."""
        cleaned: dict[str, Any] = super().clean() or {}
        first, last = cleaned.get("first_on"), cleaned.get("last_on")
        if first and self._after and first <= self._after:
            self.refuse(
                "first_on", f"First day must be after {day_phrase(self._after)}, when the rule as it is now starts"
            )
        if first and last and last < first:
            self.refuse("last_on", "Last day must not be before the first day")
        self.keep_between("grace", 0, MOST_DAYS)
        return cleaned

    def build(self) -> Answers:
        """The answers with the days, and the way to take over."""
        given = self.cleaned_data
        ends_on = given["last_on"] + timedelta(days=1) if given["last_on"] else None
        way = _way(given["way"], given["grace"]) if "way" in given else None
        return replace(self.answers, starts_on=given["first_on"], ends_on=ends_on, transition=way).saying(Question.OVER)


_WORDS: Final[dict[type[Transition], str]] = {AtRenewal: "at_renewal", AtOnce: "at_once", NewStarters: "new_starters"}


def _way(word: str, grace: int | None) -> Transition:
    if word == "at_once":
        return AtOnce(grace or 0)
    return AtRenewal() if word == "at_renewal" else NewStarters()


def _every(months: int | None) -> str:
    return "for ever" if months is None else f"{months}"
