"""Questions, answers and the check, as domain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from preceptor.ui.forms import Form, LongText, Pick

from ..domain.notice import (
    Check,
)
from ..domain.questions import LONGEST

Options = Iterable[tuple[str, str]]


class AskForm(Form[str]):
    """A question about a change."""

    words = LongText(
        "What do you want to know?",
        hint="Everybody who reads this notice can see the question, and not who asked. Do not name patients",
        missing="Write your question",
        max_length=LONGEST,
    )

    def build(self) -> str:
        """The question."""
        return str(self.cleaned_data["words"])


class AnswerForm(Form[str]):
    """An answer for everybody."""

    words = LongText("Your answer", missing="Write your answer", max_length=LONGEST)

    def build(self) -> str:
        """The answer."""
        return str(self.cleaned_data["words"])


class CheckForm(Form[tuple[int, ...]]):
    """The check of understanding, as it is answered."""

    def __init__(self, answers: Mapping[str, str] | None, *, checks: Sequence[Check]) -> None:
        super().__init__(answers)
        self._number = len(checks)
        for at, check in enumerate(checks):
            options = [(str(number), words) for number, words in enumerate(check.options)]
            self.fields[f"a{at}"] = Pick(f"{at + 1}. {check.words}", choices=options, missing="Choose an answer")

    def build(self) -> tuple[int, ...]:
        """The answers, each by its number."""
        return tuple(int(self.cleaned_data[f"a{at}"]) for at in range(self._number))
