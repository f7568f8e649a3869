"""What the pages about equivalences show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Final

from preceptor.compliance.subjects.domain import Likely
from preceptor.ui.forms import Form
from preceptor.ui.pages import Page

from .domain import PlaceTurns


@dataclass(frozen=True, slots=True)
class Row:
    """One equivalence in the table."""

    subject: str
    counts_as: str
    above: bool
    where: str
    approved_by: str
    since: date
    reason: str
    count: int | None
    end_href: str

    @property
    def sentence(self) -> str:
        """What holds, as people say it."""
        above = " or above" if self.above else ""
        return f"A record of {self.subject}{above} also counts as {self.counts_as}"


@dataclass(frozen=True, slots=True, kw_only=True)
class EquivalencesPage(Page):
    """What counts as what."""

    template: ClassVar[str] = "equivalences/equivalences.jinja"
    reading: ClassVar[bool] = False

    form: Form[object]
    rows: tuple[Row, ...]
    of_all: int
    is_filtered: bool
    counts: bool
    may_approve: bool
    asked_count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPage(Page):
    """What should count as what."""

    template: ClassVar[str] = "equivalences/add.jinja"

    form: Form[object]
    cancel_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckPage(Page):
    """Whom it would change, before it is so. `hidden` is what was answered, to be sent again with a yes."""

    template: ClassVar[str] = "equivalences/check.jinja"

    sentence: str
    where: str
    places: tuple[PlaceTurns, ...]
    hidden: tuple[tuple[str, str], ...]
    again_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EndPage(Page):
    """The end of an equivalence: whom it would change, and why."""

    template: ClassVar[str] = "equivalences/end.jinja"

    sentence: str
    where: str
    places: tuple[PlaceTurns, ...]
    form: Form[object]
    cancel_href: str


# So many names are shown at first, those that wait longest.
MOST_NAMES: Final = 100


@dataclass(frozen=True, slots=True)
class Question:
    """A name that a practice asks about."""

    place: str
    words: str
    asked_on: date
    asked_by: str
    likely: tuple[Likely, ...]
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NamesPage(Page):
    """The names that practices ask about."""

    template: ClassVar[str] = "equivalences/names.jinja"

    rows: tuple[Question, ...]
    of_all: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPage(Page):
    """The answer to one of them."""

    template: ClassVar[str] = "equivalences/answer.jinja"

    question: Question
    form: Form[object]
    cancel_href: str
