"""Steps by which an organisation takes over what others offer, and offers versions of its own to others.

Each runs inside an action of the room that knows what is offered; that action asked for the permission.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime

from preceptor.foundation.access import Scope, Viewer
from preceptor.foundation.actions import Refusal
from preceptor.foundation.dates import london_date
from preceptor.register.models import Organisation

from ..domain.adoption import Adopted, following, too_early
from ..domain.decisions import Decision, RequirementId
from ..domain.loading import Said
from ..domain.transitions import Transition
from ..domain.versions import Version
from ..models import Requirement, RequirementVersion
from ..queries.rows import cited_by, decision_of, offered_rows, otherwise_of, requirement_rows, rule_of, said_in
from ..queries.taking import Planned, Wanted, planned
from .steps import NewVersion, write_versions


def take_over(
    by: Viewer,
    at: datetime,
    scope: Scope,
    owner: Organisation,
    wanted: Sequence[Wanted],
    starts_on: date,
    decided_by: str,
    decided_on: date,
) -> list[Adopted]:
    """Gives an organisation its own copies, or the versions published since it took them, in the order given.

    The version in force on `starts_on` is copied from that day on, later ones from their own day. What the organisation
    changed itself, took from elsewhere, or ended, is left as it is. Doing it twice changes nothing.
    """
    refuse_undecided(at, decided_by, decided_on)
    _lock(owner)
    plan = planned(scope, owner.pk, wanted, starts_on, at)
    if problem := next((one.problem for one in plan if one.problem), ""):
        raise Refusal(problem, field="starts_on")
    outcomes, new = [], []
    for one in plan:
        own = one.own or _own(owner, one.template)
        outcomes.append(Adopted(RequirementId(own.pk), own.key, one.outcome))
        new += list(_numbered(own, one, decided_by.strip(), decided_on))
    write_versions(by, at, new)
    return outcomes


def take_version(
    by: Viewer,
    at: datetime,
    scope: Scope,
    owner: Organisation,
    offered: RequirementVersion,
    *,
    starts_on: date,
    transition: Transition,
    decided_by: str,
    decided_on: date,
) -> RequirementId:
    """Makes one offered version the organisation's next, from a day and in a way of its own.

    Refuses a day that is not after the version before, and a requirement that has ended.
    """
    refuse_undecided(at, decided_by, decided_on)
    _lock(owner)
    own = {one.key: one for one in requirement_rows(scope, owner.pk)}.get(offered.requirement.key)
    if own is None:
        own = _own(owner, offered.requirement)
    elif hasattr(own, "retirement"):
        raise Refusal(f"{own.title} has ended here and cannot be taken again")
    published = [rule_of(one) for one in own.versions.all()]
    refuse_early(own, starts_on)
    new = NewVersion(
        requirement=own.pk,
        number=len(published) + 1,
        rule=following(published, rule_of(offered), starts_on, transition),
        decision=replace(decision_of(offered), decided_by=decided_by.strip(), decided_on=decided_on),
        citations=cited_by(offered),
        alternatives=otherwise_of(offered),
        copied_from=offered.pk,
    )
    write_versions(by, at, [new])
    return RequirementId(own.pk)


def offer_version(
    by: Viewer, at: datetime, organisation: Organisation, like: Requirement, said: Said, *, key: str
) -> RequirementVersion:
    """Writes a version that an organisation offers to others. It obliges nobody, the organisation's own people neither.

    Refuses a first day that is not after the version it offered before.
    """
    Organisation.objects.select_for_update().get(pk=organisation.pk)
    row = offered_rows(organisation.pk).filter(key=key).first()
    if row is None:
        template = like if like.owner_id is None and like.offered_by_id is None else like.template
        row = Requirement.objects.create(**_heading(like), key=key, offered_by=organisation, template=template)
    refuse_early(row, said.rule.starts_on)
    number = row.versions.count() + 1
    rule = replace(said.rule, published_at=None)
    new = NewVersion(row.pk, number, rule, said.decision, said.citations, said.alternatives)
    write_versions(by, at, [new])
    return RequirementVersion.objects.select_related("requirement").get(requirement=row, number=number)


def said_of(version: RequirementVersion, *, rule: Version, decision: Decision) -> Said:
    """What a version says with another rule and another decision, and the same sources beside it."""
    return replace(said_in(version), rule=rule, decision=decision)


def refuse_undecided(at: datetime, decided_by: str, decided_on: date) -> None:
    """Refuses what nobody decided, and a decision still to come."""
    if not decided_by.strip():
        raise Refusal("Say who decided this", field="decided_by")
    if decided_on > london_date(at):
        raise Refusal("The day of the decision must be today or in the past", field="decided_on")


def refuse_early(own: Requirement, starts_on: date) -> None:
    """Refuses a first day that is not after the one of the version before."""
    last = max((one.starts_on for one in own.versions.all()), default=None)
    if problem := too_early(own.title, last, starts_on):
        raise Refusal(problem, field="starts_on")


def _lock(owner: Organisation) -> None:
    """Whoever else is changing what an organisation requires waits, so that no two versions get one number."""
    Organisation.objects.select_for_update().get(pk=owner.pk)
    list(Requirement.objects.select_for_update().filter(owner=owner).order_by("pk").values_list("pk"))


def _numbered(own: Requirement, plan: Planned, decided_by: str, decided_on: date) -> Iterator[NewVersion]:
    """The copies as versions of the organisation's own, after those it has."""
    first = plan.held[-1].number + 1 if plan.held else 1
    for number, (row, rule) in enumerate(plan.copies, first):
        yield NewVersion(
            requirement=own.pk,
            number=number,
            rule=rule,
            decision=replace(decision_of(row), decided_by=decided_by, decided_on=decided_on),
            citations=cited_by(row),
            alternatives=otherwise_of(row),
            copied_from=row.pk,
        )


def _own(owner: Organisation, like: Requirement) -> Requirement:
    return Requirement.objects.create(**_heading(like), key=like.key, owner=owner, template=like)


def _heading(like: Requirement) -> dict[str, object]:
    return {
        "area": like.area,
        "title": like.title,
        "short": like.short,
        "column": like.column,
        "core": like.core,
        "position": like.position,
    }
