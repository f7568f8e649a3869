"""Who stands by how skills are described: at a place, or at anything above it."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from preceptor.foundation.access import Scope
from preceptor.foundation.dates import london_date

from ..domain import Framework, Skill
from ..domain.reviewing import Confirmed, description_digest, reviewed
from ..models import SkillReview
from .frameworks import places_above


def stands_by(organisation: UUID, skill: Skill) -> bool:
    """Does a place stand by a skill as it is described now? Descriptions are about nobody, so this takes no scope."""
    digest = description_digest(skill)
    rows = SkillReview.objects.filter(organisation_id=organisation, skill=skill.key, sha256=digest)
    return bool(rows.order_by("-at", "-pk").values_list("stands", flat=True).first())


def reviewed_at(scope: Scope, organisation: UUID, framework: Framework, *, names_own: bool) -> Framework:
    """A framework with who stands by each description, at the place or above it, beside what came with the framework.

    Without `names_own` the place is named and not who decided there: their names stay at home.
    """
    places = places_above(scope, organisation) | {organisation}
    rows = SkillReview.objects.filter(organisation_id__in=places).select_related("organisation").order_by("at", "pk")
    last = {(row.organisation_id, row.skill, row.sha256): row for row in rows}
    return reviewed(framework, _standing(last.values(), organisation, names_own=names_own))


def _standing(rows: Iterable[SkillReview], organisation: UUID, *, names_own: bool) -> Iterable[Confirmed]:
    for row in rows:
        if row.stands:
            place = row.organisation
            is_named = names_own or place.pk != organisation
            by = f"{row.by_name} ({row.words}) at {place.name}" if is_named else place.name
            yield Confirmed(row.skill, row.sha256, by, london_date(row.at))
