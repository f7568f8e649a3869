"""The tables of compliance, room by room."""

from .packs.models import Pack, PackAdoption, PackAnswer, PackItem, PackVersion
from .records.models import ImportRun, NamePick, Record, RecordDecision, RecordWithdrawal
from .requirements.models import (
    Adjustment,
    AdjustmentWithdrawal,
    Alternative,
    Citation,
    Requirement,
    RequirementVersion,
    Retirement,
    Source,
    TrainingItem,
)
from .rulemaking.models import Draft
from .subjects.models import Equivalence, Subject, SubjectAlias, SubjectArea, SubjectLevel

__all__ = [
    "Adjustment",
    "AdjustmentWithdrawal",
    "Alternative",
    "Citation",
    "Draft",
    "Equivalence",
    "ImportRun",
    "NamePick",
    "Pack",
    "PackAdoption",
    "PackAnswer",
    "PackItem",
    "PackVersion",
    "Record",
    "RecordDecision",
    "RecordWithdrawal",
    "Requirement",
    "RequirementVersion",
    "Retirement",
    "Source",
    "Subject",
    "SubjectAlias",
    "SubjectArea",
    "SubjectLevel",
    "TrainingItem",
]
