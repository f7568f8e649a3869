"""Every change to people and engagements."""

from .answers import confirm_engagement, deny_engagement
from .engagements import (
    add_engagement,
    change_role,
    correct_engagement,
    end_engagement,
    end_task,
    give_task,
    void_engagement,
)
from .lists import load_lists
from .people import add_person, add_state, edit_person, end_state
from .staff_list import PlanChangedError, import_staff
from .steps import lock

__all__ = [
    "PlanChangedError",
    "add_engagement",
    "add_person",
    "add_state",
    "change_role",
    "confirm_engagement",
    "correct_engagement",
    "deny_engagement",
    "edit_person",
    "end_engagement",
    "end_state",
    "end_task",
    "give_task",
    "import_staff",
    "load_lists",
    "lock",
    "void_engagement",
]
