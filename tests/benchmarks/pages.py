"""How long the heaviest pages take to serve: `python -m tests.benchmarks.pages`.

A practice of 35 people that asks for the starter pack and as many requirements again, with four years of records,
judged afresh for each request. A request goes through the whole site in one process: middleware, sign-in, permission,
queries to a real PostgreSQL over its socket, the judge, the template. Seconds are of the clock, from request to the
last byte of the answer.
"""

import os
import sys

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "preceptor.config.settings")
    django.setup()
    from tests.benchmarks._served import measure

    sys.exit(measure())
