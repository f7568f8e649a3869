"""What the pages about requirements and adjustments show."""

from .shown import (
    AdjustFormPage,
    AdjustmentRow,
    AdjustmentsPage,
    AreaRows,
    CataloguePage,
    Fact,
    RequirementPage,
    RequirementRow,
    RequirementsPage,
    SourceRow,
    TemplatePage,
    VersionRow,
    Whole,
)
from .told import adjustment_row, areas_of, ending_of, row_of, whole_of

__all__ = [
    "AdjustFormPage",
    "AdjustmentRow",
    "AdjustmentsPage",
    "AreaRows",
    "CataloguePage",
    "Fact",
    "RequirementPage",
    "RequirementRow",
    "RequirementsPage",
    "SourceRow",
    "TemplatePage",
    "VersionRow",
    "Whole",
    "adjustment_row",
    "areas_of",
    "ending_of",
    "row_of",
    "whole_of",
]
