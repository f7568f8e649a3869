"""The site as a WSGI application."""

import gc
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "preceptor.config.settings")

application = get_wsgi_application()


def prepare_statements() -> None:
    """Has the database keep the plans of what the site asks again and again: planning is a good part of a short query.

    Only the site, whose requests are short: a plan made while tables are empty would be kept while a long import fills
    them. A pooler that gives each transaction another connection may lose plans; with one, PRECEPTOR_PREPARE says no.
    """
    if settings.PREPARE:
        connections.settings["default"]["OPTIONS"]["prepare_threshold"] = 3


def calm_collector() -> None:
    """Leaves what start-up made out of the garbage collector's rounds, and makes those rounds rarer.

    A matrix makes some ten thousand small values that all die young; looking through the whole house for cycles each
    time takes longer than the page.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


prepare_statements()
calm_collector()
