"""Every read of requirements, their sources and adjustments."""

from .beside import Saying, hears, said_beside
from .examples import rule_examples
from .held import (
    AdjustmentCounts,
    adjustment_counts,
    adjustment_held,
    adjustments_named,
    live_adjustments,
    looser_than,
    requirement_by_key,
    requirements_of,
    template_by_key,
    templates,
    titles_of_templates,
)
from .intervals import intervals_at
from .items import training_item_on
from .known import adjustments_known, requirements_known
from .names import audience_names, names_for, unknown_codes
from .sources import SourceKnown, own_source, sources_for

__all__ = [
    "AdjustmentCounts",
    "Saying",
    "SourceKnown",
    "adjustment_counts",
    "adjustment_held",
    "adjustments_known",
    "adjustments_named",
    "audience_names",
    "hears",
    "intervals_at",
    "live_adjustments",
    "looser_than",
    "names_for",
    "own_source",
    "requirement_by_key",
    "requirements_known",
    "requirements_of",
    "rule_examples",
    "said_beside",
    "sources_for",
    "template_by_key",
    "templates",
    "titles_of_templates",
    "training_item_on",
    "unknown_codes",
]
