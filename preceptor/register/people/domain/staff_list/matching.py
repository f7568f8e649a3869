"""Who a row means, and which of their engagements here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from preceptor.foundation.cells import plain

from ..terms import When
from .known import KnownEngagement, KnownPerson, Surroundings
from .reading import CellProblem, Said, SeveralProblemsError


@dataclass(frozen=True, slots=True)
class Matcher:
    """Finds people by address, then by number, then by name among those who are or were here."""

    by_email: dict[str, KnownPerson]
    by_number: dict[str, list[KnownPerson]]
    by_name: dict[str, list[KnownPerson]]

    @classmethod
    def of(cls, surroundings: Surroundings) -> Matcher:
        """A matcher for these people."""
        by_email: dict[str, KnownPerson] = {}
        by_number: dict[str, list[KnownPerson]] = defaultdict(list)
        by_name: dict[str, list[KnownPerson]] = defaultdict(list)
        for one in surroundings.people:
            email, number = one.also
            for address in {(one.details.email or "").casefold(), email.casefold()} - {""}:
                by_email[address] = one
            for digits in {one.details.professional_number.upper(), number.upper()} - {""}:
                by_number[digits].append(one)
            if one.is_here:
                by_name[_name(one.details.given_name, one.details.family_name)].append(one)
        return cls(by_email, dict(by_number), dict(by_name))

    def person(self, said: Said) -> KnownPerson | None:
        """Who a row means, None for somebody new. Refuses what fits nobody for sure."""
        by_email = self.by_email.get(said.email.casefold()) if said.email else None
        numbered = self.by_number.get(said.professional_number, []) if said.professional_number else []
        if by_email:
            if numbered and by_email not in numbered:
                raise _no_match("professional number", "This number belongs to someone else than the email address")
            return _believed(by_email, said, "email")
        if numbered:
            return _believed(_only(numbered, "professional number"), said, "professional number")
        found = self.by_name.get(_name(said.given_name, said.family_name), [])
        if not found:
            return None
        one = _only(found, "email")
        if said.professional_number and one.details.professional_number:
            raise _no_match(
                "professional number",
                f"{one.details.name} has another number here. If this is someone else, give their email address; "
                "if it is a mistake, correct it",
            )
        return one


def engagement_meant(said: Said, held: Sequence[KnownEngagement], today: date) -> KnownEngagement | None:
    """Which of someone's engagements here a row speaks of, None for a further one. Refuses what is not clear."""
    role = said.role.code if said.role else None
    fitting = [one for one in held if role in {None, one.terms.role}]
    exact = [one for one in fitting if said.starts_on == one.terms.starts_on]
    if exact:
        return exact[0]
    lasting = [one for one in held if one.terms.when(today) is not When.GONE]
    same_role = [one for one in fitting if one in lasting]
    if len(same_role) == 1:
        return same_role[0]
    if lasting and role is None:
        raise _no_match("role", "They have several roles here. Say which is meant")
    if len(lasting) == 1:
        return lasting[0]
    if lasting:
        raise _no_match("role", "They have several roles here, and not this one. Add it on their page")
    if fitting and said.starts_on is None:
        return max(fitting, key=lambda one: one.terms.starts_on)
    return None


def _believed(person: KnownPerson, said: Said, key: str) -> KnownPerson:
    """The person found by address or number, unless the names say it is somebody else."""
    same_last = plain(person.details.family_name) == plain(said.family_name)
    same_first = plain(person.details.given_name) == plain(said.given_name)
    nameless = not said.given_name and not said.family_name
    if same_last or (nameless and person.is_here) or (person.is_here and (same_first or not said.family_name)):
        return person
    words = "email address" if key == "email" else "professional number"
    whose = person.details.name if person.is_here else "someone with another last name"
    raise _no_match(key, f"This {words} belongs to {whose}. Check it, and the name")


def _only(found: Sequence[KnownPerson], key: str) -> KnownPerson:
    if len(found) == 1:
        return found[0]
    raise _no_match(key, "Several people fit this. Give the email address of the one who is meant")


def _name(given_name: str, family_name: str) -> str:
    return f"{plain(given_name)} {plain(family_name)}"


def _no_match(key: str, message: str) -> SeveralProblemsError:
    return SeveralProblemsError(CellProblem(key, message))
