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
from ..models import Refresher, RefresherDone, Rollout, RolloutDone, RolloutReminder
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
        """Is there something new?"""
        return bool(self.changes)

    @property
    def is_asked(self) -> bool:
        """Does it wait for them?"""
        return self.verdict is not None and self.verdict.status in {Status.DUE, Status.OVERDUE}


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
    begins = _news_of(scope, loaded, on)
    asked: dict[date, list[Verdict]] = {}
    for day in {max(rule.starts_on, one) for one in begins.values()} | {rule.starts_on}:
        made = refresher_rule(organisation, day, rule.recorded_at)
        asked[day] = list(loaded.asked_for([made]).verdicts(on).values())
    seats = {key: _who(seat) for key, seat in loaded.seats.items()}
    verdicts = [
        one
        for day, some in asked.items()
        for one in some
        if max(rule.starts_on, begins.get(seats[one.engagement].person, rule.starts_on)) == day
    ]
    return confirmed(seats, verdicts, {one.person for one in seats.values()} - begins.keys())


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
    places = [one.organisation.pk for one in loaded]
    followed, asking, done = followed_at(Scope(person=person), places), refreshers_at(places), _done(person)
    changes = sum(bool(one.left) for one in _first_of(loaded, followed, done, on))
    refreshers = _own_refreshers(person, loaded, followed, asking, done, on) if asking else []
    return changes, sum(one.is_asked for one in refreshers)


def _places_of(person: UUID, on: date) -> list[Loaded]:
    return [one for one in loaded_of_person(Scope(person=person), person, on=on) if one.seats]


def _own_changes(person: UUID, loaded: list[Loaded], on: date) -> list[OwnChange]:
    followed = followed_at(Scope(person=person), [one.organisation.pk for one in loaded])
    return _first_of(loaded, followed, _done(person), on)


def _first_of(
    loaded: list[Loaded], followed: Mapping[UUID, list[Followed]], done: Mapping[str, date], on: date
) -> list[OwnChange]:
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
    loaded = _places_of(person, on)
    places = [one.organisation.pk for one in loaded]
    followed = followed_at(Scope(person=person), places)
    return _own_refreshers(person, loaded, followed, refreshers_at(places), _done(person), on)


def _own_refreshers(
    person: UUID,
    loaded: list[Loaded],
    followed: Mapping[UUID, list[Followed]],
    asking: Mapping[UUID, Refresher],
    done: Mapping[str, date],
    on: date,
) -> list[OwnRefresher]:
    rows = RefresherDone.objects.filter(person_id=person).order_by("at", "pk")
    confirmed = {row.organisation_id: row for row in rows.defer("content")}
    found = []
    for one in loaded:
        place = one.organisation
        last = confirmed.get(place.pk)
        since, heard_at = (last.on, last.at) if last else (add_months(on, -12), None)
        news = [each for each in followed.get(place.pk, []) if each.is_news(on, since, heard_at)]
        heard = _changes(one, news, done, on, for_days=REMEMBERED_FOR_DAYS)
        changes = tuple(sorted(heard, key=lambda each: (each.goes_live_on, str(each.id))))
        begins = [each.news_from(on) for each in news if each.rollout in {heard.id for heard in changes}]
        verdict = _asked_since(one, asking.get(place.pk), min(begins, default=None), on)
        found.append(OwnRefresher(place.pk, place.code, place.name, since, changes, verdict, last.on if last else None))
    return found


def _asked_since(loaded: Loaded, rule: Refresher | None, since: date | None, on: date) -> Verdict | None:
    """How somebody stands with the refresher a place asks for, with something to hear of since a day.

    None where it is not asked for, and where there is nothing to hear of and it was not confirmed lately either.
    """
    if rule is None:
        return None
    asked = refresher_rule(loaded.organisation.pk, max(rule.starts_on, since or rule.starts_on), rule.recorded_at)
    verdict = next(iter(loaded.asked_for([asked]).verdicts(on).values()), None)
    return verdict if since or (verdict is not None and is_done(verdict)) else None


def _news_of(scope: Scope, loaded: Loaded, on: date) -> dict[UUID, date]:
    """Since when there is something for each person at a place to hear of; who has heard of everything is not in it."""
    place = loaded.organisation.pk
    follows = {one.rollout: one for one in followed_at(scope, [place]).get(place, [])}
    asked = ruled(place, list(follows.values()), for_days=REMEMBERED_FOR_DAYS)
    touched = {
        (loaded.seats[one.engagement].person, asked.about[one.requirement].rollout)
        for one in loaded.asked_for(asked.requirements).verdicts(on).values()
    }
    rows = RefresherDone.objects.filter(organisation_id=place).order_by("at", "pk").values_list("person_id", "on", "at")
    last = {person: (day, at) for person, day, at in rows}
    found: dict[UUID, date] = {}
    for person, rollout in touched:
        since, heard_at = last.get(person, (add_months(on, -12), None))
        if follows[rollout].is_news(on, since, heard_at):
            found[person] = min(follows[rollout].news_from(on), found.get(person, date.max))
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
