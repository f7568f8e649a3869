"""How long a dry run over a whole network takes: `python -m tests.benchmarks.dry_run`.

The demo's network: six practices, 150 people, five years of records. Its lead opens the dry run of fire safety every
year instead of two. One request tries the draft on the network's own people, in each of the three ways it can take
over, and on each practice beneath: queries to a real PostgreSQL, the judge by both rules, the template. The second
figure is the dry run of what the training hub offers, on every practice that could follow it. Seconds are of the
clock.
"""

import os
import sys

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "preceptor.config.settings")
    django.setup()
    from tests.benchmarks._network import measure

    sys.exit(measure())
