"""The closed lists, loaded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from django.db.models import Model

from preceptor.foundation.access import Can, Viewer
from preceptor.foundation.actions import action

from ..domain import RoleEntry, StaffLists
from ..models import EngagementKind, JobRole, StaffGroup, State, Task


@action("staff-lists.loaded", may=Can.LOAD_CATALOGUE)
def load_lists(*, by: Viewer, at: datetime, lists: StaffLists) -> int:
    """Makes the lists of staff groups, roles, kinds, tasks and states hold these. Says how many lines changed."""
    groups = _load(StaffGroup, ((one.code, {"name": one.name, "position": one.position}) for one in lists.staff_groups))
    roles = _load(
        JobRole,
        ((one.code, _role(one)) for one in lists.roles),
    )
    kinds = _load(EngagementKind, ((one.code, {"name": one.name}) for one in lists.kinds))
    tasks = _load(Task, ((one.code, {"name": one.name}) for one in lists.tasks))
    states = _load(State, ((one.code, {"name": one.name}) for one in lists.states))
    return groups + roles + kinds + tasks + states


def _role(one: RoleEntry) -> dict[str, object]:
    return {
        "name": one.name,
        "staff_group_id": one.staff_group,
        "aliases": list(one.aliases),
        "data": one.data,
        "uses": list(one.uses),
        "terms": asdict(one.terms) if one.terms else {},
    }


def _load(table: type[Model], wanted: Iterable[tuple[str, dict[str, object]]]) -> int:
    rows = table._default_manager  # noqa: SLF001 - Django's own name for it
    changed = 0
    for code, values in wanted:
        if not rows.filter(pk=code, **values).exists():
            rows.update_or_create(pk=code, defaults=values)
            changed += 1
    return changed
