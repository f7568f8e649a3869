"""Who can sign in to the demo world, as what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from preceptor.foundation.access import Role, Viewer
from preceptor.register.accounts.actions import give_role, invite, set_password
from preceptor.register.accounts.domain import Secret, UserId
from preceptor.register.accounts.queries import viewer_of

from .events import SENDERS
from .people import Staff
from .places import DEMOS, HUB, NETWORK, beginning
from .spans import at

# Known to all, for a world in which nobody is real.
PASSWORD: Final = "riverside in the rain"  # noqa: S105 - printed to whoever makes the demo world


@dataclass(frozen=True, slots=True)
class SignIn:
    """One of the ways to look at the demo world."""

    role: str
    name: str
    email: str


SIGN_INS: Final = (
    SignIn("Practice manager", "Ruth Okafor", "ruth.okafor@alder.example"),
    SignIn("Practice nurse", "Aisha Rahman", "aisha.rahman@alder.example"),
    SignIn("Receptionist", "Tomasz Nowak", "tomasz.nowak@alder.example"),
    SignIn("New receptionist", "Dean Whitlock", "dean.whitlock@alder.example"),
    SignIn("Digital champion", "Farida Yusuf", "farida.yusuf@alder.example"),
    SignIn("Locum GP at two practices", "Dr Mei Lin", "mei.lin@birch.example"),
    SignIn("PCN pharmacist", "Samir Patel", "samir.patel@riverside.example"),
    SignIn("Manager, system moved", "Lorna Blake", "lorna.blake@birch.example"),
    SignIn("PCN lead", "Nadia Hussain", "nadia.hussain@riverside.example"),
    SignIn("Training hub lead", "Gareth Pugh", "gareth.pugh@valehub.example"),
    SignIn("Administrator", "Priya Nair", "priya.nair@valehub.example"),
)
HUB_LEAD: Final = "gareth.pugh@valehub.example"
_HUB_ROLES: Final = {
    HUB_LEAD: Role.HUB_LEAD,
    "priya.nair@valehub.example": Role.ADMINISTRATOR,
}

# Everybody at these places has an account; elsewhere only those who manage, sign in or send something.
_ALL_INVITED: Final = frozenset({"A81001"})


def open_accounts(by: Viewer, staff: Staff, today: date) -> dict[str, Viewer]:
    """Gives accounts and roles as the world begins, and says who may do what today, by email."""
    moment, yesterday = at(beginning(today), 10, 30), today - timedelta(days=1)
    roles = {
        (email, demo.code): Role.PCN_LEAD if demo.code == NETWORK and not number else Role.MANAGER
        for demo in DEMOS
        for number, email in enumerate(demo.managers)
    } | {(email, HUB): role for email, role in _HUB_ROLES.items()}
    for key, role in roles.items():
        give_role(by=by, at=moment, engagement=staff.engagements[key], role=role)
    invited = {
        *(email for email, _ in roles),
        *(one.email for one in SIGN_INS),
        *SENDERS,
        *(email for email, place in staff.engagements if place in _ALL_INVITED),
    }
    accounts: dict[str, UserId] = {}
    for email in sorted(invited):
        if email not in staff.gone:
            accounts[email] = invite(by=by, at=at(yesterday, 9), person=staff.people[email])
    return {email: viewer_of(account, today) for email, account in accounts.items()}


def set_passwords(by: Viewer, staff: Staff, today: date) -> None:
    """Lets those who are named sign in with the one password."""
    moment = at(today - timedelta(days=1), 10)
    for one in SIGN_INS:
        set_password(by=by, at=moment, person=staff.people[one.email], password=Secret(PASSWORD))


def managers(viewers: Mapping[str, Viewer]) -> dict[str, Viewer]:
    """Who manages each place, first of two."""
    return {demo.code: viewers[demo.managers[0]] for demo in DEMOS}
