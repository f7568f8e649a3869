"""Who is able to do what is critical, by the judge, and who is there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cached_property
from typing import Final
from uuid import UUID

from preceptor.compliance.requirements.domain.audience import Everyone, Task
from preceptor.compliance.requirements.domain.criteria import read_criterion
from preceptor.compliance.requirements.domain.known import KnownRequirement
from preceptor.compliance.requirements.domain.versions import Requirement, Version
from preceptor.compliance.standing.domain.audiences import in_audience
from preceptor.compliance.standing.domain.cases import Prepared, Seat
from preceptor.compliance.standing.domain.days import (
    NEVER,
    Days,
    between,
    contains,
    end_of,
    intersection,
    join,
    run,
    start_of,
    union,
)
from preceptor.compliance.standing.domain.tags import tag_of
from preceptor.compliance.standing.domain.verdicts import Case, Status, verdict_on
from preceptor.compliance.standing.queries import Loaded, load, loaded_of, with_skills
from preceptor.compliance.standing.queries import Seat as Named
from preceptor.foundation.access import Scope
from preceptor.foundation.disclosure import FEWEST
from preceptor.register.people.queries import tasks
from preceptor.training.skills.domain import Framework, Level, Skill
from preceptor.training.skills.domain.rules import Expected, criterion
from preceptor.training.skills.queries import framework_of, frameworks_at, latest_national

from ..domain.abilities import Ability, Need, NeedKind
from ..domain.covering import AHEAD, Beneath, Covering, Near, Worker
from ..domain.rota import Rota
from .abilities import abilities_at
from .rotas import rotas_at

_EVER: Final = date(1900, 1, 1)
_NEAREST: Final = 3
# How far somebody is from what an ability takes: it ran out, a level below, asked for, a task to be given, nothing yet.
_LAPSED, _BELOW, _ASKED, _TASK, _FAR = 1, 2, 3, 4, 100


def covering_of(scope: Scope, organisation: UUID, on: date, since: date | None = None) -> Covering:
    """How a place covers what it counts as critical, with its rotas from a day on, of which nothing else is said.

    Outside the scope it does not exist.
    """
    return covering_of_loaded(scope, loaded_of(scope, organisation), on, since)


def covering_of_loaded(scope: Scope, loaded: Loaded, on: date, since: date | None = None) -> Covering:
    """How a place covers what it counts as critical, of facts that are read already."""
    place = loaded.organisation.pk
    abilities = _counted(abilities_at(scope, [place]).get(place, ()), on)
    return covering_with(scope, loaded, abilities, on, since)


def covering_with(
    scope: Scope, loaded: Loaded, abilities: Sequence[Ability], on: date, since: date | None = None
) -> Covering:
    """How a place covers these abilities, whether or not it counts them as critical."""
    place = loaded.organisation.pk
    rotas = rotas_at(scope, [place], min(on, since or on)).get(place, [])
    return _covering(scope, loaded, abilities, rotas, _frameworks(scope, {place: abilities}, on).get(place), on)


def _covering(
    scope: Scope,
    loaded: Loaded,
    abilities: Sequence[Ability],
    rotas: Sequence[Rota],
    framework: Framework | None,
    on: date,
) -> Covering:
    able = _Able(scope, loaded, framework)
    workers = tuple(_worker(one, able.seat(one.engagement), able.away(one.engagement)) for one in loaded.seats.values())
    return Covering(
        on=on,
        abilities=tuple(abilities),
        workers=workers,
        rotas=tuple(rotas),
        able={(one.id, who.engagement): able.days(one, who.engagement) for one in abilities for who in workers},
        near={one.id: able.nearest(one, workers, on) for one in abilities},
    )


def counts_beneath(scope: Scope, organisations: Iterable[UUID], on: date) -> list[Beneath]:
    """How places cover what they count as critical, in counts alone, by name. Nobody is named."""
    keys = [one for one in organisations if scope.holds(one)]
    abilities = {place: _counted(some, on) for place, some in abilities_at(scope, keys).items()}
    rotas, frameworks = rotas_at(scope, keys, on), _frameworks(scope, abilities, on)
    found = []
    for place, loaded in load(scope, keys).items():
        here = _covering(scope, loaded, abilities.get(place, ()), rotas.get(place, ()), frameworks.get(place), on)
        name, code = loaded.organisation.name, loaded.organisation.code
        people = {one.person for one in here.workers if contains(one.engaged, on.toordinal())}
        if len(people) < FEWEST:
            found.append(Beneath(loaded.organisation.pk, code, name))
            continue
        holders = [len(here.present(one, on)) for one in here.abilities if one.holds_on(on)]
        gaps = {(one.day, one.session) for one in here.gaps(on, on + AHEAD)}
        found.append(
            Beneath(
                organisation=loaded.organisation.pk,
                code=code,
                name=name,
                abilities=len(holders),
                nobody=holders.count(0),
                only_one=holders.count(1),
                gaps=len(gaps),
                has_rota=here.is_planned(),
            )
        )
    return sorted(found, key=lambda one: (one.name, one.code))


def reasons_on(
    scope: Scope, organisation: UUID, abilities: Sequence[Ability], day: date
) -> Mapping[Ability, Mapping[str, str]]:
    """Why each engagement does not have an ability on a day, in words; nothing for those who have it."""
    loaded = loaded_of(scope, organisation)
    able = _Able(scope, loaded, _frameworks(scope, {organisation: abilities}, day).get(organisation))
    names = {one.code: one.name for one in tasks()}
    return {
        one: {
            engagement: "; ".join(able.lacks(one, engagement, day, names))
            for engagement in loaded.seats
            if not contains(able.days(one, engagement), day.toordinal())
        }
        for one in abilities
    }


class _Able:
    """The days on which people have an ability: the judge says so of requirements and skills, the register of tasks."""

    def __init__(self, scope: Scope, loaded: Loaded, framework: Framework | None) -> None:
        self._scope, self._loaded = scope, loaded
        self._training = loaded.judge().prepared
        self._keys = {one.key: str(one.id) for one in loaded.asked.values()}
        self._framework = framework
        self._skills: dict[tuple[str, ...], Prepared] = {}

    def seat(self, engagement: str) -> Seat:
        """The seat of an engagement."""
        return self._training.seat(engagement)

    def away(self, engagement: str) -> Days:
        """The days of leave."""
        pauses = self.seat(engagement).pauses
        return join((start_of(one.starts_on), end_of(one.ends_on)) for one in pauses)

    def days(self, ability: Ability, engagement: str) -> Days:
        """The days on which somebody has everything an ability takes. Leave does not take it from them."""
        seat = self.seat(engagement)
        found = between(self._need(ability.needs[0], engagement), seat.start, seat.end)
        for need in ability.needs[1:]:
            found = intersection(found, self._need(need, engagement))
        return found

    def nearest(self, ability: Ability, workers: Sequence[Worker], on: date) -> tuple[Near, ...]:
        """Who could be able next: who was once, who has most of it, who is asked for it; the nearest first."""
        found = []
        for one in workers:
            if contains(one.engaged, on.toordinal()) and not contains(
                self.days(ability, one.engagement), on.toordinal()
            ):
                steps = [self._step(need, one.engagement, on) for need in ability.needs]
                far = sum(step for step, _ in steps)
                alike = all(step == _TASK for step, _ in steps)  # a task alone anybody could be given
                if not alike and all(step < _FAR for step, _ in steps):
                    found.append(Near(one, far, "; ".join(words for _, words in steps if words)))
        found.sort(key=lambda one: (one.distance, one.worker.sort_name))
        return tuple(found[:_NEAREST])

    def lacks(self, ability: Ability, engagement: str, day: date, names: Mapping[str, str]) -> list[str]:
        """What somebody lacks of an ability on a day, in words."""
        found = []
        for need in ability.needs:
            if contains(self._need(need, engagement), day.toordinal()):
                continue
            if need.kind is NeedKind.TASK:
                task = " or ".join(names.get(one, one) for one in need.one_of)
                found.append(f"does not hold the task {task}")
            else:
                found.append(self._said(need, engagement, day))
        return found

    def _need(self, need: Need, engagement: str) -> Days:
        if need.kind is NeedKind.TASK:
            return in_audience(Task(need.one_of))(self.seat(engagement).shape.who)
        found: Days = NEVER
        for case in self._cases(need, engagement):
            found = union(found, intersection(case.required, case.met))
        return found

    def _cases(self, need: Need, engagement: str, level: int = 0) -> list[Case]:
        if need.kind is NeedKind.REQUIREMENT:
            keys, prepared = [self._keys[one] for one in need.one_of if one in self._keys], self._training
        else:
            asked = self._asked(need, Level(level or need.level))
            keys = [str(one.id) for one in asked]
            if tuple(keys) not in self._skills:
                self._skills[tuple(keys)] = with_skills(self._scope, self._loaded).asked_for(asked).judge().prepared
            prepared = self._skills[tuple(keys)]
        return [prepared.case(prepared.seat(engagement), prepared.rule(one)) for one in keys]

    def _asked(self, need: Need, level: Level) -> list[KnownRequirement]:
        """Skills as requirements for everybody: whoever is in date at one is able, asked for it or not."""
        found = []
        for skill in map(self._skill, need.one_of):
            if skill is None:
                continue
            expected = Expected(skill.key, level)
            rule = Version(_EVER, None, Everyone(), read_criterion(criterion(skill, level)), None)
            found.append(
                KnownRequirement(
                    id=expected.id,
                    owner=self._loaded.organisation.pk,
                    key=skill.key,
                    title=skill.title,
                    short=skill.title,
                    column=skill.key,
                    area=skill.module,
                    area_name="",
                    area_position=0,
                    position=0,
                    minutes=skill.minutes,
                    minutes_verified=False,
                    review_by=None,
                    rule=Requirement(str(expected.id), (rule,)),
                )
            )
        return found

    def _skill(self, key: str) -> Skill | None:
        """A skill as the place describes it, or where its framework leaves it out, as the national one does."""
        own = self._framework.skill(key) if self._framework else None
        return own or (self._national.skill(key) if self._national else None)

    @cached_property
    def _national(self) -> Framework | None:
        latest = latest_national()
        return framework_of(latest.id) if latest else None

    def _step(self, need: Need, engagement: str, on: date) -> tuple[int, str]:
        """How far somebody is from one thing an ability takes, and what there is to do."""
        at = on.toordinal()
        if contains(self._need(need, engagement), at):
            return 0, ""
        if need.kind is NeedKind.TASK:
            return _TASK, "would have to be given the task"
        verdicts = [verdict_on(case, at) for case in self._cases(need, engagement)]
        if need.kind is NeedKind.REQUIREMENT and all(one.status is Status.NOT_NEEDED for one in verdicts):
            return _FAR, ""
        if any(one.ever_met for one in verdicts):
            return _LAPSED, self._said(need, engagement, on)
        if need.kind is NeedKind.SKILL and need.level > Level.AWARE:
            below = self._cases(need, engagement, need.level - 1)
            if any(contains(case.met, at) for case in below):
                return (
                    _BELOW,
                    "aware of it, not signed for yet" if need.level == Level.CAN else "can do it, not teach it",
                )
        if need.kind is NeedKind.REQUIREMENT:
            return _ASKED, self._said(need, engagement, on)
        return _FAR, ""

    def _said(self, need: Need, engagement: str, day: date) -> str:
        """How somebody stands in what an ability takes, in words."""
        verdicts = [verdict_on(case, day.toordinal()) for case in self._cases(need, engagement)]
        if not verdicts:
            return "not asked for at this practice"
        if need.kind is NeedKind.SKILL:
            return "a signature for it ran out" if any(one.ever_met for one in verdicts) else "not signed for"
        told = [one for one in verdicts if one.status is not Status.NOT_NEEDED]
        if not told:
            return "not asked of them, so not in date"
        tag = tag_of(told[0])
        return f"{tag.word.lower()} {tag.date}".strip()


def _counted(abilities: Iterable[Ability], on: date) -> list[Ability]:
    """Those that count on a day or will."""
    return [one for one in abilities if one.ends_on is None or one.ends_on > on]


def _frameworks(scope: Scope, abilities: Mapping[UUID, Iterable[Ability]], on: date) -> Mapping[UUID, Framework]:
    """The frameworks of the places at which an ability takes a skill."""
    asked = [
        place
        for place, some in abilities.items()
        if any(need.kind is NeedKind.SKILL for one in some for need in one.needs)
    ]
    return frameworks_at(scope, asked, on) if asked else {}


def _worker(one: Named, seat: Seat, away: Days) -> Worker:
    return Worker(
        engagement=one.engagement,
        person=str(one.person),
        name=one.name,
        sort_name=one.sort_name,
        role=one.role,
        role_name=one.role_name,
        engaged=run(seat.start, seat.end),
        away=away,
    )
