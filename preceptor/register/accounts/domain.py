"""What the roles are in words, where each can be held, and who may give it to whom."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NewType
from uuid import UUID

from preceptor.foundation.access import ROLE_TABLE, Can, Role, Viewer
from preceptor.register.organisations.domain import Kind

UserId = NewType("UserId", UUID)

ROLE_NAMES: Final[Mapping[Role, str]] = {
    Role.MANAGER: "Manager",
    Role.PCN_LEAD: "PCN lead",
    Role.HUB_LEAD: "Training hub lead",
    Role.ADMINISTRATOR: "Administrator",
}

# What each role is for, said to whoever gives it.
ROLE_PURPOSES: Final[Mapping[Role, str]] = {
    Role.MANAGER: "Sees and looks after people, training and records here, and gives access to others here",
    Role.PCN_LEAD: "The same for the network’s own people, and sees shares and requirements of its practices",
    Role.HUB_LEAD: "Sees shares and requirements of the practices beneath, and nobody by name; sets the hub’s rules",
    Role.ADMINISTRATOR: "Looks after Preceptor itself: sees and changes everything, everywhere",
}

# The kinds of organisation at which each role makes sense.
ROLE_KINDS: Final[Mapping[Role, frozenset[Kind]]] = {
    Role.MANAGER: frozenset({Kind.PRACTICE, Kind.PCN, Kind.HUB}),
    Role.PCN_LEAD: frozenset({Kind.PCN}),
    Role.HUB_LEAD: frozenset({Kind.HUB}),
    Role.ADMINISTRATOR: frozenset(Kind),
}


class Secret:
    """A password on its way. It shows itself to nobody who does not ask for it by name, the journal included."""

    __slots__ = ("_words",)

    def __init__(self, words: str) -> None:
        self._words = words

    def __repr__(self) -> str:
        return "a secret"

    def reveal(self) -> str:
        """The words themselves."""
        return self._words


@dataclass(frozen=True, slots=True)
class Credentials:
    """What someone signs in with."""

    email: str
    password: Secret


# Every permission in plain words, as the page “Who can see what” lists them.
CAN_WORDS: Final[Mapping[Can, str]] = {
    Can.SEE_ORGANISATIONS: "see organisations, their systems and services",
    Can.EDIT_ORGANISATIONS: "change an organisation’s name, systems and services",
    Can.CREATE_ORGANISATIONS: "add organisations and say which belongs to which",
    Can.SEE_PEOPLE: "see who works there, in what role and since when",
    Can.EDIT_PEOPLE: "add and change people, their roles, tasks and registrations",
    Can.GIVE_ACCESS: "give and take away access",
    Can.SEE_RECORDS: "see training records and certificates",
    Can.ADD_RECORD: "add training records",
    Can.DECIDE_RECORDS: "accept or refuse records that others have added for themselves",
    Can.WITHDRAW_RECORD: "withdraw a record that is wrong",
    Can.IMPORT: "import staff lists and past training",
    Can.SEE_REQUIREMENTS: "see which training is required, of whom and why",
    Can.EDIT_REQUIREMENTS: "decide which training is required",
    Can.EDIT_PACKS: "offer packs of requirements to the practices beneath",
    Can.ADJUST: "record leave and exemptions",
    Can.SEE_STANDING: "see what training is valid, due and overdue",
    Can.SEE_PRACTICE: "see the practice’s day and its training matrix",
    Can.SEE_SHARES: "see how much training is in date, in numbers without names",
    Can.APPROVE_EQUIVALENCES: "approve what counts as what",
    Can.LOAD_CATALOGUE: "load the national catalogue and its lists",
    Can.KEEP_ACCOUNT: "choose a password",
    Can.CONFIRM_WORK: "say whether they work where a place says they do",
    Can.ENDORSE: "endorse a training needs analysis for their place",
    Can.SEE_SKILLS: "see what skills in clinical systems people have",
    Can.EDIT_SKILLS: "decide which skills are expected, and of whom",
    Can.NAME_ASSESSORS: "name who may sign for a skill",
    Can.RATE_SKILLS: "say how well they do something, and ask for a signature",
    Can.SIGN_SKILLS: "sign for a colleague’s skill, where they are in date at teaching it or named for it",
    Can.SEE_INDUCTIONS: "see who is in induction and how far they are",
    Can.RUN_INDUCTIONS: "begin inductions, tick off what was shown, and sign them off",
    Can.EDIT_PROGRAMMES: "decide what an induction holds, and write what people read in it",
    Can.FOLLOW_INDUCTION: "follow their own induction",
    Can.HELP_INDUCTIONS: "tick off what they are asked to show to somebody new",
    Can.ASK_CHAMPION: "ask a digital champion, and answer what they are asked as one",
    Can.SEE_CHAMPIONS: "see who is a digital champion, and how much help is given, in numbers",
    Can.EDIT_CHAMPIONS: "agree with champions what they cover, and call for more",
    Can.PLAN_WORK: "write the rota, say what is critical, and plan protected time",
    Can.SEE_ROLLOUTS: "see what changes, and who is ready for it",
    Can.EDIT_ROLLOUTS: "tell people of a change, and answer what they ask",
    Can.READ_ROLLOUTS: "read of a change, answer its questions and ask about it",
    Can.EDIT_SERVICES: "say what the practice offers its patients, with whom and since when",
}


def may_give(by: Viewer, role: Role, organisation: UUID) -> bool:
    """May this viewer give (or take) a role at an organisation? Never more than their own roles open to them."""
    if by.system:
        return True
    if not by.scope(Can.GIVE_ACCESS).holds(organisation):
        return False
    if any(grant.role is Role.ADMINISTRATOR for grant in by.grants):
        return True
    own = [ROLE_TABLE[grant.role] for grant in by.grants if grant.place.id == organisation]
    return all(
        wanted <= frozenset[Can]().union(*(opened[reach] for opened in own))
        for reach, wanted in ROLE_TABLE[role].items()
    )


def roles_to_give(by: Viewer, organisation: UUID, kind: Kind) -> tuple[Role, ...]:
    """The roles this viewer may give at an organisation of this kind."""
    return tuple(role for role in Role if kind in ROLE_KINDS[role] and may_give(by, role, organisation))
