"""What places count as critical, and what they may choose from."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final
from uuid import UUID

import msgspec
from django.conf import settings

from preceptor.compliance.requirements.queries import requirements_known, titles_of_templates
from preceptor.foundation.access import Scope
from preceptor.foundation.facts import known
from preceptor.register.people.queries import tasks as all_tasks
from preceptor.training.skills.queries import framework_of, latest_national, version_gone_by

from ..domain.abilities import Ability, Need, NeedKind, Suggestion
from ..domain.rota import Session
from ..models import CriticalAbility

_FILE: Final = Path(settings.HOUSE) / "data" / "cover" / "critical.yaml"


@cache
def suggestions() -> tuple[Suggestion, ...]:
    """What most practices count as critical. It is about nobody, so it needs no scope."""
    return tuple(msgspec.yaml.decode(_FILE.read_bytes(), type=list[Suggestion]))


def abilities_at(scope: Scope, organisations: Collection[UUID]) -> dict[UUID, list[Ability]]:
    """What places count, counted and will count as critical, by title."""
    rows = CriticalAbility.objects.filter(known(None), organisation_id__in=organisations)
    if not scope.everywhere:
        rows = rows.filter(organisation_id__in=scope.organisations)
    found: dict[UUID, list[Ability]] = {}
    for row in rows.order_by("organisation_id", "title", "starts_on", "pk"):
        found.setdefault(row.organisation_id, []).append(_ability(row))
    return found


def ability_choices(scope: Scope, organisation: UUID) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
    """The requirements a place has and the tasks there are, by title, to make an ability of."""
    asked = [(one.key, one.title) for one in requirements_known(scope, [organisation], None)]
    return sorted(asked, key=lambda one: one[1]), [(one.code, one.name) for one in all_tasks()]


def skill_choices(scope: Scope, organisation: UUID, on: date) -> list[tuple[str, str]]:
    """The skills of the framework a place goes by on a day, by title."""
    version = version_gone_by(scope, organisation, on)
    skills = framework_of(version.id).skills if version else ()
    return sorted(((one.key, one.title) for one in skills), key=lambda one: one[1])


def names_at(scope: Scope, organisation: UUID, on: date) -> dict[str, str]:
    """What everything an ability can take is called at a place on a day."""
    requirements, tasks = ability_choices(scope, organisation)
    return dict([*tasks, *skill_choices(scope, organisation, on), *requirements])


def national_names() -> dict[str, str]:
    """What the requirements and skills of the national catalogue are called, for places that do not ask them yet."""
    version = latest_national()
    skills = framework_of(version.id).skills if version else ()
    return {one.key: one.title for one in skills} | titles_of_templates()


def _ability(row: CriticalAbility) -> Ability:
    return Ability(
        id=row.ability,
        title=row.title,
        needs=tuple(Need(NeedKind(one["kind"]), tuple(one["one_of"]), one["level"]) for one in row.needs),
        during=tuple(Session(one) for one in row.during),
        least=row.least,
        reason=row.reason,
        starts_on=row.starts_on or date.min,
        ends_on=row.ends_on,
        by_name=row.by_name,
        why_ended=row.why_ended,
    )
