"""Every read of how people stand with changes. The judge answers; nothing derived is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from preceptor.compliance.requirements.domain.audience import Audience
from preceptor.compliance.rulemaking.queries import people_in
from preceptor.compliance.standing.domain.verdicts import Status, Verdict
from preceptor.compliance.standing.queries import Loaded, Seat, load, loaded_of, loaded_of_person, with_skills
from preceptor.foundation.access import Scope
from preceptor.foundation.dates import add_months, london_date

from ..domain.notice import RolloutId
from ..domain.readiness import Live, Readiness, Where, Who, confirmed, is_done, readiness
from ..domain.rules import (
    ASKED_FOR_DAYS,
    REMEMBERED_FOR_DAYS,
    Followed,
    Published,
    refresher_rule,
    ruled,
    subject_of,
)
from ..models import RefresherDone, Rollout, RolloutDone, RolloutReminder
from .places import followed_at, refreshers_at
from .questions import unanswered_at

LATELY: Final = 14  # days after going live, in which a place still looks at it


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do of one's own: how it stands, and when it was done."""

    key: str
    verdict: Verdict
    done_on: date | None

    @property
    def is_done(self) -> bool:
        """Has one done it?"""
        return is_done(self.verdict)


@dataclass(frozen=True, slots=True)
class OwnChange:
    """A change that touches somebody at a place, with what they have to do."""

    id: RolloutId
    place: UUID
    code: str
    place_name: str
    goes_live_on: date
    told: Published
    steps: tuple[Step, ...]

    @property
    def left(self) -> tuple[Step, ...]:
        """What is left to do."""
        return tuple(one for one in self.steps if not one.is_done)

    def step(self, key: str) -> Step | None:
        """One thing to do by its key."""
        return next((one for one in self.steps if one.key == key), None)


@dataclass(frozen=True, slots=True)
class OwnRefresher:
    """What changed at a place since somebody last confirmed it, and whether they are asked to."""

    place: UUID
    code: str
    place_name: str
    since: date
    changes: tuple[OwnChange, ...]
    verdict: Verdict | None
    confirmed_on: date | None

    @property
    def may_be_confirmed(self) -> bool:
        """Is there something new, or is a confirmation asked for and missing?"""
        return bool(self.changes) or (self.verdict is not None and not is_done(self.verdict))


def readiness_at(
    scope: Scope, organisation: UUID, on: date, known_at: datetime | None = None
) -> dict[RolloutId, Readiness]:
    """How ready people at a place are on a day, by rollout. Outside the scope it does not exist."""
    loaded = loaded_of(scope, organisation, on=on, known_at=known_at)
    return _ready(loaded, followed_at(scope, [organisation], known_at).get(organisation, []), on)


def refreshed_at(scope: Scope, organisation: UUID, on: date) -> Readiness | None:
    """Who at a place has confirmed the yearly refresher on a day; None where it is not asked for."""
    rule = refreshers_at([organisation]).get(organisation)
    if rule is None:
        return None
    loaded = loaded_of(scope, organisation, on=on)
    asked = refresher_rule(organisation, rule.starts_on, rule.recorded_at)
    seats = {key: _who(seat) for key, seat in loaded.seats.items()}
    return confirmed(seats, loaded.asked_for([asked]).verdicts(on).values())


def live_at(scope: Scope, loaded: Loaded, on: date) -> list[Live]:
    """The rollouts at a place that somebody has still to read or that went live lately, the soonest first."""
    place = loaded.organisation.pk
    followed = followed_at(scope, [place]).get(place, [])
    if not followed:
        return []
    ready = _ready(with_skills(scope, loaded), followed, on)
    shown = [
        one
        for one in followed
        if one.rollout in ready
        and (ready[one.rollout].some(Where.HERE) or one.goes_live_on + timedelta(days=LATELY) >= on)
    ]
    owners = Rollout.objects.filter(pk__in=[one.rollout for one in shown]).values_list("pk", "owner_id")
    waiting = unanswered_at(place, [(RolloutId(rollout), owner) for rollout, owner in owners]) if shown else {}
    found = [
        Live(
            one.rollout,
            (one.on(on) or one.versions[0]).notice.title,
            one.goes_live_on,
            ready[one.rollout],
            waiting.get(one.rollout, 0),
        )
        for one in shown
    ]
    return sorted(found, key=lambda one: (one.goes_live_on, str(one.id)))


def readiness_across(scope: Scope, organisations: list[UUID], on: date) -> dict[UUID, dict[RolloutId, Readiness]]:
    """How ready people are at many places, by place, in a number of queries that does not grow."""
    followed = followed_at(scope, organisations)
    loaded = load(scope, organisations, on=on)
    return {place: _ready(one, followed.get(place, []), on) for place, one in loaded.items()}


def touched_by(scope: Scope, organisation: UUID, audience: Audience, on: date) -> list[Seat]:
    """Whom an audience takes in at a place on a day, by name, each person once."""
    found = {seat.person: seat for seat in people_in(loaded_of(scope, organisation, on=on), audience, on)}
    return sorted(found.values(), key=lambda seat: (seat.sort_name, str(seat.person)))


def touched_across(scope: Scope, organisations: list[UUID], audience: Audience, on: date) -> int:
    """How many people an audience takes in at many places on a day, in a number of queries that does not grow."""
    loaded = load(scope, organisations, on=on)
    return len({seat.person for one in loaded.values() for seat in people_in(one, audience, on)})


def own_changes(person: UUID, on: date) -> list[OwnChange]:
    """The changes that touch somebody where they work on a day, what goes live first at the top.

    One that several of their places take over is told once, for the place where it goes live first.
    """
    return _own_changes(person, _places_of(person, on), on)


def left_of(person: UUID, on: date) -> tuple[int, int]:
    """How many changes somebody has left to read on a day, and at how many places the refresher is to confirm."""
    loaded = _places_of(person, on)
    changes = sum(bool(one.left) for one in _own_changes(person, loaded, on))
    asking = refreshers_at([one.organisation.pk for one in loaded])
    refreshers = 0
    for one in loaded:
        if rule := asking.get(one.organisation.pk):
            asked = refresher_rule(one.organisation.pk, rule.starts_on, rule.recorded_at)
            verdicts = one.asked_for([asked]).verdicts(on).values()
            refreshers += any(verdict.status in {Status.DUE, Status.OVERDUE} for verdict in verdicts)
    return changes, refreshers


def _places_of(person: UUID, on: date) -> list[Loaded]:
    return [one for one in loaded_of_person(Scope(person=person), person, on=on) if one.seats]


def _own_changes(person: UUID, loaded: list[Loaded], on: date) -> list[OwnChange]:
    followed = followed_at(Scope(person=person), [one.organisation.pk for one in loaded])
    done = _done(person)
    found: dict[RolloutId, OwnChange] = {}
    for one in loaded:
        for change in _changes(one, followed.get(one.organisation.pk, []), done, on):
            held = found.get(change.id)
            if held is None or (change.goes_live_on, change.code) < (held.goes_live_on, held.code):
                found[change.id] = change
    return sorted(found.values(), key=lambda one: (one.goes_live_on, str(one.id)))


def own_change(person: UUID, rollout: RolloutId, on: date) -> OwnChange | None:
    """One change that touches somebody on a day; None when it does not."""
    return next((one for one in own_changes(person, on) if one.id == rollout), None)


def own_refreshers(person: UUID, on: date) -> list[OwnRefresher]:
    """What changed since somebody last confirmed it, or in the last year, at each place they work at, by name."""
    own = Scope(person=person)
    loaded = [one for one in loaded_of_person(own, person, on=on) if one.seats]
    places = [one.organisation.pk for one in loaded]
    followed, asking, done = followed_at(own, places), refreshers_at(places), _done(person)
    rows = RefresherDone.objects.filter(person_id=person).order_by("at", "pk")
    confirmed = {row.organisation_id: row for row in rows.defer("content")}
    found = []
    for one in loaded:
        place = one.organisation
        last = confirmed.get(place.pk)
        since, heard_at = (last.on, last.at) if last else (add_months(on, -12), None)
        rule = asking.get(place.pk)
        verdicts = {}
        if rule is not None:
            asked = refresher_rule(place.pk, rule.starts_on, rule.recorded_at)
            verdicts = dict(one.asked_for([asked]).verdicts(on))
        news = [each for each in followed.get(place.pk, []) if each.is_news(on, since, heard_at)]
        heard = _changes(one, news, done, on, for_days=REMEMBERED_FOR_DAYS)
        changes = tuple(sorted(heard, key=lambda each: (each.goes_live_on, str(each.id))))
        verdict = next(iter(verdicts.values()), None)
        found.append(OwnRefresher(place.pk, place.code, place.name, since, changes, verdict, last.on if last else None))
    return found


def reminded_on(organisation: UUID, rollout: RolloutId, on: date) -> frozenset[UUID]:
    """Who was reminded of a rollout at a place on a day."""
    rows = RolloutReminder.objects.filter(organisation_id=organisation, rollout_id=rollout, on=on)
    return frozenset(rows.values_list("person_id", flat=True))


def _ready(loaded: Loaded, follows: list[Followed], on: date) -> dict[RolloutId, Readiness]:
    asked = ruled(loaded.organisation.pk, follows)
    seats = {key: _who(seat) for key, seat in loaded.seats.items()}
    return readiness(seats, loaded.asked_for(asked.requirements).verdicts(on).values(), asked.about)


def _changes(
    loaded: Loaded, follows: list[Followed], done: Mapping[str, date], on: date, *, for_days: int = ASKED_FOR_DAYS
) -> list[OwnChange]:
    place, by_id = loaded.organisation, {one.rollout: one for one in follows}
    asked = ruled(place.pk, follows, for_days=for_days)
    steps: dict[RolloutId, dict[str, Step]] = {}
    for verdict in loaded.asked_for(asked.requirements).verdicts(on).values():
        about = asked.about[verdict.requirement]
        when = done.get(subject_of(about.edition, about.step))
        steps.setdefault(about.rollout, {})[about.step] = Step(about.step, verdict, when)
    found = []
    for rollout, theirs in steps.items():
        followed = by_id[rollout]
        told = followed.on(on) or followed.versions[0]
        ordered = tuple(theirs[key] for key in told.notice.asked if key in theirs)
        found.append(OwnChange(rollout, place.pk, place.code, place.name, followed.goes_live_on, told, ordered))
    return found


def _done(person: UUID) -> dict[str, date]:
    """When somebody last did each thing, by the subject of its record; what was withdrawn is not done."""
    rows = RolloutDone.objects.filter(person_id=person, record__withdrawal=None).select_related("record")
    return {row.record.subject_id: london_date(row.at) for row in rows.order_by("at", "pk")}


def _who(seat: Seat) -> Who:
    return Who(seat.person, seat.name, seat.sort_name, seat.role_name, seat.group_name, seat.group_position)
