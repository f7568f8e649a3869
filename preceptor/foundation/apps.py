"""The foundation as a Django app."""

from django.apps import AppConfig

from .gates import watch_connections


class FoundationConfig(AppConfig):
    """Installs the gates on every database connection."""

    name = "preceptor.foundation"
    label = "foundation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Watch each connection from its first statement."""
        watch_connections()
