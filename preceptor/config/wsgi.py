"""The site as a WSGI application."""

import gc
import os
from itertools import count

from django.conf import settings
from django.core.signals import request_finished
from django.core.wsgi import get_wsgi_application
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "preceptor.config.settings")

application = get_wsgi_application()
_requests = count(1)


def prepare_statements() -> None:
    """Has the database keep the plans of what the site asks again and again: planning is a good part of a short query.

    Only the site, whose requests are short: a plan made while tables are empty would be kept while a long import fills
    them. A pooler that gives each transaction another connection may lose plans; with one, PRECEPTOR_PREPARE says no.
    Connections keep to these plans (`plan_cache_mode`): to plan the query of a practice's records anew for its very
    people takes half as long as to answer it.
    """
    if settings.PREPARE:
        options = connections.settings["default"]["OPTIONS"]
        options["prepare_threshold"] = 3
        options["options"] = f"{options.get('options', '')} -c plan_cache_mode=force_generic_plan".strip()


def calm_collector() -> None:
    """Leaves what start-up made out of the garbage collector's rounds, and has it look after a request, not in one.

    A page leaves some thousand values behind that refer to each other in circles: its template's context and all it
    was given. Found in the middle of a later request, those of many pages take longer than the page.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(200_000, 20, 50)
    request_finished.connect(_tidy, dispatch_uid="tidy")


def _tidy(**_: object) -> None:
    """Frees what the request left behind; now and then also what outlived its own request because another was on."""
    gc.collect(1 if next(_requests) % 100 == 0 else 0)


prepare_statements()
calm_collector()
