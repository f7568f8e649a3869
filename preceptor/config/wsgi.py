"""The site as a WSGI application."""

import gc
import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "preceptor.config.settings")

application = get_wsgi_application()


def calm_collector() -> None:
    """Leaves what start-up made out of the garbage collector's rounds, and makes those rounds rarer.

    A matrix makes some ten thousand small values that all die young; looking through the whole house for cycles each
    time takes longer than the page.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


calm_collector()
