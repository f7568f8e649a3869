"""What the pages about cover show."""

from .reading import AcrossPage, ability_page, cover_page, csv_lines, session_page
from .writing import (
    ChoosePage,
    FormPage,
    RotaCheckPage,
    RotaPage,
    closed_by,
    grid_rows,
    planned_rows,
    suggestion_rows,
    takes_words,
    written_rows,
)

__all__ = [
    "AcrossPage",
    "ChoosePage",
    "FormPage",
    "RotaCheckPage",
    "RotaPage",
    "ability_page",
    "closed_by",
    "cover_page",
    "csv_lines",
    "grid_rows",
    "planned_rows",
    "session_page",
    "suggestion_rows",
    "takes_words",
    "written_rows",
]
