"""Every change about services to patients."""

from .offering import Changed, call_off_change, change_supplier, choose_roles, offer_service, stop_offering, write_text

__all__ = [
    "Changed",
    "call_off_change",
    "change_supplier",
    "choose_roles",
    "offer_service",
    "stop_offering",
    "write_text",
]
