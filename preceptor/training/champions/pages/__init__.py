"""What the pages about champions show."""

from .managing import AcrossPage, ChampionsPage, across_page, champions_page
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
    "StepsPage",
    "ToolkitPage",
    "ToolkitPagePage",
    "across_page",
    "champions_page",
    "help_page",
    "home_page",
    "library_page",
    "question_page",
    "steps_page",
]
