"""Taking requirements over from the national catalogue."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, datetime

from preceptor.foundation.access import Can, Viewer
from preceptor.foundation.actions import Refusal, action
from preceptor.foundation.dates import london_date
from preceptor.register.models import Organisation
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_id

from ..domain.adoption import Adopted, Offered, Outcome, Taken, taken_over
from ..domain.decisions import RequirementId
from ..models import Requirement, RequirementVersion
from ..queries.rows import cited_by, decision_of, otherwise_of, requirement_rows, rule_of, template_rows
from .steps import NewVersion, write_versions


@action("requirement.adopted", may=Can.EDIT_REQUIREMENTS)
def adopt(
    *,
    by: Viewer,
    at: datetime,
    organisation: OrganisationId,
    template: RequirementId,
    starts_on: date,
    decided_by: str,
    decided_on: date,
) -> Adopted:
    """Gives an organisation its own copy of a national requirement, or the versions published since it took its copy.

    The version in force on `starts_on` is copied from that day on, later ones from their own day. What the organisation
    changed itself, or ended, is left as it is. Doing it twice changes nothing.
    """
    (one,) = _adopt(by, at, organisation, [template], starts_on, decided_by, decided_on)
    return one


@action("pack.adopted", may=Can.EDIT_REQUIREMENTS)
def adopt_pack(
    *,
    by: Viewer,
    at: datetime,
    organisation: OrganisationId,
    wanted: Collection[RequirementId],
    starts_on: date,
    decided_by: str,
    decided_on: date,
) -> list[Adopted]:
    """Adopts several national requirements at once, all or none, in the order of the catalogue."""
    return _adopt(by, at, organisation, wanted, starts_on, decided_by, decided_on)


def _adopt(
    by: Viewer,
    at: datetime,
    organisation: OrganisationId,
    wanted: Collection[RequirementId],
    starts_on: date,
    decided_by: str,
    decided_on: date,
) -> list[Adopted]:
    scope = by.scope(Can.EDIT_REQUIREMENTS)
    owner = organisation_by_id(scope, organisation)
    if not decided_by.strip():
        raise Refusal("Say who decided this", field="decided_by")
    if decided_on > london_date(at):
        raise Refusal("The day of the decision must be today or in the past", field="decided_on")
    chosen = list(template_rows().filter(pk__in=wanted))
    if not chosen or len(chosen) < len(set(wanted)):
        raise Refusal("Choose requirements from the catalogue", field="wanted")
    Organisation.objects.select_for_update().get(pk=owner.pk)
    # Whoever is publishing a version of one of them is waited for, so that no two versions get one number.
    list(Requirement.objects.select_for_update().filter(owner=owner).order_by("pk").values_list("pk"))
    held = {one.key: one for one in requirement_rows(scope, owner.pk)}
    outcomes, new = [], []
    for template in chosen:
        own = held.get(template.key)
        copies = list(_copies(at, template, own, starts_on))
        outcome = _outcome(own, copies)
        if outcome is Outcome.ADDED:
            own = _own(owner, template)
        elif own is None:
            raise Refusal(f"{template.title} is not in force on that day", field="starts_on")
        outcomes.append(Adopted(RequirementId(own.pk), own.key, outcome))
        if outcome in {Outcome.ADDED, Outcome.UPDATED}:
            new += list(_numbered(own, copies, decided_by.strip(), decided_on))
    write_versions(by, at, new)
    return outcomes


def _outcome(own: Requirement | None, copies: list[tuple[RequirementVersion, Taken]]) -> Outcome:
    """What becomes of one requirement, given what the organisation has under its key and what there is to copy."""
    if own is None:
        return Outcome.ADDED if copies else Outcome.UNCHANGED
    if hasattr(own, "retirement"):
        return Outcome.ENDED
    if own.template_id is None or _latest(own).copied_from_id is None:
        return Outcome.OWN
    return Outcome.UPDATED if copies else Outcome.UNCHANGED


def _copies(
    at: datetime, template: Requirement, own: Requirement | None, starts_on: date
) -> Iterator[tuple[RequirementVersion, Taken]]:
    """The template's versions to copy, each with its first day at the organisation."""
    published = {one.number: one for one in template.versions.all() if one.published_at <= at}
    copied = _latest(own).copied_from if own else None
    offered = [Offered(one.number, one.starts_on, one.ends_on) for one in published.values()]
    for taken in taken_over(offered, starts_on, after=copied.number if copied else 0):
        yield published[taken.number], taken


def _numbered(
    own: Requirement, copies: list[tuple[RequirementVersion, Taken]], decided_by: str, decided_on: date
) -> Iterator[NewVersion]:
    """The copies as versions of the organisation's own, after those it has."""
    last = max(own.versions.all(), key=lambda one: one.number, default=None)
    for number, (row, taken) in enumerate(copies, last.number + 1 if last else 1):
        if last and taken.starts_on <= last.starts_on:
            raise Refusal(
                f"{own.title}: the first day must be after {last.starts_on:%-d %B %Y}, when the version before starts",
                field="starts_on",
            )
        rule = replace(rule_of(row), starts_on=taken.starts_on, published_at=None)
        if number == 1:
            rule = replace(rule, transition=None)
        yield NewVersion(
            requirement=own.pk,
            number=number,
            rule=rule,
            decision=replace(decision_of(row), decided_by=decided_by, decided_on=decided_on),
            citations=cited_by(row),
            alternatives=otherwise_of(row),
            copied_from=row.pk,
        )


def _own(owner: Organisation, template: Requirement) -> Requirement:
    return Requirement.objects.create(
        key=template.key,
        owner=owner,
        template=template,
        area=template.area,
        title=template.title,
        short=template.short,
        column=template.column,
        core=template.core,
        position=template.position,
    )


def _latest(own: Requirement) -> RequirementVersion:
    return max(own.versions.all(), key=lambda one: one.number)
