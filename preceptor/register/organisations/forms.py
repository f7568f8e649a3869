"""Input about organisations, turned into domain values."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from preceptor.ui.forms import Choice, Day, Form, Text

from .domain import KIND_NAMES, Kind, NewOrganisation, NotAllowedError, Period

_CODE_HINT = "For example A81001"


class OrganisationForm(Form[NewOrganisation]):
    """A new organisation."""

    code = Text("ODS code", hint=_CODE_HINT, missing="Enter the ODS code", width=10)
    name = Text("Name", missing="Enter a name", width=30)
    kind = Choice(
        "Kind of organisation",
        choices=[(kind.value, name) for kind, name in KIND_NAMES.items()],
        prompt="",
        missing="Choose a kind of organisation",
    )

    def clean(self) -> dict[str, Any]:
        """Refuses what no organisation can be."""
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors:
            try:
                self.build()
            except NotAllowedError as refused:
                self.refuse("code", str(refused))
        return cleaned

    def build(self) -> NewOrganisation:
        """The organisation to add."""
        given = self.cleaned_data
        return NewOrganisation(code=given["code"].strip().upper(), name=given["name"].strip(), kind=Kind(given["kind"]))


class RenameForm(Form[str]):
    """Another name."""

    name = Text("Name", missing="Enter a name", width=30)

    def build(self) -> str:
        """The new name."""
        return str(self.cleaned_data["name"]).strip()


@dataclass(frozen=True, slots=True)
class Started:
    """Something that begins to be used or offered."""

    code: str
    period: Period


class StartForm(Form[Started]):
    """A system or a service that begins."""

    code = Choice("What is it?", prompt="")
    first_on = Day("First day", hint="For example, 1 4 2026")

    def __init__(self, *args: Any, label: str, offered: Iterable[tuple[str, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["code"]
        field.label = label
        if isinstance(field, Choice):
            field.offer(offered)

    def build(self) -> Started:
        """What begins, and when."""
        return Started(self.cleaned_data["code"], Period(starts_on=self.cleaned_data["first_on"]))


class StopForm(Form[date]):
    """The last day of a system or a service. Its value is the first day without."""

    last_on = Day("Last day", hint="The last day it is used. For example, 31 3 2026")

    def build(self) -> date:
        """The day after the last day, as periods are stored."""
        last: date = self.cleaned_data["last_on"]
        return last + timedelta(days=1)
