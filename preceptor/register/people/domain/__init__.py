"""What people and engagements are as values, the rules they keep, and what a staff list would change."""

from .claims import Denial
from .lists import Entry, RoleEntry, StaffGroupEntry, StaffLists
from .terms import EngagementId, PersonDetails, PersonId, Terms, When, hours_of

__all__ = [
    "Denial",
    "EngagementId",
    "Entry",
    "PersonDetails",
    "PersonId",
    "RoleEntry",
    "StaffGroupEntry",
    "StaffLists",
    "Terms",
    "When",
    "hours_of",
]
