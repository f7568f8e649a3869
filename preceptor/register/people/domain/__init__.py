"""What people and engagements are as values, the rules they keep, and what a staff list would change."""

from .claims import Denial
from .lists import ContractTerms, Entry, RoleEntry, RoleTerms, StaffGroupEntry, StaffLists
from .terms import EngagementId, PersonDetails, PersonId, Terms, When, hours_of

__all__ = [
    "ContractTerms",
    "Denial",
    "EngagementId",
    "Entry",
    "PersonDetails",
    "PersonId",
    "RoleEntry",
    "RoleTerms",
    "StaffGroupEntry",
    "StaffLists",
    "Terms",
    "When",
    "hours_of",
]
