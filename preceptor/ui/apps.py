"""The design system as a Django app, for its static files."""

from django.apps import AppConfig


class UiConfig(AppConfig):
    """Owns no tables."""

    name = "preceptor.ui"
    label = "ui"
