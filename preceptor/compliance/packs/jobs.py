"""Entry points without a request: starting a practice from the national pack."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

from preceptor.compliance.requirements.domain.adoption import Adopted
from preceptor.foundation.access import EVERYWHERE, Viewer
from preceptor.foundation.actions import Refusal
from preceptor.register.organisations.domain import OrganisationId
from preceptor.register.organisations.queries import organisation_by_code

from .actions import adopt, publish_national
from .queries.offered import items_of, latest_versions, national_pack

STARTER: Final = "starter"
PACKS: Final = (STARTER, "all")


def start(
    by: Viewer, at: datetime, *, code: str, starts_on: date, decided_by: str, decided_on: date, pack: str = STARTER
) -> list[Adopted]:
    """Lets an organisation adopt the national pack as published by then: what one starts with, or all."""
    owner = organisation_by_code(EVERYWHERE, code)
    publish_national(by=by, at=at)
    national = national_pack()
    if national is None:
        raise Refusal("Load the national catalogue first")
    version = latest_versions([national.id], at)[national.id]
    items = items_of([version.pk])[version.pk]
    return adopt(
        by=by,
        at=at,
        organisation=OrganisationId(owner.pk),
        pack=national.id,
        wanted=[key for key, item in items.items() if item.core or pack != STARTER],
        starts_on=starts_on,
        decided_by=decided_by,
        decided_on=decided_on,
    )
