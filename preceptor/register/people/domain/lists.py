"""The closed lists people and engagements draw on, as they are loaded."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a list: a code and its name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class StaffGroupEntry:
    """A staff group and its place in the matrix."""

    code: str
    name: str
    position: int = 0


@dataclass(frozen=True, slots=True)
class ContractTerms:
    """What the network contract of one contract year asks of a role it pays for; `verified` if somebody read that."""

    contract_year: str
    registration: str
    training: str
    supervision: str
    verified: bool


@dataclass(frozen=True, slots=True)
class RoleTerms:
    """An additional role by its name, with its terms."""

    name: str
    terms: ContractTerms


@dataclass(frozen=True, slots=True)
class RoleEntry:
    """A role, the staff group it usually belongs to, and the other names it goes by in staff lists.

    `data` says what personal data it works with, `uses` which uses of systems it has, and `terms` what the network
    contract asks of it if it is one of the additional roles.
    """

    code: str
    name: str
    staff_group: str
    aliases: tuple[str, ...] = ()
    data: str = ""
    uses: tuple[str, ...] = ()
    terms: ContractTerms | None = None


@dataclass(frozen=True, slots=True)
class StaffLists:
    """All five lists. What is absent here is left as it is."""

    staff_groups: tuple[StaffGroupEntry, ...] = ()
    roles: tuple[RoleEntry, ...] = ()
    kinds: tuple[Entry, ...] = ()
    tasks: tuple[Entry, ...] = ()
    states: tuple[Entry, ...] = ()
