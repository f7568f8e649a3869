"""The tables of training, room by room."""

from .capability.models import CapabilityAnswers
from .skills.models import (
    FrameworkAdoption,
    FrameworkVersion,
    NamedAssessor,
    NotYet,
    SignOff,
    SignOffAsk,
    SkillRating,
)

__all__ = [
    "CapabilityAnswers",
    "FrameworkAdoption",
    "FrameworkVersion",
    "NamedAssessor",
    "NotYet",
    "SignOff",
    "SignOffAsk",
    "SkillRating",
]
