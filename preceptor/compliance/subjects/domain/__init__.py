"""Subjects as values: their levels and names, what counts as what, and which subject a name means."""

from .naming import Named, SubjectIndex
from .subjects import Approval, Area, Equivalence, Level, NotAllowedError, Subject, SubjectCode, title_of

__all__ = [
    "Approval",
    "Area",
    "Equivalence",
    "Level",
    "Named",
    "NotAllowedError",
    "Subject",
    "SubjectCode",
    "SubjectIndex",
    "title_of",
]
