"""Every read of requirements, their sources and adjustments."""

from .examples import rule_examples
from .held import (
    adjustment_held,
    live_adjustments,
    requirement_by_key,
    requirements_of,
    template_by_key,
    templates,
)
from .items import training_item_on
from .known import adjustments_known, requirements_known
from .names import names_for, unknown_codes

__all__ = [
    "adjustment_held",
    "adjustments_known",
    "live_adjustments",
    "names_for",
    "requirement_by_key",
    "requirements_known",
    "requirements_of",
    "rule_examples",
    "template_by_key",
    "templates",
    "training_item_on",
    "unknown_codes",
]
