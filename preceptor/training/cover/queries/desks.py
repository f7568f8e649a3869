"""When somebody able to offer a service to patients is on."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.urls import reverse

from preceptor.compliance.standing.queries import loaded_of
from preceptor.foundation.access import Can, Viewer
from preceptor.training.services.domain.desk import Asked, Desk, DeskGap
from preceptor.training.skills.domain import Level

from ..domain.abilities import Ability, Need, NeedKind
from ..domain.covering import day_gaps
from ..domain.rota import Session, turns_on
from .covering import covering_with

_AHEAD: Final = timedelta(weeks=4) - timedelta(days=1)
_SERVICE: Final = UUID(int=0)  # it is no ability anybody chose


def desk_at(viewer: Viewer, organisation: UUID, asked: Asked, today: date) -> Desk | None:
    """In how many sessions of the next four weeks somebody on the rota can offer a service; None for who sees no rota.

    Whoever is in date at every skill of the service counts, whatever their role.
    """
    scope = viewer.scope(Can.SEE_PRACTICE)
    if not scope.holds(organisation) or not asked.skills:
        return None
    able = Ability(
        id=_SERVICE,
        title=asked.name,
        needs=tuple(Need(NeedKind.SKILL, (key,), Level.CAN) for key in asked.skills),
        during=tuple(Session),
        least=1,
        reason="",
        starts_on=date.min,
        ends_on=None,
        by_name="",
    )
    loaded = loaded_of(scope, organisation)
    here = covering_with(scope, loaded, [able], today)
    until = today + _AHEAD
    planned = sum(
        len(turns_on(here.rotas, today + timedelta(days=number))) for number in range((until - today).days + 1)
    )
    gaps = list(here.gaps(today, until))
    code = loaded.organisation.code
    return Desk(
        until=until,
        sessions=planned,
        covered=planned - len(gaps),
        gaps=tuple(DeskGap(one.day, tuple(str(session) for session in one.sessions)) for one in day_gaps(gaps)),
        rota_href=reverse("cover:rota", args=[code])
        if viewer.scope(Can.PLAN_WORK).holds(organisation)
        else reverse("cover:cover", args=[code]),
    )
