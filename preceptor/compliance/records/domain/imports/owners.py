"""Whose record a row is, among the people of one practice."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from preceptor.foundation.cells import near, plain
from preceptor.register.people.domain import PersonId

from ..entries import Owner
from .profiles import Whose


class NobodyError(LookupError):
    """The row's person cannot be told; the message says why and what to do, `key` names the column it is about."""

    def __init__(self, message: str, key: str) -> None:
        super().__init__(message)
        self.key = key


class Owners:
    """Everyone a file may be about, ready to be found for every row."""

    __slots__ = ("_by_email", "_by_id", "_by_name", "_by_number", "_by_short_name", "_names")

    def __init__(self, owners: Iterable[Owner]) -> None:
        known = list(owners)
        self._by_id = {owner.id: owner for owner in known}
        self._by_email = {owner.email.casefold(): owner for owner in known if owner.email}
        self._by_number: dict[str, list[Owner]] = defaultdict(list)
        self._by_name: dict[str, list[Owner]] = defaultdict(list)
        self._by_short_name: dict[tuple[str, str], list[Owner]] = defaultdict(list)
        for owner in known:
            if owner.professional_number:
                self._by_number[plain(owner.professional_number)].append(owner)
            self._by_name[plain(owner.given_name + owner.family_name)].append(owner)
            self._by_short_name[_short(owner.given_name, owner.family_name)].append(owner)
        self._names = [f"{owner.given_name} {owner.family_name}" for owner in known]

    def by_id(self, person: PersonId) -> Owner | None:
        """The owner with this identifier."""
        return self._by_id.get(person)

    def find(self, whose: Whose) -> Owner:
        """The one person a row can mean: by email, else by professional number, else by name. Refuses to guess."""
        by_email = self._by_email.get(whose.email) if whose.email else None
        by_number = self._by_number.get(plain(whose.number), []) if whose.number else []
        if by_email and by_number and by_email not in by_number:
            raise NobodyError(
                f"The email is {by_email.name}’s but the number is {by_number[0].name}’s. Correct one of them",
                "professional number",
            )
        if by_email:
            return by_email
        if len(by_number) == 1:
            return by_number[0]
        if whose.given_name and whose.family_name:
            return self._by_names(whose)
        key, given = ("email", whose.email) if whose.email else ("professional number", whose.number)
        raise NobodyError(f"Nobody here has {key} “{given}”. Correct it, or add the person first", key)

    def _by_names(self, whose: Whose) -> Owner:
        name = f"{whose.given_name} {whose.family_name}"
        found = self._by_name.get(plain(name)) or self._by_short_name.get(_short(whose.given_name, whose.family_name))
        if not found:
            meant = near(name, self._names)
            hint = f"Did you mean {' or '.join(meant)}?" if meant else "Add the person first, or correct the name"
            raise NobodyError(f"Nobody here is called “{name}”. {hint}", "name")
        if len(found) > 1:
            raise NobodyError(f"{len(found)} people here are called “{name}”. Give an email address as well", "name")
        return found[0]


def _short(given_name: str, family_name: str) -> tuple[str, str]:
    first = given_name.split()
    return (plain(first[0]) if first else "", plain(family_name))
