"""When somebody able to offer a service to patients is on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.urls import reverse

from preceptor.compliance.standing.queries import loaded_of
from preceptor.foundation.access import Can, Viewer
from preceptor.training.services.domain.desk import Asked, Desk, DeskGap
from preceptor.training.services.domain.readiness import Wanted

from ..domain.abilities import Ability, Need, NeedKind
from ..domain.covering import day_gaps
from ..domain.rota import Session, turns_on
from .covering import covering_with

_AHEAD: Final = timedelta(weeks=4) - timedelta(days=1)


def desk_at(viewer: Viewer, organisation: UUID, asked: Asked, today: date) -> Desk | None:
    """In how many sessions of the next four weeks somebody on the rota can offer a service; None for who sees no rota.

    Whoever is in date at what is asked of their role counts.
    """
    scope = viewer.scope(Can.SEE_PRACTICE)
    if not scope.holds(organisation) or not asked.everything:
        return None
    loaded = loaded_of(scope, organisation)
    wanted = {one.engagement: asked.wanted.get(one.role, asked.everything) for one in loaded.seats.values()}
    ways = {some: _able(number, asked.name, some) for number, some in enumerate(dict.fromkeys(wanted.values()))}
    every = covering_with(scope, loaded, list(ways.values()), today)
    able = _able(0, asked.name, asked.everything)
    here = replace(
        every,
        abilities=(able,),
        able={(able.id, one): every.able[ways[some].id, one] for one, some in wanted.items()},
    )
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


def _able(number: int, title: str, wanted: Iterable[Wanted]) -> Ability:
    """Being able to offer a service, in every session: no ability that anybody chose."""
    return Ability(
        id=UUID(int=number),
        title=title,
        needs=tuple(Need(NeedKind.SKILL, (one.key,), one.level) for one in wanted),
        during=tuple(Session),
        least=1,
        reason="",
        starts_on=date.min,
        ends_on=None,
        by_name="",
    )
