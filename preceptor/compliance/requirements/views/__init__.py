"""HTTP in, one query or action, page out."""

from .adjusting import adjustments, exemption, extend, leave, withdraw_adjustment
from .choosing import retire
from .reading import catalogue, requirements, template

__all__ = [
    "adjustments",
    "catalogue",
    "exemption",
    "extend",
    "leave",
    "requirements",
    "retire",
    "template",
    "withdraw_adjustment",
]
