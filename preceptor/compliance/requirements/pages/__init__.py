"""What the pages about requirements and adjustments show."""

from .shown import (
    AdjustFormPage,
    AdjustmentRow,
    AdjustmentsPage,
    AreaRows,
    CataloguePage,
    RequirementRow,
    RequirementsPage,
    TemplatePage,
)
from .told import adjustment_row, areas_of, row_of

__all__ = [
    "AdjustFormPage",
    "AdjustmentRow",
    "AdjustmentsPage",
    "AreaRows",
    "CataloguePage",
    "RequirementRow",
    "RequirementsPage",
    "TemplatePage",
    "adjustment_row",
    "areas_of",
    "row_of",
]
