"""What a practice's pages show, and how they are put together from what was asked."""

from . import downloads
from .matrix import MatrixPage, View, as_of_words, matrix_page, question_words, tally_words
from .person import EngagementLine, Line, PersonPage, RequirementPeoplePage, person_page, requirement_page
from .today import WEEK, DataSecurity, Figure, Starter, TodayPage, Urgent, Waiting, today_page

__all__ = [
    "WEEK",
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
    "as_of_words",
    "downloads",
    "matrix_page",
    "person_page",
    "question_words",
    "requirement_page",
    "tally_words",
    "today_page",
]
