"""The people of the demo world: taken on, given tasks, moved, shared and seen off, each about the day it happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from preceptor.foundation.access import EVERYWHERE, Can, Viewer
from preceptor.register.organisations.domain import OrganisationId, Period
from preceptor.register.people.actions import (
    add_engagement,
    add_person,
    add_state,
    change_role,
    confirm_engagement,
    end_engagement,
    give_task,
)
from preceptor.register.people.domain import EngagementId, PersonId, Terms
from preceptor.register.people.queries import engagements_at, job_roles, questions_for

from .places import beginning
from .spans import at, working_day
from .staff import Dated, Member, Shared

# A task without a day of its own, and one taken over from the role before.
_NO_DAY: Final = date.min


@dataclass(frozen=True, slots=True)
class Staff:
    """Who everybody is in the register, by email, their engagements, the latest at each place, and who has left."""

    people: Mapping[str, PersonId]
    engagements: Mapping[tuple[str, str], EngagementId]
    gone: frozenset[str]


def take_on(by: Viewer, places: Mapping[str, OrganisationId], everybody: Sequence[Member], today: date) -> None:
    """Adds people by hand with the terms they began on, each shortly before the first day, or as the world begins."""
    groups = _groups()
    for member in everybody:
        add_person(
            by=by,
            at=_entered(member.starts_on, today),
            organisation=places[member.home],
            details=member.details,
            terms=first_terms(member, groups),
            tasks=[task.code for task in member.tasks if task.starts_on is None and member.changed_on is None],
        )


def first_terms(member: Member, groups: Mapping[str, str]) -> Terms:
    """The terms someone began on, of which the end was not known yet."""
    role = member.was or member.role
    return Terms(role, groups[role], member.first_kind, member.starts_on, weekly_hours=member.hours)


def follow(
    by: Viewer,
    places: Mapping[str, OrganisationId],
    everybody: Sequence[Member],
    elsewhere: Sequence[Shared],
    today: date,
) -> Staff:
    """Lets everything happen that happened to people since they began: roles, tasks, states, more places, leaving."""
    people, engagements = _registered(places)
    groups = _groups()
    by_email = {member.email: member for member in everybody}
    for member in everybody:
        key = (member.email, member.home)
        engagements[key] = _work(by, engagements[key], member, groups, today)
        for state in member.states:
            moment = _entered(max(member.starts_on, state.starts_on or _NO_DAY), today)
            period = Period(state.starts_on)
            add_state(by=by, at=moment, person=people[member.email], state=state.code, period=period)
    for one in elsewhere:
        member = by_email[one.email]
        if must_be_asked(member, one):
            continue
        terms = Terms(member.role, groups[member.role], member.kind, one.starts_on)
        engagements[one.email, one.at] = add_engagement(
            by=by,
            at=_entered(one.starts_on, today),
            organisation=places[one.at],
            person=people[one.email],
            terms=terms,
            tasks=[task.code for task in member.tasks if task.code == "first-contact-practitioner"],
        )
    gone = frozenset(member.email for member in everybody if member.ends_on and member.ends_on <= today)
    return Staff(people, engagements, gone)


def must_be_asked(member: Member, one: Shared) -> bool:
    """Is this somebody of another practice, whom the place does not see already?"""
    return member.home.startswith("A") and one.at.startswith("A")


def ask(
    viewers: Mapping[str, Viewer],
    managing: Mapping[str, Viewer],
    places: Mapping[str, OrganisationId],
    everybody: Sequence[Member],
    elsewhere: Sequence[Shared],
    today: date,
) -> None:
    """Lets managers engage people of other practices, who are asked, and lets those answer who have."""
    by_email, groups = {member.email: member for member in everybody}, _groups()
    for one in elsewhere:
        member = by_email[one.email]
        if not must_be_asked(member, one):
            continue
        add_person(
            by=managing[one.at],
            at=_entered(one.starts_on, today),
            organisation=places[one.at],
            details=member.details,
            terms=Terms(member.role, groups[member.role], member.kind, one.starts_on),
        )
        if one.has_said_yes:
            by = viewers[one.email]
            asked = {row.engagement.organisation_id: row for row in questions_for(by.scope(Can.CONFIRM_WORK))}
            engagement = EngagementId(asked[places[one.at]].engagement_id)
            confirm_engagement(by=by, at=at(today - timedelta(days=1), 19), engagement=engagement)


def _work(by: Viewer, engagement: EngagementId, member: Member, groups: Mapping[str, str], today: date) -> EngagementId:
    changed = member.changed_on
    early = [task for task in member.tasks if task.starts_on and (changed is None or task.starts_on < changed)]
    for task in early:
        _give(by, engagement, task, today)
    if changed:
        engagement = change_role(
            by=by,
            at=_entered(changed, today),
            engagement=engagement,
            terms=Terms(member.role, groups[member.role], member.kind, changed, weekly_hours=member.hours),
            keep_tasks=[task.code for task in early],
        )
        for task in member.tasks:
            if task not in early:
                _give(by, engagement, Dated(task.code, task.starts_on or changed), today)
    if member.ends_on:
        told = at(working_day(member.ends_on - timedelta(days=40)), 15)
        end_engagement(by=by, at=told, engagement=engagement, ends_on=member.ends_on)
    return engagement


def _give(by: Viewer, engagement: EngagementId, task: Dated, today: date) -> None:
    moment = _entered(task.starts_on or today, today)
    give_task(by=by, at=moment, engagement=engagement, task=task.code, period=Period(task.starts_on))


def _registered(
    places: Mapping[str, OrganisationId],
) -> tuple[dict[str, PersonId], dict[tuple[str, str], EngagementId]]:
    """Everybody as the register holds them, by email, with their engagements by place."""
    people: dict[str, PersonId] = {}
    engagements: dict[tuple[str, str], EngagementId] = {}
    for code, place in places.items():
        for term in engagements_at(EVERYWHERE, place):
            email = term.engagement.person.email or ""
            people[email] = PersonId(term.engagement.person_id)
            engagements[email, code] = EngagementId(term.engagement_id)
    return people, engagements


def _groups() -> dict[str, str]:
    return {role.code: role.staff_group_id for role in job_roles()}


def _entered(starts_on: date, today: date) -> datetime:
    """When something that begins on a day was written down: the week before, but not before the world begins."""
    day = max(beginning(today), starts_on - timedelta(days=6))
    return at(min(working_day(day), today - timedelta(days=1)) if day > beginning(today) else day, 10)
