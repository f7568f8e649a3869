"""What the pages about accounts show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from preceptor.ui.forms import Form
from preceptor.ui.pages import Link, Page


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInPage(Page):
    """Where people sign in."""

    template: ClassVar[str] = "accounts/sign_in.jinja"

    form: Form[object]
    next: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOutPage(Page):
    """The button that signs out, for whoever follows a link to it."""

    template: ClassVar[str] = "accounts/sign_out.jinja"


@dataclass(frozen=True, slots=True, kw_only=True)
class SentPage(Page):
    """A letter is on its way, if there is an account."""

    template: ClassVar[str] = "accounts/sent.jinja"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpentLinkPage(Page):
    """The link in a letter no longer works."""

    template: ClassVar[str] = "accounts/spent_link.jinja"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountFormPage(Page):
    """A form about an account, with what it will do."""

    template: ClassVar[str] = "accounts/account_form.jinja"

    form: Form[object]
    button: str
    intro: tuple[str, ...] = ()
    outcome: str = ""
    cancel: Link | None = None


@dataclass(frozen=True, slots=True)
class WorkplaceRow:
    """A place someone works at: the role, the first and last day, and the access they have there."""

    place: str
    role: str
    first_on: date | None
    last_on: date | None
    access: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MePage(Page):
    """One's own account."""

    template: ClassVar[str] = "accounts/me.jinja"

    email: str
    workplaces: tuple[WorkplaceRow, ...]
    former: tuple[WorkplaceRow, ...]


@dataclass(frozen=True, slots=True)
class HeldRow:
    """A role someone holds, until when, and whether it can be taken away by who looks."""

    id: int
    role: str
    place: str
    first_on: date | None
    last_on: date | None
    has_ended: bool
    may_take: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessPage(Page):
    """A person's account and roles, for whoever gives access."""

    template: ClassVar[str] = "accounts/access.jinja"

    person: str
    name: str
    email: str
    has_account: bool
    account: str
    is_asked: bool
    is_open: bool
    has_signed_in: bool
    address_differs: bool
    may_close: bool
    may_give: bool
    held: tuple[HeldRow, ...]
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosePage(Page):
    """What closing an account does, before it is done."""

    template: ClassVar[str] = "accounts/close.jinja"

    name: str
    cancel: Link


@dataclass(frozen=True, slots=True)
class RoleColumn:
    """A role as the page “Who can see what” explains it."""

    name: str
    purpose: str


@dataclass(frozen=True, slots=True)
class PermissionRow:
    """One thing that can be allowed, and how far each role's permission goes: nothing said is not at all."""

    words: str
    reaches: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WhoCanSeePage(Page):
    """Every role and what it opens."""

    template: ClassVar[str] = "accounts/who_can_see.jinja"

    own: tuple[str, ...]
    engaged: tuple[str, ...]
    roles: tuple[RoleColumn, ...]
    rows: tuple[PermissionRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessibilityPage(Page):
    """The accessibility statement."""

    template: ClassVar[str] = "accounts/accessibility.jinja"


@dataclass(frozen=True, slots=True)
class Contact:
    """Someone to ask."""

    name: str
    email: str
    place: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpPage(Page):
    """Help, and whom to ask."""

    template: ClassVar[str] = "accounts/help.jinja"

    contacts: tuple[Contact, ...]
    is_signed_in: bool
