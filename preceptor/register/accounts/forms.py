"""Input about accounts, turned into domain values."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import Field

from preceptor.foundation.access import Role
from preceptor.register.organisations.domain import NotAllowedError
from preceptor.register.people.domain import Terms, hours_of
from preceptor.ui.forms import Choice, Choices, Day, Email, Form, Password, Pick, Text, Ticks

from .domain import ROLE_NAMES, ROLE_PURPOSES, Credentials, Secret


class SignInForm(Form[Credentials]):
    """An email address and a password."""

    email = Email("Email address", width=30)
    password = Password("Password", missing="Enter your password")

    def build(self) -> Credentials:
        """What to check."""
        return Credentials(self.cleaned_data["email"], Secret(self.cleaned_data["password"]))


class ForgottenForm(Form[str]):
    """The address a letter should go to."""

    email = Email("Email address", hint="The one you sign in with", width=30)

    def build(self) -> str:
        """The address."""
        return str(self.cleaned_data["email"])


class PasswordForm(Form[Secret]):
    """A new password."""

    password = Password(
        "New password",
        hint="At least 12 characters. Three words that do not belong together are easy to remember",
        missing="Enter a new password",
        autocomplete="new-password",
    )

    def __init__(self, *args: Any, weaknesses: Callable[[str], list[str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.weaknesses = weaknesses

    def clean_password(self) -> str:
        """Refuses a password that is short, common, or much like the address."""
        password = str(self.cleaned_data["password"])
        if weak := self.weaknesses(password):
            raise ValidationError(weak)
        return password

    def build(self) -> Secret:
        """The password."""
        return Secret(self.cleaned_data["password"])


class ChangePasswordForm(PasswordForm):
    """A new password, from someone who still knows the old one."""

    current = Password("Current password", missing="Enter your current password")

    field_order = ["current", "password"]

    def __init__(self, *args: Any, problem: Callable[[str], str], **options: Any) -> None:
        super().__init__(*args, **options)
        self.problem = problem

    def clean_current(self) -> str:
        """Refuses a current password that is not, and more guesses than at the door."""
        current = str(self.cleaned_data["current"])
        if problem := self.problem(current):
            raise ValidationError(problem)
        return current


@dataclass(frozen=True, slots=True)
class GivenRole:
    """A role to give, through which engagement, and from when."""

    engagement: str
    role: Role
    starts_on: date | None


class GiveRoleForm(Form[GivenRole]):
    """A role to give somebody."""

    engagement = Pick("Where?", missing="Choose where")
    role = Pick("Which role?", missing="Choose a role")
    first_on = Day("First day", subject="First day", hint="Leave empty to start at once", required=False)

    def __init__(self, *args: Any, places: Choices, roles: Iterable[Role], **options: Any) -> None:
        super().__init__(*args, **options)
        offered = tuple(roles)
        _offer(self.fields["engagement"], places)
        _offer(self.fields["role"], [(role.value, ROLE_NAMES[role]) for role in offered])
        role_field = self.fields["role"]
        if isinstance(role_field, Pick):
            role_field.hints = {role.value: ROLE_PURPOSES[role] for role in offered}

    def build(self) -> GivenRole:
        """What to give."""
        given = self.cleaned_data
        return GivenRole(given["engagement"], Role(given["role"]), given["first_on"])


class TakeRoleForm(Form[date]):
    """The last day of a role. Its value is the first day without."""

    last_on = Day(
        "Last day with this access", subject="Last day", hint="Yesterday ends it at once. For example, 30 11 2026"
    )

    def build(self) -> date:
        """The day after the last day, as periods are stored."""
        last: date = self.cleaned_data["last_on"]
        return last + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class ChangedRole:
    """New terms, and what goes over to them."""

    terms: Terms
    keep_tasks: tuple[str, ...]
    keep_roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class JobsOffered:
    """What there is to choose from: roles with their staff groups, kinds, and the tasks and access held now."""

    roles: tuple[tuple[str, str, str], ...]
    kinds: tuple[tuple[str, str], ...]
    tasks: tuple[tuple[str, str], ...] = ()
    access: tuple[tuple[str, str], ...] = ()


class ChangeRoleForm(Form[ChangedRole]):
    """A new role at the same place: what changes, and what goes over to it."""

    role = Choice("New role", prompt="", missing="Choose a new role")
    kind = Choice("How are they engaged?", prompt="", missing="Choose how they are engaged")
    hours = Text("Hours a week", hint="For example, 22.5. Leave empty if they vary", required=False, width=5)
    first_on = Day(
        "First day in the new role", subject="First day", missing="Enter the first day", hint="For example, 1 12 2026"
    )
    keep_tasks = Ticks("Tasks they keep", required=False)
    keep_roles = Ticks("Access they keep", required=False)

    def __init__(self, *args: Any, offered: JobsOffered, **options: Any) -> None:
        super().__init__(*args, **options)
        self.offered = offered
        _offer(self.fields["role"], [(code, name) for code, name, _ in offered.roles])
        _offer(self.fields["kind"], offered.kinds)
        for name, choices in (("keep_tasks", offered.tasks), ("keep_roles", offered.access)):
            if choices:
                _offer(self.fields[name], choices)
            else:
                del self.fields[name]

    def clean_hours(self) -> str:
        """Refuses hours that are none."""
        given = str(self.cleaned_data["hours"])
        try:
            hours_of(given)
        except NotAllowedError as refused:
            raise ValidationError(str(refused)) from refused
        return given

    def build(self) -> ChangedRole:
        """The new terms; the staff group is the one the role usually belongs to."""
        given = self.cleaned_data
        groups = {code: group for code, _, group in self.offered.roles}
        terms = Terms(
            given["role"], groups[given["role"]], given["kind"], given["first_on"], None, hours_of(given["hours"])
        )
        roles = tuple(Role(code) for code in given.get("keep_roles", ()))
        return ChangedRole(terms, tuple(given.get("keep_tasks", ())), roles)


def _offer(field: Field, choices: Choices) -> None:
    if isinstance(field, Choice):
        field.offer(choices)
    elif isinstance(field, Ticks):
        field.choices = list(choices)
