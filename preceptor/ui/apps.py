"""The design system as a Django app, and which of the front-end packages' files are served."""

from django.apps import AppConfig
from django.contrib.staticfiles.apps import StaticFilesConfig


class UiConfig(AppConfig):
    """Owns no tables."""

    name = "preceptor.ui"
    label = "ui"


class ServedFilesConfig(StaticFilesConfig):
    """Gathers what a browser asks for, and leaves what the packages bring to build with.

    The site looks at every gathered file when it starts.
    """

    ignore_patterns = (
        *StaticFilesConfig.ignore_patterns,
        *("components", "core", "common", "errors", "ext", "lib", "macros"),
        *("*.d.mts", "*.d.ts", "*.map", "*.njk", "*.scss"),
    )
