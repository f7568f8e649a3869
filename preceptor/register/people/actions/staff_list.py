"""Bringing a staff list."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from preceptor.foundation.access import Can, Viewer
from preceptor.foundation.actions import Refusal, action
from preceptor.foundation.dates import london_date
from preceptor.foundation.files import HeldFile, held
from preceptor.register.organisations.domain import ALWAYS, OrganisationId
from preceptor.register.organisations.models import Organisation
from preceptor.register.organisations.queries import organisation_by_id

from ..domain import PersonId
from ..domain.staff_list import Changed, NewHere
from ..models import Person
from ..queries import details_of, engagement_by_id, staff_list_plan, terms_of, to_ask
from .steps import add_rows, change_person, engage_all, engage_next, give, refuse_longer, restate


class PlanChangedError(Refusal):
    """The staff list would do something else by now than what was agreed to."""


@action("staff-list.imported", may=Can.IMPORT)
def import_staff(*, by: Viewer, at: datetime, organisation: OrganisationId, file: HeldFile, agreed: str) -> int:
    """Carries out a held staff list, whole or not at all. Says how many people were added or changed.

    `agreed` is the digest of the plan someone said yes to: if the file would do anything else by now, it is refused.
    """
    scope = by.scope(Can.IMPORT)
    place = Organisation.objects.select_for_update().get(pk=organisation_by_id(scope, organisation).pk)
    content = held(file)
    if content is None:
        raise PlanChangedError(f"“{file.name}” was not used in time. Choose it again", field="file")
    key = OrganisationId(place.pk)
    plan = staff_list_plan(scope, key, file.name, content, london_date(at))
    if plan.problems:
        raise Refusal("The file has problems, so nothing was imported", field="file")
    if plan.digest != agreed:
        raise PlanChangedError("Something changed since you looked. Check what would change now", field="file")
    asked = to_ask(scope, key, [one.person for one in plan.new if one.person], london_date(at))
    _add_all(at, key, plan.new, asked)
    for changed in plan.changed:
        _change(by, at, changed)
    return len(plan.new) + len(plan.changed)


def _add_all(at: datetime, organisation: OrganisationId, new: Sequence[NewHere], asked: Collection[PersonId]) -> None:
    """Writes the new people and engagements, a few statements for a thousand. Those to be asked stay as they are."""
    strangers = add_rows(at, [one.details for one in new if one.person is None])
    unused = iter(strangers)
    for one in new:
        if one.person and one.person not in asked and one.details != details_of(Person.objects.get(pk=one.person)):
            change_person(one.person, one.details)
    typed = {one.person: one.typed for one in new if one.person in asked and one.person}
    engage_all(at, organisation, [(one.person or next(unused), one.terms, one.tasks) for one in new], typed)


def _change(by: Viewer, at: datetime, changed: Changed) -> None:
    if changed.details:
        change_person(changed.person, changed.details)
    row = engagement_by_id(by.scope(Can.IMPORT), changed.engagement)
    if changed.moved:
        refuse_longer(by, row, changed.moved.ends_on)
        restate(at, row, replace(terms_of(row), ends_on=changed.moved.starts_on))
        engage_next(at, row, changed.moved, changed.tasks)
        return
    if changed.terms:
        refuse_longer(by, row, changed.terms.ends_on)
        restate(at, row, changed.terms)
    for task in changed.tasks:
        give(at, changed.engagement, task, ALWAYS)
