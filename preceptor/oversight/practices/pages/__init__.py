"""What a practice's pages show, and how they are put together from what was asked."""

from .day import AsOf, address, as_of
from .matrix import MatrixPage, View, as_of_words, matrix_page, question_words, tally_words
from .person import EngagementLine, Line, PersonPage, RequirementPeoplePage
from .today import DataSecurity, Figure, Starter, TodayPage, Urgent, Waiting

__all__ = [
    "AsOf",
    "DataSecurity",
    "EngagementLine",
    "Figure",
    "Line",
    "MatrixPage",
    "PersonPage",
    "RequirementPeoplePage",
    "Starter",
    "TodayPage",
    "Urgent",
    "View",
    "Waiting",
    "address",
    "as_of",
    "as_of_words",
    "matrix_page",
    "question_words",
    "tally_words",
]
