"""Which day to explain, and with what knowledge."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from preceptor.ui.forms import Day, Form, Pick


@dataclass(frozen=True, slots=True)
class AskedDay:
    """A day, and whether only what was known then is used."""

    on: date
    known_then: bool


class DayForm(Form[AskedDay]):
    """Any day, past or future. An empty one is today."""

    on = Day("On which day?", subject="The day", hint="For example, 3 5 2025", required=False)
    known = Pick(
        "With what knowledge?",
        choices=[("", "What is known now, including records added later"), ("then", "What was known on that day")],
        required=False,
    )

    def __init__(self, *args: Any, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.today = today

    def build(self) -> AskedDay:
        """The day asked for, today if none."""
        on = self.cleaned_data["on"] or self.today
        return AskedDay(on, self.cleaned_data["known"] == "then" and on < self.today)

    def asked(self) -> AskedDay:
        """What was asked, or today when it cannot be read."""
        return self.value() or AskedDay(self.today, known_then=False)
