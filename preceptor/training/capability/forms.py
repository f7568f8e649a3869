"""One part of the questionnaire as a form: each statement twice, or how far one agrees."""

from __future__ import annotations

from collections.abc import Mapping

from preceptor.ui.forms import Choice, Form, Pick

from .domain import AGREEMENT, HIGHEST, SCALE, Domain, Score

_SCORES = [(str(one), SCALE.get(one, str(one))) for one in range(HIGHEST + 1)]

_TWICE = {
    "now": ("Where are you now?", "where you are now"),
    "need": ("Where do you need to be?", "where you need to be"),
}


class PartForm(Form[dict[str, Score | int]]):
    """The statements of one part. What was answered last stands in it."""

    def __init__(
        self, answers: Mapping[str, str] | None, *, part: Domain, twice: bool, last: Mapping[str, Score | int]
    ) -> None:
        super().__init__(answers)
        self.part, self.twice = part, twice
        for number, one in enumerate(part.statements, 1):
            said = last.get(one.key)
            if not twice:
                self.fields[one.key] = Pick(
                    one.says,
                    choices=[(str(key), words) for key, words in AGREEMENT.items()],
                    missing=f"Choose how far you agree with statement {number}",
                    initial=said,
                )
                continue
            for when, (label, inside) in _TWICE.items():
                self.fields[f"{one.key}-{when}"] = Choice(
                    label,
                    choices=_SCORES,
                    prompt="Choose",
                    missing=f"Statement {number}: choose {inside}",
                    initial=getattr(said, when, None),
                )

    def build(self) -> dict[str, Score | int]:
        """The answers by statement."""
        given = self.cleaned_data
        if not self.twice:
            return {one.key: int(given[one.key]) for one in self.part.statements}
        return {
            one.key: Score(int(given[f"{one.key}-now"]), int(given[f"{one.key}-need"])) for one in self.part.statements
        }
