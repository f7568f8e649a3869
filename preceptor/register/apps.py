"""The register as a Django app."""

from django.apps import AppConfig


class RegisterConfig(AppConfig):
    """Owns the tables of its three rooms."""

    name = "preceptor.register"
    label = "register"
    default_auto_field = "django.db.models.BigAutoField"
