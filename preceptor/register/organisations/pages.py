"""What the pages about organisations show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from preceptor.ui.forms import Form
from preceptor.ui.pages import Page


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """One organisation in a list."""

    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationsPage(Page):
    """The organisations someone may see."""

    template: ClassVar[str] = "organisations/organisations.jinja"

    rows: tuple[OrganisationRow, ...]
    may_add: bool


@dataclass(frozen=True, slots=True)
class DatedRow:
    """Something true of an organisation for a while, with its first and last day, and whether it holds today."""

    code: str
    name: str
    note: str
    first_on: date | None
    last_on: date | None
    holds: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationPage(Page):
    """One organisation: what it belongs to, the systems it uses and the services it offers."""

    template: ClassVar[str] = "organisations/organisation.jinja"

    code: str
    kind: str
    parents: tuple[DatedRow, ...]
    children: tuple[DatedRow, ...]
    systems: tuple[DatedRow, ...]
    services: tuple[DatedRow, ...]
    may_edit: bool
    may_have_systems: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationFormPage(Page):
    """A form about an organisation."""

    template: ClassVar[str] = "organisations/organisation_form.jinja"

    form: Form[object]
    button: str
    cancel_href: str
    intro: str = ""
