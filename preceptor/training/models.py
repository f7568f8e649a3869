"""The tables of training, room by room."""

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
    "FrameworkAdoption",
    "FrameworkVersion",
    "NamedAssessor",
    "NotYet",
    "SignOff",
    "SignOffAsk",
    "SkillRating",
]
