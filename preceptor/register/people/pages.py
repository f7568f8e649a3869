"""What the pages about people show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from preceptor.ui.forms import Form
from preceptor.ui.pages import Link, Page

from .domain.staff_list import Plan


@dataclass(frozen=True, slots=True)
class StaffRow:
    """One engagement in the list of people."""

    person: str
    name: str
    role: str
    group: str
    kind: str
    first_on: date | None
    last_on: date | None
    is_asked: bool = False


@dataclass(frozen=True, slots=True)
class DeniedRow:
    """Someone who said that they do not work at a place, and when."""

    person: str
    name: str
    on: date


@dataclass(frozen=True, slots=True)
class StaffPart:
    """Part of the list: those working today, starting later, or gone."""

    id: str
    title: str
    caption: str
    rows: tuple[StaffRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PeoplePage(Page):
    """The people of a place."""

    template: ClassVar[str] = "people/people.jinja"
    reading: ClassVar[bool] = False

    code: str
    place: str
    search: str
    parts: tuple[StaffPart, ...]
    denied: tuple[DeniedRow, ...]
    total: int
    may_edit: bool
    may_import: bool


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A task or a state someone holds: its code and name, its days, and whether it can be ended."""

    code: str
    name: str
    first_on: date | None
    last_on: date | None
    may_end: bool


@dataclass(frozen=True, slots=True)
class EngagementRow:
    """One engagement on a person's page."""

    id: str
    place: str
    code: str
    role: str
    kind: str
    group: str
    hours: str
    first_on: date | None
    last_on: date | None
    state: str
    tasks: tuple[HeldRow, ...]
    may_edit: bool
    may_give_access: bool
    is_asked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonPage(Page):
    """One person: who they are, where they work, what they do there and what they hold.

    `asked` and `denied` say in words where they have not said yes yet, and where they said no.
    """

    template: ClassVar[str] = "people/person.jinja"

    person: str
    name: str
    asked: tuple[str, ...]
    denied: tuple[str, ...]
    email: str
    professional_number: str
    engagements: tuple[EngagementRow, ...]
    states: tuple[HeldRow, ...]
    may_edit: bool
    may_give_access: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A place that says someone works there, as what, and on which days."""

    engagement: str
    place: str
    role: str
    first_on: date | None
    last_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionsPage(Page):
    """What someone is asked about themselves."""

    template: ClassVar[str] = "people/questions.jinja"

    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonFormPage(Page):
    """A form about a person, with what it will do."""

    template: ClassVar[str] = "people/person_form.jinja"

    form: Form[object]
    button: str
    cancel: Link
    intro: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddPersonPage(PersonFormPage):
    """The form that adds a person, in two parts."""

    template: ClassVar[str] = "people/add.jinja"

    import_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportPage(Page):
    """Where a staff list is chosen."""

    template: ClassVar[str] = "people/import_file.jinja"

    place: str
    form: Form[object]
    columns: tuple[tuple[str, str], ...]
    cancel: Link


@dataclass(frozen=True, slots=True)
class NewRow:
    """Somebody the file would add, in words."""

    line: int
    name: str
    role: str
    kind: str
    first_on: date
    last_on: date | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportCheckPage(Page):
    """What a staff list would change, and everything wrong with it."""

    template: ClassVar[str] = "people/import_check.jinja"
    reading: ClassVar[bool] = False

    place: str
    file_name: str
    plan: Plan
    new: tuple[NewRow, ...]
    token: str
    again_href: str
    changed: str
