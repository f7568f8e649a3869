"""Subjects as values: their levels and names, what counts as what, and which subject a name means."""

from .naming import Likely, Named, SubjectIndex, named_by, plain_name
from .subjects import (
    SKILLS_AREA,
    Approval,
    Approved,
    Area,
    Equivalence,
    Level,
    NotAllowedError,
    Subject,
    SubjectCode,
    level_choices,
    title_of,
)

__all__ = [
    "SKILLS_AREA",
    "Approval",
    "Approved",
    "Area",
    "Equivalence",
    "Level",
    "Likely",
    "Named",
    "NotAllowedError",
    "Subject",
    "SubjectCode",
    "SubjectIndex",
    "level_choices",
    "named_by",
    "plain_name",
    "title_of",
]
