"""The tables of the register, room by room."""

from .accounts.models import RoleHeld, User
from .organisations.models import ClinicalSystem, DigitalService, Organisation, Parent, ServiceOffered, SystemUsed
from .people.models import (
    Claim,
    ClaimAnswer,
    Engagement,
    EngagementKind,
    EngagementTerm,
    JobRole,
    Person,
    PersonState,
    StaffGroup,
    State,
    Task,
    TaskHeld,
)

__all__ = [
    "Claim",
    "ClaimAnswer",
    "ClinicalSystem",
    "DigitalService",
    "Engagement",
    "EngagementKind",
    "EngagementTerm",
    "JobRole",
    "Organisation",
    "Parent",
    "Person",
    "PersonState",
    "RoleHeld",
    "ServiceOffered",
    "StaffGroup",
    "State",
    "SystemUsed",
    "Task",
    "TaskHeld",
    "User",
]
