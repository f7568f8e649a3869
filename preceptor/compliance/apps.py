"""Compliance as a Django app."""

from django.apps import AppConfig


class ComplianceConfig(AppConfig):
    """Owns the tables of its rooms."""

    name = "preceptor.compliance"
    label = "compliance"
    default_auto_field = "django.db.models.BigAutoField"
