"""Input about requirements and adjustments, turned into domain values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from preceptor.ui.forms import Choice, Day, Form, LongText, Text, Ticks

from .domain.decisions import LEAVE_NAMES, Eased, Leave, RequirementId
from .domain.reading import Json

_WHICH_LEAVE: Final = "Choose what kind of leave it is"
_LEAVES: Final = {name: leave for leave, name in LEAVE_NAMES.items()}
_AUTHORITY_HINT: Final = "Who agreed it, and when. For example, Ruth Okafor, 3 November 2026"
_OPEN_HINT: Final = "Leave this empty if it is not known yet"
_LONGEST: Final = 1000


@dataclass(frozen=True, slots=True)
class Retired:
    """The first day a requirement is no longer needed, and why, also before a law that asks for it."""

    ends_on: date
    reason: str
    legal_reason: str


class RetireForm(Form[Retired]):
    """The end of a requirement."""

    last_on = Day(
        "Last day it is required", subject="Last day", missing="Enter the last day", hint="For example, 31 3 2027"
    )
    reason = LongText("Why is it no longer required?", missing="Say why it is no longer required", max_length=_LONGEST)
    legal_reason = LongText(
        "A law asks for this. Why does it not apply to you?",
        hint="This is shown on your list, in packs and in your training needs analysis, also to those who lead above "
        "you. Do not name anybody",
        missing="Say why the law does not apply to you",
        max_length=_LONGEST,
    )

    def __init__(self, *args: Any, is_law: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not is_law:
            del self.fields["legal_reason"]

    def build(self) -> Retired:
        """The day after the last day, as periods are stored, and the reasons."""
        given = self.cleaned_data
        return Retired(given["last_on"] + timedelta(days=1), given["reason"], given.get("legal_reason", ""))


class _EasedForm(Form[Eased]):
    """Days, a reason and an authority; each form asks for them in its own words."""

    def build(self) -> Eased:
        """The days as they are stored, with the reason and the authority."""
        given = self.cleaned_data
        last = given["last_on"]
        ends_on = last + timedelta(days=1) if last else None
        return Eased(given["first_on"], given["reason"], given["authority"], ends_on)


class LeaveForm(_EasedForm):
    """Time away. The kinds are few, so that nobody has to write about anyone's health."""

    reason = Choice("What kind of leave?", choices=[(one, one) for one in _LEAVES], prompt="", missing=_WHICH_LEAVE)
    first_on = Day("First day away", missing="Enter the first day away", hint="For example, 1 12 2026")
    last_on = Day("Last day away", hint=_OPEN_HINT, required=False)
    authority = Text("Who agreed it?", hint=_AUTHORITY_HINT, missing="Say who agreed it", max_length=200)

    def kind(self) -> Leave:
        """The kind of leave that was chosen."""
        return _LEAVES[self.cleaned_data["reason"]]


class ExemptionForm(_EasedForm):
    """One requirement that one person is excused from."""

    requirement = Choice("What are they excused from?", prompt="", missing="Choose a requirement from the list")
    first_on = Day("First day", missing="Enter the first day", hint="For example, 1 12 2026")
    last_on = Day("Last day", hint=_OPEN_HINT, required=False)
    reason = LongText("Why?", hint="For example, done by another employer", missing="Say why", max_length=_LONGEST)
    authority = Text("On whose authority?", hint=_AUTHORITY_HINT, missing="Say on whose authority", max_length=200)

    def __init__(self, *args: Any, offered: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["requirement"]
        if isinstance(field, Choice):
            field.offer(offered)

    def requirement_id(self) -> RequirementId:
        """The requirement that was chosen."""
        return RequirementId(UUID(self.cleaned_data["requirement"]))


@dataclass(frozen=True, slots=True)
class Extended:
    """Which requirements stay valid longer, from when and until when, why, on whose authority, and for whom."""

    requirements: tuple[RequirementId, ...]
    starts_on: date
    until_on: date
    reason: str
    authority: str
    scope: Json = "everyone"


class ExtensionForm(Form[Extended]):
    """More time for everyone whose training runs out while it cannot be renewed."""

    requirements = Ticks("Which requirements?", missing="Choose at least one requirement")
    groups = Ticks("For which staff groups?", hint="Tick none and it is for everyone", required=False)
    first_on = Day(
        "Training that runs out on or after",
        subject="First day",
        missing="Enter the first day",
        hint="For example, 1 12 2026",
    )
    until_on = Day(
        "Stays valid until the end of",
        subject="Last valid day",
        missing="Enter the last valid day",
        hint="For example, 28 2 2027",
    )
    reason = LongText("Why?", hint="For example, the provider has closed", missing="Say why", max_length=_LONGEST)
    authority = Text("On whose authority?", hint=_AUTHORITY_HINT, missing="Say on whose authority", max_length=200)

    def __init__(
        self, *args: Any, offered: Iterable[tuple[str, str]], groups: Iterable[tuple[str, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        for name, lines in (("requirements", offered), ("groups", groups)):
            field = self.fields[name]
            if isinstance(field, Ticks):
                field.choices = list(lines)

    def build(self) -> Extended:
        """The extension to record."""
        given = self.cleaned_data
        wanted = tuple(RequirementId(UUID(one)) for one in given["requirements"])
        scope: Json = {"staff_group": list(given["groups"])} if given["groups"] else "everyone"
        return Extended(wanted, given["first_on"], given["until_on"], given["reason"], given["authority"], scope)


class ReasonForm(Form[str]):
    """Why something is taken back."""

    reason = LongText("Why is it withdrawn?", missing="Say why it is withdrawn", max_length=_LONGEST)

    def build(self) -> str:
        """The reason."""
        return str(self.cleaned_data["reason"])
