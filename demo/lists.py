"""Lists people bring: staff as a practice keeps them, and past training in the shapes other systems give it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from preceptor.compliance.records.domain import Achievement, RecordKind
from preceptor.compliance.subjects.domain import Subject
from preceptor.compliance.subjects.queries import subject_index
from preceptor.register.people.queries import engagement_kinds, job_roles, tasks

from .papers import Cell
from .staff import Member

Lines = list[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list of past training: whose it is, and what they did."""

    member: Member
    achievement: Achievement


class Wordings:
    """What subjects are called in lists: by us, and by the systems lists come from."""

    def __init__(self) -> None:
        self._index = subject_index()

    def plain(self, one: Achievement) -> str:
        """The subject’s own name if it can be looked up by it, else its code."""
        name = self._subject(one).name
        found = self._index.named(name)
        return name if found and found.subject == one.subject else one.subject

    def core_skills(self, one: Achievement) -> str:
        """The name as the Electronic Staff Record has it, if that is understood; else a plainer one."""
        subject = self._subject(one)
        level = f" - Level {one.level}" if len(subject.levels) > 1 else ""
        return self._understood(one, [f"NHS|CSTF|{subject.name}{level}|", *self._named_with_level(one)])

    def elfh(self, one: Achievement) -> str:
        """The name as elearning for healthcare has it, if that is understood; else nothing."""
        return self._understood(one, self._named_with_level(one))

    def _understood(self, one: Achievement, names: Iterable[str]) -> str:
        """The first of these names that means exactly this, or nothing."""
        meant = ((words, self._index.named(words)) for words in names)
        return next(
            (words for words, found in meant if found and (found.subject, found.level) == (one.subject, one.level)), ""
        )

    def _named_with_level(self, one: Achievement) -> list[str]:
        subject = self._subject(one)
        of_level = [alias for level in subject.levels if level.number == one.level for alias in level.aliases]
        plain = [] if len(subject.levels) > 1 else list(subject.aliases)
        return [*of_level, *plain, f"{subject.name} Level {one.level}" if subject.levels else subject.name]

    def _subject(self, one: Achievement) -> Subject:
        found = self._index.subject(one.subject)
        if found is None:
            raise KeyError(one.subject)
        return found


def staff_list(members: Iterable[Member]) -> Lines:
    """A staff list as a practice manager keeps it: roles and tasks by name, and who may be reached where."""
    roles = {one.code: one.name for one in job_roles()}
    kinds = {one.code: one.name for one in engagement_kinds()}
    duties = {one.code: one.name for one in tasks()}
    lines: Lines = [
        (
            *("Title", "First name", "Surname", "Email address", "Registration number", "Job title", "Contract type"),
            *("Start date", "Hours per week", "Duties"),
        )
    ]
    for member in members:
        role = roles[member.was or member.role]
        known = [] if member.changed_on else [duties[task.code] for task in member.tasks if task.starts_on is None]
        details = member.details
        lines.append(
            (
                *(details.title, details.given_name, details.family_name, details.email, details.professional_number),
                *(role, kinds[member.first_kind], member.starts_on, str(member.hours or "")),
                "; ".join(known),
            )
        )
    return lines


def own_list(rows: Iterable[Row], wordings: Wordings) -> Lines:
    """A practice’s training log in our own columns."""
    lines: Lines = [
        (
            *("Email", "First name", "Last name", "Subject", "Level", "Completed on", "Kind", "Minutes"),
            *("Participatory", "Provider", "Title", "Note"),
        )
    ]
    for row in rows:
        one, details = row.achievement, row.member.details
        lines.append(
            (
                *(details.email, details.given_name, details.family_name, wordings.plain(one), one.level, one.on),
                *(one.kind.value, one.minutes, "yes" if one.participatory else "", one.provider, one.title, one.note),
            )
        )
    return lines


def staff_record_list(rows: Iterable[Row], wordings: Wordings) -> Lines:
    """Competencies as the Electronic Staff Record lists them."""
    lines: Lines = [("Employee Name", "Email Address", "Competency Name", "Date Last Awarded", "Awarded By")]
    for row in rows:
        one, details = row.achievement, row.member.details
        name = f"{details.family_name}, {details.given_name}"
        lines.append((name, details.email, wordings.core_skills(one), one.on, one.provider))
    return lines


def elfh_list(rows: Sequence[Row], wordings: Wordings) -> Lines:
    """An activity report from elearning for healthcare; not everybody who begins a session passes it at once."""
    lines: Lines = [("First name", "Last name", "Email", "Course", "Activity status", "Completed", "Duration minutes")]
    for number, row in enumerate(rows):
        one, details = row.achievement, row.member.details
        who = (details.given_name, details.family_name, details.email, wordings.elfh(one))
        if number % 9 == 4:
            lines.append((*who, "Failed", one.on, 12))
        lines.append((*who, "Passed" if number % 3 else "Completed", one.on, one.minutes))
    return lines


def is_online(row: Row) -> bool:
    """Is this something the e-learning site or the staff record would know of?"""
    one = row.achievement
    return one.kind is RecordKind.COURSE and one.provider.startswith("elearning") and not one.title and not one.note
