"""What the pages about champions show."""

from .managing import AcrossPage, ChampionsPage, StepsOfPage, across_page, champions_page
from .own import (
    FormPage,
    HelpPage,
    HomePage,
    LibraryPage,
    QuestionPage,
    StepsPage,
    ToolkitPage,
    ToolkitPagePage,
    help_page,
    home_page,
    library_page,
    question_page,
    steps_at,
    steps_page,
)

__all__ = [
    "AcrossPage",
    "ChampionsPage",
    "FormPage",
    "HelpPage",
    "HomePage",
    "LibraryPage",
    "QuestionPage",
    "StepsOfPage",
    "StepsPage",
    "ToolkitPage",
    "ToolkitPagePage",
    "across_page",
    "champions_page",
    "help_page",
    "home_page",
    "library_page",
    "question_page",
    "steps_at",
    "steps_page",
]
