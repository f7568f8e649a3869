"""What the pages about services to patients show."""

from .reading import AcrossPage, ServicePage, ServicesPage, across_page, service_page, services_page
from .writing import FormPage

__all__ = [
    "AcrossPage",
    "FormPage",
    "ServicePage",
    "ServicesPage",
    "across_page",
    "service_page",
    "services_page",
]
