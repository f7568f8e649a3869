"""Input about protected time, turned into domain values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import time
from typing import Any, Final
from uuid import UUID

from preceptor.ui.forms import Choice, Day, Form, LongText, Number, Pick, Text, Ticks

from .domain.times import DONE_NAMES, MOST_TIMES, Done, NewTime

_CLOCK: Final = re.compile(r"^(\d{1,2})(?:[:.](\d{2}))?\s*(am|pm)?$", re.IGNORECASE)
_LONGEST: Final = 1000
_CLOCK_HINT: Final = "For example, 1:30pm or 13:30"


class TimeForm(Form[NewTime]):
    """Protected time to offer."""

    on = Day("Which day?", subject="The day", missing="Enter the day", hint="For example, 3 12 2026")
    starts_at = Text("From", hint=_CLOCK_HINT, missing="Enter when it starts", max_length=10, width=5)
    ends_at = Text("To", hint=_CLOCK_HINT, missing="Enter when it ends", max_length=10, width=5)
    covered_by = Text("Who covers phones and patients?", missing="Say who covers")
    where = Text("Where?", required=False)
    groups = Ticks("Whom is it for?", hint="Leave all empty if it is for everybody", required=False)
    times = Number(
        "For how many months in a row?",
        hint="1 for this day only. The same weekday of each month, such as each first Thursday",
        width=2,
        min_value=1,
        max_value=MOST_TIMES,
    )

    def __init__(self, answers: Mapping[str, Any] | None, *, groups: Iterable[tuple[str, str]]) -> None:
        super().__init__(answers, initial={"times": 1})
        field = self.fields["groups"]
        if isinstance(field, Ticks):
            field.choices = list(groups)

    def clean_starts_at(self) -> time | None:
        """The start as a time of the day."""
        return self._clock("starts_at")

    def clean_ends_at(self) -> time | None:
        """The end as a time of the day."""
        return self._clock("ends_at")

    def _clock(self, name: str) -> time | None:
        found = _CLOCK.match(self.cleaned_data[name].strip())
        if found:
            hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "").lower()
            if half and 1 <= hour <= 12:
                hour = hour % 12 + (12 if half == "pm" else 0)
            if hour < 24 and minute < 60 and not (half and hour > 23):
                return time(hour, minute)
        self.add_error(name, "Enter a time, like 1:30pm")
        return None

    def build(self) -> NewTime:
        """The protected time."""
        given = self.cleaned_data
        return NewTime(
            on=given["on"],
            starts_at=given["starts_at"],
            ends_at=given["ends_at"],
            covered_by=given["covered_by"],
            where=given["where"],
            groups=tuple(given["groups"]),
            times=given["times"],
        )


class CallOffForm(Form[str]):
    """Protected time that does not take place."""

    reason = LongText("Why does it not take place?", missing="Say why", max_length=_LONGEST)

    def build(self) -> str:
        """The reason."""
        return str(self.cleaned_data["reason"])


@dataclass(frozen=True, slots=True)
class Saying:
    """When training was done."""

    done: Done
    time: UUID | None


class SayForm(Form[Saying]):
    """When the training behind a record was done."""

    done = Pick(
        "When was this done?",
        choices=[(one.value, name) for one, name in DONE_NAMES.items()],
        missing="Choose when it was done",
    )
    time = Choice("Which protected time?", prompt="Choose a date", required=False)

    def __init__(
        self, answers: Mapping[str, Any] | None, *, times: list[tuple[str, str]], now: tuple[Done, UUID | None] | None
    ) -> None:
        initial = {"done": now[0].value, "time": str(now[1] or "")} if now else {}
        super().__init__(answers, initial=initial)
        which, when = self.fields["time"], self.fields["done"]
        if not times:
            del self.fields["time"]
            if isinstance(when, Pick):
                when.offer((one.value, name) for one, name in DONE_NAMES.items() if one is not Done.PROTECTED)
        elif isinstance(which, Choice):
            which.offer(times)

    def clean(self) -> dict[str, object]:
        """Refuses protected time without its date."""
        given = super().clean() or self.cleaned_data
        if given.get("done") == Done.PROTECTED.value and not given.get("time") and "time" not in self.errors:
            self.add_error("time", "Choose which protected time it was")
        return given

    def build(self) -> Saying:
        """When it was done."""
        done = Done(self.cleaned_data["done"])
        return Saying(done, UUID(self.cleaned_data["time"]) if done is Done.PROTECTED else None)
