"""Who may do what: every permission and the role table, so that this one page answers an auditor.

A viewer is who asks, with what roles, today. A scope is the part of the world one permission opens to that viewer.
Roles hang on engagements, so a leaver's roles end with the engagement and nobody has to remember to take them away.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final
from uuid import UUID


class Can(StrEnum):
    """Everything a person can be allowed to do."""

    SEE_ORGANISATIONS = "see_organisations"
    EDIT_ORGANISATIONS = "edit_organisations"
    CREATE_ORGANISATIONS = "create_organisations"
    SEE_PEOPLE = "see_people"
    EDIT_PEOPLE = "edit_people"
    GIVE_ACCESS = "give_access"
    SEE_RECORDS = "see_records"
    ADD_RECORD = "add_record"
    DECIDE_RECORDS = "decide_records"
    WITHDRAW_RECORD = "withdraw_record"
    IMPORT = "import"
    SEE_REQUIREMENTS = "see_requirements"
    EDIT_REQUIREMENTS = "edit_requirements"
    EDIT_PACKS = "edit_packs"
    ADJUST = "adjust"
    SEE_STANDING = "see_standing"
    SEE_PRACTICE = "see_practice"
    SEE_SHARES = "see_shares"
    LOAD_CATALOGUE = "load_catalogue"
    APPROVE_EQUIVALENCES = "approve_equivalences"
    KEEP_ACCOUNT = "keep_account"
    CONFIRM_WORK = "confirm_work"
    ENDORSE = "endorse"
    SEE_SKILLS = "see_skills"
    EDIT_SKILLS = "edit_skills"
    NAME_ASSESSORS = "name_assessors"
    RATE_SKILLS = "rate_skills"
    SIGN_SKILLS = "sign_skills"
    ASK_CHAMPION = "ask_champion"
    SEE_CHAMPIONS = "see_champions"
    EDIT_CHAMPIONS = "edit_champions"
    PLAN_WORK = "plan_work"
    SEE_ROLLOUTS = "see_rollouts"
    EDIT_ROLLOUTS = "edit_rollouts"
    READ_ROLLOUTS = "read_rollouts"
    SEE_INDUCTIONS = "see_inductions"
    RUN_INDUCTIONS = "run_inductions"
    EDIT_PROGRAMMES = "edit_programmes"
    FOLLOW_INDUCTION = "follow_induction"
    HELP_INDUCTIONS = "help_inductions"
    EDIT_SERVICES = "edit_services"


class Role(StrEnum):
    """The roles a person can hold at an organisation. Stored as these short codes."""

    MANAGER = "manager"
    PCN_LEAD = "pcn-lead"
    HUB_LEAD = "hub-lead"
    ADMINISTRATOR = "administrator"


class Reach(StrEnum):
    """How far a role's permission goes from the organisation it is held at."""

    HERE = "here"
    BENEATH = "beneath"


@dataclass(frozen=True, slots=True)
class _Anyone:
    """The permission of a page that is open to all, signed in or not."""


@dataclass(frozen=True, slots=True)
class _SignedIn:
    """The permission of a page that needs only a signed-in person."""


ANYONE: Final = _Anyone()
SIGNED_IN: Final = _SignedIn()

May = Can | _Anyone | _SignedIn

_MANAGING: Final = frozenset(
    {
        Can.SEE_ORGANISATIONS,
        Can.EDIT_ORGANISATIONS,
        Can.SEE_PEOPLE,
        Can.EDIT_PEOPLE,
        Can.GIVE_ACCESS,
        Can.SEE_RECORDS,
        Can.ADD_RECORD,
        Can.DECIDE_RECORDS,
        Can.WITHDRAW_RECORD,
        Can.IMPORT,
        Can.SEE_REQUIREMENTS,
        Can.EDIT_REQUIREMENTS,
        Can.ADJUST,
        Can.SEE_STANDING,
        Can.SEE_PRACTICE,
        Can.SEE_SHARES,
        Can.ENDORSE,
        Can.SEE_SKILLS,
        Can.EDIT_SKILLS,
        Can.NAME_ASSESSORS,
        Can.SEE_CHAMPIONS,
        Can.EDIT_CHAMPIONS,
        Can.PLAN_WORK,
        Can.SEE_ROLLOUTS,
        Can.EDIT_ROLLOUTS,
        Can.SEE_INDUCTIONS,
        Can.RUN_INDUCTIONS,
        Can.EDIT_PROGRAMMES,
        Can.EDIT_SERVICES,
    }
)

# What leads of a network or a hub may do there and at what lies beneath: read, count, and approve what counts as what.
# A practice's manager may not: what lets a place pass is said by somebody it is not about. No person is seen by it.
_LEADING: Final = frozenset({Can.SEE_ORGANISATIONS, Can.SEE_REQUIREMENTS, Can.SEE_SHARES, Can.APPROVE_EQUIVALENCES})

# A password is its owner's to choose, where someone works is theirs to confirm, and what a place endorses is its
# managers' to sign: nobody else's. How well one does something is one's own to say, and a colleague's to sign. Asking a
# champion, being one, and reading what changes is for those who work there.
_EVERYTHING: Final = frozenset(Can) - {
    Can.KEEP_ACCOUNT,
    Can.CONFIRM_WORK,
    Can.ENDORSE,
    Can.RATE_SKILLS,
    Can.SIGN_SKILLS,
    Can.ASK_CHAMPION,
    Can.READ_ROLLOUTS,
    Can.FOLLOW_INDUCTION,
    Can.HELP_INDUCTIONS,
}

# What each role opens, and how far. A role not named here opens nothing.
ROLE_TABLE: Final[dict[Role, dict[Reach, frozenset[Can]]]] = {
    Role.MANAGER: {Reach.HERE: _MANAGING, Reach.BENEATH: frozenset()},
    Role.PCN_LEAD: {Reach.HERE: _MANAGING | _LEADING | {Can.EDIT_PACKS}, Reach.BENEATH: _LEADING},
    # A hub decides what it asks of its own people, and so what its pack may offer; how they stand it sees in figures.
    Role.HUB_LEAD: {
        Reach.HERE: _LEADING
        | {Can.EDIT_PACKS, Can.EDIT_REQUIREMENTS, Can.EDIT_SKILLS, Can.SEE_ROLLOUTS, Can.EDIT_ROLLOUTS},
        Reach.BENEATH: _LEADING,
    },
    Role.ADMINISTRATOR: {Reach.HERE: _EVERYTHING, Reach.BENEATH: _EVERYTHING},
}

# What every person may do about themselves, whatever their role and also after they have left.
OWN: Final = frozenset(
    {
        Can.SEE_RECORDS,
        Can.ADD_RECORD,
        Can.SEE_STANDING,
        Can.KEEP_ACCOUNT,
        Can.CONFIRM_WORK,
        Can.RATE_SKILLS,
        Can.FOLLOW_INDUCTION,
    }
)

# What a person may do at each organisation they are engaged at today, whatever their role.
# Who may sign for which skill is asked for each signature, what a champion may read for each question, and whom
# somebody helps to begin for each induction.
ENGAGED: Final = frozenset(
    {Can.SEE_REQUIREMENTS, Can.SIGN_SKILLS, Can.ASK_CHAMPION, Can.READ_ROLLOUTS, Can.HELP_INDUCTIONS}
)


@dataclass(frozen=True, slots=True)
class Scope:
    """The part of the world that one permission opens to one viewer. Outside it a thing does not exist."""

    organisations: frozenset[UUID] = frozenset()
    person: UUID | None = None
    everywhere: bool = False

    def __bool__(self) -> bool:
        """Is anything in it at all?"""
        return self.everywhere or self.person is not None or bool(self.organisations)

    def holds(self, organisation: UUID) -> bool:
        """Is this organisation in the scope?"""
        return self.everywhere or organisation in self.organisations


EVERYWHERE: Final = Scope(everywhere=True)


@dataclass(frozen=True, slots=True)
class Place:
    """An organisation a viewer may work at, as the pages name it."""

    id: UUID
    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Grant:
    """A role in force today: where it is held, and what lies beneath there today."""

    role: Role
    place: Place
    beneath: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who is asking, with the roles and engagements in force today.

    Nobody signed in is a viewer too, who may nothing.
    """

    user: UUID | None = None
    person: UUID | None = None
    name: str = ""
    grants: tuple[Grant, ...] = ()
    engaged: tuple[Place, ...] = ()
    system: str = ""
    _scopes: dict[Can, Scope] = field(default_factory=dict, compare=False, repr=False)

    @property
    def is_signed_in(self) -> bool:
        """Is there a user or a system account behind the request?"""
        return self.user is not None or bool(self.system)

    def scope(self, permission: Can) -> Scope:
        """The part of the world this permission opens: organisations by role, and oneself where everyone may."""
        if self.system:
            return EVERYWHERE
        if permission not in self._scopes:
            self._scopes[permission] = self._scope(permission)
        return self._scopes[permission]

    def _scope(self, permission: Can) -> Scope:
        organisations: set[UUID] = set()
        for grant in self.grants:
            reaches = ROLE_TABLE[grant.role]
            if permission in reaches[Reach.HERE]:
                organisations.add(grant.place.id)
            if permission in reaches[Reach.BENEATH]:
                if grant.role is Role.ADMINISTRATOR:
                    return EVERYWHERE
                organisations |= grant.beneath
        if permission in ENGAGED:
            organisations |= {place.id for place in self.engaged}
        return Scope(frozenset(organisations), self.person if permission in OWN else None)

    def is_of(self, organisation: UUID) -> bool:
        """Is the viewer of an organisation itself, engaged there or with a role there, and not looking from above?"""
        return any(place.id == organisation for place in (*self.engaged, *(grant.place for grant in self.grants)))

    def may(self, permission: Can) -> bool:
        """Does the viewer hold this permission anywhere at all?"""
        return bool(self.scope(permission))


NOBODY: Final = Viewer()


def system_account(name: str) -> Viewer:
    """The viewer a command or a job acts as: it may everything and is named in the journal."""
    return Viewer(name=name, system=name)
