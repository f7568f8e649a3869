"""Input about services to patients as domain values."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from preceptor.ui.forms import Choice, Day, Form, LongText, Pick, Text, Ticks

from .domain.terms import BASIS_WORDS, Basis, Product

_LONGEST: Final = 4000
Lines = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Supplying:
    """A product from a day on, on whose decision, and what is different for colleagues."""

    product: Product
    starts_on: date
    decided_by: str
    different: str


class SupplyForm(Form[Supplying]):
    """What a service runs on from a day on."""

    system = Choice("Which system does it run on?", prompt="Another product", required=False)
    product = Text("If another product, which?", hint="Its name, and who supplies it", required=False, max_length=100)
    basis = Pick(
        "On which contract?",
        choices=[(one.value, words) for one, words in BASIS_WORDS.items()],
        missing="Choose the contract",
    )
    note = Text("Is there anything to know about the contract?", hint="For example, until when it runs", required=False)
    starts_on = Day("From which day?", subject="The first day", missing="Enter the first day")
    decided_by = Text("Who decided this?", hint="For example, partners’ meeting", missing="Say who decided this")
    different = LongText(
        "What is different for colleagues?",
        hint="In a few sentences",
        missing="Say what is different for colleagues",
        max_length=_LONGEST,
    )

    def __init__(self, answers: Mapping[str, str] | None, *, systems: Lines, is_change: bool) -> None:
        super().__init__(answers)
        picker = self.fields["system"]
        if isinstance(picker, Choice):
            picker.offer(systems)
        if not is_change:
            del self.fields["different"]

    def clean(self) -> dict[str, Any]:
        """Asks for a product where no system was chosen, and for one of the two alone."""
        given = super().clean() or self.cleaned_data
        if "system" in given and not given["system"] and not given.get("product"):
            self.add_error("product", "Choose a system, or say which product it is")
        if given.get("system") and given.get("product"):
            self.add_error("product", "Leave this empty, or choose “Another product” above")
        return given

    def build(self) -> Supplying:
        """The product."""
        given = self.cleaned_data
        product = Product(given["system"], given["product"], Basis(given["basis"]), given["note"])
        return Supplying(product, given["starts_on"], given["decided_by"], given.get("different", ""))


@dataclass(frozen=True, slots=True)
class Choosing:
    """Who must be able, and why."""

    roles: tuple[str, ...]
    reason: str


class RolesForm(Form[Choosing]):
    """Who must be able to offer a service."""

    roles = Ticks("Who must be able to offer and promote it?", missing="Choose at least one role")
    reason = LongText("Why?", hint="It stays for everybody to read", missing="Say why", max_length=_LONGEST)

    def __init__(self, answers: Mapping[str, str] | None, *, roles: Lines, chosen: Iterable[str]) -> None:
        super().__init__(answers, initial={"roles": list(chosen)})
        ticks = self.fields["roles"]
        if isinstance(ticks, Ticks):
            ticks.choices = list(roles)

    def build(self) -> Choosing:
        """The roles."""
        return Choosing(tuple(self.cleaned_data["roles"]), self.cleaned_data["reason"])


@dataclass(frozen=True, slots=True)
class Writing:
    """A place's own words and links."""

    words: str
    links: str


class TextForm(Form[Writing]):
    """A place's own words and links about a service."""

    words = LongText("What do you say here?", hint="Do not name patients", required=False, max_length=_LONGEST)
    links = LongText(
        "Leaflets and pages to hand",
        hint="One on each line: the address, a space, and what it is called",
        required=False,
        max_length=_LONGEST,
    )

    def __init__(self, answers: Mapping[str, str] | None, *, words: str, links: str) -> None:
        super().__init__(answers, initial={"words": words, "links": links})

    def build(self) -> Writing:
        """The words."""
        return Writing(self.cleaned_data["words"], self.cleaned_data["links"])


class StopForm(Form[date]):
    """The last day on which a service is offered."""

    last_on = Day("Last day", subject="The last day", missing="Enter the last day")

    def build(self) -> date:
        """The first day on which it is not offered."""
        last: date = self.cleaned_data["last_on"]
        return last + timedelta(days=1)
