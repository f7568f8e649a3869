"""The day of publication, and what leaders say when they endorse."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from preceptor.foundation.dates import add_months
from preceptor.ui.forms import Day, Form, LongText, Text

from .domain import Endorsing

_LONGEST = 2000


class PublicationForm(Form[date]):
    """The day on which the toolkit is published, from which twelve months are counted back."""

    on = Day("Day of publication", subject="The day of publication")

    def __init__(self, asked: Mapping[str, str], *, today: date) -> None:
        """Takes what the address says; without a day it says today's, so that the boxes show it."""
        if not any(asked.get(f"on_{part}") for part in ("day", "month", "year")):
            asked = {**asked, "on_day": str(today.day), "on_month": str(today.month), "on_year": str(today.year)}
        super().__init__(asked)
        self.today = today

    def build(self) -> date:
        """The day asked for."""
        day: date = self.cleaned_data["on"]
        return day

    def day(self) -> date:
        """The day asked for, or today when it cannot be read."""
        return self.value() or self.today


class EndorseForm(Form[Endorsing]):
    """Who endorses the analysis, when, until when it stands, and how its effect is judged and staff are told."""

    endorsed_by = Text(
        "Who endorses it?",
        hint="Leaders who answer for it. For example, Dr Helen Marsh, senior information risk owner, for the partners",
        missing="Say who endorses it",
        max_length=200,
    )
    endorsed_on = Day(
        "When was it endorsed?",
        subject="The day of endorsement",
        missing="Enter the day of endorsement",
        hint="For example, 24 3 2026",
    )
    review_by = Day(
        "When will you look at it again?",
        subject="The review date",
        missing="Enter the review date",
        hint="Usually within a year",
    )
    effect = LongText(
        "How do you judge whether the training works?",
        hint="For example, phishing tests, spot checks, incidents looked at together. Optional",
        required=False,
        max_length=_LONGEST,
    )
    telling = LongText(
        "How do you tell people what they need?",
        hint="For example, at induction, at team meetings, in appraisals. Optional",
        required=False,
        max_length=_LONGEST,
    )

    def __init__(self, data: Any = None, *, today: date) -> None:
        later = add_months(today, 12)
        super().__init__(data, initial={"endorsed_on": today, "review_by": later})
        self.fields["endorsed_on"].latest = today  # type: ignore[attr-defined] # a Day

    def build(self) -> Endorsing:
        """What was said."""
        given = self.cleaned_data
        return Endorsing(
            by=given["endorsed_by"].strip(),
            on=given["endorsed_on"],
            review_by=given["review_by"],
            effect=given["effect"].strip(),
            telling=given["telling"].strip(),
        )
