"""Training as a Django app."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """Owns the tables of its rooms, and lets rooms above be asked on the pages of rooms below."""

    name = "preceptor.training"
    label = "training"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Lets cover say when somebody able to offer a service is on."""
        from .cover.queries import desk_at
        from .services.queries import asks_of_desks

        asks_of_desks(desk_at)
