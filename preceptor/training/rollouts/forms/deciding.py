"""Publishing a notice and deciding about one, as domain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from preceptor.ui.forms import Choice, Day, Form, LongText, Pick

Options = Iterable[tuple[str, str]]

_YES_NO: Final = (("yes", "Yes"), ("no", "No"))


@dataclass(frozen=True, slots=True)
class Publishing:
    """What a correction says of itself."""

    changed: str = ""
    asks_again: bool = False


class PublishForm(Form[Publishing]):
    """Publishing: a correction says what it corrects, and whether it matters to who has read it."""

    def __init__(self, answers: Mapping[str, str] | None, *, is_correction: bool, must_ask: bool) -> None:
        super().__init__(answers)
        self._must_ask = must_ask
        if is_correction:
            self.fields["changed"] = LongText("What do you correct?", missing="Say what you correct", max_length=500)
            if not must_ask:
                self.fields["asks_again"] = Pick(
                    "Must those who have read it read it again?",
                    hint="If so, they also answer and do again what it asks",
                    choices=_YES_NO,
                    inline=True,
                    missing="Choose whether they must read it again",
                )

    def build(self) -> Publishing:
        """What the correction says."""
        given = self.cleaned_data
        return Publishing(given.get("changed", ""), self._must_ask or given.get("asks_again") == "yes")


@dataclass(frozen=True, slots=True)
class Deciding:
    """Taking a rollout over from a day, or leaving it out with a reason."""

    goes_live_on: date | None
    reason: str


class DecideForm(Form[Deciding]):
    """Whether a place takes a rollout over."""

    decision = Pick("Does this touch you?", missing="Choose whether you take it over")
    goes_live_on = Day("When does it go live here?", subject="The day it goes live", required=False)
    reason = LongText("If not, why?", hint="Whoever published it reads this", required=False, max_length=500)

    def __init__(self, answers: Mapping[str, str] | None, *, goes_live_on: date, is_followed: bool) -> None:
        super().__init__(answers, initial={"goes_live_on": goes_live_on})
        decision = self.fields["decision"]
        if isinstance(decision, Pick):
            no = "No longer: end it here" if is_followed else "No, leave it out"
            decision.offer([("yes", "Yes, ask our people to read it"), ("no", no)])

    def clean(self) -> dict[str, Any]:
        """A yes needs its day, a no its reason."""
        cleaned: dict[str, Any] = super().clean() or {}
        if cleaned.get("decision") == "yes" and not cleaned.get("goes_live_on") and "goes_live_on" not in self.errors:
            self.refuse("goes_live_on", "Enter the day it goes live here")
        if cleaned.get("decision") == "no" and not cleaned.get("reason"):
            self.refuse("reason", "Say why. Whoever published it reads this")
        return cleaned

    def build(self) -> Deciding:
        """The decision."""
        given = self.cleaned_data
        return Deciding(given["goes_live_on"] if given["decision"] == "yes" else None, given["reason"])


class RequireForm(Form[str]):
    """A new requirement, or the next version of one."""

    requirement = Choice("Which requirement?", prompt="A new one", required=False)

    def __init__(self, answers: Mapping[str, str] | None, *, held: Options) -> None:
        super().__init__(answers)
        chooser = self.fields["requirement"]
        if isinstance(chooser, Choice):
            chooser.offer(held)

    def build(self) -> str:
        """The identifier of the requirement; nothing for a new one."""
        return str(self.cleaned_data["requirement"])


class RefresherForm(Form[bool]):
    """Whether a place asks for the yearly refresher."""

    is_asked = Pick(
        "Must everybody confirm once a year what changed?",
        choices=_YES_NO,
        inline=True,
        missing="Choose yes or no",
    )

    def build(self) -> bool:
        """Is it asked?"""
        return bool(self.cleaned_data["is_asked"] == "yes")
