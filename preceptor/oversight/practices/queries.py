"""What a practice's pages ask: the facts of the practice, judged, as the values the pages show."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from preceptor.compliance.packs.queries import waiting_notices
from preceptor.compliance.records.domain import Entry
from preceptor.compliance.records.queries import waiting
from preceptor.compliance.requirements.domain.known import KnownRequirement
from preceptor.compliance.requirements.queries import training_item_on
from preceptor.compliance.standing.queries import Loaded, Seat, excesses_of, loaded_now_and_then, loaded_of
from preceptor.foundation.access import Scope
from preceptor.foundation.dates import end_of_day
from preceptor.register.organisations.domain import OrganisationId
from preceptor.training.cover.domain.covering import AHEAD
from preceptor.training.cover.queries import covering_of_loaded
from preceptor.training.inductions.queries import courses_at
from preceptor.training.planner.queries import next_time
from preceptor.training.rollouts.queries import live_at

from .domain import Picture, Share, Spared, What, Who, overdue_count


def picture_of(
    scope: Scope, organisation: UUID, on: date, known_at: datetime | None = None, *, person: UUID | None = None
) -> Picture:
    """A practice on a day, or one person there, as was known at a moment or is now.

    Outside the scope it does not exist.
    """
    loaded = loaded_of(scope, organisation, on=on, known_at=known_at, person=person, skills=False)
    return _picture(loaded, on)


def whole_picture_of(scope: Scope, organisation: UUID, on: date, known_at: datetime | None = None) -> Picture:
    """A practice on a day with what no rule answers there."""
    return _whole(loaded_of(scope, organisation, on=on, known_at=known_at, skills=False), on)


def todays_picture_of(scope: Scope, edits: Scope, organisation: UUID, on: date, before: date) -> Picture:
    """A practice on a day with what no rule answers, what the toolkit asks for, what could be spared, and gaps ahead.

    And with who is in induction, what is rolled out, how much was overdue on an earlier day, as known then, and what
    packs have to say to whoever edits the rules.
    """
    loaded, past = loaded_now_and_then(scope, organisation, on=on, then=before, known_at=end_of_day(before))
    item = training_item_on(on)
    trained = loaded.trained(on, item.subject) if item else None
    excesses = excesses_of(scope, loaded, on)
    return replace(
        _whole(loaded, on),
        item=item,
        trained=Share(trained.part, trained.whole) if trained else Share(),
        was_overdue=overdue_count(map(what_of, past.asked.values()), past.verdicts(before)),
        gaps=tuple(covering_of_loaded(scope, loaded, on).gaps(on, on + AHEAD)),
        next_time=next_time(scope, loaded, on),
        spared=Spared(len(excesses), sum(one.minutes for one in excesses)),
        inductions=tuple(courses_at(scope, organisation, on, loaded)),
        live=tuple(live_at(scope, loaded, on)),
        notices=tuple(waiting_notices(edits, loaded, on)),
    )


def _whole(loaded: Loaded, on: date) -> Picture:
    names = {seat.role: seat.role_name for seat in loaded.seats.values()}
    return replace(
        _picture(loaded, on),
        unknown_roles=tuple((names.get(role, role), number) for role, number in loaded.unknown_roles(on)),
        cannot_be_met=tuple(loaded.asked[one].title for one in loaded.cannot_be_met(on)),
    )


def _picture(loaded: Loaded, on: date) -> Picture:
    return Picture(
        on=on,
        people=tuple(who_of(seat) for seat in loaded.seats.values()),
        requirements=tuple(what_of(asked) for asked in loaded.asked.values()),
        verdicts=loaded.verdicts(on),
        waiting=loaded.waiting(),
    )


def who_of(seat: Seat) -> Who:
    """Someone in an engagement as the matrix knows them."""
    return Who(
        engagement=seat.engagement,
        person=str(seat.person),
        name=seat.name,
        sort_name=seat.sort_name,
        role=seat.role,
        role_name=seat.role_name,
        group=seat.group,
        group_name=seat.group_name,
        group_position=seat.group_position,
        starts_on=seat.starts_on,
    )


def what_of(asked: KnownRequirement) -> What:
    """A requirement as the matrix knows it."""
    return What(
        id=str(asked.id),
        key=asked.key,
        title=asked.title,
        short=asked.short,
        column=asked.column,
        area=asked.area,
        area_name=asked.area_name,
        area_position=asked.area_position,
        position=asked.position,
        review_by=asked.review_by,
    )


def waiting_at(scope: Scope, organisation: UUID) -> list[Entry]:
    """The records that wait for this practice's manager, the oldest first."""
    return waiting(scope, OrganisationId(organisation))
