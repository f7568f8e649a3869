"""The plan of a staff list: what is new, what changes from what to what, what stays, and everything wrong."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from preceptor.foundation.cells import Problem, Sheet, Table, under_headings
from preceptor.register.organisations.domain import NotAllowedError

from ..terms import EngagementId, PersonDetails, PersonId, Terms, refuse_repeat
from .columns import HEADINGS
from .known import KnownEngagement, KnownPerson, Lists, Surroundings
from .matching import Matcher, engagement_meant
from .reading import CellProblem, Said, SeveralProblemsError, said_in
from .wording import Change, Wording

_OTHER_ROLE: Final = (
    "Here they are {}. If that changed, enter the first day in the new role as the start date; if it was never right, "
    "correct it on their page"
)
_NO_HEADINGS: Final = (
    "No columns of a staff list were found. The first line must name them, such as: first name, last name, email, "
    "role, start date"
)


@dataclass(frozen=True, slots=True)
class NewHere:
    """A person with an engagement the file would add. `person` is who it is, if they are in the register already.

    `name` is as the file has it: of people known elsewhere nothing is shown. `is_back`: they worked here before.
    `typed` is who they are in the file's words, which is all the place has of them if they must be asked first.
    """

    line: int
    name: str
    person: PersonId | None
    details: PersonDetails
    terms: Terms
    tasks: tuple[str, ...]
    typed: PersonDetails
    is_back: bool = False


@dataclass(frozen=True, slots=True)
class Changed:
    """What the file would change about somebody here. What is None stays as it is.

    `terms` corrects the engagement; `moved` ends it the day before and starts another.
    """

    line: int
    person: PersonId
    name: str
    engagement: EngagementId
    changes: tuple[Change, ...]
    details: PersonDetails | None
    terms: Terms | None
    moved: Terms | None
    tasks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a staff list would do. `kept` names those whose details stay, as other places know them too."""

    new: tuple[NewHere, ...] = ()
    changed: tuple[Changed, ...] = ()
    unchanged_count: int = 0
    problems: tuple[Problem, ...] = ()
    unread: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()

    @property
    def digest(self) -> str:
        """A short name for exactly these changes: two plans that do the same have the same."""
        said = "\n".join(
            [repr(replace(one, line=0)) for one in self.new] + [repr(replace(one, line=0)) for one in self.changed]
        )
        return hashlib.sha256(said.encode()).hexdigest()

    @property
    def is_empty(self) -> bool:
        """Would nothing change?"""
        return not self.new and not self.changed


def plan_of(sheets: Sequence[Sheet], surroundings: Surroundings) -> Plan:
    """Reads a staff list and says what it would change. Every problem is named, not only the first."""
    tables = [table for sheet in sheets if (table := under_headings(sheet, HEADINGS))]
    if not tables:
        return Plan(problems=(Problem("", 0, "", _NO_HEADINGS),))
    problems = [problem for table in tables for problem in _repeated(table)]
    planner = _Planner(surroundings, Matcher.of(surroundings), problems)
    for table in tables:
        for row in table.rows:
            planner.take(said_in(row, surroundings.lists))
    planner.refuse_twice()
    unread = dict.fromkeys(str(column) for table in tables for column in table.unknown)
    if not planner.rows and not problems:
        problems.append(Problem("", 0, "", "There are no people under the headings"))
    if problems:
        return Plan(problems=tuple(sorted(problems, key=lambda one: (one.sheet, one.line))), unread=tuple(unread))
    return Plan(
        new=tuple(planner.new),
        changed=tuple(planner.changed),
        unchanged_count=planner.unchanged,
        unread=tuple(unread),
        kept=tuple(planner.kept),
    )


def _repeated(table: Table) -> Iterable[Problem]:
    for column in table.repeated:
        yield Problem(table.sheet, 0, str(column), "Another column says the same. Keep one of them")


class _Planner:
    """Takes one row after another and sorts what it says."""

    def __init__(self, surroundings: Surroundings, matcher: Matcher, problems: list[Problem]) -> None:
        self.around = surroundings
        self.matcher = matcher
        self.problems = problems
        self.new: list[NewHere] = []
        self.changed: list[Changed] = []
        self.unchanged = 0
        self.kept: list[str] = []
        self.rows: list[Said] = []
        self.taken: dict[object, list[Said]] = defaultdict(list)
        self.held: dict[PersonId, list[KnownEngagement]] = defaultdict(list)
        for one in surroundings.engagements:
            self.held[one.person].append(one)

    def take(self, said: Said) -> None:
        """Adds what a row says to the plan, or to its problems."""
        self.rows.append(said)
        found = list(said.problems)
        try:
            person = self.matcher.person(said)
            for key in (person.id if person else None, said.email.casefold(), said.professional_number):
                if key:
                    self.taken[key].append(said)
            if not found:
                self._sort(person, said)
        except SeveralProblemsError as several:
            found += several.problems
        self.problems += [_placed(said, one) for one in found]

    def refuse_twice(self) -> None:
        """Names every row of somebody who is in the file twice."""
        groups = [rows for rows in self.taken.values() if len(rows) > 1]
        for name in {said.name.casefold() for said in self.rows}:
            rows = [said for said in self.rows if said.name.casefold() == name]
            if any(not said.email and not said.professional_number for said in rows):
                groups.append(rows)
        twice: dict[tuple[str, int], set[tuple[str, int]]] = defaultdict(set)
        names = {(said.row.sheet, said.row.line): said.name for said in self.rows}
        for rows in groups:
            places = {(said.row.sheet, said.row.line) for said in rows}
            for place in places:
                twice[place] |= places - {place}
        for place, others in twice.items():
            if others:
                where = " and ".join(f"line {line}" for _, line in sorted(others))
                message = f"{names[place]} is on {where} too. Keep one line; add a second role on their page"
                self.problems.append(Problem(place[0], place[1], "", message))

    def _sort(self, person: KnownPerson | None, said: Said) -> None:
        held = self.held[person.id] if person else []
        meant = engagement_meant(said, held, self.around.today)
        if meant is None or person is None:
            self.new.append(_new(person, said, held, self.around.lists))
            return
        details = _details(said, person)
        if person.is_shared and _details(said, replace(person, is_shared=False)) != details:
            self.kept.append(person.details.name)
        terms, moved = _new_terms(said, meant, held, self.around.lists)
        tasks = tuple(task for task in said.tasks if task not in meant.tasks)
        words = Wording(self.around.lists)
        changes = (
            *words.details(person.details, details),
            *words.terms(meant.terms, terms, moved),
            *words.tasks(tasks),
        )
        if not changes:
            self.unchanged += 1
            return
        self.changed.append(
            Changed(
                line=said.row.line,
                person=person.id,
                name=person.details.name,
                engagement=meant.id,
                changes=changes,
                details=details if details != person.details else None,
                terms=terms if terms != meant.terms else None,
                moved=moved,
                tasks=tuple(sorted({*meant.tasks, *tasks})) if moved else tasks,
            )
        )


def _new(person: KnownPerson | None, said: Said, held: Sequence[KnownEngagement], lists: Lists) -> NewHere:
    """The engagement a row would add, with the person if they are new to the register."""
    gone = max((one.terms.last_on for one in held if one.terms.last_on), default=None)
    left = f"They left after {gone:%d/%m/%Y}. Enter the first day if they are back" if gone else ""
    problems = [
        CellProblem(key, message)
        for key, is_missing, message in (
            ("first name", (person is None or not person.is_here) and not said.given_name, "Enter a first name"),
            ("last name", person is None and not said.family_name, "Enter a last name"),
            ("role", said.role is None, "Enter a role, as they are new here"),
            ("start date", said.starts_on is None, left or "Enter a start date, as they are new here"),
        )
        if is_missing
    ]
    kind = said.kind or (lists.usual_kind(said.role) if said.role else None)
    if said.role and kind is None:
        problems.append(CellProblem("kind", "Say how they are engaged"))
    if problems or said.role is None or said.starts_on is None or kind is None:
        raise SeveralProblemsError(*problems)
    terms = _restated(said, said.role.code, said.role.staff_group, kind, said.starts_on, None, None)
    _refuse_again(terms, held)
    key, is_back = (person.id, person.is_here) if person else (None, False)
    typed = _details(said, replace(person, is_shared=False) if person and person.is_here else None)
    return NewHere(said.row.line, said.name, key, _details(said, person), terms, said.tasks, typed, is_back=is_back)


def _new_terms(
    said: Said, meant: KnownEngagement, held: Sequence[KnownEngagement], lists: Lists
) -> tuple[Terms, Terms | None]:
    """The terms of an engagement as a row corrects them, and those of another that follows it, if the role changes."""
    old, others = meant.terms, [one for one in held if one.id != meant.id]
    if said.role is None or said.role.code == old.role:
        # A staff list says since when someone is here: the first day of an earlier role corrects nothing.
        is_joining = said.starts_on in {one.terms.starts_on for one in held}
        start = old.starts_on if said.starts_on is None or is_joining else said.starts_on
        terms = _restated(said, old.role, old.staff_group, old.kind, start, old.ends_on, old.weekly_hours)
        _refuse_again(terms, others)
        return terms, None
    if said.starts_on is None or said.starts_on <= old.starts_on:
        now = next((one.name for one in lists.roles if one.code == old.role), old.role)
        raise SeveralProblemsError(CellProblem("role", _OTHER_ROLE.format(now)))
    if old.ends_on and said.starts_on > old.ends_on:
        raise SeveralProblemsError(
            CellProblem("start date", "Their role here ends before that. Add the new one by hand")
        )
    moved = _restated(said, said.role.code, said.role.staff_group, old.kind, said.starts_on, None, old.weekly_hours)
    _refuse_again(moved, others)
    return old, moved


def _restated(
    said: Said,
    role: str,
    staff_group: str,
    kind: str,
    starts_on: date,
    ends_on: date | None,
    weekly_hours: Decimal | None,
) -> Terms:
    """These terms, but for what the row says of staff group, kind, last day and hours."""
    try:
        return Terms(
            role,
            said.staff_group or staff_group,
            said.kind or kind,
            starts_on,
            said.last_on + timedelta(days=1) if said.last_on else ends_on,
            said.weekly_hours if said.weekly_hours is not None else weekly_hours,
        )
    except NotAllowedError as refused:
        key = "last day" if said.last_on else "start date"
        raise SeveralProblemsError(CellProblem(key, str(refused))) from refused


def _details(said: Said, person: KnownPerson | None) -> PersonDetails:
    """Who someone is, with what the row says of it. Capitals alone are no change, and nor is anyone shared changed."""
    if person and person.is_shared:
        return person.details
    return PersonDetails(
        given_name=_newer(said.given_name, person.details.given_name if person else ""),
        family_name=_newer(said.family_name, person.details.family_name if person else ""),
        title=_newer(said.title, person.details.title if person else ""),
        email=_newer(said.email, (person.details.email or "") if person else "") or None,
        professional_number=_newer(said.professional_number, person.details.professional_number if person else ""),
    )


def _newer(new: str, old: str) -> str:
    return old if not new or new.casefold() == old.casefold() else new


def _refuse_again(terms: Terms, held: Sequence[KnownEngagement]) -> None:
    try:
        refuse_repeat(terms, (one.terms for one in held))
    except NotAllowedError as refused:
        raise SeveralProblemsError(CellProblem("start date", str(refused))) from refused


def _placed(said: Said, problem: CellProblem) -> Problem:
    return Problem(said.row.sheet, said.row.line, said.row.place(problem.key) or problem.key, problem.message)
