"""What there is to choose from, and what every form here can do."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.http import QueryDict

from preceptor.compliance.requirements.domain.decisions import Cited, NewSource
from preceptor.compliance.requirements.domain.words import Names
from preceptor.ui.forms import Form

from ..domain.answers import Answers


@dataclass(frozen=True, slots=True)
class Offered:
    """The names of everything a rule can speak of, and what is there to choose from at the owner."""

    names: Names = field(default_factory=Names)
    people: Mapping[str, str] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)
    areas: tuple[tuple[str, str], ...] = ()
    sources: tuple[tuple[str, str], ...] = ()
    unconfirmed: frozenset[str] = frozenset()


class AnswerForm(Form[Answers]):
    """A question about a draft: begins with what is answered, and hands back the answers changed."""

    def __init__(self, data: QueryDict | None, answers: Answers, **options: Any) -> None:
        super().__init__(data, **options)
        self.answers = answers

    def new_citation(self) -> tuple[NewSource, Cited] | None:
        """A source to add that is not in the list yet, and what is cited of it; None where there is none."""
        return None

    def pressed(self, button: str) -> AnswerForm | None:
        """The form after one of its own buttons, with everything as it was typed; None for any other button."""
        return None

    def typed(self, data: QueryDict) -> None:
        """Begins with what somebody has typed so far, right or wrong."""
        self.initial = {
            name: field.widget.value_from_datadict(data, {}, self.add_prefix(name))
            for name, field in self.fields.items()
        }

    def keep_between(self, name: str, least: int, most: int) -> None:
        """Refuses a number outside its range in words."""
        number = self.cleaned_data.get(name)
        if isinstance(number, int) and not least <= number <= most:
            self.refuse(name, f"{self.fields[name].label} must be between {least:,} and {most:,}")
