"""What the roles are in words, where each can be held, and who may give it to whom."""

from __future__ import annotations

from collections.abc import Mapping
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
    Role.HUB_LEAD: "Sees shares and requirements of the practices beneath, and nobody by name",
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
