"""Short ways to offer protected time."""

from __future__ import annotations

from datetime import date, datetime, time
from uuid import UUID

from preceptor.foundation.access import Viewer
from preceptor.register.organisations.domain import OrganisationId
from preceptor.training.planner.actions import offer_time
from preceptor.training.planner.domain.times import NewTime
from preceptor.training.planner.models import ProtectedDate


def protected(**changes: object) -> NewTime:
    """Three hours of an afternoon, for everybody, unless said otherwise."""
    said = {
        "starts_at": time(13, 30),
        "ends_at": time(16, 30),
        "covered_by": "Riverside PCN",
        "where": "",
        "groups": (),
    }
    return NewTime(**{**said, "times": 1, **changes})  # type: ignore[arg-type] # each test says what is different


def time_offered(by: Viewer, at: datetime, place: OrganisationId, on: date, **changes: object) -> list[UUID]:
    """Offers it from a day on. Says which dates there are, the first first."""
    there = set(ProtectedDate.objects.values_list("pk", flat=True))
    offer_time(by=by, at=at, organisation=place, new=protected(on=on, **changes))
    return [one.pk for one in ProtectedDate.objects.order_by("on") if one.pk not in there]
