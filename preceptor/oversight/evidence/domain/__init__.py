"""The training needs analysis as values: what it holds, how it is frozen, what changed since, and its words."""

from .analysis import (
    Analysis,
    Endorsement,
    Measure,
    NotRequired,
    RoleNeed,
    RolePart,
    Specialist,
    Training,
)
from .changes import changes_since
from .freezing import Endorsing, digest_of, endorsed, opened, text_of
from .needs import SPECIALISTS, Asked, Facts, Holder, RoleFacts, analysis, training_of
from .told import PRINTED, Told, printed, told

__all__ = [
    "PRINTED",
    "SPECIALISTS",
    "Analysis",
    "Asked",
    "Endorsement",
    "Endorsing",
    "Facts",
    "Holder",
    "Measure",
    "NotRequired",
    "RoleFacts",
    "RoleNeed",
    "RolePart",
    "Specialist",
    "Told",
    "Training",
    "analysis",
    "changes_since",
    "digest_of",
    "endorsed",
    "opened",
    "printed",
    "text_of",
    "told",
    "training_of",
]
