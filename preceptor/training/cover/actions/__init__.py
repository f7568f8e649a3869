"""Every change to what is critical, and to the rota. Nothing is edited: a change is a further belief."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid4

from preceptor.foundation.access import Can, Viewer
from preceptor.foundation.actions import Refusal, action
from preceptor.foundation.dates import london_date
from preceptor.foundation.facts import known, supersede
from preceptor.foundation.files import HeldFile, held
from preceptor.register.models import Organisation
from preceptor.register.organisations.domain import Kind, OrganisationId
from preceptor.register.organisations.queries import organisation_by_id

from ..domain.abilities import MOST_PEOPLE, NeedKind, NewAbility
from ..domain.rota import FURTHEST, MOST_WEEKS, NewRota
from ..models import CriticalAbility, RotaTurn, RotaVersion
from ..queries import ability_choices, rota_plan, skill_choices, staff_at


@action("ability.chosen", may=Can.PLAN_WORK)
def choose_ability(*, by: Viewer, at: datetime, organisation: OrganisationId, new: NewAbility) -> UUID:
    """Counts something as critical from a day on.

    Refuses one without a reason or anything it takes, what a place does not have, and a title that is there already.
    """
    place = _locked(by, organisation)
    if place.kind != Kind.PRACTICE:
        raise Refusal("Only a practice says what is critical there")
    return _count(by, at, place, new)


@action("ability.changed", may=Can.PLAN_WORK)
def change_ability(*, by: Viewer, at: datetime, organisation: OrganisationId, ability: UUID, new: NewAbility) -> UUID:
    """Counts something otherwise from a day on; until then it counts as it did.

    From its own first day, or one before, it takes the place of what was believed so far. Refuses what does not count
    any more, what changes nothing, and what `choose_ability` refuses.
    """
    place = _locked(by, organisation)
    rows = CriticalAbility.objects.filter(known(None), organisation=place, ability=ability, ends_on=None)
    row = rows.first()
    if row is None or row.starts_on is None:
        raise Refusal("That is not counted as critical any more")
    was = (row.title, row.needs, row.during, row.least, row.reason)
    if was == (new.title.strip(), _needs(new), _during(new), new.least, new.reason.strip()):
        raise Refusal("Nothing would change", field="title")
    supersede(rows, at)
    if new.starts_on > row.starts_on:
        _end(by, at, row, new.starts_on, "Changed")
        return _count(by, at, place, new)
    return _count(by, at, place, new, ability)


def _count(by: Viewer, at: datetime, place: Organisation, new: NewAbility, ability: UUID | None = None) -> UUID:
    scope = by.scope(Can.PLAN_WORK)
    if not new.title.strip() or not new.reason.strip():
        raise Refusal("Say why", field="reason")
    requirements, tasks = (dict(one) for one in ability_choices(scope, place.pk))
    known_here = {
        NeedKind.REQUIREMENT: requirements,
        NeedKind.TASK: tasks,
        NeedKind.SKILL: dict(skill_choices(scope, place.pk, london_date(at))),
    }
    if not new.needs or not all(set(need.one_of) & set(known_here[need.kind]) for need in new.needs):
        raise Refusal("Choose what it takes: something that your practice asks for, or a task", field="suggestion")
    if not 1 <= new.least <= MOST_PEOPLE:
        raise Refusal(f"Enter a number from 1 to {MOST_PEOPLE}", field="least")
    if CriticalAbility.objects.filter(known(None), organisation=place, title=new.title.strip(), ends_on=None).exists():
        raise Refusal("There is one of that name already", field="title")
    row = CriticalAbility.objects.create(
        ability=ability or uuid4(),
        organisation=place,
        title=new.title.strip(),
        needs=_needs(new),
        during=_during(new),
        least=new.least,
        reason=new.reason.strip(),
        starts_on=new.starts_on,
        recorded_at=at,
        by=by.user,
        by_name=by.name,
    )
    return row.ability


def _needs(new: NewAbility) -> list[dict[str, object]]:
    return [{"kind": need.kind.value, "one_of": list(need.one_of), "level": need.level} for need in new.needs]


def _during(new: NewAbility) -> list[str]:
    return [one.value for one in new.during]


@action("ability.dropped", may=Can.PLAN_WORK)
def drop_ability(
    *, by: Viewer, at: datetime, organisation: OrganisationId, ability: UUID, ends_on: date, reason: str
) -> None:
    """Stops counting something as critical from a day on. What was so before stays."""
    place = _locked(by, organisation)
    rows = CriticalAbility.objects.filter(known(None), organisation=place, ability=ability, ends_on=None)
    row = rows.first()
    if row is None:
        raise Refusal("That is not counted as critical any more")
    if not reason.strip():
        raise Refusal("Say why", field="reason")
    if row.starts_on is not None and ends_on <= row.starts_on:
        raise Refusal("The last day must not be before the first", field="last_on")
    supersede(rows, at)
    _end(by, at, row, ends_on, reason.strip())


def _end(by: Viewer, at: datetime, row: CriticalAbility, ends_on: date, why: str) -> None:
    CriticalAbility.objects.create(
        ability=row.ability,
        organisation_id=row.organisation_id,
        title=row.title,
        needs=row.needs,
        during=row.during,
        least=row.least,
        reason=row.reason,
        starts_on=row.starts_on,
        ends_on=ends_on,
        why_ended=why,
        recorded_at=at,
        by=by.user,
        by_name=by.name,
    )


@action("rota.written", may=Can.PLAN_WORK)
def write_rota(
    *, by: Viewer, at: datetime, organisation: OrganisationId, new: NewRota, seen: str | None = None
) -> UUID:
    """Puts people down for a week that repeats from a Monday on, or for that week alone.

    Refuses somebody who does not work there in that week, and with `seen`, the rota that was the last one written when
    somebody began to type, a week that somebody else wrote meanwhile.
    """
    place = _locked(by, organisation)
    last = RotaVersion.objects.filter(known(None), organisation=place).order_by("-recorded_at", "pk").first()
    if seen is not None and seen != (str(last.pk) if last else ""):
        who = last.by_name if last else "Somebody"
        raise Refusal(f"{who} changed the rota while you typed. Check who is on below, then save again if it is right")
    return _write(by, at, place, new)


@action("rota.imported", may=Can.PLAN_WORK)
def import_rota(
    *, by: Viewer, at: datetime, organisation: OrganisationId, file: HeldFile, new: NewRota, agreed: str
) -> UUID:
    """Puts down what a held file says, or nothing. `agreed` is the digest of the plan that somebody said yes to."""
    place = _locked(by, organisation)
    content = held(file)
    if content is None:
        raise Refusal(f"“{file.name}” was not used in time. Choose it again", field="file")
    plan = rota_plan(by.scope(Can.PLAN_WORK), place.pk, file.name, content, new.starts_on)
    if plan.problems or plan.digest != agreed:
        raise Refusal("Something changed since you looked. Check what would be put down now", field="file")
    return _write(by, at, place, NewRota(new.starts_on, new.every, new.once, plan.turns, file.name))


@action("rota.undone", may=Can.PLAN_WORK)
def undo_rota(*, by: Viewer, at: datetime, organisation: OrganisationId, rota: UUID) -> None:
    """Takes back the rota that was recorded last; the one before it holds again. Both stay in the ledger."""
    place = _locked(by, organisation)
    last = RotaVersion.objects.filter(known(None), organisation=place).order_by("-recorded_at", "pk").first()
    if last is None or last.pk != rota:
        raise Refusal("Only the rota that was written last can be taken back")
    supersede(RotaVersion.objects.filter(pk=last.pk), at)


def _write(by: Viewer, at: datetime, place: Organisation, new: NewRota) -> UUID:
    today = london_date(at)
    if new.starts_on.weekday():
        raise Refusal("A rota begins on a Monday", field="starts_on")
    if abs(new.starts_on - today) > FURTHEST:
        raise Refusal("The Monday must be within a year of today", field="starts_on")
    if not 1 <= new.every <= MOST_WEEKS:
        raise Refusal(f"A rota repeats every 1 to {MOST_WEEKS} weeks", field="every")
    here = {one.engagement for one in staff_at(by.scope(Can.PLAN_WORK), place.pk, new.starts_on)}
    if not {who for some in new.turns.values() for who in some} <= here:
        raise Refusal("Somebody who is put down does not work here in that week")
    row = RotaVersion.objects.create(
        organisation=place,
        starts_on=new.starts_on,
        ends_on=new.ends_on,
        every=new.every,
        source=new.source,
        recorded_at=at,
        by=by.user,
        by_name=by.name,
    )
    RotaTurn.objects.bulk_create(
        [
            RotaTurn(rota=row, engagement_id=UUID(who), weekday=slot.weekday, session=slot.session.value)
            for slot, some in sorted(new.turns.items())
            for who in sorted(some)
        ]
    )
    return row.pk


def _locked(by: Viewer, organisation: OrganisationId) -> Organisation:
    """The place, held until the action is over, so that two changes at once do not pass each other."""
    found = organisation_by_id(by.scope(Can.PLAN_WORK), organisation)
    return Organisation.objects.select_for_update().get(pk=found.pk)
