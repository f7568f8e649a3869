"""Oversight as a Django app, for its commands. It owns no tables."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Owns no tables."""

    name = "preceptor.oversight"
    label = "oversight"
