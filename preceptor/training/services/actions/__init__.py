"""Every change about services to patients."""

from .offering import Changed, change_supplier, choose_roles, offer_service, stop_offering, write_text

__all__ = ["Changed", "change_supplier", "choose_roles", "offer_service", "stop_offering", "write_text"]
