"""Input about people and engagements, turned into domain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError

from preceptor.foundation.tables import MAX_BYTES, MEGABYTE
from preceptor.register.organisations.domain import NotAllowedError, Period
from preceptor.ui.forms import Choice, Choices, Day, Email, Form, LongText, Text, Ticks, Upload, uploaded

from .domain import PersonDetails, Terms, hours_of

_EARLIEST: Final = date(1950, 1, 1)
_MOST: Final = MAX_BYTES // MEGABYTE
_BACKWARDS: Final = "Last day must not be before the first day"


@dataclass(frozen=True, slots=True)
class JobsOffered:
    """What there is to choose from: roles with their usual staff groups, staff groups, kinds, and tasks."""

    roles: tuple[tuple[str, str, str], ...]
    groups: tuple[tuple[str, str], ...]
    kinds: tuple[tuple[str, str], ...]
    tasks: tuple[tuple[str, str], ...] = ()


class _DetailsQuestions(forms.Form):
    title = Text("Title", hint="For example Dr. May be left empty", required=False, width=5, max_length=20)
    given_name = Text("First name", missing="Enter a first name", width=20, max_length=100)
    family_name = Text("Last name", missing="Enter a last name", width=20, max_length=100)
    email = Email(
        "Email address",
        hint="Their own work address: they sign in with it, and other places know them by it",
        required=False,
        width=30,
    )
    professional_number = Text(
        "Professional number", hint="GMC, NMC, GPhC or HCPC number, if any", required=False, width=10, max_length=20
    )


def _details(given: dict[str, Any]) -> PersonDetails:
    return PersonDetails(
        given_name=given["given_name"].strip(),
        family_name=given["family_name"].strip(),
        title=given["title"].strip(),
        email=given["email"].strip() or None,
        professional_number=given["professional_number"].replace(" ", "").upper(),
    )


class _TermsQuestions(forms.Form):
    role = Choice("Role", prompt="", missing="Choose a role")
    staff_group = Choice("Staff group", prompt="As usual for the role", required=False)
    kind = Choice("How are they engaged?", prompt="", missing="Choose how they are engaged")
    first_on = Day("First day", hint="For example, 1 12 2026", missing="Enter the first day", earliest=_EARLIEST)
    last_on = Day("Last day, if it is known", subject="Last day", required=False, earliest=_EARLIEST)
    hours = Text("Hours a week", hint="For example, 22.5. Leave empty if they vary", required=False, width=5)

    def offer(self, offered: JobsOffered) -> None:
        """Sets the lists to choose from."""
        self.offered = offered
        for name, choices in (
            ("role", sorted(((code, name) for code, name, _ in offered.roles), key=lambda one: one[1])),
            ("staff_group", offered.groups),
            ("kind", offered.kinds),
        ):
            field = self.fields[name]
            if isinstance(field, Choice):
                field.offer(choices)

    def clean_hours(self) -> str:
        """Refuses hours that are none."""
        given = str(self.cleaned_data["hours"])
        try:
            hours_of(given)
        except NotAllowedError as refused:
            raise ValidationError(str(refused)) from refused
        return given

    def clean(self) -> dict[str, Any]:
        """Refuses a last day before the first."""
        return _refuse_backwards(self, super().clean())


def _terms(given: dict[str, Any], offered: JobsOffered) -> Terms:
    groups = {code: group for code, _, group in offered.roles}
    return Terms(
        role=given["role"],
        staff_group=given["staff_group"] or groups[given["role"]],
        kind=given["kind"],
        starts_on=given["first_on"],
        ends_on=_after(given["last_on"]),
        weekly_hours=hours_of(given["hours"]),
    )


class PersonForm(_DetailsQuestions, Form[PersonDetails]):
    """Who someone is."""

    def build(self) -> PersonDetails:
        """The details."""
        return _details(self.cleaned_data)


class TermsForm(_TermsQuestions, Form[Terms]):
    """The terms of one engagement."""

    def __init__(self, *args: Any, offered: JobsOffered, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer(offered)

    def build(self) -> Terms:
        """The terms; the staff group is the role's own unless another was chosen."""
        return _terms(self.cleaned_data, self.offered)


@dataclass(frozen=True, slots=True)
class NewEngagement:
    """Terms, and the tasks that come with them."""

    terms: Terms
    tasks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person with their first engagement."""

    details: PersonDetails
    engagement: NewEngagement


class _TasksQuestion(forms.Form):
    tasks = Ticks("Tasks beside the role", required=False)

    def offer_tasks(self, tasks: Choices) -> None:
        """Sets the tasks to choose from."""
        field = self.fields["tasks"]
        if isinstance(field, Ticks):
            field.choices = list(tasks)


class EngagementForm(_TermsQuestions, _TasksQuestion, Form[NewEngagement]):
    """One more engagement of someone."""

    field_order = [*_TermsQuestions.base_fields, *_TasksQuestion.base_fields]

    def __init__(self, *args: Any, offered: JobsOffered, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer(offered)
        self.offer_tasks(offered.tasks)

    def build(self) -> NewEngagement:
        """The terms and the tasks."""
        return NewEngagement(_terms(self.cleaned_data, self.offered), tuple(self.cleaned_data["tasks"]))


class NewPersonForm(_DetailsQuestions, _TermsQuestions, _TasksQuestion, Form[NewPerson]):
    """A person and what they do here."""

    field_order = [*_DetailsQuestions.base_fields, *_TermsQuestions.base_fields, *_TasksQuestion.base_fields]

    def __init__(self, *args: Any, offered: JobsOffered, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offer(offered)
        self.offer_tasks(offered.tasks)

    def build(self) -> NewPerson:
        """The person and their engagement."""
        engagement = NewEngagement(_terms(self.cleaned_data, self.offered), tuple(self.cleaned_data["tasks"]))
        return NewPerson(_details(self.cleaned_data), engagement)


class LastDayForm(Form[date]):
    """The last day of something. Its value is the first day without."""

    last_on = Day("Last day", hint="For example, 30 11 2026", missing="Enter the last day", earliest=_EARLIEST)

    def __init__(self, *args: Any, question: str, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["last_on"].label = question

    def build(self) -> date:
        """The day after the last day, as periods are stored."""
        last: date = self.cleaned_data["last_on"]
        return last + timedelta(days=1)


class ReasonForm(Form[str]):
    """Why an engagement was entered in error."""

    reason = LongText("Why was it entered in error?", missing="Say why it was entered in error", max_length=500)

    def build(self) -> str:
        """The reason."""
        return str(self.cleaned_data["reason"]).strip()


@dataclass(frozen=True, slots=True)
class Holding:
    """Something given for a while: a task or a state."""

    code: str
    period: Period


class HoldingForm(Form[Holding]):
    """A task or a state, from a day and perhaps to a day."""

    code = Choice("What is it?", prompt="")
    first_on = Day("First day", missing="Enter the first day", earliest=_EARLIEST)
    last_on = Day("Last day, if it is known", subject="Last day", required=False, earliest=_EARLIEST)

    def __init__(self, *args: Any, question: str, offered: Choices, since_start: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["code"]
        if isinstance(field, Choice):
            field.offer(offered)
        field.label = question
        field.error_messages["required"] = "Choose one from the list"
        if since_start:
            self.fields["first_on"].required = False
            self.fields["first_on"].help_text = since_start

    def clean(self) -> dict[str, Any]:
        """Refuses a last day before the first."""
        return _refuse_backwards(self, super().clean())

    def build(self) -> Holding:
        """What is held, and when."""
        given = self.cleaned_data
        return Holding(given["code"], Period(given["first_on"], _after(given["last_on"])))


class StaffListForm(Form[tuple[str, bytes]]):
    """A staff list to import."""

    file = Upload(
        "Staff list",
        hint=f"A CSV or Excel (XLSX) file of up to {_MOST} MB. Nothing is saved before you have seen what would change",
        most_megabytes=_MOST,
        accept=".csv,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        missing="Choose a staff list",
    )

    def build(self) -> tuple[str, bytes]:
        """The file's name and content."""
        return uploaded(self.cleaned_data["file"])


def _after(last_on: date | None) -> date | None:
    return last_on + timedelta(days=1) if last_on else None


def _refuse_backwards(form: forms.Form, cleaned: dict[str, Any] | None) -> dict[str, Any]:
    given: dict[str, Any] = cleaned if cleaned is not None else form.cleaned_data
    first, last = given.get("first_on"), given.get("last_on")
    if first and last and last < first:
        form.add_error("last_on", _BACKWARDS)
    return given


def codes_of(rows: Sequence[Any]) -> tuple[tuple[str, str], ...]:
    """The codes and names of a closed list, to choose from."""
    return tuple((row.code, row.name) for row in rows)
