"""What people call the codes that rules use, and which codes mean nothing."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import Final, TypeVar
from uuid import UUID

from django.db.models import Model, QuerySet

from preceptor.compliance.records.domain import KIND_NAMES
from preceptor.compliance.subjects.models import Subject
from preceptor.foundation.access import Scope
from preceptor.register.models import Organisation
from preceptor.register.organisations.models import ClinicalSystem, DigitalService
from preceptor.register.people.models import EngagementKind, JobRole, Person, StaffGroup, State, Task
from preceptor.register.people.queries import names_seen

from ..domain import audience as leaves_of
from ..domain.audience import At, Audience, Leaf, PersonIs, named
from ..domain.criteria import State as StateHeld
from ..domain.versions import Version
from ..domain.words import Names

M = TypeVar("M", bound=Model)

# What each leaf of an audience names.
_LEAVES: Final[tuple[tuple[str, type[Leaf], type[Model], str], ...]] = (
    ("role", leaves_of.Role, JobRole, "code"),
    ("staff group", leaves_of.StaffGroup, StaffGroup, "code"),
    ("kind of engagement", leaves_of.Kind, EngagementKind, "code"),
    ("task", leaves_of.Task, Task, "code"),
    ("organisation", At, Organisation, "code"),
    ("clinical system", leaves_of.System, ClinicalSystem, "code"),
    ("digital service", leaves_of.Service, DigitalService, "code"),
    ("person", PersonIs, Person, "id"),
)
_UUID: Final = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def unknown_codes(version: Version) -> list[tuple[str, str]]:
    """Every code in a rule that means nothing here, each with the kind of thing it should be."""
    leaves = [leaf for _, leaf in version.met_by.leaves()]
    named_subjects = {subject for leaf in leaves for subject in leaf.subjects()}
    named_states = {leaf.state for leaf in leaves if isinstance(leaf, StateHeld)}
    asked: list[tuple[str, type[Model], str, set[str]]] = [
        ("subject", Subject, "pk", named_subjects),
        ("state", State, "pk", named_states),
    ]
    asked += [(kind, table, column, set(named(version.audience, leaf))) for kind, leaf, table, column in _LEAVES]
    return [
        (kind, code) for kind, table, column, codes in asked for code in sorted(codes - _present(table, column, codes))
    ]


def names_for(scope: Scope, found: Iterable[Version] = ()) -> Names:
    """What people call the codes that rules use. A person these rules name is named to whoever may see them."""
    return audience_names(scope, [version.audience for version in found])


def audience_names(scope: Scope, audiences: Collection[Audience]) -> Names:
    """What people call the codes that rules and these audiences use."""
    places = frozenset[str]().union(*(named(audience, At) for audience in audiences))
    people = frozenset[str]().union(*(named(audience, PersonIs) for audience in audiences))
    return Names(
        subjects=_called(Subject.objects.all()),
        roles=_called(JobRole.objects.all()),
        staff_groups=_called(StaffGroup.objects.all()),
        engagement_kinds=_called(EngagementKind.objects.all()),
        tasks=_called(Task.objects.all()),
        systems=_called(ClinicalSystem.objects.all()),
        services=_called(DigitalService.objects.all()),
        states=_called(State.objects.all()),
        record_kinds={kind.value: name for kind, name in KIND_NAMES.items()},
        organisations=_called(Organisation.objects.filter(code__in=places)) if places else {},
        people=_people(scope, people) if people else {},
    )


def _present(table: type[Model], column: str, codes: set[str]) -> set[str]:
    if not codes:
        return set()
    if column == "id":
        codes = {code for code in codes if _UUID.fullmatch(code)}
    return {str(one) for one in QuerySet(table).filter(**{f"{column}__in": codes}).values_list(column, flat=True)}


def _called(rows: QuerySet[M]) -> dict[str, str]:
    return dict(rows.values_list("code", "name"))


def _people(scope: Scope, people: Collection[str]) -> dict[str, str]:
    known = [UUID(one) for one in people if _UUID.fullmatch(one)]
    seen = {str(person): name for person, name in names_seen(scope, known).items()}
    return {person: seen.get(person, "a named person") for person in people}
