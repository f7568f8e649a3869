"""Oversight as a Django app, for its commands and for what was endorsed and is kept."""

from django.apps import AppConfig


class OversightConfig(AppConfig):
    """Owns what leaders endorsed, and nothing else."""

    name = "preceptor.oversight"
    label = "oversight"
