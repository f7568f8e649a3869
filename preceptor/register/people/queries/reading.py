"""People, engagements, tasks and states as they are read, and what a staff list is read against."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Q
from django.db.models.functions import Lower, Upper
from django.http import Http404

from preceptor.foundation.access import Scope
from preceptor.foundation.cells import Problem
from preceptor.foundation.facts import holding, known
from preceptor.foundation.tables import NotATableError, read_sheets
from preceptor.register.organisations.domain import OrganisationId

from ..domain import ContractTerms, EngagementId, Entry, PersonId, RoleEntry, RoleTerms, Terms
from ..domain.staff_list import (
    KnownEngagement,
    KnownPerson,
    Lists,
    Mentioned,
    Plan,
    Surroundings,
    mentioned_in,
    plan_of,
)
from ..models import EngagementKind, EngagementTerm, JobRole, Person, PersonState, StaffGroup, State, Task, TaskHeld
from .sight import as_seen, at_organisation, details_of, states_within


def known_elsewhere(email: str | None, professional_number: str) -> Person | None:
    """The person with exactly this email address, else with exactly this professional number, wherever they work.

    Asked only to keep one identity to a person. What is found is never shown.
    """
    by_email = Person.objects.filter(email__iexact=email).first() if email else None
    if by_email or not professional_number:
        return by_email
    return Person.objects.filter(professional_number__iexact=professional_number).order_by("added_at", "pk").first()


def engaged_elsewhere(scope: Scope, person: PersonId) -> bool:
    """Is or was this person engaged at a place outside the scope?"""
    rows = EngagementTerm.objects.filter(known(None), void=False, engagement__person_id=person)
    return rows.exclude(at_organisation(scope)).exists() if not scope.everywhere else False


def terms_of(row: EngagementTerm) -> Terms:
    """The terms a row says, as a value."""
    if row.starts_on is None:
        raise ValueError("an engagement has a first day")
    return Terms(row.role_id, row.staff_group_id, row.kind_id, row.starts_on, row.ends_on, row.weekly_hours)


def engagement_by_id(scope: Scope, engagement: EngagementId) -> EngagementTerm:
    """An engagement's terms as believed now, with its person, place and role. Outside the scope it does not exist."""
    rows = EngagementTerm.objects.filter(_at(scope), known(None), void=False, engagement_id=engagement)
    found = as_seen(scope, rows.select_related("engagement__organisation", "role", "staff_group", "kind"))
    if not found:
        raise Http404
    return found[0]


def engagement_of(scope: Scope, person: PersonId, engagement: EngagementId) -> EngagementTerm:
    """An engagement of this person. Somebody else's, or one outside the scope, does not exist."""
    found = engagement_by_id(scope, engagement)
    if found.engagement.person_id != person:
        raise Http404
    return found


def engagements_of(scope: Scope, person: PersonId) -> list[EngagementTerm]:
    """A person's engagements at the scope's organisations, or all their own to themselves, the newest first."""
    rows = EngagementTerm.objects.filter(_at(scope), known(None), void=False, engagement__person_id=person)
    rows = rows.select_related("engagement__organisation", "role", "staff_group", "kind")
    return as_seen(scope, rows.order_by("-starts_on", "pk"))


def engagements_at(
    scope: Scope, organisation: UUID, on: date | None = None, known_at: datetime | None = None
) -> list[EngagementTerm]:
    """The engagements at an organisation that hold on a day, or all that ever were, by staff group and name."""
    rows = EngagementTerm.objects.filter(
        _at(scope), known(known_at), void=False, engagement__organisation_id=organisation
    )
    if on is not None:
        rows = rows.filter(holding(on))
    return as_seen(
        scope,
        rows.select_related("role", "staff_group", "kind").order_by(
            "staff_group__position",
            "engagement__person__family_name",
            "engagement__person__given_name",
            "starts_on",
            "pk",
        ),
    )


def tasks_known(scope: Scope, engagements: Collection[UUID], known_at: datetime | None = None) -> list[TaskHeld]:
    """The tasks given in these engagements as believed at a moment, in a stable order."""
    rows = TaskHeld.objects.filter(_at(scope), known(known_at), engagement_id__in=engagements).select_related("task")
    return list(rows.order_by("engagement_id", "task_id", "starts_on", "pk"))


def states_known(scope: Scope, people: Collection[UUID], known_at: datetime | None = None) -> list[PersonState]:
    """The states these people hold as believed at a moment, in a stable order. Of leavers those of their last day."""
    rows = states_within(scope, known_at).filter(person_id__in=people)
    return list(rows.select_related("state").order_by("person_id", "state_id", "starts_on", "pk"))


def staff_list_plan(scope: Scope, organisation: OrganisationId, name: str, content: bytes, today: date) -> Plan:
    """What a staff list would change at a place, in the same few queries for one line and for thousands."""
    try:
        sheets = read_sheets(name, content)
    except NotATableError as refused:
        return Plan(problems=(Problem("", 0, "", str(refused)),))
    return plan_of(sheets, staff_list_surroundings(scope, organisation, mentioned_in(sheets), today))


def staff_list_surroundings(
    scope: Scope, organisation: OrganisationId, mentioned: Mentioned, today: date
) -> Surroundings:
    """What a staff list is read against: who is or was here, who is mentioned wherever they work, and the lists."""
    rows = engagements_at(scope, organisation)
    held: dict[UUID, set[str]] = {}
    for one in tasks_known(scope, [row.engagement_id for row in rows]):
        if one.ends_on is None or one.ends_on > today:
            held.setdefault(one.engagement_id, set()).add(one.task_id)
    here = {row.engagement.person_id: row.engagement.person for row in rows}
    people = Person.objects.annotate(address=Lower("email"), number=Upper("professional_number")).filter(
        Q(pk__in=list(here)) | Q(address__in=mentioned.emails) | Q(number__in=mentioned.numbers)
    )
    elsewhere = EngagementTerm.objects.filter(
        known(None), ~Q(engagement__organisation_id=organisation), void=False, engagement__person__in=people
    )
    shared = set(elsewhere.values_list("engagement__person_id", flat=True))
    return Surroundings(
        people=tuple(
            KnownPerson(
                PersonId(one.pk),
                details_of(here.get(one.pk, one)),
                one.pk in here,
                one.pk in shared,
                also=(one.email or "", one.professional_number),
            )
            for one in people.order_by("added_at", "pk")
        ),
        engagements=tuple(
            KnownEngagement(
                EngagementId(row.engagement_id),
                PersonId(row.engagement.person_id),
                terms_of(row),
                frozenset(held.get(row.engagement_id, ())),
            )
            for row in rows
        ),
        lists=Lists(
            roles=tuple(RoleEntry(one.code, one.name, one.staff_group_id, tuple(one.aliases)) for one in job_roles()),
            groups=tuple(Entry(one.code, one.name) for one in staff_groups()),
            kinds=tuple(Entry(one.code, one.name) for one in engagement_kinds()),
            tasks=tuple(Entry(one.code, one.name) for one in tasks()),
        ),
        today=today,
    )


def contract_terms() -> dict[str, RoleTerms]:
    """The additional roles by their codes, with what the network contract asks of them. About nobody: no scope."""
    rows = JobRole.objects.exclude(terms={}).order_by("code").values_list("code", "name", "terms")
    return {code: RoleTerms(name, ContractTerms(**terms)) for code, name, terms in rows}


def people_counted(scope: Scope, organisations: Collection[OrganisationId], on: date) -> dict[UUID, int]:
    """How many people work at each of these organisations on a day. Figures for whoever may see no names. One query."""
    here = Q() if scope.everywhere else Q(engagement__organisation_id__in=scope.organisations)
    terms = EngagementTerm.objects.filter(
        here, known(None), holding(on), void=False, engagement__organisation_id__in=organisations
    )
    rows = terms.values_list("engagement__organisation_id").annotate(Count("engagement__person", distinct=True))
    return dict(rows.order_by("engagement__organisation_id"))


def job_roles() -> list[JobRole]:
    """Every role, by staff group and name."""
    return list(JobRole.objects.select_related("staff_group").order_by("staff_group__position", "name", "code"))


def staff_groups() -> list[StaffGroup]:
    """Every staff group in the order the matrix shows them."""
    return list(StaffGroup.objects.order_by("position", "code"))


def engagement_kinds() -> list[EngagementKind]:
    """Every kind of engagement by name."""
    return list(EngagementKind.objects.order_by("name", "code"))


def tasks() -> list[Task]:
    """Every task by name."""
    return list(Task.objects.order_by("name", "code"))


def states() -> list[State]:
    """Every state by name."""
    return list(State.objects.order_by("name", "code"))


def _at(scope: Scope) -> Q:
    """The condition that an engagement is at one of the scope's organisations, or is the scope's own person's."""
    if scope.everywhere:
        return Q()
    condition = Q(engagement__organisation_id__in=scope.organisations)
    return condition | Q(engagement__person_id=scope.person) if scope.person else condition
