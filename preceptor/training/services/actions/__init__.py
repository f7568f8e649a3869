"""Every change about services to patients."""

from .offering import change_supplier, choose_roles, offer_service, stop_offering, write_text

__all__ = ["change_supplier", "choose_roles", "offer_service", "stop_offering", "write_text"]
