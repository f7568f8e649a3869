"""Which organisations a scope opens to a question about requirements."""

from __future__ import annotations

from django.db.models import Q

from preceptor.foundation.access import Scope
from preceptor.foundation.facts import known
from preceptor.register.people.models import EngagementTerm


def obliging(scope: Scope, column: str) -> Q:
    """The condition that an organisation is in the scope, or the scope's own person was ever engaged there."""
    if scope.everywhere:
        return Q()
    condition = Q(**{f"{column}__in": scope.organisations})
    if scope.person is None:
        return condition
    own = EngagementTerm.objects.filter(known(None), void=False, engagement__person_id=scope.person)
    return condition | Q(**{f"{column}__in": own.values("engagement__organisation_id")})
