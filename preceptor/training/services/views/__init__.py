"""HTTP in, one query or action, page out."""

from .reading import across, service, services
from .writing import call_off, offer, roles, stop, supplier, text

__all__ = ["across", "call_off", "offer", "roles", "service", "services", "stop", "supplier", "text"]
