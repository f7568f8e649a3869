"""Compliance as a Django app."""

from django.apps import AppConfig


class ComplianceConfig(AppConfig):
    """Owns the tables of its rooms, and lets rooms above be heard on the pages of rooms below."""

    name = "preceptor.compliance"
    label = "compliance"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Lets packs be heard beside requirements."""
        from .packs.queries import notices
        from .requirements.queries import hears

        hears(notices)
