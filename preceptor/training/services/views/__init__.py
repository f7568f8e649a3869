"""HTTP in, one query or action, page out."""

from .reading import across, service, services
from .writing import offer, roles, stop, supplier, text

__all__ = ["across", "offer", "roles", "service", "services", "stop", "supplier", "text"]
