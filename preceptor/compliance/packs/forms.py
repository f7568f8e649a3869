"""Input about packs, turned into domain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any, Final

from django.forms import BoundField

from preceptor.compliance.requirements.domain.reading import MOST_DAYS
from preceptor.compliance.requirements.domain.transitions import AtOnce, AtRenewal, NewStarters, Transition
from preceptor.ui.forms import Day, Form, LongText, Number, Pick, Text, Ticks, options_of
from preceptor.ui.words import day

_LONGEST: Final = 1000
_SEEN: Final = (
    "This stays at your practice. Who offers the pack sees what you answered, and words that at least two other "
    "practices wrote too. Do not name anybody"
)
_SHOWN: Final = (
    "This is shown on your list, in the pack and in your training needs analysis, also to those who lead above you. "
    "Do not name anybody"
)
_MONTHS: Final = 1200
_WAYS: Final = (
    ("at_renewal", "At next renewal"),
    ("at_once", "At once, with days of grace"),
    ("new_starters", "For new starters only"),
)
_WAY_HINTS: Final = {
    "at_renewal": "What people have done stays valid by the rule before; the new rule counts from the next time",
    "at_once": "Until the grace is over, what the rule before asks for is enough too",
    "new_starters": "Whoever it concerns already stays with the rule before",
}


def _given(data: Any, beginnings: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name in data if name.startswith(beginnings) for value in data.getlist(name))


@dataclass(frozen=True, slots=True)
class Offer:
    """A requirement of a pack that a place may adopt; `ticked` is a suggestion."""

    key: str
    title: str
    area: str
    area_name: str
    sentence: str
    ticked: bool


@dataclass(frozen=True, slots=True)
class Adoption:
    """What to adopt, from which day, and on whose decision."""

    wanted: tuple[str, ...]
    starts_on: date
    decided_by: str
    decided_on: date


@dataclass(frozen=True, slots=True)
class OfferedArea:
    """The requirements of one area to choose from: how many there are, and how many of them are ticked."""

    field: BoundField
    count: int
    ticked: int
    is_open: bool


class _Areas:
    """Fields with the requirements of each area, in order."""

    fields: dict[str, Any]

    def offer(self, offers: Sequence[Offer]) -> None:
        """Adds a question for each area, before the others."""
        self.offers = {offer.key: offer for offer in offers}
        for (code, area), some in groupby(offers, lambda offer: (offer.area, offer.area_name)):
            within = list(some)
            self.fields[f"area_{code}"] = Ticks(
                area,
                choices=[(offer.key, offer.title) for offer in within],
                hints={offer.key: offer.sentence for offer in within},
                initial=[offer.key for offer in within if offer.ticked],
                required=False,
                title_above=True,
            )

    @property
    def area_names(self) -> list[str]:
        """The questions of the areas, in order."""
        return [name for name in self.fields if name.startswith("area_")]

    def areas(self) -> tuple[OfferedArea, ...]:
        """The areas to choose from, in their order; one with a mistake in it is open."""
        found: list[BoundField] = [self[name] for name in self.area_names]  # type: ignore[index] # a form's own
        return tuple(
            OfferedArea(one, len(lines), sum(bool(line["checked"]) for line in lines), is_open=bool(one.errors))
            for one, lines in ((one, options_of(one)) for one in found)
        )

    @staticmethod
    def keys_in(given: dict[str, Any]) -> tuple[str, ...]:
        """What is ticked."""
        return tuple(key for name, keys in given.items() if name.startswith("area_") for key in keys)


class AdoptForm(_Areas, Form[Adoption]):
    """Requirements ticked area by area, a first day, and the decision."""

    first_on = Day(
        "From which day does your practice require these?",
        subject="First day",
        missing="Enter the first day",
        hint="For example, 1 4 2026",
    )
    decided_by = Text("Who decided?", hint="For example, partners’ meeting", missing="Say who decided", max_length=200)
    decided_on = Day(
        "When was it decided?",
        subject="Day of the decision",
        missing="Enter the day of the decision",
        hint="For example, 24 3 2026",
    )

    def __init__(self, *args: Any, offers: Sequence[Offer], today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["decided_on"].latest = today
        self.offer(offers)
        self.order_fields(self.area_names)

    def clean(self) -> dict[str, Any]:
        """Refuses to adopt nothing."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.keys_in(cleaned):
            self.refuse(next(iter(self.fields)), "Choose at least one requirement")
        return cleaned

    def decision(self) -> tuple[BoundField, ...]:
        """The questions about the decision, which come after the areas."""
        return tuple(self[name] for name in ("first_on", "decided_by", "decided_on"))

    def build(self) -> Adoption:
        """What to adopt."""
        given = self.cleaned_data
        return Adoption(self.keys_in(given), given["first_on"], given["decided_by"], given["decided_on"])

    def chosen(self) -> tuple[Offer, ...]:
        """What is ticked, for reading back."""
        return tuple(self.offers[key] for key in self.keys_in(self.cleaned_data))

    def given(self) -> tuple[tuple[str, str], ...]:
        """Every answer by its name, to be sent again with the page that reads them back."""
        return _given(self.data, ("area_", "first_on", "decided_"))


@dataclass(frozen=True, slots=True)
class Taking:
    """A change to take: from which day, in which way, and on whose decision."""

    starts_on: date
    transition: Transition
    decided_by: str
    decided_on: date


def _way(given: dict[str, Any]) -> Transition:
    """The way that was chosen; at next renewal where none was asked for."""
    match given.get("takes_over"):
        case "at_once":
            return AtOnce(given.get("grace") or 0)
        case "new_starters":
            return NewStarters()
        case _:
            return AtRenewal()


class TakeForm(Form[Taking]):
    """Taking a change: from when, how it takes over, who decided."""

    first_on = Day("From which day?", subject="First day", missing="Enter the first day", hint="For example, 1 1 2027")
    takes_over = Pick("How does it take over?", choices=_WAYS, hints=_WAY_HINTS, missing="Choose how it takes over")
    grace = Number("Days of grace, if at once", required=False, width=4, min_value=0, max_value=MOST_DAYS)
    decided_by = Text("Who decided?", hint="For example, partners’ meeting", missing="Say who decided", max_length=200)
    decided_on = Day("When was it decided?", subject="Day of the decision", missing="Enter the day of the decision")

    def __init__(self, *args: Any, is_first: bool, after: date | None, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.after = after
        self.fields["decided_on"].latest = today  # type: ignore[attr-defined] # a Day
        if is_first:
            del self.fields["takes_over"], self.fields["grace"]

    def clean(self) -> dict[str, Any]:
        """Refuses a first day that is not after the one of the version the place has."""
        cleaned: dict[str, Any] = super().clean() or {}
        first = cleaned.get("first_on")
        if self.after and first and first <= self.after:
            self.refuse("first_on", f"The first day must be after {day(self.after)}, when the version before starts")
        return cleaned

    def build(self) -> Taking:
        """How to take the change."""
        given = self.cleaned_data
        return Taking(given["first_on"], _way(given), given["decided_by"], given["decided_on"])

    def given(self) -> tuple[tuple[str, str], ...]:
        """Every answer by its name, to be sent again with the page that says what it would do."""
        return _given(self.data, ("first_on", "takes_over", "grace", "decided_"))


class LeaveForm(Form[str]):
    """Why a change is left."""

    reason = LongText("Why do you keep yours?", hint=_SEEN, missing="Say why you keep yours", max_length=_LONGEST)

    def build(self) -> str:
        """The reason."""
        return str(self.cleaned_data["reason"])


@dataclass(frozen=True, slots=True)
class Declining:
    """Why a requirement is declined, and the first day it is no longer required if it was."""

    ends_on: date | None
    reason: str
    legal_reason: str


class DeclineForm(Form[Declining]):
    """Declining a requirement; what a law asks for asks for the law's reason too."""

    last_on = Day(
        "Last day it is required", subject="Last day", missing="Enter the last day", hint="For example, 31 3 2027"
    )
    reason = LongText("Why do you decline it?", hint=_SEEN, missing="Say why you decline it", max_length=_LONGEST)
    legal_reason = LongText(
        "A law asks for this. Why does it not apply to you?",
        hint=_SHOWN,
        missing="Say why the law does not apply to you",
        max_length=_LONGEST,
    )

    def __init__(self, *args: Any, is_on_list: bool, is_law: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not is_on_list:
            del self.fields["last_on"]
        if not is_law:
            del self.fields["legal_reason"]

    def build(self) -> Declining:
        """The day after the last, as periods are stored, and the reasons."""
        given = self.cleaned_data
        last = given.get("last_on")
        return Declining(last + timedelta(days=1) if last else None, given["reason"], given.get("legal_reason", ""))


@dataclass(frozen=True, slots=True)
class Offering:
    """What to offer in the place of what there was."""

    starts_on: date
    transition: Transition
    first_due_days: int | None
    months: int | None
    rationale: str
    decided_by: str
    decided_on: date


class OfferForm(Form[Offering]):
    """A requirement changed for a pack: how long it counts, how soon it is due, from when, how, and why."""

    months = Number("For how many months does it count?", width=4, min_value=1, max_value=_MONTHS)
    first_due = Number(
        "Days until someone new must have it",
        required=False,
        hint="Empty means from their first day, before they do anything else",
        width=4,
        min_value=0,
        max_value=MOST_DAYS,
    )
    first_on = Day("From which day?", subject="First day", missing="Enter the first day", hint="For example, 1 1 2027")
    takes_over = Pick("How does it take over?", choices=_WAYS, hints=_WAY_HINTS, missing="Choose how it takes over")
    grace = Number("Days of grace, if at once", required=False, width=4, min_value=0, max_value=MOST_DAYS)
    rationale = LongText("Why?", hint="Practices read this when they decide", missing="Say why", max_length=_LONGEST)
    decided_by = Text("Who decided?", hint="For example, training board", missing="Say who decided", max_length=200)
    decided_on = Day("When was it decided?", subject="Day of the decision", missing="Enter the day of the decision")

    def __init__(self, *args: Any, has_months: bool, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["decided_on"].latest = today  # type: ignore[attr-defined] # a Day
        if not has_months:
            del self.fields["months"]

    def build(self) -> Offering:
        """What to offer."""
        given = self.cleaned_data
        return Offering(
            starts_on=given["first_on"],
            transition=_way(given),
            first_due_days=given["first_due"],
            months=given.get("months"),
            rationale=given["rationale"],
            decided_by=given["decided_by"],
            decided_on=given["decided_on"],
        )


@dataclass(frozen=True, slots=True)
class TakenUp:
    """From which day something of the pack is asked of one's own people, and on whose decision; nothing if it is."""

    starts_on: date | None
    decided_by: str
    decided_on: date | None


class TakeUpForm(Form[TakenUp]):
    """Making something of the pack a requirement of one's own, before its whole rule is changed."""

    first_on = Day("From which day is it asked of your own people?", subject="First day", missing="Enter the first day")
    decided_by = Text("Who decided?", hint="For example, training board", missing="Say who decided", max_length=200)
    decided_on = Day("When was it decided?", subject="Day of the decision", missing="Enter the day of the decision")

    def __init__(self, *args: Any, is_held: bool, today: date, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["decided_on"].latest = today  # type: ignore[attr-defined] # a Day
        if is_held:
            self.fields.clear()

    def build(self) -> TakenUp:
        """When and on whose decision."""
        given = self.cleaned_data
        return TakenUp(given.get("first_on"), given.get("decided_by", ""), given.get("decided_on"))


@dataclass(frozen=True, slots=True)
class Next:
    """The next version of a pack: what is in it, what changed, and what the pack is called if it is the first."""

    wanted: tuple[str, ...]
    note: str
    name: str


class NextForm(_Areas, Form[Next]):
    """What the next version of a pack holds."""

    name = Text("What is the pack called?", missing="Give the pack a name", max_length=200)
    note = LongText("What changed?", hint="Practices read this first", missing="Say what changed", max_length=_LONGEST)

    def __init__(self, *args: Any, offers: Sequence[Offer], is_first: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer(offers)
        if not is_first:
            del self.fields["name"]
        self.order_fields(self.area_names)

    def clean(self) -> dict[str, Any]:
        """Refuses an empty pack."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.keys_in(cleaned):
            self.refuse(next(iter(self.fields)), "Choose at least one requirement")
        return cleaned

    def asked(self) -> tuple[BoundField, ...]:
        """The questions that come after the areas."""
        return tuple(self[name] for name in ("name", "note") if name in self.fields)

    def build(self) -> Next:
        """What to publish."""
        given = self.cleaned_data
        return Next(self.keys_in(given), given["note"], given.get("name", ""))

    def given(self) -> tuple[tuple[str, str], ...]:
        """Every answer by its name, to be sent again with the page that says what it would do."""
        return _given(self.data, ("area_", "note", "name"))
