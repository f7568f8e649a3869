"""Training as a Django app."""

from django.apps import AppConfig


class TrainingConfig(AppConfig):
    """Owns the tables of its rooms."""

    name = "preceptor.training"
    label = "training"
    default_auto_field = "django.db.models.BigAutoField"
