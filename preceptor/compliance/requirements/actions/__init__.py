"""Every change to requirements and adjustments."""

from .adjustments import record_exemption, record_extension, record_leave, withdraw_adjustment
from .catalogue import load_catalogue, load_training_items
from .sources import add_source, confirm_source
from .versions import add_requirement, publish_version, retire

__all__ = [
    "add_requirement",
    "add_source",
    "confirm_source",
    "load_catalogue",
    "load_training_items",
    "publish_version",
    "record_exemption",
    "record_extension",
    "record_leave",
    "retire",
    "withdraw_adjustment",
]
